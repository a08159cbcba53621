import { describe, expect, test } from "vitest";
import { loadClinical } from "#knowledge";
import { type Fact, readRecord } from "#record";
import type { Line, SourceDocument } from "#source";

const clinical = await loadClinical();

/** A paper with one line of text for each line given; a line in cells is a table row. */
function paper(document: string, rows: (string | string[])[]): SourceDocument {
  const lines: Line[] = [];
  let text = "";
  rows.forEach((row, index) => {
    const cells = Array.isArray(row) ? row : [row];
    cells.forEach((words, column) => {
      if (text !== "") text += column > 0 ? "   " : "\n";
      const cell = Array.isArray(row)
        ? { kind: "cell" as const, cell: { table: 1, row: index, column } }
        : {};
      lines.push({ start: text.length, end: text.length + words.length, indent: 0, ...cell });
      text += words;
    });
  });
  return { document, mediaType: "text/plain", sha256: "0", pages: [{ page: 1, text, lines, ocr: false }] };
}

const read = (...rows: (string | string[])[]): Fact[] =>
  readRecord([paper("note.txt", rows)], clinical).facts;
const one = (facts: Fact[], concept: string) => facts.find((fact) => fact.concept === concept);

describe("values", () => {
  test("a range keeps both ends", () => {
    expect(one(read("LVEF 35-40% by echo 2/11/25 (previously 25% in 2023)."), "lvef")).toMatchObject({
      value: { low: 35, high: 40 },
      when: { earliest: "2025-02-11", latest: "2025-02-11" },
      assertion: "present",
    });
  });
  test("the ejection fraction of the right ventricle is another measurement", () => {
    expect(one(read("RVEF 38%"), "lvef")).toBeUndefined();
  });
  test("a goal is no result", () => {
    expect(one(read("Goal EF >40% after GDMT"), "lvef")).toBeUndefined();
    expect(one(read("A1c goal <7"), "a1c")).toBeUndefined();
    expect(one(read("A1c 9.2 on metformin"), "a1c")?.value).toMatchObject({ low: 9.2, high: 9.2 });
  });
  test("centimetres are kept as written", () => {
    expect(one(read("LVIDs 5.8 cm"), "lvesd")?.value).toMatchObject({ low: 5.8, unit: "cm" });
  });
  test("a bound stays a bound", () => {
    expect(one(read("cotinine <10 ng/mL"), "cotinine")?.value).toEqual({
      high: 10,
      unit: "ng/mL",
      text: "<10 ng/mL",
    });
  });
  test("a blood pressure is two facts", () => {
    const facts = read("Exam. BP 118/72 HR 78 wt 96 kg.");
    expect(one(facts, "sbp")?.value?.low).toBe(118);
    expect(one(facts, "dbp")?.value?.low).toBe(72);
    expect(one(facts, "hr")?.value?.low).toBe(78);
    expect(one(facts, "weight")?.value).toMatchObject({ low: 96, unit: "kg" });
  });
  test.each([
    ["3+ functional MR persists", 3, 3],
    ["MR 3 to 4+", 3, 4],
    ["Moderate MR", 2, 2],
    ["moderate-to-severe mitral regurgitation", 2, 3],
  ])("mitral regurgitation: %s", (text, low, high) => {
    expect(one(read(text), "mr_grade")?.value).toMatchObject({ low, high });
  });
  test("a murmur's loudness is no date and no grade of regurgitation", () => {
    const fact = one(read("JVP 11. 2/6 MR murmur."), "mr_grade");
    expect(fact?.when).toEqual({ earliest: null, latest: null });
  });
  test("classes and scores", () => {
    expect(one(read("NYHA class II-III symptoms"), "nyha")?.value).toMatchObject({ low: 2, high: 3 });
    expect(one(read("no NYHA class documented"), "nyha")).toBeUndefined();
    expect(one(read("EDSS ~ 4.5"), "edss")?.value).toMatchObject({ low: 4.5 });
    expect(one(read("ECOG 1-2"), "ecog")?.value).toMatchObject({ low: 1, high: 2 });
    expect(one(read("PHQ-9 = 21"), "phq9")?.value).toMatchObject({ low: 21 });
  });
  test("body surface in square metres is not the surface involved", () => {
    expect(one(read("BSA 1.9 m2"), "bsa")).toBeUndefined();
    expect(one(read("eczema covers, BSA 15%"), "bsa")?.value).toMatchObject({ low: 15 });
  });
});

