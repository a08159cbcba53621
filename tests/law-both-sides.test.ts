import { describe, expect, test } from "vitest";
import { type LawCase, type LawRule, loadLaw } from "#knowledge";
import { type Right, rightsFor, type Situation } from "#law";
import { walkDays } from "./law-walker.ts";

const law = await loadLaw();

/** What a case shows of the line that its rule draws. */
type Shown = "last-day" | "day-after" | "applies" | "does-not-apply";

/** Whether a right rests on the rule: it cites it, for itself or for a step of its derivation. */
const restsOn = (right: Right, { cite }: LawRule) =>
  [
    ...right.cite,
    ...[right.file, right.decision].flatMap((side) => side?.steps.map((step) => step.cite)),
  ].some((one) => one?.id === cite.id);

/** A rule applies where the right rests on it and can be had, or cannot be had when that is what the rule says. */
const applies = (right: Right, rule: LawRule) =>
  restsOn(right, rule) &&
  (rule.rulesOut ? right.status === "not-available" : !["not-available", "not-yet"].includes(right.status));

/** The sides of the line that a case's own expectations name; a right that no expectation names shows nothing. */
function sidesOf(rule: LawRule, { situation, expect: wanted }: LawCase): Shown[] {
  const { rights } = rightsFor(situation as unknown as Situation, law);
  return wanted.flatMap(({ kind }): Shown[] => {
    const named = rights.filter((right) => right.kind === kind);
    const resting = named.filter((right) => applies(right, rule));
    if (resting.length === 0) return ["does-not-apply"];
    const asOf = String(situation["asOf"]).slice(0, 10);
    return resting.flatMap((right): Shown[] => {
      const last = right.file?.lastDay ?? null;
      if (last !== null && right.status === "open" && last === asOf) return ["applies", "last-day"];
      if (last !== null && right.status === "expired" && walkDays(last, 1) === asOf)
        return ["applies", "day-after"];
      return ["applies"];
    });
  });
}

/** A claimant's time has a last day and the day after; every other rule applies or does not. */
const sidesNeeded = (rule: LawRule): Shown[] =>
  rule.side === "file" && rule.clock && rule.confidence !== "D"
    ? ["last-day", "day-after"]
    : ["applies", "does-not-apply"];

const lacking = (rule: LawRule): Shown[] => {
  const shown = new Set(rule.cases.flatMap((one) => sidesOf(rule, one)));
  return sidesNeeded(rule).filter((side) => !shown.has(side));
};

describe("each rule has cases on both sides of its line", () => {
  test.each(law.rules.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
    expect(lacking(rule), `${rule.file}:${rule.line} add a case`).toEqual([]);
  });

  test("the check sees it when the case of one side is taken away", () => {
    const rule = law.rules.find(({ id }) => id === "29-cfr-2560.503-1#h-3-i")!;
    const without = (side: Shown) => ({
      ...rule,
      cases: rule.cases.filter((one) => !sidesOf(rule, one).includes(side)),
    });
    expect(lacking(rule)).toEqual([]);
    expect(lacking(without("day-after"))).toEqual(["day-after"]);
    expect(lacking(without("last-day"))).toEqual(["last-day"]);
    expect(lacking({ ...rule, cases: [] })).toEqual(["last-day", "day-after"]);
  });
});

describe("each row of the tables has both sides", () => {
  const kindIn = (situation: Record<string, unknown>, kind: string) =>
    rightsFor(situation as unknown as Situation, law).rights.find((right) => right.kind === kind);

  test.each(
    law.states.flatMap(({ code, stepTherapy }) => (stepTherapy ? [[code, stepTherapy] as const] : [])),
  )(
    "step therapy in %s: an insurer's time where it was verified, never a self-funded plan's",
    (state, row) => {
      const events = {
        "claim-received-by-plan": "2026-03-02T10:00",
        "supporting-statement-received": "2026-03-02T10:00",
      };
      const drug = {
        item: "essential-benefit-drug",
        grounds: ["step-therapy"],
        timing: "pre-service",
        urgent: false,
      };
      const asked = { state, ...drug, events, asOf: "2026-03-02" };
      const insured = kindIn({ plan: "individual", ...asked }, "step-therapy-exception");
      const known = row.standard !== null && row.confidence !== "D" && row.bannedFrom === null;
      expect(insured?.decision?.lastDay != null).toBe(known);
      if (row.bannedFrom === null) expect(insured?.status).toBe(known ? "open" : "unknown");
      expect(kindIn({ plan: "erisa-self-funded", ...asked }, "step-therapy-exception")?.status).toBe(
        "not-available",
      );
    },
  );

  test.each(law.amounts.map((row) => [row.year, row] as const))(
    "amounts of %i: exactly the amount is enough, a cent less is not",
    (year, { alj, court }) => {
      const filed = { plan: "medicare-original", asOf: `${year}-06-15` };
      const hearing = (amount: number) =>
        kindIn({ ...filed, amount, events: { "reconsideration-dated": `${year}-06-01` } }, "alj");
      const suit = (amount: number) =>
        kindIn({ ...filed, amount, events: { "council-decision-dated": `${year}-06-01` } }, "court");
      expect(hearing(alj ?? 1)).toMatchObject({ status: "open", amount: { usd: alj } });
      expect(suit(court ?? 1)).toMatchObject({ status: "open", amount: { usd: court } });
      expect(hearing((alj ?? 1) - 0.01)?.status).toBe(alj === null ? "open" : "not-available");
      expect(suit((court ?? 1) - 0.01)?.status).toBe(court === null ? "open" : "not-available");
    },
  );

  test.each(law.suspensions.map((row) => [row.id, row] as const))(
    "%s: a receipt on its last day counts from the next, a receipt after it as always",
    (id, { to }) => {
      const appeal = (received: string) =>
        kindIn(
          {
            plan: "erisa-self-funded",
            suspensions: [id],
            events: { "notice-received": received },
            asOf: received,
          },
          "internal-appeal",
        )?.file?.lastDay;
      expect(appeal(to)).toBe(walkDays(to, 180));
      expect(appeal(walkDays(to, 1))).toBe(walkDays(to, 181));
      expect(appeal(walkDays(to, -30))).toBe(walkDays(to, 180));
    },
  );
});
