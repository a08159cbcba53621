import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { paper, shape } from "./fixtures/made-charts.ts";

const words = await loadPolicyWords();
const read = (text: string) => readPolicy(paper("policy.txt", text), { words });
const criteria = (text: string) => shape(read(text).criteria);
const exclusions = (text: string) => {
  const found = read(text).exclusions;
  return found ? shape(found) : null;
};

describe("papers of one sheet", () => {
  test("a State's bulletin that says when a thing is covered is a policy; a bulletin about policies is news", () => {
    const covers =
      "Provider Bulletin 26-14\nSubject: Wound pumps\n\nCoverage\nMedicaid will cover a wound pump if all of the following conditions exist:\n1. The member has a wound of stage 3 or stage 4\n2. The member has been taught to use the pump\n";
    expect(criteria(covers)).toBe(
      "ALL(The member has a wound of stage 3 or stage 4, The member has been taught to use the pump)",
    );
    expect(read(covers).number?.value).toBe("26-14");
    const news =
      "Provider Bulletin: Policy Updates\n\nRevised policies\nCoverage of wound pumps (DME-7): the criterion of age was removed. See the policy for details.\n";
    expect(read(news).issues[0]?.code).toBe("criteria-missing");
  });

  test("questions with their answers on lines of their own are asked in turn; a No that approves stands under not", () => {
    expect(
      criteria(
        "Modulator\n\nClinical Criteria Logic\n1. Does the client have a diagnosis of cystic fibrosis?\n   [ ] Yes - Go to #2\n   [ ] No - Deny\n2. Does the client take a strong inducer?\n   [ ] Yes - Deny\n   [ ] No - Approve\n",
      ),
    ).toBe(
      "ALL(Does the client have a diagnosis of cystic fibrosis, NOT(Does the client take a strong inducer))",
    );
  });

  test("the number of a point behind its box is no word of it", () => {
    expect(
      criteria(
        "Knee Arthroscopy\n\nChoose one:\n☐ 100 Mechanical symptoms, ALL:\n   ☐ 110 Locking of the knee\n   ☐ 120 Effusion\n☐ 300 Continued pain after treatment, BOTH:\n   ☐ 310 Pills for three weeks\n   ☐ 320 Exercise for twelve weeks\n",
      ),
    ).toBe("ANY(ALL(Locking of the knee, Effusion), ALL(Pills for three weeks, Exercise for twelve weeks))");
  });

  test("a guide that answers questions holds no criteria, even where it speaks of necessity", () => {
    expect(
      read(
        "Prior Authorization: Frequently Asked Questions\n\nWhich criteria are used?\nWe use our own policies, which say when a service is medically necessary.\n",
      ).issues[0]?.code,
    ).toBe("criteria-missing");
  });
});

describe("ways to be covered", () => {
  test("numbered statements of what is covered when are ways, each by itself", () => {
    expect(
      criteria(
        "Therapy\n\nIndications of Coverage\n1. Physical therapy is considered medically necessary when each of the following is documented:\n   a. The therapy is ordered by a physician\n   b. There is a deficit\n2. Aquatic therapy is covered if the member cannot bear weight.\n",
      ),
    ).toBe(
      "ANY(ALL(The therapy is ordered by a physician, There is a deficit), the member cannot bear weight)",
    );
  });

  test("an indication before a colon stands for what follows it", () => {
    expect(
      criteria(
        "Lung Transplantation\n\nCriteria\n1. COPD: FEV1 below 20% of predicted or DLCO below 40% of predicted\n2. Pulmonary fibrosis: FVC below 80% of predicted\n",
      ),
    ).toBe(
      "ANY(ALL(COPD, ANY(FEV1 below 20% of predicted, DLCO below 40% of predicted)), ALL(Pulmonary fibrosis, FVC below 80% of predicted))",
    );
  });

  test("'or older' and 'or less than' name no second figure", () => {
    expect(criteria("Pump\n\nCriteria\n1. BMI of 30 or greater\n2. Aged 18 years or older\n")).toBe(
      "ALL(BMI of 30 or greater, Aged 18 years or older)",
    );
  });
});

describe("exclusions named in one sentence", () => {
  test("each thing that a sentence refuses stands by itself", () => {
    const head = "Therapy\n\nCriteria\n1. There is a deficit\n2. Care is skilled\n\nLimitations\n";
    expect(
      exclusions(
        `${head}The following are not medically necessary: maintenance programs; work hardening; sports.\n`,
      ),
    ).toBe("ANY(maintenance programs, work hardening, sports)");
    expect(
      exclusions(
        `${head}Endoluminal procedures, gastric balloons and loop bypasses are considered investigational.\n`,
      ),
    ).toBe("ANY(Endoluminal procedures, gastric balloons, loop bypasses)");
  });

  test("words that belong to one noun stay together", () => {
    expect(
      exclusions(
        "Therapy\n\nCriteria\n1. There is a deficit\n2. Care is skilled\n\nLimitations\nPulsed, cooled and laser denervation is considered investigational.\n",
      ),
    ).toBe("ANY(Pulsed, cooled and laser denervation)");
  });
});

