import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { paper, shape } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();

const read = (text: string) => readPolicy(paper("policy.txt", text), { words });
const criteria = (text: string) => shape(read(text).criteria);

describe("lists as other houses print them", () => {
  test("-AND- and -OR- on lines of their own join what stands around them", () => {
    expect(
      criteria(
        "Inhaled Drug\n\nCoverage criteria\n1. The drug will be approved based on all of the following criteria:\n   a. Diagnosis of asthma\n      -AND-\n   b. One of the following:\n      (1) Two hospital stays\n          -OR-\n      (2) Three steroid courses\n      -AND-\n   c. Prescribed by a pulmonologist\n",
      ),
    ).toBe(
      "ALL(Diagnosis of asthma, ANY(Two hospital stays, Three steroid courses), Prescribed by a pulmonologist)",
    );
  });

  test("a list inside its sentence belongs to the way it stands in", () => {
    const wide =
      "Stomach Surgery\n\nCriteria\nSurgery may be considered medically necessary for a BMI of 40 or greater, or a BMI of 35 or greater with at least one of the following: diabetes, sleep apnea, or hypertension.\n";
    expect(criteria(wide)).toBe(
      "ANY(a BMI of 40 or greater, ALL(a BMI of 35 or greater, ANY(diabetes, sleep apnea, hypertension)))",
    );
  });

  test("words that a list only explains stay with it", () => {
    expect(
      criteria(
        "Spine MRI\n\nCriteria\nMRI is covered when any of these criteria is met:\n1. Back pain after failed care, where care includes at least one of: exercise, drugs, or rest\n2. Cauda equina syndrome\n",
      ),
    ).toBe(
      "ANY(Back pain after failed care, where care includes at least one of: exercise, drugs, or rest, Cauda equina syndrome)",
    );
  });

  test("below 'Indications for …' stand ways to be covered; below 'Criteria' demands", () => {
    const list =
      "\n• Weak arm after a fall\n• Positive drop arm test\n• Second dislocation\n\nReferences\n1. A book.\n";
    const items = "Weak arm after a fall, Positive drop arm test, Second dislocation";
    expect(criteria(`Shoulder MRI\n\nINDICATIONS FOR SHOULDER MRI\n${list}`)).toBe(`ANY(${items})`);
    expect(criteria(`Shoulder MRI\n\nCRITERIA\n${list}`)).toBe(`ALL(${items})`);
  });

  test("the services that a payer considers medically necessary are each covered by themselves", () => {
    expect(
      criteria(
        "Nerve Stimulation\n\nMedical Necessity\nThe plan considers the following procedures medically necessary:\nA. Stimulators for members with focal seizures who meet all of the following criteria:\n   1. Two drugs have failed\n   2. Age of four years or older\nB. Replacement of a broken stimulator\n",
      ),
    ).toBe(
      "ANY(ALL(Stimulators for members with focal seizures, ALL(Two drugs have failed, Age of four years or older)), Replacement of a broken stimulator)",
    );
  });
});

describe("a paper that looks like news", () => {
  const policy =
    "Clinical Bulletins\n\nNerve Stimulation\n\nScope of Policy\nThis paper is about stimulators.\n\nMedical Necessity\nA stimulator is medically necessary when both of the following are met:\n1. Focal seizures\n2. Two drugs have failed\n";
  test("is a policy where it has a policy's sections", () => {
    expect(criteria(policy)).toBe("ALL(Focal seizures, Two drugs have failed)");
  });

  test("is news where it only tells of changes", () => {
    expect(
      read("Provider Bulletin\n\nRetired policies\nNerve stimulation was retired.\n").criteria.text,
    ).toBe("");
  });
});

test("a date after dots, or after 'criteria effective', is the policy's date", () => {
  const dated = (line: string) =>
    read(`Knee Brace\n${line}\n\nCriteria\nA brace is covered for a torn ligament.\n`);
  expect(dated("Effective Date .......... 6/15/2026").effective?.value).toBe("2026-06-15");
  expect(dated("Criteria effective July 1, 2026").effective?.value).toBe("2026-07-01");
  expect(dated("Criteria reviewed July 1, 2026").effective).toBeNull();
});

describe("sentences as other houses write them", () => {
  const section = (text: string) => criteria(`Knee Brace\n\nCriteria\n${text}\n`);

  test("what a list is to show is asked for; a summary of the list is not", () => {
    const list =
      ", as shown by any of these:\n  a. Failed day program\n  b. Unsafe home\n2. Age of 12 or older\n";
    const lead = "Admission is covered when all of the following are met:\n1. ";
    expect(section(`${lead}Symptoms cannot be managed elsewhere${list}`)).toContain(
      "Symptoms cannot be managed",
    );
    expect(section(`${lead}Function is adequate${list}`)).not.toContain("adequate");
  });

  test("a title inside an item is followed by what is approved", () => {
    expect(
      section(
        "The drug is approved when one of the following is met:\nA) Patient is taking the drug. Approve if the attacks have become fewer.\nB) Patient is 2 years of age or older\n",
      ),
    ).toContain("the attacks have become fewer");
  });

  test("a pronoun is nothing that could be excluded, and a reason is no condition", () => {
    const { exclusions } = read(
      "Knee Brace\n\nLimitations\n• Fecal incontinence\n• Pelvic pain\n\nThis is considered investigational as it is not widely used.\n",
    );
    expect(shape(exclusions)).toBe("ANY(Fecal incontinence, Pelvic pain)");
  });

  test("criteria for discharge are not criteria for coverage", () => {
    const stay =
      "Residential Care\n\nAdmission Criteria\n1. A diagnosis\n2. Failed day program\n\nDischarge Criteria\n1. Goals have been reached\n";
    expect(criteria(stay)).not.toContain("Goals");
  });

  test("a note without sections says in its paragraphs what is covered; one without such a sentence says nothing", () => {
    const note =
      "Guideline Note 173\n\nHyperbaric oxygen is included on this line only when all of the following are met: ";
    expect(
      criteria(`${note}(1) the wound is of Wagner grade III; and (2) it has not healed in 30 days.\n`),
    ).toBe("ALL(the wound is of Wagner grade III, it has not healed in 30 days)");
    expect(
      read("Guideline Note 174\n\nHyperbaric oxygen is given in a chamber in two hours.\n").criteria.text,
    ).toBe("");
  });
});

test("what stands behind 'POLICY:' is the title", () => {
  expect(
    read("PRIOR AUTHORIZATION POLICY\nPOLICY: Angioedema – Berinol Policy\n\nCriteria\nAge of 2 or older\n")
      .title?.value,
  ).toBe("Angioedema – Berinol Policy");
});
