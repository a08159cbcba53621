import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Ordinary criteria that a nurse settles at a glance: drugs named as examples, statements on whole classes, lists, ages
 * that are certain, tobacco. Both sides of each line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
  "lists of illnesses, and ages that are certain": [
    ["met", "Nystagmus, ataxia or dysarthria", "Visit 05/05/2026: Exam shows ataxia of gait."],
    ["unknown", "Nystagmus, ataxia or hypotonia", "Visit 05/05/2026: At risk of hypotonia."],
    ["unknown", "Severe ataxia or hypotonia", "Visit 05/05/2026: Exam shows hypotonia."],
    ["unknown", "Nystagmus, ataxia or dysarthria", "Family history: mother with ataxia."],
    [
      "met",
      "Absence epilepsy, or intellectual disability with onset before age 16",
      "DOB: 03/03/2019. Visit 05/05/2026: School report of intellectual disability.",
    ],
    [
      "unknown",
      "Absence epilepsy, or intellectual disability with onset before age 16",
      "DOB: 03/03/1999. Visit 05/05/2026: Intellectual disability.",
    ],
  ],
  "what a result changes": [
    [
      "met",
      "Test results will directly affect clinical management",
      "Result would change management: surgery instead of radiation.",
    ],
    [
      "unknown",
      "Test results will directly affect clinical management",
      "It is unclear whether the result would change management.",
    ],
    [
      "unknown",
      "Test results will directly affect clinical management",
      "The result would not change management.",
    ],
  ],
  tobacco: [
    ["met", "Tobacco free for at least 8 weeks before surgery", "Former smoker, quit 2014."],
    ["met", "The member is a nonsmoker", "Social history: lifelong nonsmoker."],
    [
      "unknown",
      "Tobacco free for at least 8 weeks before surgery",
      "Date of visit: 05/28/2026\nFormer smoker, quit 3 weeks ago.",
    ],
    [
      "met",
      "Tobacco free for at least 8 weeks before surgery",
      "Date of visit: 05/28/2026\nFormer smoker, quit 3 months ago.",
    ],
    [
      "unknown",
      "Tobacco free for at least 8 weeks before surgery",
      "Former smoker, quit 2014. Date of visit 05/28/2026. Resumed smoking this spring.",
    ],
    [
      "not-met",
      "Tobacco free for at least 8 weeks before surgery",
      "Date of visit: 05/28/2026\nCurrently smokes half a pack a day.",
    ],
    [
      "unknown",
      "Nicotine free for at least 6 weeks before surgery, confirmed by cotinine",
      "Former smoker, quit 2014.",
    ],
    [
      "met",
      "Nicotine free for at least 6 weeks before surgery, confirmed by cotinine",
      "Former smoker, quit 2014. Cotinine 05/20/2026 negative.",
    ],
  ],
  "amounts before their name": [
    [
      "met",
      "Angulation of 10 mm or more on radiographs",
      "Radiographs of the spine 05/20/2026: 12 mm of angulation.",
    ],
    [
      "not-met",
      "Angulation of 10 mm or more on radiographs",
      "Radiographs of the spine 05/20/2026: 9 mm of angulation.",
    ],
  ],
  "treatments that are no drugs": [
    [
      "met",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy 9 visits 01/05/2026 to 03/20/2026 without improvement.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy 3 visits 03/05/2026 to 03/20/2026 without improvement.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy 9 visits 01/05/2026 to 03/20/2026. Pain has improved.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy for 8 weeks is recommended; home stretches failed.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy within the past 12 months",
      "Physical therapy 9 visits 01/05/2022 to 03/20/2022 without improvement.",
    ],
    [
      "unknown",
      "At least two corticosteroid injections without lasting relief",
      "Triamcinolone injection 03/05/2026 with 2 weeks of relief.",
    ],
    [
      "met",
      "At least one corticosteroid injection without lasting relief",
      "Triamcinolone injection 03/05/2026 with 2 weeks of relief.",
    ],
    [
      "met",
      "A trial of evidence-based psychotherapy without significant improvement",
      "CBT weekly, 20 sessions, depression did not improve.",
    ],
    [
      "unknown",
      "A trial of evidence-based psychotherapy without significant improvement",
      "CBT was recommended. Sertraline gave no benefit.",
    ],
  ],
  "statements joined": [
    [
      "met",
      "Shoulder pain for at least 3 months that interferes with activities of daily living",
      "Shoulder pain for 9 months. The pain limits dressing and bathing.",
    ],
    [
      "unknown",
      "Shoulder pain for at least 3 months that interferes with activities of daily living",
      "Shoulder pain for 9 months. No limitation of dressing.",
    ],
  ],
  "so many a day, training, one illness or another": [
    [
      "met",
      "The member takes three or more insulin injections per day",
      "Insulin lispro with meals, four injections a day.",
    ],
    [
      "not-met",
      "The member takes three or more insulin injections per day",
      "Insulin glargine, one injection a day.",
    ],
    [
      "unknown",
      "The member takes three or more insulin injections per day",
      "Heparin, four injections a day.",
    ],
    [
      "met",
      "The member or caregiver has received training in the use of the device",
      "Mother was trained in use of the sensor and receiver.",
    ],
    [
      "unknown",
      "The member or caregiver has received training in the use of the device",
      "Mother needs to be trained in use of the sensor.",
    ],
    [
      "met",
      "Diagnosis of type 1 diabetes or type 2 diabetes treated with insulin",
      "Type 1 diabetes. Takes insulin glargine 18 units nightly.",
    ],
    [
      "unknown",
      "Diagnosis of type 1 diabetes or type 2 diabetes treated with insulin",
      "Takes insulin glargine 18 units nightly.",
    ],
  ],
  "several bounds of one thing": [
    [
      "met",
      "Eosinophil count greater than or equal to 150 cells/mcL within the past 6 weeks, or greater than or equal to 300 cells/mcL within the past 12 months",
      "Date of visit: 01/15/2026\nAbsolute eosinophils 480 cells/mcL.",
    ],
    [
      "unknown",
      "Eosinophil count greater than or equal to 150 cells/mcL within the past 6 weeks, or greater than or equal to 300 cells/mcL within the past 12 months",
      "Date of visit: 01/15/2026\nAbsolute eosinophils 210 cells/mcL.",
    ],
    ["met", "PHQ-9 score of 20 or higher, or HAM-D score of 24 or higher", "Visit 05/20/2026: PHQ-9 = 23."],
    [
      "unknown",
      "PHQ-9 score of 20 or higher, or HAM-D score of 24 or higher",
      "Visit 05/20/2026: PHQ-9 = 18.",
    ],
    [
      "met",
      "Functional disability documented by an Oswestry Disability Index (ODI) score of 40% or greater",
      "Visit 05/20/2026: ODI 52%.",
    ],
    [
      "not-met",
      "Functional disability documented by an Oswestry Disability Index (ODI) score of 40% or greater",
      "Visit 05/20/2026: ODI 30%.",
    ],
    ["met", "MELD score of less than 15", "Visit 05/20/2026: MELD-Na 9."],
    ["not-met", "Serum albumin greater than 3.0 g/dL", "Labs 05/20/2026: albumin 2.8 g/dL."],
    ["met", "Age greater than or equal to 18 years", "DOB: 03/03/1990. Visit 05/20/2026: well."],
  ],
  "what only looks like it": [
    [
      "unknown",
      "Psychological evaluation within the past 12 months that finds no contraindication",
      "Date of visit: 05/10/2026\nPsychological evaluation completed. A psychological contraindication was found.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy 9 visits 01/05/2026 to 03/20/2026. Acupuncture without improvement.",
    ],
    [
      "unknown",
      "Failure of at least 6 weeks of physical therapy",
      "Physical therapy for 8 weeks helped a lot. Opioids failed.",
    ],
    ["unknown", "Contraindication to beta blockers", "Beta blockers are relatively contraindicated."],
    [
      "unknown",
      "Contraindication to ACE inhibitors",
      "The policy requires that ACE inhibitors are contraindicated.",
    ],
    ["unknown", "Tobacco free for at least 6 weeks", "Husband quit smoking in 2010."],
    ["unknown", "Dystonia, chorea or hypotonia", "Concern for hypotonia was raised by daycare."],
    [
      "unknown",
      "The member is not receiving another biologic",
      "No other biologic was discussed; continues etanercept.",
    ],
    ["unknown", "Documentation of a positive clinical response", "Good response to physical therapy."],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