describe("papers of Medicare drug plans and guideline houses", () => {
  test("'1 -' and '1.1' number points; a stage named above a section makes it a way of its own", () => {
    expect(
      criteria(
        "Guideline\n\nThis guideline is reviewed each year and holds for all commercial and exchange members of the plan.\n\nTherapy Stage: Initial Authorization\nApproval Criteria\n1 - Diagnosis of sleep apnea defined by one of the following:\n   1.1 15 or more events per hour\n      OR\n   1.2 Daytime sleepiness\n      AND\n2 - Prescribed by a sleep specialist\n\nTherapy Stage: Reauthorization\nApproval Criteria\n1 - Documentation of positive clinical response\n",
      ),
    ).toBe(
      "ANY(ALL(Diagnosis of sleep apnea, ANY(15 or more events per hour, Daytime sleepiness), Prescribed by a sleep specialist), Documentation of positive clinical response)",
    );
  });

  test("'Coverage and limitations' holds criteria; 'Non-covered:' before a list excludes", () => {
    const manual =
      "Nutrition\n\nCOVERAGE AND LIMITATIONS\n\n1. Tube feeding is covered for a recipient who:\n   a. Cannot eat; and\n   b. Has a feeding tube in place.\n2. Thickeners are covered when a swallow study shows aspiration.\n3. Non-covered: baby food, weight loss products, and vitamins.\n";
    expect(criteria(manual)).toBe(
      "ANY(ALL(Cannot eat, Has a feeding tube in place), a swallow study shows aspiration)",
    );
    expect(exclusions(manual)).toBe("ANY(baby food, weight loss products, vitamins)");
  });

  test("an item that defines, or tells suppliers what to keep, asks for nothing; 'does not cover' excludes", () => {
    const rule =
      "Rule 2.7: Airway Vests\n\nA. The Division of Medicaid defines a vest as a garment that moves secretions.\n\nB. The Division of Medicaid covers a vest when all of the following criteria are met:\n\n   1. The beneficiary has cystic fibrosis.\n\n   2. The vest is used in the home.\n\nC. The Division of Medicaid does not cover:\n\n   1. A second vest for travel,\n\n   2. Repair due to abuse.\n\nD. Providers must maintain records for five years.\n";
    expect(criteria(rule)).toBe("ALL(The beneficiary has cystic fibrosis, The vest is used in the home)");
    expect(exclusions(rule)).toBe("ANY(A second vest for travel, Repair due to abuse)");
  });

  test("of several groups the patient is in one; what is asked of all stands beside them", () => {
    expect(
      criteria(
        "Home Oxygen\n\nCriteria\nHome oxygen is covered when ALL of the following are met:\n1. A blood gas study was done\n2. Oxygen improves the condition\n\nGroup I criteria include any of the following:\n• PO2 at or below 55 at rest\n• PO2 at or below 55 during sleep\n\nGroup II criteria include the presence of a PO2 of 56 to 59 and any of the following:\n• Dependent edema\n• Cor pulmonale\n",
      ),
    ).toBe(
      "ALL(ALL(A blood gas study was done, Oxygen improves the condition), ANY(ANY(PO2 at or below 55 at rest, PO2 at or below 55 during sleep), ALL(the presence of a PO2 of 56 to 59, ANY(Dependent edema, Cor pulmonale))))",
    );
  });

  test("a numbered statement that refuses excludes, and lines of an indication's name open its list", () => {
    const drug =
      "Drug Criteria\n\nUniversal criteria\n- Age 18 years or older; AND\n- ECOG 0-2\n\nUrothelial carcinoma\n- Metastatic disease\n\nMerkel cell carcinoma\n- Stage IV disease\n";
    expect(criteria(drug)).toContain(
      "ANY(ALL(Urothelial carcinoma, Metastatic disease), ALL(Merkel cell carcinoma, Stage IV disease))",
    );
    const implant =
      "Implants\n\nPolicy criteria\nI. Implants are considered medically necessary when both of the following are met:\n   A. Age 9 months or older\n   B. Severe hearing loss\nII. Upgrades of a working system are considered not medically necessary.\n";
    expect(criteria(implant)).toBe("ALL(Age 9 months or older, Severe hearing loss)");
    expect(exclusions(implant)).toBe("ANY(Upgrades of a working system)");
  });
});

describe("sections that open inside their paragraph", () => {
  test("a paper whose paragraphs open with the names of sections is read by sections", () => {
    const paragraphs =
      "Private Duty Nursing\n\nBackground. Nursing at home is continuous care. Families may ask for help and must be patient.\n\nCriteria for authorization. Nursing is authorized when the member:\n   a. is under 21 years of age; and\n   b. needs four hours of skilled care a day.\n\nContinued authorization. The agency must show that the need is unchanged and that a caregiver has been trained.\n\nNot covered. Nursing for the convenience of the family; nursing at school; and respite care.\n";
    expect(criteria(paragraphs)).toBe(
      "ANY(ALL(is under 21 years of age, needs four hours of skilled care a day), ALL(the need is unchanged, a caregiver has been trained))",
    );
    expect(exclusions(paragraphs)).toBe(
      "ANY(Nursing for the convenience of the family, nursing at school, respite care)",
    );
  });

  test("'not appropriate in the presence of' excludes each thing that it names", () => {
    expect(
      exclusions(
        "Shock Therapy\n\nCriteria\n1. A diagnosis of catatonia\n2. Clearance by an anesthesiologist\n\nLimitations\nThe treatment is not appropriate in the presence of recent infarction, raised intracranial pressure, or pheochromocytoma.\n",
      ),
    ).toBe("ANY(recent infarction, raised intracranial pressure, pheochromocytoma)");
  });
});

test("how long something goes on is no condition: the condition follows it", () => {
  expect(
    criteria(
      "Pharmacy Policy: Zelmira\nI. Initial authorization\nZelmira is considered medically necessary when ALL of the following are met:\n1. Diagnosis of psoriasis.\n2. The member is 18 years of age or older.\nII. Continuation\nZelmira may be continued for 12 months when the prescriber documents a positive clinical response.\n",
    ),
  ).toBe(
    "ANY(ALL(Diagnosis of psoriasis, The member is 18 years of age or older), the prescriber documents a positive clinical response)",
  );
});
