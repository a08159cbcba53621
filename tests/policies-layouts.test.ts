import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { paper, shape } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();

const read = (text: string) => readPolicy(paper("policy.txt", text), { words });

describe("layouts of other houses", () => {
  test("a sheet of boxes to tick says in capitals how its items are joined", () => {
    const { criteria } = read(
      "Home Oxygen\n\nSelect one:\n[ ] 1. New request, ALL:\n    [ ] A. Blood gas, ONE:\n        [ ] i.  PaO2 55 mmHg or less\n        [ ] ii. Saturation 88% or less\n    [ ] B. Tested in a stable state\n[ ] 2. Continued use, BOTH:\n    [ ] A. Repeat test\n    [ ] B. Visit in 90 days\n",
    );
    expect(shape(criteria)).toBe(
      "ANY(ALL(ANY(PaO2 55 mmHg or less, Saturation 88% or less), Tested in a stable state), ALL(Repeat test, Visit in 90 days))",
    );
  });

  test("to begin and to go on are two ways, though 'all of the following' stands above them", () => {
    const { criteria } = read(
      "Knee Brace\n\nCoverage criteria\nA knee brace is medically necessary when all of the following criteria are met:\n  • For initial therapy, all of the following:\n    • Knee pain on walking\n    • Instability of the knee\n  • For continuation therapy, all of the following:\n    • Positive response to the brace\n    • The brace still fits\n",
    );
    expect(shape(criteria)).toBe(
      "ANY(ALL(Knee pain on walking, Instability of the knee), ALL(Positive response to the brace, The brace still fits))",
    );
  });

  test("a clause that stops in the middle is finished by the list below it", () => {
    const { criteria } = read(
      "Stimulator\n\nCriteria\nImplantation is appropriate if the trial resulted in\n• a reduction of pain of 50% or more and\n• improved function\n",
    );
    expect(shape(criteria)).toBe("ALL(a reduction of pain of 50% or more, improved function)");
  });

  test("paragraphs that each say when something is covered are ways beside each other", () => {
    const { criteria } = read(
      "Gene Test\n\nCOVERAGE\n\nTesting is medically necessary when the member has LDL of 190 mg/dL or higher.\n\nTesting of relatives is covered if a variant has been found in the family.\n",
    );
    expect(shape(criteria)).toBe(
      "ANY(the member has LDL of 190 mg/dL or higher, a variant has been found in the family)",
    );
  });

  test("'not covered unless Y' excludes where Y is missing", () => {
    const { exclusions } = read(
      "Lymphedema Pumps\n\nWhen this policy does not cover the device\n\nDevices with calibrated pressure are not covered unless a simple device has been tried and has failed.\n",
    );
    expect(shape(exclusions)).toBe(
      "ALL(Devices with calibrated pressure, NOT(a simple device has been tried and has failed))",
    );
  });

  test("an indication before its conditions, and conditions that share their subject, stand apart", () => {
    const { criteria } = read(
      "Toxin\n\nCoverage criteria\n\nThe toxin is covered for primary axillary hyperhidrosis when the member is 18 years or older, has tried aluminum chloride for 8 weeks, and has documented interference with daily activities.\n",
    );
    expect(shape(criteria)).toBe(
      "ALL(primary axillary hyperhidrosis, the member is 18 years or older, has tried aluminum chloride for 8 weeks, has documented interference with daily activities)",
    );
  });
});

describe("papers that decide nothing", () => {
  test.each([
    [
      "a formulary",
      "2026 Comprehensive Formulary\n\nAre there any restrictions on my coverage?\n• Prior Authorization: You must get approval before you fill your prescriptions.\n• Step Therapy: You must first try certain drugs.\n",
    ],
    [
      "a provider manual",
      "Provider Manual, Chapter 6\n\nMedical necessity\nA service is medically necessary when it is consistent with generally accepted standards of practice.\n",
    ],
    [
      "a brochure",
      "Living with Migraine: A Member Guide\n\nYour doctor may prescribe a triptan. You may have migraine if you have at least two of these:\n• Pain on one side\n• Nausea\n",
    ],
    [
      "news of the drug list",
      "Drug list changes for October 2026\n\nThe following drugs need step therapy:\n• Brand esomeprazole: must try two generic proton pump inhibitors\n",
    ],
  ])("%s holds no criteria", (_, text) => {
    const { criteria, exclusions, issues } = read(text);
    expect([shape(criteria), exclusions, issues.map(({ code }) => code)]).toEqual([
      "ALL()",
      null,
      ["criteria-missing"],
    ]);
  });
});
