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
