import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor, type Situation } from "#law";
import { walkDays, walkMonths } from "./law-walker.ts";

const law = await loadLaw();
const received = "2026-10-15";
const dated = "2026-10-12";

const review = (state: string, asOf: string, more: Partial<Situation> = {}) => {
  const events = { "appeal-decision-dated": dated, "final-decision-received": received };
  const answer = rightsFor({ plan: "individual", state, timing: "pre-service", events, asOf, ...more }, law);
  return { answer, right: answer.rights.find(({ kind }) => kind === "external-review") };
};

describe("external review of an insured plan, State by State", () => {
  const verified = law.states.filter(
    ({ externalReview }) => externalReview.process === "state" && externalReview.confidence !== "D",
  );
  const unverified = law.states.filter(
    ({ externalReview }) => externalReview.process === "unknown" || externalReview.confidence === "D",
  );

  test.each(verified.map((state) => [state.code, state.externalReview] as const))(
    "%s: open on its last day, over on the next",
    (code, row) => {
      const from = row.window!.from === "receipt" ? received : dated;
      const last =
        row.window!.unit === "days"
          ? walkDays(from, row.window!.n)
          : walkMonths(from, row.window!.n, "none")!;
      expect(review(code, last).right).toMatchObject({ status: "open", file: { lastDay: last } });
      expect(review(code, walkDays(last, 1)).right?.status).toBe("expired");
      expect(review(code, last).right?.cite[0]?.label).toBe(row.cite.label);
    },
  );

  test.each(unverified.map(({ code }) => code))("%s: not verified, so no day and an issue", (code) => {
    const { answer, right } = review(code, "2026-10-20");
    expect(right).toMatchObject({ status: "unknown", file: { lastDay: null, safeDay: null } });
    expect(answer.issues.map((issue) => issue.code)).toContain("law-unverified");
  });

  test("South Carolina: be in time for the 60 days of the State's text, though the federal floor is four months", () => {
    expect(review("SC", "2026-10-20").right?.file).toMatchObject({
      lastDay: "2027-02-15",
      safeDay: "2026-12-14",
    });
  });

  test("Texas and other federal States count as the federal rule does, and mind the contractor's form", () => {
    expect(review("TX", "2026-10-20").right?.file).toMatchObject({
      lastDay: "2027-02-16",
      safeDay: "2027-02-12",
    });
  });

  test("a self-funded plan is federal everywhere, also in Virginia", () => {
    expect(review("VA", "2026-10-20", { plan: "erisa-self-funded" }).right?.file?.lastDay).toBe("2027-02-16");
  });

  test("New Hampshire and Iowa count from the day an overdue decision was due", () => {
    const late = { events: { "appeal-received-by-plan": "2026-01-05" } };
    expect(review("NH", "2026-03-01", late).right?.file?.lastDay).toBe("2026-08-03");
    expect(review("IA", "2026-03-01", late).right?.file?.lastDay).toBe("2026-06-04");
    expect(review("NY", "2026-03-01", late).right).toMatchObject({ status: "open", file: { lastDay: null } });
  });
});

describe("step-therapy exceptions", () => {
  const ask = (more: Partial<Situation>) =>
    rightsFor(
      {
        plan: "individual",
        timing: "pre-service",
        item: "essential-benefit-drug",
        grounds: ["step-therapy"],
        urgent: false,
        events: {
          "claim-received-by-plan": "2026-03-03T10:00",
          "supporting-statement-received": "2026-03-05T10:00",
        },
        asOf: "2026-03-06",
        ...more,
      },
      law,
    ).rights.find(({ kind }) => kind === "step-therapy-exception");

  test("Arizona: 72 hours from the request, 24 when urgent; New York: from the prescriber's statement", () => {
    expect(ask({ state: "AZ" })?.decision).toMatchObject({ hours: 72, at: "2026-03-06T10:00" });
    expect(ask({ state: "AZ", urgent: true })?.decision).toMatchObject({ hours: 24, at: "2026-03-04T10:00" });
    expect(ask({ state: "NY" })?.decision).toMatchObject({ at: "2026-03-08T10:00" });
  });

  test("not for a self-funded plan, nor for a device", () => {
    expect(ask({ state: "AZ", plan: "erisa-self-funded" })?.status).toBe("not-available");
    expect(ask({ state: "AZ", item: "service" })?.status).toBe("not-available");
  });

  test("Illinois forbids step therapy from 2026; a time that was not verified gives no day", () => {
    expect(ask({ state: "IL" })).toMatchObject({ status: "open", decision: { lastDay: null } });
    expect(ask({ state: "TX" })).toMatchObject({ status: "unknown", decision: { lastDay: null } });
  });
});