describe("medication courses", () => {
  test("dose, start, stop and reason", () => {
    const fact = one(
      read("metoprolol succ 200 mg daily started 3/2/24, d/c 6/1/24 bradycardia"),
      "metoprolol succinate",
    );
    expect(fact).toMatchObject({
      assertion: "historical",
      course: {
        dose: "200 mg daily",
        start: "2024-03-02",
        stop: "2024-06-01",
        outcome: "intolerance",
        reason: "bradycardia",
      },
    });
  });
  test("stopped for cost is no failure", () => {
    expect(one(read("Dapagliflozin stopped 01/14/2026 for cost."), "dapagliflozin")?.course).toMatchObject({
      status: "stopped",
      stop: "2026-01-14",
      outcome: "unspecified",
      reason: "cost",
    });
  });
  test("stopped for cough is intolerance", () => {
    expect(one(read("Stop lisinopril for cough."), "lisinopril")?.course).toMatchObject({
      outcome: "intolerance",
      reason: "cough",
    });
  });
  test("what is said of a list holds for each of its drugs", () => {
    const facts = read("Failed topiramate and propranolol.");
    expect(one(facts, "topiramate")?.course?.outcome).toBe("inadequate-response");
    expect(one(facts, "propranolol")?.course?.outcome).toBe("inadequate-response");
  });
  test("d/c home on a drug is a discharge", () => {
    expect(one(read("d/c home on metoprolol"), "metoprolol tartrate")).toMatchObject({
      assertion: "present",
    });
  });
  test("a plan is planned, a goal is neither taken nor planned", () => {
    expect(one(read("Will start Entresto if BP allows"), "sacubitril/valsartan")?.assertion).not.toBe(
      "present",
    );
    expect(one(read("Goal: carvedilol 25 mg BID."), "carvedilol")?.assertion).toBe("hypothetical");
  });
  test("a titration is two facts, the second without the drug's name", () => {
    const facts = read(
      "Carvedilol raised to 18.75 mg BID 03/19/2026: SBP 84. Returned to 12.5 mg BID on 04/02/2026.",
    );
    expect(
      facts
        .filter(({ concept }) => concept === "carvedilol")
        .map(({ course }) => [course?.dose, course?.start]),
    ).toEqual([
      ["18.75 mg BID", "2026-03-19"],
      ["12.5 mg BID", "2026-04-02"],
    ]);
  });
  test("a combination brand counts for each ingredient", () => {
    const facts = read("Medications: Vytorin daily.");
    expect(one(facts, "ezetimibe")?.assertion).toBe("present");
    expect(one(facts, "simvastatin")?.assertion).toBe("present");
  });
});

describe("tables", () => {
  test("a row for each date", () => {
    const facts = read(
      ["Collected", "K", "Creat", "eGFR"],
      ["10/07/2025", "4.4", "0.98", "67"],
      ["02/17/2026", "5.8", "1.24", "50"],
    );
    expect(
      facts
        .filter(({ concept }) => concept === "potassium")
        .map(({ value, when }) => [value?.low, when.earliest]),
    ).toEqual([
      [4.4, "2025-10-07"],
      [5.8, "2026-02-17"],
    ]);
    expect(one(facts, "egfr")?.value?.low).toBe(67);
  });
  test("a row for each test, not its reference range", () => {
    const facts = read(
      ["Test", "Result", "Units", "Reference interval"],
      ["Potassium", "3.6", "mmol/L", "3.5-5.1"],
    );
    expect(facts.filter(({ concept }) => concept === "potassium").map(({ value }) => value?.low)).toEqual([
      3.6,
    ]);
  });
  test("pharmacy fills carry date and days' supply; a rejected claim dispensed nothing", () => {
    const facts = read(
      ["Filled", "Drug and strength", "Qty", "Days", "Paid by"],
      ["10/07/2025", "carvedilol 3.125 mg", "60", "30", "Plan"],
      ["11/10/2026", "brivaracetam 100 mg", "60", "30", "Rejected"],
    );
    expect(one(facts, "carvedilol")).toMatchObject({
      assertion: "present",
      course: { dose: "3.125 mg", start: "2025-10-07", daysSupply: 30 },
    });
    expect(one(facts, "brivaracetam")?.assertion).toBe("absent");
  });
});

