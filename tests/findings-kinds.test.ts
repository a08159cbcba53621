import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Kinds of criteria that payers write again and again and that notes answer in phrases of their own: changes from
 * baseline, intervals between two days, who signed, doses, programs, candidacy. Both sides of each line.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
  "changes from baseline": [
    [
      "met",
      "A reduction of at least 50% in EASI score from baseline",
      "EASI at baseline 02/20/2026: 28.4.\nEASI 05/20/2026: 6.1.",
    ],
    [
      "not-met",
      "A reduction of at least 75% in EASI score from baseline",
      "EASI at baseline 02/20/2026: 28.4.\nEASI 05/20/2026: 14.1.",
    ],
    ["unknown", "A reduction of at least 50% in EASI score from baseline", "EASI 05/20/2026: 6.1."],
    [
      "met",
      "Functional improvement since the initial evaluation (e.g., TUG, LEFS)",
      "           Initial 04/14/2026    Current 05/26/2026\nTUG        24.1 s                13.2 s\nLEFS       18/80                 46/80",
    ],
    [
      "unknown",
      "Functional improvement since the initial evaluation (e.g., TUG, LEFS)",
      "           Initial 04/14/2026    Current 05/26/2026\nTUG        24.1 s                23.9 s\nLEFS       18/80                 18/80",
    ],
  ],
  "the days between two events": [
    [
      "met",
      "A face-to-face examination was performed within 45 days before the written order",
      "Face-to-face examination: 04/28/2026",
      "Date of order: 05/05/2026",
    ],
    [
      "not-met",
      "A face-to-face examination was performed within 45 days before the written order",
      "Face-to-face examination: 02/28/2026",
      "Date of order: 05/05/2026",
    ],
    [
      "not-met",
      "A face-to-face examination was performed within 45 days before the written order",
      "Face-to-face examination: 05/09/2026",
      "Date of order: 05/05/2026",
    ],
    [
      "met",
      "A face-to-face encounter within 90 days before or 30 days after the start of care",
      "Face-to-face encounter date: 05/09/2026",
      "SOC date: 05/01/2026",
    ],
    [
      "unknown",
      "A face-to-face encounter within 90 days before or 30 days after the start of care",
      "A face-to-face encounter is scheduled for 05/29/2026.",
      "SOC date: 05/01/2026",
    ],
    [
      "met",
      "A face-to-face encounter no more than 90 days prior to the start of care",
      "The face-to-face encounter took place 12 days prior to the start of home health care.",
    ],
  ],
  "bounds with illnesses beside them": [
    [
      "met",
      "BMI greater than or equal to 27 kg/m2 and at least one weight-related comorbidity (e.g., hypertension, dyslipidemia)",
      "Visit 05/20/2026: BMI 28.3. Essential hypertension on lisinopril.",
    ],
    [
      "unknown",
      "BMI greater than or equal to 27 kg/m2 and at least one weight-related comorbidity (e.g., hypertension, dyslipidemia)",
      "Visit 05/20/2026: BMI 28.3. Pulmonary hypertension.",
    ],
    [
      "met",
      "Absence of dementia, with a MoCA score of 22 or higher",
      "Visit 05/20/2026: MoCA 27/30. No dementia.",
    ],
    ["unknown", "Absence of dementia, with a MoCA score of 22 or higher", "Visit 05/20/2026: MoCA 27/30."],
  ],
  "measured, and normal": [
    [
      "met",
      "Liver enzymes and bilirubin have been measured prior to starting therapy",
      "Labs 05/20/2026: ALT 22 U/L, total bilirubin 0.6 mg/dL.",
    ],
    [
      "unknown",
      "Liver enzymes and bilirubin have been measured prior to starting therapy",
      "Labs 05/20/2026: ALT 22 U/L.",
    ],
    ["met", "G6PD deficiency has been ruled out", "G6PD 11.2 U/g Hb (normal)."],
    ["unknown", "G6PD deficiency has been ruled out", "G6PD ordered."],
    [
      "met",
      "No metastasis on CT of the chest within 60 days",
      "CT CHEST\nExam date: 05/04/2026\nNo evidence of metastatic disease.",
    ],
    [
      "unknown",
      "No metastasis on CT of the chest within 60 days",
      "CT CHEST\nExam date: 01/04/2026\nNo evidence of metastatic disease.",
    ],
    [
      "conflicting",
      "No metastasis on CT of the chest within 60 days",
      "CT CHEST\nExam date: 05/04/2026\nNew metastasis in the left lung. No bone metastasis.",
    ],
    [
      "met",
      "Portal vein thrombosis is absent",
      "CT ABDOMEN\nExam date: 05/04/2026\nMain portal vein is patent. No portal vein thrombosis.",
    ],
  ],
  "classes and counts": [
    ["met", "Child-Pugh class A or B (score of 7 or less)", "Cirrhosis, Child-Pugh A6."],
    ["met", "Child-Pugh class A or B (score of 7 or less)", "Cirrhosis, Child-Pugh B7."],
    ["not-met", "Child-Pugh class A or B (score of 7 or less)", "Cirrhosis, Child-Pugh B8."],
    ["unknown", "Child-Pugh class A or B (score of 7 or less)", "Cirrhosis, Child-Pugh class B."],
    ["not-met", "Child-Pugh class A or B", "Cirrhosis, Child-Pugh class C."],
    ["met", "eGFR of 30 mL/min/1.73 m2 or greater", "Visit 05/02/2026: eGFR 55."],
    [
      "met",
      "At least 2 gout flares in the previous 12 months",
      "Date of visit: 05/20/2026\nGout. Four flares in the past 12 months.",
    ],
    [
      "not-met",
      "At least 2 gout flares in the previous 12 months",
      "Date of visit: 05/20/2026\nGout. One flare in the past 12 months.",
    ],
  ],
  "counts of a kind": [
    [
      "met",
      "Two or more asthma exacerbations requiring systemic corticosteroids in the past 12 months",
      "Date of visit: 05/20/2026\nAsthma. Three exacerbations needing prednisone bursts in the past 12 months.",
    ],
    [
      "unknown",
      "Two or more asthma exacerbations requiring systemic corticosteroids in the past 12 months",
      "Date of visit: 05/20/2026\nAsthma. Three exacerbations in the past 12 months.",
    ],
    [
      "unknown",
      "Two or more asthma exacerbations in the past 12 months",
      "Date of visit: 05/20/2026\nAsthma. One exacerbation needing a hospital stay in the past 12 months.",
    ],
  ],
  "how long": [
    [
      "unknown",
      "Inadequate response to a 3-month trial of methotrexate",
      "Methotrexate 15 mg weekly 03/25/2026 to 04/20/2026, inadequate response.",
    ],
    [
      "met",
      "Inadequate response to a 3-month trial of methotrexate",
      "Methotrexate 15 mg weekly 01/05/2026 to 04/20/2026, inadequate response.",
    ],
    [
      "met",
      "Idiopathic Parkinson's disease of at least 4 years' duration",
      "Visit 05/02/2026: Idiopathic Parkinson disease diagnosed in 2017.",
    ],
    [
      "not-met",
      "Idiopathic Parkinson's disease of at least 4 years' duration",
      "Visit 05/02/2026: Idiopathic Parkinson disease diagnosed in 2025.",
    ],
    [
      "met",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy in March, April and May 2026, 12 weeks, without improvement.",
    ],
  ],
  doses: [
    [
      "met",
      "Sample dosing: Dupilumab dosing does not exceed 300 mg every 2 weeks",
      "Current: dupilumab 300 mg SC every 2 weeks.",
    ],
    [
      "not-met",
      "Sample dosing: Dupilumab dosing does not exceed 300 mg every 2 weeks",
      "Current: dupilumab 300 mg SC every week.",
    ],
  ],
  "what is treated, denied or normal": [
    ["met", "No untreated depression", "Visit 05/02/2026: No depression."],
    ["unknown", "No untreated depression", "Visit 05/02/2026: Depression, doing well on sertraline."],
    ["met", "Serum calcium is within normal limits", "Labs 05/02/2026: serum calcium 9.6 mg/dL (8.6-10.2)."],
    [
      "not-met",
      "Serum calcium is within normal limits",
      "Labs 05/02/2026: serum calcium 11.6 mg/dL (8.6-10.2).",
    ],
    ["unknown", "Serum calcium is within normal limits", "Labs 05/02/2026: serum calcium 9.6 mg/dL."],
    [
      "met",
      "Hepatitis B virus screening has been performed and active infection has been ruled out",
      "Labs 05/02/2026: hepatitis B surface antigen non-reactive.",
    ],
    [
      "unknown",
      "Hepatitis B virus screening has been performed and active infection has been ruled out",
      "Hepatitis B surface antigen ordered.",
    ],
  ],
  relatives: [
    [
      "met",
      "At least one close blood relative with ovarian cancer",
      "FH: maternal aunt with ovarian cancer at 58.",
    ],
    [
      "unknown",
      "At least one first-degree relative with ovarian cancer",
      "FH: maternal aunt with ovarian cancer at 58.",
    ],
    [
      "met",
      "At least one first-degree relative with ovarian cancer",
      "FH: mother with ovarian cancer at 58.",
    ],
    ["unknown", "Personal history of ovarian cancer", "FH: maternal aunt with ovarian cancer at 58."],
  ],
  "the criterion's own words": [
    [
      "met",
      "Measurable improvement is expected in a reasonable period of time",
      "Significant practical improvement is expected in a reasonable period of time.",
    ],
    [
      "unknown",
      "Measurable improvement is expected in a reasonable period of time",
      "No improvement is expected in a reasonable period of time.",
    ],
    ["met", "The member is medically stable", "He is medically stable for transfer."],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
