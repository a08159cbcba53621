import { describe, expect, test } from "vitest";
import type { PlanKind, Stage } from "#base";
import type { Denial } from "#denial";
import { loadLaw } from "#knowledge";
import { rightsFor } from "#law";
import type { Plan } from "#plan";
import { situationOf } from "./situation.ts";
import type { Answers } from "./types.ts";

const law = await loadLaw();
const dated = "2026-11-02";
const read = <T>(value: T) => ({ value, from: [], by: "rule" as const });

/** The situation of a notice of this day and stage, with what a person told. */
function situation(plan: PlanKind, stage: Stage, events: Record<string, string> = {}) {
  const denial = {
    noticeDate: read(dated),
    stage: read(stage),
    grounds: [],
    services: [],
    rightsStated: {},
    issues: [],
  } as unknown as Denial;
  const answers: Answers = { events, amount: 5000 };
  const facts = { drug: false, urgentByPhysician: false, asOf: "2026-11-10" };
  return situationOf(denial, { possible: [plan] } as unknown as Plan, answers, facts)!;
}
const open = (...given: Parameters<typeof situation>) =>
  rightsFor(situation(...given), law).rights.flatMap(({ kind, status }) => (status === "open" ? kind : []));

describe("the day on the notice", () => {
  test.each<[PlanKind, Stage, string]>([
    ["medicare-advantage", "initial", "notice-dated"],
    ["medicare-advantage", "internal-appeal", "reconsideration-dated"],
    ["medicare-advantage", "external-review", "ire-decision-dated"],
    ["medicare-part-d", "final-internal", "redetermination-dated"],
    ["medicare-part-d", "external-review", "ire-decision-dated"],
    ["medicare-original", "external-review", "reconsideration-dated"],
    ["fehb", "external-review", "opm-decision-dated"],
    ["erisa-insured", "final-internal", "appeal-decision-dated"],
    ["erisa-insured", "external-review", "iro-decision-dated"],
    ["individual", "external-review", "iro-decision-dated"],
    ["medicaid-managed-care", "external-review", "hearing-decision-dated"],
    ["chip", "external-review", "hearing-decision-dated"],
    ["tricare", "external-review", "second-reconsideration-dated"],
  ])("of %s at the stage %s is the law's %s", (plan, stage, event) => {
    expect(situation(plan, stage).events).toEqual({ [event]: dated });
  });

  test("is the judge's after a hearing was asked for, and the reviewer's where it was asked for later", () => {
    const after = situation("medicare-advantage", "external-review", { "alj-filed": "2026-05-04" });
    expect(after.events).toMatchObject({ "alj-decision-dated": dated });
    const before = situation("medicare-advantage", "external-review", { "alj-filed": "2026-11-05" });
    expect(before.events).toMatchObject({ "ire-decision-dated": dated });
  });

  test("moves the day of receipt with it", () => {
    const told = { "notice-received": "2026-11-06" };
    expect(situation("medicare-part-d", "external-review", told).events).toEqual({
      "ire-decision-dated": dated,
      "ire-decision-received": "2026-11-06",
    });
  });
});

describe("the step above a decision", () => {
  test.each<PlanKind>(["medicare-advantage", "medicare-part-d", "medicare-original"])(
    "of the reviewer outside a %s plan is the hearing",
    (plan) => {
      expect(open(plan, "external-review")).toContain("alj");
      expect(open(plan, "initial")).not.toContain("alj");
    },
  );

  test("of the judge is the council", () => {
    expect(open("medicare-advantage", "external-review", { "alj-filed": "2026-05-04" })).toContain("council");
  });
});

describe("the end of the reviews", () => {
  const filed = { "appeal-filed": "2026-06-01", "external-review-filed": "2026-09-01" };
  test("after an independent reviewer's decision no review is open, and a court is", () => {
    const kinds = open("erisa-insured", "external-review", { ...filed, "notice-received": "2026-11-05" });
    expect(kinds).toContain("court");
    expect(kinds).not.toContain("external-review");
    expect(kinds).not.toContain("deemed-exhaustion");
    expect(open("erisa-insured", "final-internal", { "appeal-filed": "2026-09-01" })).not.toContain(
      "deemed-exhaustion",
    );
  });
  test("after a fair hearing none is open; before it one is", () => {
    const asked = { "appeal-filed": "2026-06-01", "hearing-requested": "2026-09-01" };
    expect(open("medicaid-managed-care", "external-review", asked)).not.toContain("state-fair-hearing");
    expect(open("medicaid-managed-care", "internal-appeal", { "appeal-filed": "2026-06-01" })).not.toContain(
      "deemed-exhaustion",
    );
  });
});

describe("two appeals to the plan", () => {
  test("the second decision is the last one, and the first is told by its receipt", () => {
    const told = {
      "appeal-filed": "2026-06-01",
      "second-appeal-filed": "2026-09-01",
      "notice-received": "2026-11-05",
    };
    const { events } = situation("erisa-self-funded", "final-internal", told);
    expect(events).toEqual({
      "appeal-filed": "2026-06-01",
      "second-appeal-filed": "2026-09-01",
      "final-decision-received": "2026-11-05",
    });
    const given = situation("erisa-self-funded", "final-internal", told);
    expect(rightsFor(given, law).issues.map(({ code }) => code)).not.toContain("events-out-of-order");
  });
});
