import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { paper, shape } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();

const read = (text: string) => readPolicy(paper("policy.txt", text), { words });
const criteria = (text: string) => shape(read(text).criteria);

describe("papers that number and title in their own way", () => {
  test("2.1 stands below 2.0, and what stands below 3.0 EXCLUSIONS is excluded", () => {
    const policy = read(
      "Cranial Helmets\n\n2.0 POLICY\n\n2.1 A helmet is covered for plagiocephaly when all of the following apply:\n\n2.1.1 The asymmetry exceeds 10 mm.\n\n2.1.2 Two months of repositioning failed.\n\n3.0 EXCLUSIONS\n\n3.1 A second helmet in the same year.\n\n3.2 Helmets for sports.\n",
    );
    expect(shape(policy.criteria)).toContain(
      "ALL(The asymmetry exceeds 10 mm, Two months of repositioning failed)",
    );
    expect(shape(policy.exclusions)).toBe("ANY(A second helmet in the same year, Helmets for sports)");
  });

  test("an item's own list can begin in its first line", () => {
    expect(
      criteria(
        "Bone Drug\n\nCriteria\n1. Diagnosis of osteoporosis\n   AND\n2. (a) T-score of -2.5 or lower\n   OR\n   (b) History of a fragility fracture\n   AND\n3. Trial of alendronate\n",
      ),
    ).toBe(
      "ALL(Diagnosis of osteoporosis, ANY(T-score of -2.5 or lower, History of a fragility fracture), Trial of alendronate)",
    );
  });

  test("initial and renewed authorization are two ways, though no heading names them", () => {
    const tree = criteria(
      "Gut Drug\n\nThe drug will be considered for coverage when the following criteria are met:\n\nFor initial authorization:\n1. Age of 18 years or older\n2. Diagnosis of colitis\n\nFor reauthorization:\n1. Chart notes show improvement\n\nReferences:\n1. Label of the drug.\n",
    );
    expect(tree).toBe(
      "ANY(ALL(Age of 18 years or older, Diagnosis of colitis), Chart notes show improvement)",
    );
  });

  test("papers to send are not criteria, an item that demands such a paper is", () => {
    const sent =
      "Knee Motion\n\nCriteria\nMust meet ALL of the following:\n1) Knee replacement within two days\n2) A letter of the surgeon is on file\n\nPlease send the following documentation with the request:\n• Notes of the last 6 months\n";
    expect(criteria(sent)).toBe("ALL(Knee replacement within two days, A letter of the surgeon is on file)");
  });

  test("a policy without headings says in its paragraphs what is covered and what is not", () => {
    const policy = read(
      "Facet Denervation\n\nDenervation is a procedure for pain.\n\nDenervation may be considered medically necessary when ALL of the following are met:\n• No fusion at the level\n• Two blocks with 80% relief\n\nAll other methods, including but not limited to the following, are considered investigational:\n• Laser denervation\n• Cryodenervation\n\nDenervation not meeting the criteria in this policy is considered not medically necessary.\n",
    );
    expect(shape(policy.criteria)).toBe("ALL(No fusion at the level, Two blocks with 80% relief)");
    expect(shape(policy.exclusions)).toBe("ANY(Laser denervation, Cryodenervation)");
  });
});

test("the number behind 'Medical Policy:' or a dash is the policy's", () => {
  const numbered = (line: string) =>
    read(`${line}\n\nKnee Brace\n\nCriteria\n1. Torn ligament\n`).number?.value ?? null;
  expect(numbered("Medical Policy: S-4412-007")).toBe("S-4412-007");
  expect(numbered("PHARMACY / MEDICAL POLICY – 5.01.6099")).toBe("5.01.6099");
  expect(numbered("Medical Policy: Knees")).toBeNull();
});

test("the form of Medicare drug plans: each title on its line, semicolons between what is asked", () => {
  const policy = read(
    "Sleep Drug\n\nCovered uses: All medically accepted indications.\n\nExclusion criteria: Severe liver disease; use with strong inhibitors.\n\nRequired medical information: Diagnosis of sleep-wake disorder; total blindness; failure of melatonin for 3 months.\n\nAge restrictions: 18 years or older.\n\nCoverage duration: 12 months.\n",
  );
  expect(shape(policy.criteria)).toBe(
    "ALL(Diagnosis of sleep-wake disorder, total blindness, failure of melatonin for 3 months, 18 years or older)",
  );
  expect(shape(policy.exclusions)).toBe("ANY(Severe liver disease, use with strong inhibitors)");
});

test("a date below the title opens no section, so what follows it is read", () => {
  const paperOf = (line: string) =>
    criteria(
      `Spinal Cord Stimulation\n${line}\n\nImplantation is medically necessary when ALL of the following are met:\n1. Pain of 6 months\n2. Failure of conservative care\n`,
    );
  expect(paperOf("Effective date January 1, 2026")).toBe(
    "ALL(Pain of 6 months, Failure of conservative care)",
  );
  expect(paperOf("Background")).not.toContain("Pain of 6 months");
});
