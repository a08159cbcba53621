import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Amounts and courses that notes and pharmacies write in ways of their own: ratings, hours, relief, fills, regimens, counts.
 * Both sides of each line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const fills = (...days: string[]) =>
  [
    "Fill Date,Drug,Qty,Days Supply,Pharmacy",
    ...days.map((day) => `${day},BREO ELLIPTA 200-25 MCG,60,30,Corner Drug`),
  ].join("\n");
const controllers =
  "Adherence to an inhaled corticosteroid and a long-acting beta agonist for at least 3 months, supported by pharmacy records";
const pain = "Pain severity of at least 6 on a 0-10 numeric rating scale";
const off = "Motor fluctuations with at least 3 hours of off time per day";
const relief = "The prior injection gave at least 50% relief for at least 3 months";
const regimen =
  "The member has received at least 3 months of medical therapy including a beta blocker and an ACE inhibitor, ARB or ARNI";
const delay = "The member has unexplained global developmental delay or intellectual disability";
const flares =
  "Two or more asthma exacerbations requiring systemic corticosteroids in the previous 12 months";

const kinds: Record<string, Pair[]> = {
  "fills that cover the time": [
    ["met", controllers, fills("02/01/2026", "03/02/2026", "04/01/2026", "05/02/2026")],
    ["not-met", controllers, fills("02/01/2026", "05/20/2026")],
    ["not-met", controllers, fills("09/01/2025", "10/01/2025", "11/01/2025", "12/01/2025")],
    ["unknown", controllers, "Visit 05/02/2026: asthma, albuterol as needed."],
  ],
  "pain as rated": [
    ["met", pain, "Visit 05/02/2026\nAverage pain 7/10, worst 9/10."],
    ["not-met", pain, "Visit 05/02/2026\nAverage pain 4/10."],
    ["unknown", pain, "Visit 05/02/2026\nStrength 5/5, back pain."],
  ],
  "hours off": [
    ["met", off, "Visit 05/02/2026\nDiary averages 4.6 hours OFF a day."],
    ["not-met", off, "Visit 05/02/2026\nOFF time: 1.5 hours a day."],
    ["unknown", off, "Visit 05/02/2026\nHe wears off before each dose."],
  ],
  "relief and how long it lasted": [
    ["met", relief, "Visit 05/02/2026\nRight L5 TFESI 01/05/2026: 70% relief for about 13 weeks."],
    ["not-met", relief, "Visit 05/02/2026\nRight L5 TFESI 01/05/2026: 30% relief for 2 weeks."],
    ["unknown", relief, "Visit 05/02/2026\nRight L5 TFESI 01/05/2026: 70% relief."],
  ],
  "blood pressure by both numbers": [
    ["met", "Blood pressure is below 140/90 before dosing", "Visit 05/02/2026\nBP 122/76."],
    ["not-met", "Blood pressure is below 140/90 before dosing", "Visit 05/02/2026\nBP 132/94."],
    ["unknown", "Blood pressure is below 140/90 before dosing", "Visit 05/02/2026\nHR 72."],
  ],
  "regimens class by class": [
    [
      "met",
      regimen,
      "Visit 05/02/2026\nMeds: carvedilol 25 mg BID (since 01/02/2026), sacubitril-valsartan 97/103 mg BID (since 01/10/2026), aspirin.",
    ],
    [
      "unknown",
      regimen,
      "Visit 05/02/2026\nMeds: carvedilol 25 mg BID (since 01/02/2026), sacubitril-valsartan 97/103 mg BID (since 04/20/2026), aspirin.",
    ],
    ["unknown", regimen, "Visit 05/02/2026\nMeds: carvedilol 25 mg BID (since 01/02/2026), aspirin."],
  ],
  "illness without a known cause": [
    [
      "met",
      delay,
      "Visit 05/02/2026\nGlobal developmental delay with hypotonia.\nTo date no cause has been found.",
    ],
    ["unknown", delay, "Visit 05/02/2026\nGlobal developmental delay with hypotonia."],
    ["unknown", delay, "Visit 05/02/2026\nTo date no cause has been found."],
  ],
  "flares in a year": [
    [
      "met",
      flares,
      "Visit 05/02/2026\nIn the last year she has had three flares treated with prednisone bursts.",
    ],
    ["unknown", flares, "Visit 05/02/2026\nIn the last year she has had three flares."],
  ],
  "one of two doses, one of two states": [
    [
      "met",
      "The dose of pembrolizumab does not exceed 200 mg every 3 weeks or 400 mg every 6 weeks",
      "Visit 05/02/2026\nPlan: pembrolizumab 200 mg IV every 3 weeks.",
    ],
    [
      "not-met",
      "The dose of pembrolizumab does not exceed 200 mg every 3 weeks or 400 mg every 6 weeks",
      "Visit 05/02/2026\nPlan: pembrolizumab 400 mg IV every 3 weeks.",
    ],
    ["met", "HbA1c greater than 7.0%, or recurrent hypoglycemia", "Visit 05/02/2026\nA1c 8.4%."],
    ["unknown", "HbA1c greater than 7.0%, or recurrent hypoglycemia", "Visit 05/02/2026\nFeels well."],
    [
      "unknown",
      "Inadequate response to 3 months of conservative therapy including weight loss when BMI is over 30",
      "Visit 05/02/2026\nBMI 27.",
    ],
  ],
  "a trial that asks for no failure": [
    [
      "met",
      "Trial of ezetimibe for at least 8 weeks",
      "Visit 05/02/2026\nMeds: ezetimibe 10 mg daily (since 01/02/2026).",
    ],
    [
      "unknown",
      "Trial of ezetimibe for at least 8 weeks",
      "Visit 05/02/2026\nMeds: ezetimibe 10 mg daily (since 04/22/2026).",
    ],
    [
      "unknown",
      "Failure of ezetimibe for at least 8 weeks",
      "Visit 05/02/2026\nMeds: ezetimibe 10 mg daily (since 01/02/2026).",
    ],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
