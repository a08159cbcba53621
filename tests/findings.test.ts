import { beforeAll, describe, expect, test } from "vitest";
import { type MatchInput, matchPolicy, timelineSvg } from "#finding";
import { type Clinical, loadClinical, loadMatching, type Matching } from "#knowledge";
import type { Criterion, Policy, Test } from "#policy";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";

let clinical: Clinical;
let matching: Matching;
beforeAll(async () => {
  [clinical, matching] = await Promise.all([loadClinical(), loadMatching()]);
});

const note = (...pages: string[]): SourceDocument => ({
  document: "note.txt",
  mediaType: "text/plain",
  sha256: "",
  pages: pages.map((text, at) => ({ page: at + 1, text, lines: [], ocr: false })),
});
const leaf = (text: string, id = "c1"): Criterion => ({ id, text, from: [], judgment: true });
const typed = (kind: Test, text = "", id = "c1"): Criterion => ({ id, text, from: [], test: kind });
const policyOf = (criteria: Criterion, exclusions: Criterion | null = null): Policy => ({
  title: null,
  number: null,
  payer: null,
  effective: null,
  treatmentIds: [],
  criteria,
  exclusions,
  issues: [],
});
let ids = 0;
const fact = (one: Partial<Fact> & Pick<Fact, "type" | "concept">): Fact => ({
  id: `f${++ids}`,
  codes: [],
  text: one.concept,
  assertion: "present",
  when: { earliest: "2026-08-18", latest: "2026-08-18" },
  from: [{ document: "note.txt", page: 1, start: 0, end: 4, quote: one.concept }],
  ...one,
});
const on = (day: string) => ({ earliest: day, latest: day });

function match(criteria: Criterion, more: Partial<MatchInput> = {}) {
  return matchPolicy({
    policy: policyOf(criteria),
    facts: [],
    documents: [],
    asOf: "2026-10-19",
    clinical,
    matching,
    ...more,
  });
}
const statusOf = (criteria: Criterion, more: Partial<MatchInput> = {}) =>
  match(criteria, more).findings.find(({ criterion }) => criterion === "c1")!.status;
const inNote = (criterion: string, text: string) => statusOf(leaf(criterion), { documents: [note(text)] });

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

