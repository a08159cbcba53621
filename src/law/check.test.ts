import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor } from "./rights.ts";
import type { RightsAnswer, Situation } from "./types.ts";

const law = await loadLaw();
const base = {
  plan: "erisa-self-funded",
  timing: "pre-service",
  events: { "notice-received": "2026-03-03" },
  asOf: "2026-03-10",
};
const ask = (change: Record<string, unknown>): RightsAnswer =>
  rightsFor({ ...base, ...change } as unknown as Situation, law);
const codes = (change: Record<string, unknown>) => ask(change).issues.map(({ code }) => code);
const appeal = (answer: RightsAnswer) => answer.rights.find(({ kind }) => kind === "internal-appeal");

describe("situations that cannot be", () => {
  test("a date that does not exist counts as not told, and the issue names the field", () => {
    const answer = ask({ events: { "notice-received": "2026-02-30" } });
    expect(answer.issues[0]).toMatchObject({ code: "impossible-date" });
    expect(answer.issues[0]!.text).toContain("events.notice-received");
    expect(appeal(answer)?.file?.lastDay).toBeNull();
  });

  test("an American date is never interpreted", () => {
    expect(codes({ events: { "notice-received": "03/04/2026" } })).toContain("impossible-date");
  });

  test("a receipt before the date of its notice: neither is used", () => {
    const answer = ask({ events: { "notice-dated": "2026-03-05", "notice-received": "2026-03-01" } });
    expect(answer.issues.map(({ code }) => code)).toContain("events-out-of-order");
    expect(appeal(answer)?.file).toMatchObject({ lastDay: null, safeDay: null });
  });

  test("a receipt on the day of its notice is in order", () => {
    expect(
      codes({ events: { "notice-dated": "2026-03-05", "notice-received": "2026-03-05" } }),
    ).not.toContain("events-out-of-order");
  });

  test.each([
    [{ events: { "notice-received": "2199-12-31" } }, "impossible-date"],
    [{ state: "ZZ" }, "unknown-state"],
    [{ plan: "bluecross" }, "unknown-plan"],
    [{ plan: [] }, "unknown-plan"],
    [{ events: { "letter-came": "2026-03-03" } }, "unknown-event"],
    [{ events: { "notice-received": "2026-03-11" } }, "event-in-future"],
    [{ events: {} }, "missing-event"],
    [{ events: null }, "missing-event"],
    [{ amount: -1 }, "impossible-amount"],
    [{ zone: "Mars/Olympus" }, "unknown-zone"],
    [{ urgent: true, timing: "post-service" }, "urgent-not-applicable"],
    [{ plan: "individual", levels: 2 }, "levels-not-allowed"],
    [{ asOf: "today" }, "impossible-date"],
    [{ timing: "soon" }, "unknown-value"],
    [{ state: ["NY"] }, "unknown-state"],
    [{ state: "ny" }, "unknown-state"],
    [{ amount: "200" }, "impossible-amount"],
    [{ amount: Number.POSITIVE_INFINITY }, "impossible-amount"],
    [{ urgent: "yes" }, "unknown-value"],
    [{ levels: 3 }, "unknown-value"],
    [{ grounds: { a: 1 } }, "unknown-value"],
    [{ suspensions: { a: 1 } }, "unknown-suspension"],
    [{ suspensions: [3] }, "unknown-suspension"],
    [{ printed: "180 days" }, "unknown-value"],
    [{ printed: { within: { n: -4, unit: "days" } } }, "unknown-value"],
    [{ printed: { within: { n: "180", unit: "days" } } }, "unknown-value"],
    [{ printed: { by: "2026-13-01" } }, "impossible-date"],
    [{ zone: 7 }, "unknown-zone"],
    [{ events: ["2026-03-03"] }, "missing-event"],
    [{ events: { "notice-received": 20260303 } }, "impossible-date"],
    [{ events: { "notice-received": "2026-03-03T25:00" } }, "impossible-date"],
    [{ deadline: "2026-09-01" }, "unknown-field"],
    [{ asOf: "" }, "impossible-date"],
    [{ asOf: 5 }, "impossible-date"],
  ])("%j gives %s", (change, code) => {
    expect(codes(change)).toContain(code);
  });

  test("what is null is not told, and needs no issue", () => {
    const told = { state: null, urgent: null, levels: null, printed: null, grounds: null, amount: null };
    expect(codes({ ...told, events: { "notice-received": "2026-03-03", "notice-dated": null } })).toEqual([]);
  });

  test("a single word stands for a list of one", () => {
    expect(codes({ grounds: "coding" })).toEqual([]);
  });

  test.each([[null], ["x"], [3], [[]], [undefined]])("%j is no situation, and gives no right", (given) => {
    const answer = rightsFor(given as unknown as Situation, law);
    expect(answer).toMatchObject({ rights: [], issues: [{ code: "situation-unreadable" }] });
  });

  test("an empty situation says what it lacks", () => {
    const answer = rightsFor({} as Situation, law);
    expect(answer.rights).toEqual([]);
    expect(answer.issues.map(({ code }) => code)).toEqual([
      "unknown-plan",
      "impossible-date",
      "missing-event",
    ]);
  });

  test.each([
    ["redetermination-received", "notice-received"],
    ["reconsideration-dated", "redetermination-received"],
    ["council-decision-dated", "alj-decision-received"],
    ["external-review-filed", "appeal-filed"],
    ["opm-decision-dated", "appeal-filed"],
    ["formal-review-dated", "reconsideration-dated"],
    ["final-decision-received", "claim-received-by-plan"],
  ])("%s before %s: neither is used, however far they stand from one another", (later, earlier) => {
    const answer = ask({ events: { [later]: "2026-03-01", [earlier]: "2026-03-02" } });
    expect(answer.issues.map(({ code }) => code)).toContain("events-out-of-order");
    for (const { file, decision } of answer.rights)
      expect([file?.lastDay, file?.safeDay, decision?.lastDay, decision?.safeDay].filter(Boolean)).toEqual(
        [],
      );
    const sameDay = ask({ events: { [later]: "2026-03-02", [earlier]: "2026-03-02" } });
    expect(sameDay.issues.map(({ code }) => code)).not.toContain("events-out-of-order");
  });

  test("the hours of one day are in order or not", () => {
    const at = (hour: string) => ({
      events: {
        "claim-received-by-plan": "2026-03-03T10:00",
        "information-requested": `2026-03-03T${hour}:00`,
      },
    });
    expect(codes(at("09"))).toContain("events-out-of-order");
    expect(codes(at("11"))).not.toContain("events-out-of-order");
  });

  test("the 65 days that Medicare plans print are the law's own, also when the notice came early", () => {
    const early = { "notice-dated": "2026-09-10", "notice-received": "2026-09-11" };
    const change = { plan: "medicare-advantage", asOf: "2026-09-25", events: early };
    expect(codes({ ...change, printed: { by: "2026-11-14" } })).not.toContain("printed-longer-than-law");
    expect(codes({ ...change, printed: { by: "2026-11-15" } })).toContain("printed-longer-than-law");
  });

  test("a printed period is held against the law from the same day, whatever its unit", () => {
    const final = {
      events: { "appeal-decision-dated": "2026-01-30", "final-decision-received": "2026-02-03" },
    };
    const shorter = (n: number, unit: string) =>
      codes({ ...final, printed: { within: { n, unit } } }).includes("printed-shorter-than-law");
    expect([shorter(60, "days"), shorter(119, "days"), shorter(120, "days")]).toEqual([true, true, false]);
    expect([shorter(3, "months"), shorter(4, "months")]).toEqual([true, false]);
    const appeal = (n: number) =>
      codes({ printed: { within: { n, unit: "months" } } }).includes("printed-shorter-than-law");
    expect([appeal(5), appeal(6)]).toEqual([true, false]);
  });

  test("a printed date before the last day by law is shorter, also where receipt is presumed", () => {
    const original = {
      plan: "medicare-original",
      timing: "post-service",
      events: { "notice-dated": "2026-02-02" },
    };
    expect(codes({ ...original, printed: { by: "2026-06-06" } })).toContain("printed-shorter-than-law");
    expect(codes({ ...original, printed: { by: "2026-06-07" } })).not.toContain("printed-shorter-than-law");
  });

  test("a good situation gives no issue", () => {
    expect(codes({})).toEqual([]);
  });

  test("an unknown plan beside a known one leaves the known one its rights", () => {
    expect(ask({ plan: ["bluecross", "individual"] }).rights.every(({ plan }) => plan === "individual")).toBe(
      true,
    );
  });
});

describe("several possible plans", () => {
  test("each has its rights, and the earliest filing day stands first", () => {
    const { rights } = rightsFor(
      {
        plan: ["erisa-insured", "medicaid-managed-care"],
        events: { "notice-dated": "2026-03-02" },
        asOf: "2026-03-10",
      },
      law,
    );
    expect(rights[0]).toMatchObject({ plan: "medicaid-managed-care", kind: "internal-appeal" });
    expect(rights.some(({ plan, kind }) => plan === "erisa-insured" && kind === "internal-appeal")).toBe(
      true,
    );
  });
});
