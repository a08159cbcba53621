import { describe, expect, test } from "vitest";
import { matchPolicy } from "#finding";
import type { Criterion, Test } from "#policy";
import type { Fact } from "#record";
import {
  clinical,
  fact,
  leaf,
  match,
  matching,
  note,
  on,
  policyOf,
  statusOf,
  typed,
} from "./fixtures/made-findings.ts";

describe("the logic of a tree", () => {
  const age = (low: number, id: string): Criterion => typed({ kind: "age", cmp: ">=", value: low }, "", id);
  const documents = [note("Jo Example, DOB 10/20/1986")];
  const of = (criteria: Criterion) => match(criteria, { documents }).result;
  const met = age(18, "a");
  const failed = age(65, "b");
  const open = leaf("The caregiver has been trained", "d");

  test("all: one that fails decides, one that is open leaves it open", () => {
    expect(of({ id: "c", text: "", from: [], all: [met, failed, open] })).toBe("not-met");
    expect(of({ id: "c", text: "", from: [], all: [met, open] })).toBe("unknown");
    expect(of({ id: "c", text: "", from: [], all: [met, met] })).toBe("met");
  });
  test("any: one that holds decides; not turns; at least n counts what can still hold", () => {
    expect(of({ id: "c", text: "", from: [], any: [failed, open, met] })).toBe("met");
    expect(of({ id: "c", text: "", from: [], not: failed })).toBe("met");
    expect(of({ id: "c", text: "", from: [], atLeast: 2, of: [met, failed, open] })).toBe("unknown");
    expect(of({ id: "c", text: "", from: [], atLeast: 2, of: [met, failed] })).toBe("not-met");
  });
  test("when … then does not apply where the condition fails", () => {
    const rule: Criterion = { id: "c1", text: "", from: [], when: failed, then: open };
    expect(match(rule, { documents }).findings[0]!.status).toBe("not-applicable");
  });
  test("an age limit in months is no limit in years", () => {
    const infant = [note("Jo Example, DOB 10/20/2023")];
    const months: Criterion = typed({ kind: "age", cmp: ">=", value: 6, unit: "months" });
    expect(match(months, { documents: infant }).result).toBe("met");
    expect(match(months, { documents: [note("Jo Example, DOB 08/20/2026")] }).result).toBe("unknown");
  });
  test("an exclusion that holds bars the case; one that is open leaves it open", () => {
    const result = (exclusions: Criterion) =>
      matchPolicy({
        policy: policyOf(met, exclusions),
        facts: [],
        documents,
        asOf: "2026-10-19",
        clinical,
        matching,
      }).result;
    expect(result({ id: "x", text: "", from: [], any: [age(30, "x1")] })).toBe("not-met");
    expect(result({ id: "x", text: "", from: [], any: [open] })).toBe("unknown");
  });
  test("a tree without criteria shows nothing", () => {
    expect(of({ id: "c", text: "", from: [], all: [] })).toBe("unknown");
  });
});

describe("measurements", () => {
  const lvef: Criterion = typed({
    kind: "measure",
    concept: "lvef",
    cmp: "between",
    low: 20,
    high: 50,
    unit: "%",
  });
  const value = (low: number, high: number, day = "2026-08-18") =>
    fact({ type: "observation", concept: "lvef", value: { low, high, unit: "%" }, when: on(day) });

  test("a range meets only if all of it does", () => {
    expect(statusOf(lvef, { facts: [value(45, 50)] })).toBe("met");
    expect(statusOf(lvef, { facts: [value(45, 55)] })).toBe("unknown");
    expect(statusOf(lvef, { facts: [value(55, 60)] })).toBe("not-met");
  });
  test("the newest decides, and an older one that would not is disclosed", () => {
    const found = match(lvef, { facts: [value(15, 15, "2025-09-01"), value(28, 28)] });
    expect(found.findings[0]!.status).toBe("met");
    expect(found.findings[0]!.against[0]!.why).toContain("superseded");
    expect(found.harms.map(({ criterion }) => criterion)).toContain("c1");
  });
  test("thresholds keep their strictness", () => {
    const below: Criterion = typed({ kind: "measure", concept: "lvef", cmp: "<", value: 35 });
    expect(statusOf(below, { facts: [value(35, 35)] })).toBe("not-met");
    expect(statusOf(below, { facts: [value(34, 34)] })).toBe("met");
  });
  test("centimetres are compared with millimetres", () => {
    const lvesd: Criterion = typed({ kind: "measure", concept: "lvesd", cmp: "<=", value: 70, unit: "mm" });
    const size = (low: number) =>
      fact({ type: "observation", concept: "lvesd", value: { low, high: low, unit: "cm" } });
    expect(statusOf(lvesd, { facts: [size(6.1)] })).toBe("met");
    expect(statusOf(lvesd, { facts: [size(7.4)] })).toBe("not-met");
  });
  test("a value older than the window decides nothing", () => {
    const recent: Criterion = typed({
      kind: "measure",
      concept: "lvef",
      cmp: "<=",
      value: 50,
      maxAgeDays: 60,
    });
    expect(statusOf(recent, { facts: [value(28, 28)], requestedOn: "2026-10-01" })).toBe("met");
    expect(statusOf(recent, { facts: [value(28, 28)], requestedOn: "2026-10-19" })).toBe("unknown");
  });
  test("two values of one day that disagree are shown side by side", () => {
    const found = match(lvef, { facts: [value(28, 28), value(58, 58)] }).findings[0]!;
    expect([found.status, found.for.length, found.against.length]).toEqual(["conflicting", 1, 1]);
  });
});

