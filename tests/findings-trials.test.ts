import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Drugs tried before, drugs taken now and what bars them; labels, imaging and examples: the whole way from the policy's words to
 * the finding. Both sides of each line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
  "trials, treatment now and reasons against it": [
    [
      "met",
      "Inadequate response to methotrexate for at least 3 months",
      "Medications tried: methotrexate 20 mg weekly, 01/10/2025 to 07/15/2025, stopped for inadequate response.",
    ],
    [
      "unknown",
      "Inadequate response to methotrexate for at least 3 months",
      "She takes methotrexate 20 mg weekly.",
    ],
    [
      "met",
      "Failure of or intolerance to metformin",
      "Metformin was stopped in 2024 because of severe diarrhea.",
    ],
    ["met", "Contraindication to metformin", "Metformin is contraindicated because eGFR is 22 mL/min."],
    ["unknown", "Contraindication to metformin", "Metformin 1000 mg twice daily failed to control glucose."],
    [
      "met",
      "Trial and failure of two preferred triptans",
      "Sumatriptan 100 mg tried in 2024, ineffective. Rizatriptan 10 mg tried in 2025, did not help.",
    ],
    [
      "unknown",
      "Trial and failure of two preferred triptans",
      "Sumatriptan 100 mg tried in 2024, ineffective.",
    ],
    [
      "unknown",
      "Trial of at least two TNF inhibitors from different classes",
      "Adalimumab stopped 03/2025 for lack of efficacy.",
    ],
    [
      "met",
      "Failure of at least two conventional DMARDs",
      "Methotrexate for 6 months in 2024, inadequate response. Leflunomide for 4 months in 2025, inadequate response.",
    ],
    [
      "met",
      "Inadequate response, intolerance, or contraindication to an ACE inhibitor or ARB",
      "Lisinopril caused angioedema in 2023 and was stopped.",
    ],
    [
      "unknown",
      "Inadequate response to adalimumab",
      "Adalimumab was stopped in 2025 because her copay rose.",
    ],
    [
      "met",
      "Currently receiving methotrexate",
      "Current medications: methotrexate 15 mg weekly, folic acid 1 mg daily.",
    ],
    ["unknown", "Currently receiving methotrexate", "Methotrexate was stopped in 2024."],
    [
      "met",
      "Member is using insulin",
      "Current medications: insulin glargine 30 units nightly, lisinopril 10 mg.",
    ],
    [
      "unknown",
      "Not used in combination with another biologic",
      "Visit 05/05/2026: Plan: start secukinumab.",
    ],
    [
      "met",
      "Completion of at least 6 weeks of physical therapy",
      "PT discharge 04/15/2026: completed 8 weeks of physical therapy, pain unchanged.",
    ],
    [
      "not-met",
      "Completion of at least 6 weeks of physical therapy",
      "Visit 05/05/2026: He has not had physical therapy.",
    ],
    [
      "unknown",
      "Completion of at least 6 weeks of physical therapy",
      "Visit 05/05/2026: Will refer to physical therapy.",
    ],
    [
      "met",
      "Failure of at least 6 weeks of conservative therapy including physical therapy",
      "Visit 05/05/2026: Pain persists despite 12 weeks of conservative therapy including physical therapy and naproxen.",
    ],
    [
      "conflicting",
      "Diagnosis of heart failure",
      "Cardiology 05/05/2026: Chronic systolic heart failure, stable.",
      "Primary care 05/06/2026: No heart failure.",
    ],
  ],
  "labels, imaging and examples": [
    [
      "met",
      "The drug is prescribed for an indication approved by the FDA or supported in compendia",
      "Neurology visit 05/05/2026. 34-year-old man. Focal epilepsy, drug resistant, on brivaracetam 100 mg BID. Prior authorization request for brivaracetam.",
    ],
    [
      "unknown",
      "The drug is prescribed for an indication approved by the FDA or supported in compendia",
      "Neurology visit 05/05/2026. 34-year-old man. Generalized epilepsy on brivaracetam 100 mg BID. Prior authorization request for brivaracetam.",
    ],
    [
      "unknown",
      "Prescribed for an FDA-approved indication",
      "Neurology visit 05/05/2026. 15-year-old boy with focal epilepsy. Prior authorization request for cenobamate 100 mg.",
    ],
    [
      "met",
      "Imaging of the hip (plain radiographs) to rule out osteoarthritis",
      "Visit 05/05/2026: Plain film of the hip is unremarkable, no osteoarthritis.",
    ],
    [
      "unknown",
      "Imaging of the hip (plain radiographs) to rule out osteoarthritis",
      "Visit 05/05/2026: Plain film of the hip shows osteoarthritis.",
    ],
    [
      "met",
      "Systemic arthropathy such as ankylosing spondylitis or rheumatoid arthritis",
      "Visit 05/05/2026: Confirmed diagnosis of ankylosing spondylitis.",
    ],
    [
      "not-met",
      "At least 15 headache days per month",
      "Visit 05/05/2026: She reports 6 headache days per month.",
    ],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