describe("the words of the record", () => {
  test("a statement in the criterion's words meets it; its denial does not", () => {
    expect(
      inNote(
        "Cardiac resynchronization therapy is documented as not indicated.",
        "EP consult 06/11/2026. CRT is not indicated.",
      ),
    ).toBe("met");
    expect(inNote("The member has no active infection.", "No active infection today.")).toBe("met");
    expect(inNote("The member has a history of pancreatitis.", "She denies a history of pancreatitis.")).toBe(
      "not-met",
    );
  });
  test("plans, questions, relatives and teaching prove nothing", () => {
    for (const text of [
      "Consider hepatitis B vaccination and pancreatitis work-up.",
      "Her mother had pancreatitis.",
      "Was there pancreatitis?",
      "You should call your doctor if you have pancreatitis.",
    ])
      expect(inNote("The member has pancreatitis.", text)).toBe("unknown");
  });
  test("silence is unknown, for exclusions too, and says who has the paper", () => {
    const found = match(leaf("The member has no history of angioedema."), {
      documents: [note("Blood pressure 120/70.")],
    }).findings[0]!;
    expect(found.status).toBe("unknown");
    expect(found.missing).toContain("physician");
  });
  test("a surgeon's judgment must come from a surgeon's paper", () => {
    const criterion =
      "A cardiac surgeon has determined that the patient is not an appropriate candidate for mitral valve surgery.";
    const opinion = "She is not an appropriate candidate for mitral valve surgery.";
    expect(inNote(criterion, `River Cardiothoracic Surgery\n\n${opinion}`)).toBe("met");
    expect(inNote(criterion, opinion)).toBe("unknown");
  });
  test("values in words: the unit and the newest day count, earlier values do not", () => {
    const criterion = "Mean transmitral gradient is 5 mmHg or less.";
    expect(inNote(criterion, "Echo 08/24/2026. Mean transmitral gradient 3 mmHg.")).toBe("met");
    expect(inNote(criterion, "Echo 08/24/2026. Mean transmitral gradient 7 mmHg.")).toBe("not-met");
    expect(inNote(criterion, "Criteria require a mean transmitral gradient of 5 mmHg or less.")).toBe(
      "unknown",
    );
  });
  test("time since an event is counted to the request", () => {
    const criterion = "At least 90 days have passed since the prior TEER procedure.";
    expect(inNote(criterion, "s/p TEER with one clip 05/21/2026.")).toBe("met");
    expect(inNote(criterion, "s/p TEER with one clip 09/21/2026.")).toBe("not-met");
  });
  test("pages of another person are neither searched nor shown", () => {
    const documents = [note("No active infection today."), { ...note("unused"), document: "other.txt" }];
    const found = match(leaf("The member has no active infection."), {
      documents,
      exclude: [{ document: "note.txt", page: 1 }],
    }).findings[0]!;
    expect(found.status).toBe("unknown");
    expect(
      found.candidates.flatMap(({ from }) => from).every(({ document }) => document === "other.txt"),
    ).toBe(true);
  });
  test("passages are ranked with synonyms and abbreviations, best first", () => {
    const text =
      "A 58-year-old woman came to clinic.\nShe walks two miles.\nShe reports SOB on stairs.\nHer knee hurts.";
    const found = match(leaf("Documented dyspnea at rest or on exertion"), { documents: [note(text)] })
      .findings[0]!;
    expect(found.candidates[0]!.from[0]!.quote).toContain("SOB");
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

describe("the timeline", () => {
  const course = (start: string, stop: string | undefined, dose: string) =>
    fact({
      type: "medication",
      concept: "carvedilol",
      course: {
        start,
        dose,
        status: stop ? "stopped" : "active",
        ...(stop ? { stop, outcome: "intolerance", reason: "dizziness <90" } : {}),
      },
      when: { earliest: start, latest: stop ?? "2026-09-10" },
    });
  test("draws courses with dose and reason, and says the same in words", () => {
    const svg = timelineSvg({
      facts: [
        course("2026-01-01", undefined, "6.25 mg BID"),
        course("2026-03-01", "2026-04-01", "25 mg BID"),
      ],
      findings: null,
      policy: null,
      asOf: "2026-10-19",
    })!;
    expect(svg).toContain("<desc");
    expect(svg).toContain("carvedilol: 6.25 mg BID from 2026-01-01");
    expect(svg).toContain("dizziness &lt;90");
    expect(svg).not.toContain("dizziness <90");
  });
  test("there is no picture of nothing", () => {
    expect(timelineSvg({ facts: [], findings: null, policy: null, asOf: "2026-10-19" })).toBeNull();
  });
});

/** Milliseconds of processor time: how busy the machine is otherwise plays no part. */
function spent(): number {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

test("matching 300 pages takes less than a second and grows with the pages", () => {
  const page = (at: number) =>
    Array.from(
      { length: 30 },
      (_, line) =>
        `Visit ${at}.${line}: the patient reports stable symptoms, walks daily, and takes ${["carvedilol", "lisinopril", "spironolactone"][line % 3]} without side effects.`,
    ).join("\n");
  const criteria: Criterion = {
    id: "c",
    text: "",
    from: [],
    all: Array.from({ length: 12 }, (_, at) =>
      leaf(
        `Criterion ${at}: documented dyspnea or edema despite treatment with a diuretic for at least 3 months`,
        `c${at}`,
      ),
    ),
  };
  const time = (pages: number) => {
    const documents = [note(...Array.from({ length: pages }, (_, at) => page(at)))];
    const runs = Array.from({ length: 3 }, () => {
      const began = spent();
      match(criteria, { documents });
      return spent() - began;
    });
    return Math.min(...runs);
  };
  time(30);
  const small = time(100);
  const large = time(400);
  expect(time(300)).toBeLessThan(1000);
  // Four times the pages: about four times the time; the square would be sixteen.
  expect(large / small).toBeLessThan(8);
});
