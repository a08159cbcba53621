import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Who evaluates and signs, programs and goals, candidacy, treatment of sleep apnea, and what an evaluation says. Both sides of each
 * line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
  "who signs": [
    [
      "met",
      "Prescribed by or in consultation with a gastroenterologist",
      "I am a board-certified gastroenterologist and follow her for Crohn disease.",
    ],
    [
      "met",
      "Prescribed by or in consultation with a gastroenterologist",
      "Sincerely,\nInes Calloway, MD\nGastroenterology",
    ],
    [
      "unknown",
      "Prescribed by or in consultation with a gastroenterologist",
      "Refer to gastroenterology.\nInes Calloway, MD\nFamily Medicine",
    ],
    [
      "met",
      "Evaluation by a registered dietitian",
      "Nutrition assessment 05/01/2026\nCompleted by: Fern Galloway, RDN, LDN",
    ],
    ["unknown", "Evaluation by a registered dietitian", "Referred to Fern Galloway, RDN."],
    [
      "met",
      "Evaluation by a physical or occupational therapist who has no financial relationship with the supplier",
      "Seating evaluation 05/01/2026\nI have no financial relationship with the supplier.\nRosalind Teague, OTR/L, ATP",
    ],
    [
      "unknown",
      "Evaluation by a physical or occupational therapist who has no financial relationship with the supplier",
      "Seating evaluation 05/01/2026\nRosalind Teague, OTR/L, ATP",
    ],
  ],
  "candidacy and life expectancy": [
    ["met", "Surgical resection is not indicated", "Not a candidate for resection: portal hypertension."],
    ["unknown", "Surgical resection is not indicated", "He is a good candidate for resection."],
    ["unknown", "Surgical resection is not indicated", "Not a candidate for transplant."],
    ["met", "Life expectancy of at least 6 months", "Expected survival is greater than one year."],
    ["not-met", "Life expectancy of at least 6 months", "Life expectancy is less than 3 months."],
    ["unknown", "Life expectancy of at least 6 months", "Guarded prognosis."],
  ],
  "programs and goals": [
    [
      "met",
      "Participation in a physician-supervised nutrition and exercise program for at least 6 consecutive months",
      "Supervised weight program with Dr. Sandoval: visits 10/12/2025, 11/09/2025, 12/14/2025, 01/11/2026, 02/09/2026, 03/13/2026, 04/14/2026.",
    ],
    [
      "unknown",
      "Participation in a physician-supervised nutrition and exercise program for at least 6 consecutive months",
      "Supervised weight program with Dr. Sandoval: visits 10/12/2025, 11/09/2025, 03/13/2026, 04/14/2026.",
    ],
    [
      "met",
      "The member has not reached a plateau in progress",
      "Visit 05/20/2026: She continues to make progress and has not plateaued.",
    ],
    ["not-met", "The member has not reached a plateau in progress", "Visit 05/20/2026: He has plateaued."],
    ["met", "Visits do not exceed three per week", "Orders: SN 3w9 for wound care."],
    ["not-met", "Visits do not exceed three per week", "Orders: PT 5x/week."],
    ["met", "The number of visits requested does not exceed 12", "Plan: continue 2x/week (10 visits)."],
    ["unknown", "The number of visits requested does not exceed 12", "Attended 10 visits to date."],
  ],
  "positive airway pressure": [
    ["met", "CPAP intolerance or failure", "He could not tolerate CPAP despite mask refitting."],
    ["unknown", "CPAP intolerance or failure", "Uses CPAP nightly with benefit."],
    [
      "met",
      "CPAP intolerance (less than 4 hours per night, 5 nights per week)",
      "Could not tolerate CPAP. Download: average use 2.1 h/night.",
    ],
    [
      "unknown",
      "CPAP intolerance (less than 4 hours per night, 5 nights per week)",
      "Could not tolerate CPAP. Download: average use 6.1 h/night.",
    ],
  ],
  "who found it, and what they say": [
    [
      "met",
      "A diagnosis of autism spectrum disorder made by a licensed psychologist or psychiatrist",
      "Psychological evaluation 05/02/2026\nMeets criteria for autism spectrum disorder.\nOdalys Renwick, PhD, Licensed Psychologist",
    ],
    [
      "unknown",
      "A diagnosis of autism spectrum disorder made by a licensed psychologist or psychiatrist",
      "Well child visit 05/02/2026\nAutism spectrum disorder.\nOdalys Renwick, NP",
    ],
    [
      "unknown",
      "Evaluated by a pediatric neurologist",
      "Visit 05/02/2026\nSigned Philippa Aldous, MD, Neurology (Movement Disorders)",
    ],
    [
      "met",
      "A psychological evaluation has been completed and found no contraindication to the procedure",
      "Behavioral Pain Evaluation\nPsychological testing done. No psychological contraindication to stimulation.\nHollis Grantham, PsyD",
    ],
    [
      "unknown",
      "A psychological evaluation has been completed and found no contraindication to the procedure",
      "Psychological evaluation is scheduled. No contraindications to anesthesia.",
    ],
  ],
  "a window that ends with surgery": [
    ["met", "HbA1c of 7.5% or less within 90 days of surgery", "Date of visit: 05/20/2026\nA1c 7.1%."],
    ["unknown", "HbA1c of 7.5% or less within 90 days of surgery", "Date of visit: 01/20/2026\nA1c 7.1%."],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