describe("who, when and where", () => {
  test("a relative's disease is family history and names the relative", () => {
    expect(one(read("FHx: sister with multiple sclerosis."), "ms_dx")).toMatchObject({
      type: "family-history",
      assertion: "family",
      relation: "sister",
    });
    expect(one(read("PMH: multiple sclerosis."), "ms_dx")).toMatchObject({
      type: "condition",
      assertion: "present",
    });
  });
  test("allergies name substance and reaction, and their written absence", () => {
    expect(one(read("ALLERGIES: CODEINE, SULFA (rash), AND ZOCOR."), "allergy")).toMatchObject({
      substance: "codeine",
    });
    expect(
      read("ALLERGIES: CODEINE, SULFA (rash), AND ZOCOR.").filter(({ type }) => type === "allergy"),
    ).toHaveLength(3);
    expect(one(read("ALLERGIES: NKDA."), "allergy")?.assertion).toBe("absent");
    const form = read("Allergies: none known.\nProvider: Luis Ferreira, MD, Emergency Medicine");
    expect(form.filter(({ type }) => type === "allergy").map(({ assertion }) => assertion)).toEqual([
      "absent",
    ]);
  });
  test("smoking has a status", () => {
    expect(one(read("SH: never smoker."), "smoking")).toMatchObject({
      assertion: "absent",
      value: { text: "never" },
    });
    expect(one(read("History of tobacco use, quit 30 years ago."), "smoking")).toMatchObject({
      assertion: "historical",
      value: { text: "former" },
    });
    expect(one(read("Smokes a pack a day."), "smoking")).toMatchObject({
      assertion: "present",
      value: { text: "current" },
    });
  });
  test("the observation's date goes before the visit's", () => {
    const facts = read("Visit date 09/10/2026", "Data. TTE 08/18/2026 LVEF 28%. NYHA III.");
    expect(one(facts, "lvef")?.when.earliest).toBe("2026-08-18");
    expect(one(facts, "nyha")?.when.earliest).toBe("2026-09-10");
  });
  test("weeks ago are counted from the visit", () => {
    expect(
      one(read("Visit date 03/15/2026", "Relapse with optic neuritis three weeks ago."), "icd-10-cm:H46.9")
        ?.when,
    ).toEqual({
      earliest: "2026-02-19",
      latest: "2026-02-25",
    });
  });
  test("the same statement in two papers is one fact with two places", () => {
    const papers = [
      paper("a.txt", ["TTE 08/18/2026 LVEF 28%."]),
      paper("b.txt", ["LVEF 28% on 08/18/2026."]),
    ];
    const facts = readRecord(papers, clinical).facts.filter(({ concept }) => concept === "lvef");
    expect(facts).toHaveLength(1);
    expect(facts[0]!.from.map(({ document }) => document)).toEqual(["a.txt", "b.txt"]);
  });
  test("pages of another patient yield nothing", () => {
    const facts = readRecord([paper("a.txt", ["LVEF 28%."])], clinical, {
      exclude: [{ document: "a.txt", page: 1 }],
    }).facts;
    expect(facts).toEqual([]);
  });
  test("every quotation stands at its place", () => {
    const source = paper("a.txt", ["PMH: HTN, COPD.", "BP 118/72. Lisinopril 20 mg daily."]);
    for (const { from } of readRecord([source], clinical).facts)
      for (const { start, end, quote } of from) expect(source.pages[0]!.text.slice(start, end)).toBe(quote);
  });
});