describe("treatments tried", () => {
  const drug = (concept: string, course: Fact["course"]) =>
    fact({
      type: "medication",
      concept,
      assertion: "historical",
      course: course!,
      when: on(course?.stop ?? "2026-01-01"),
    });
  const two = (more: Partial<Test> = {}): Criterion =>
    typed({
      kind: "priorTherapy",
      concepts: ["ssri", "lisinopril", "losartan"],
      count: 2,
      minDays: 28,
      ...more,
    });
  const failed = {
    start: "2025-01-01",
    stop: "2025-03-01",
    status: "stopped",
    outcome: "inadequate-response",
  } as const;

  test("two ingredients long enough count, one of them too short does not", () => {
    expect(statusOf(two(), { facts: [drug("lisinopril", failed), drug("losartan", failed)] })).toBe("met");
    expect(
      statusOf(two(), {
        facts: [drug("lisinopril", failed), drug("losartan", { ...failed, stop: "2025-01-10" })],
      }),
    ).toBe("unknown");
  });
  test("intolerance counts whatever its length; a stop for cost is none, and hurts", () => {
    const short = {
      start: "2025-01-01",
      stop: "2025-01-12",
      status: "stopped",
      outcome: "intolerance",
    } as const;
    expect(
      statusOf(two(), {
        facts: [drug("lisinopril", { ...short, reason: "cough" }), drug("losartan", failed)],
      }),
    ).toBe("met");
    const cost = match(two(), {
      facts: [drug("lisinopril", { ...short, reason: "copay too high, cost" }), drug("losartan", failed)],
    });
    expect(cost.findings[0]!.status).toBe("unknown");
    expect(cost.harms.some(({ why }) => why.includes("cost"))).toBe(true);
  });
  test("distinct classes are counted as classes", () => {
    const acei: Criterion = typed({
      kind: "priorTherapy",
      concepts: ["ACE inhibitor"],
      count: 2,
      distinctClasses: true,
    });
    const facts = [drug("lisinopril", failed), drug("enalapril", failed)];
    expect(statusOf(acei, { facts })).toBe("unknown");
    expect(statusOf(typed({ kind: "priorTherapy", concepts: ["ACE inhibitors"], count: 2 }), { facts })).toBe(
      "met",
    );
  });
});

describe("routes and attestation", () => {
  const choice: Criterion = {
    id: "c",
    text: "",
    from: [],
    any: [
      leaf("The member has no active infection.", "a"),
      leaf("The caregiver has been trained in the device.", "b"),
    ],
  };
  test("every way through a choice is given, the strongest first", () => {
    const { routes } = match(choice, { documents: [note("No active infection today.")] });
    expect(routes.map(({ leaves, status }) => [leaves[0], status])).toEqual([
      ["a", "met"],
      ["b", "unknown"],
    ]);
  });
  test("what a hospital must attest is not looked for in the chart; its word settles it", () => {
    const registry: Criterion = typed(
      { kind: "facility" },
      "The hospital takes part in a national registry.",
    );
    const documents = [note("The hospital takes part in a national registry.")];
    expect(statusOf(registry, { documents })).toBe("unknown");
    expect(statusOf(registry, { documents, attested: { c1: { status: "met", by: "hospital" } } })).toBe(
      "met",
    );
  });
});
