import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { kindOf } from "../src/policy/leaf-kind.ts";
import { roleOf } from "../src/policy/section-roles.ts";
import { testOf } from "../src/policy/test-fields.ts";
import { paper } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();

const policyOf = (text: string) => paper("policy.txt", text);
const read = (text: string) => readPolicy(policyOf(text), { words });

describe("dates and numbers of the policy", () => {
  test("the effective date is not the original date, nor that of the policy it replaces", () => {
    const head =
      "Original effective date: 01/02/2019\nEffective date: 03/04/2026\nReplaces KB-1 (effective 05/06/2025)\n";
    const policy = read(`Knee Brace\nPolicy number: KB-0012\n${head}`);
    expect(policy.effective?.value).toBe("2026-03-04");
    expect(policy.number?.value).toBe("KB-0012");
    expect(read("Knee Brace\nLast reviewed May 2016\n").effective).toBeNull();
  });
});

describe("tests of leaves", () => {
  test("every clue row has its examples both ways", () => {
    const wrong = words.predicates.flatMap(({ kind, yes, no }) => [
      ...yes
        .filter((text) => kindOf(text, "", words) !== kind)
        .map((text) => `${kind} should be: ${text} (${kindOf(text, "", words)})`),
      ...no
        .filter((text) => kindOf(text, "", words) === kind)
        .map((text) => `${kind} should not be: ${text}`),
    ]);
    expect(wrong).toEqual([]);
  });

  test("every section row has its examples both ways", () => {
    const wrong = words.sections.flatMap(({ role, yes, no }) => [
      ...yes
        .filter((text) => roleOf(text, words) !== role)
        .map((text) => `${role} should be: ${text} (${roleOf(text, words)})`),
      ...no.filter((text) => roleOf(text, words) === role).map((text) => `${role} should not be: ${text}`),
    ]);
    expect(wrong).toEqual([]);
  });

  const names = {
    concepts: [
      {
        id: "lvef",
        kind: "measure",
        label: "Left ventricular ejection fraction",
        names: ["LVEF"],
        short: [],
        units: ["%"],
      },
      { id: "nyha", kind: "ordinal", label: "NYHA class", names: ["NYHA"], short: [], units: [] },
    ],
    drugs: [
      { generic: "methotrexate", class: "Conventional DMARD / immunosuppressant", brands: [], also: [] },
    ],
    diagnoses: [{ code: "I50.9", names: ["heart failure"] }],
  };

  test("ranges, fractions and strictness are kept", () => {
    expect(testOf("measure", "LVEF of 20% to 50%", names)).toEqual({
      kind: "measure",
      concept: "lvef",
      cmp: "between",
      low: 20,
      high: 50,
      unit: "%",
    });
    expect(testOf("measure", "a measured LVEF ≤ 0.30", names)).toMatchObject({
      cmp: "<=",
      value: 30,
      unit: "%",
    });
    expect(testOf("measure", "LVEF below 40%", names)).toMatchObject({ cmp: "<", value: 40 });
    expect(testOf("measure", "LVEF of 40% or less", names)).toMatchObject({ cmp: "<=", value: 40 });
  });

  test("a trial has its count, classes, length and outcomes; a look-back is no length", () => {
    expect(
      testOf("priorTherapy", "trial of at least 12 weeks of two DMARDs from different classes", names),
    ).toMatchObject({ count: 2, distinctClasses: true, minDays: 84 });
    expect(
      testOf("priorTherapy", "Inadequate response to methotrexate within the past 12 months", names),
    ).toMatchObject({ concepts: ["methotrexate"], outcomes: ["inadequate-response"], maxAgeDays: 360 });
    expect(
      testOf("priorTherapy", "Inadequate response to methotrexate within the past 12 months", names).minDays,
    ).toBeUndefined();
  });

  test("classes are spelled out, ages are years", () => {
    expect(testOf("scale", "NYHA functional class of II-IV", names)).toMatchObject({
      concept: "nyha",
      cmp: "in",
      values: ["II", "III", "IV"],
    });
    expect(testOf("age", "Adolescent aged 12 to 17 years", names)).toMatchObject({
      cmp: "between",
      low: 12,
      high: 17,
      unit: "years",
    });
    expect(testOf("age", "The member is 18 years of age or older", names)).toMatchObject({
      cmp: ">=",
      value: 18,
    });
  });

  test("a half-understood diagnosis names no concept", () => {
    expect(testOf("dx", "Diagnosis of heart failure", names).concept).toBe("I50.9");
    expect(
      testOf("dx", "Transthyretin amyloid cardiomyopathy with heart failure", names).concept,
    ).toBeUndefined();
  });
});
