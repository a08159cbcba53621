import { describe, expect, test } from "vitest";
import { factsIn as read } from "./fixtures/made-charts.ts";

/** "present 8", "historical 24": the values of a concept in the order of the text. */
const values = (concept: string, ...rows: string[]) =>
  read(...rows)
    .filter((fact) => fact.concept === concept && fact.value)
    .map(({ assertion, value }) =>
      value!.low === value!.high ? `${assertion} ${value!.low}` : `${assertion} ${value!.low}-${value!.high}`,
    )
    .sort();

describe("a change is an older value and a newer one", () => {
  test.each([
    ["pasi", "PASI decreased from 24 to 8.", ["historical 24", "present 8"]],
    ["phq9", "PHQ-9 score went from 23 to 9 after 8 weeks.", ["historical 23", "present 9"]],
    ["a1c", "A1c rose from 7.1% to 9.2%.", ["historical 7.1", "present 9.2"]],
    ["a1c", "A1c is up to 9.2% from 7.8%.", ["historical 7.8", "present 9.2"]],
    ["edss", "EDSS 3.5, previously 2.0.", ["historical 2", "present 3.5"]],
    ["a1c", "A1c 9.1% on 10/28/2025 (was 8.2% in April 2025).", ["historical 8.2", "present 9.1"]],
    ["fcal", "Fecal calprotectin 1,240 ug/g, down from 2,100.", ["historical 2100", "present 1240"]],
    ["gad7", "GAD-7: 14 (last visit 19)", ["historical 19", "present 14"]],
    ["weight", "Weight decreased from 250 lb to 221 lb.", ["historical 250", "present 221"]],
  ])("%s in “%s”", (concept, text, said) => expect(values(concept, text)).toEqual(said));

  test.each([
    ["a1c", "A1c ranging from 7 to 9.", ["present 7-9"]],
    ["lvef", "LVEF 45-50% (normal 55-70%).", ["present 45-50"]],
    ["lvef", "EF up to 55%.", ["present undefined-55"]],
  ])("%s in “%s” is one value", (concept, text, said) => expect(values(concept, text)).toEqual(said));

  test("the newer value's date is not the older one's", () => {
    const older = read("Calprotectin 1,240 ug/g (06/02/2025), down from 2,100.").find(
      ({ assertion }) => assertion === "historical",
    );
    expect(older?.when.earliest).toBeNull();
  });
});

describe("units, places and times", () => {
  test("litres and percent of one measurement are two values", () =>
    expect(values("fev1", "FEV1 1.42 L (48% predicted), FEV1/FVC 0.54")).toEqual([
      "present 1.42",
      "present 48",
    ]));
  test("the site between name and value", () =>
    expect(values("tbs", "T-score lumbar spine: -3.1")).toEqual(["present -3.1"]));
  test("a number of months is no result", () => {
    expect(values("a1c", "Repeat A1c in 6 months.")).toEqual([]);
    expect(values("a1c", "Repeat A1c 6.1%.")).toEqual(["present 6.1"]);
  });
});

describe("questions of a form", () => {
  const one = (concept: string, ...rows: string[]) => read(...rows).find((fact) => fact.concept === concept);
  test("count by their answer", () => {
    expect(one("icd-10-cm:J44.9", "3. Does the patient have COPD? No")?.assertion).toBe("absent");
    expect(one("icd-10-cm:J44.9", "3. Does the patient have COPD? Yes")?.assertion).toBe("present");
    expect(one("icd-10-cm:J44.9", "3. Does the patient have COPD?")).toBeUndefined();
  });
  test("boxes before or behind their words", () => {
    expect(one("pregnancy", "Is the patient pregnant? ☐ Yes ☒ No")?.assertion).toBe("absent");
    expect(one("pregnancy", "Is the patient pregnant? Yes [x] No [ ]")?.assertion).toBe("present");
    expect(one("pregnancy", "Is the patient pregnant? ☐ Yes ☐ No")).toBeUndefined();
  });
  test("a drug that was tried keeps what came of it", () =>
    expect(
      read("Has the patient tried a DMARD? Yes - sulfasalazine 1 g BID, rash").find(
        ({ concept }) => concept === "sulfasalazine",
      ),
    ).toMatchObject({ assertion: "historical", course: { outcome: "intolerance", dose: "1 g BID" } }));
});

describe("sections end where their lists end", () => {
  test("an allergy on the heading's line", () => {
    const facts = read("Allergies: sulfa (hives).", "Denies tuberculosis.");
    expect(facts.filter(({ type }) => type === "allergy")).toHaveLength(1);
    expect(facts.find(({ concept }) => concept.startsWith("icd-10-cm:A15"))?.assertion).toBe("absent");
  });
  test("a list of earlier drugs", () => {
    const facts = read(
      "Past medications:",
      "- naltrexone: nausea",
      "- acamprosate: no benefit",
      "He takes disulfiram.",
    );
    expect(facts.find(({ concept }) => concept === "naltrexone")?.assertion).toBe("historical");
    expect(facts.find(({ concept }) => concept === "disulfiram")?.assertion ?? "present").toBe("present");
  });
});

describe("not", () => {
  test.each([
    ["pregnancy", "She is not pregnant.", "absent"],
    ["icd-10-cm:J45.909", "Asthma is not well controlled.", "present"],
    ["icd-10-cm:I10", "Hypertension is not at goal.", "present"],
    ["icd-10-cm:G47.33", "Sleep apnea is not suspected.", "absent"],
    ["procedure:vaccination-influenza", "Flu shot declined.", "absent"],
    ["procedure:vaccination-influenza", "Flu shot given.", "present"],
  ])("%s in “%s” is %s", (concept, text, assertion) =>
    expect(read(text).find((fact) => fact.concept === concept)?.assertion).toBe(assertion),
  );
});

describe("plans", () => {
  const said = (concept: string, ...rows: string[]) =>
    read(...rows)
      .filter((fact) => fact.concept === concept)
      .at(-1)?.assertion;
  test("a drug that a plan only names is planned, unless it is taken", () => {
    expect(said("ocrelizumab", "Plan: ocrelizumab.")).toBe("planned");
    expect(said("ocrelizumab", "She is on ocrelizumab.", "Plan: ocrelizumab.")).toBe("present");
  });
  test("a treatment that a recommendation names", () => {
    expect(said("cpap", "Recommendation: CPAP at 11 cm H2O.")).toBe("planned");
    expect(said("cpap", "History: uses CPAP nightly.")).toBe("present");
  });
});
