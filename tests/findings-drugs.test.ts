import { describe, expect, test } from "vitest";
import { answer } from "./fixtures/made-charts.ts";

/**
 * Kinds and classes of drugs, as criteria and notes name them: examples, whole classes, counts of classes, drugs that must not be
 * taken together. Both sides of each line; silence stays unknown.
 */
type Pair = [wanted: string, criterion: string, ...chart: string[]];

const each =
  "Inadequate response, intolerance or contraindication to a beta blocker and a non-dihydropyridine calcium channel blocker";
const oneOf =
  "Inadequate response or intolerance to at least one of: methotrexate, azathioprine, mercaptopurine";

const kinds: Record<string, Pair[]> = {
  "the same of each, or of one": [
    ["met", each, "Metoprolol 200 mg daily was ineffective.\nVerapamil 240 mg was stopped for leg edema."],
    ["unknown", each, "Metoprolol 200 mg daily was ineffective."],
    ["unknown", each, "Metoprolol 200 mg daily was ineffective.\nAmlodipine was stopped for leg edema."],
    ["met", oneOf, "Azathioprine 150 mg was stopped for pancreatitis."],
    ["unknown", oneOf, "Azathioprine 150 mg daily."],
  ],
  "drugs named as examples": [
    [
      "met",
      "Inadequate response to at least 60 days of an oral antifungal (for example terbinafine or itraconazole)",
      "Took terbinafine 250 mg daily from 01/05/2026 to 04/20/2026 without adequate response.",
    ],
    [
      "unknown",
      "Inadequate response to at least 60 days of an oral antifungal (for example terbinafine or itraconazole)",
      "Took terbinafine 250 mg daily from 01/05/2026 to 02/01/2026 and moved away.",
    ],
    [
      "met",
      "Inadequate response to an oral antibiotic (for example doxycycline)",
      "Took oral minocycline 100 mg daily from 09/05/2025 to 02/20/2026 without adequate response.",
    ],
    [
      "unknown",
      "Inadequate response to an oral antibiotic (for example doxycycline)",
      "Vancomycin 1 g IV from 01/05/2026 to 01/20/2026 without adequate response.",
    ],
  ],
  "statements on whole classes": [
    [
      "met",
      "Contraindication to triptans",
      "Triptans are contraindicated because of coronary artery disease.",
    ],
    ["met", "Contraindication to sumatriptan", "Triptans are contraindicated because of a prior stroke."],
    ["unknown", "Failure of sumatriptan", "Triptans are contraindicated because of a prior stroke."],
    ["not-met", "Contraindication to triptans", "No contraindication to triptans."],
    ["unknown", "Contraindication to triptans", "If triptans are contraindicated, consider a gepant."],
    ["unknown", "Contraindication to triptans", "Her mother cannot take triptans."],
    ["unknown", "Contraindication to triptans", "Beta blockers are contraindicated because of asthma."],
    ["met", "Intolerance or contraindication to NSAIDs", "She cannot take NSAIDs (ulcer bleed 2024)."],
    ["met", "Contraindication or allergy to sulfonamides", "He is allergic to sulfonamides."],
    ["not-met", "Contraindication or allergy to sulfonamides", "He is not allergic to sulfonamides."],
    ["met", "Failure of at least two statins", "She has failed two statins."],
    ["unknown", "Failure of at least three statins", "She has failed two statins."],
    ["unknown", "Failure of statins for at least 12 weeks", "She has failed two statins."],
    ["met", "Failure of a TNF inhibitor", "She has tried and failed all TNF inhibitors."],
    ["unknown", "Failure of adalimumab", "She has tried and failed all TNF inhibitors."],
    ["met", "Intolerance of beta blockers", "Beta blockers were not tolerated because of asthma."],
    ["unknown", "Intolerance of carvedilol", "Beta blockers were not tolerated because of asthma."],
    [
      "unknown",
      "Failure of a triptan and of a beta blocker",
      "Triptans failed. A beta blocker has not been tried.",
    ],
  ],
  "at least four of at least two classes": [
    [
      "met",
      "Failure of at least two antidepressants from at least two different classes, each for at least 6 weeks",
      "Sertraline 100 mg daily 01/05/2025 to 05/05/2025, no improvement.\nBupropion 300 mg daily 06/05/2025 to 10/05/2025, no improvement.",
    ],
    [
      "unknown",
      "Failure of at least two antidepressants from at least two different classes, each for at least 6 weeks",
      "Sertraline 100 mg daily 01/05/2025 to 05/05/2025, no improvement.\nFluoxetine 40 mg daily 06/05/2025 to 10/05/2025, no improvement.",
    ],
  ],
  "other drugs at the same time": [
    [
      "met",
      "The member is not receiving another disease-modifying therapy for multiple sclerosis",
      "Relapsing multiple sclerosis. She takes no other disease-modifying therapy.",
    ],
    [
      "unknown",
      "The member is not receiving another disease-modifying therapy for multiple sclerosis",
      "Relapsing multiple sclerosis. No other complaints.",
    ],
    [
      "unknown",
      "The member is not receiving another biologic for asthma",
      "Severe asthma. She takes no other disease-modifying therapy.",
    ],
    [
      "met",
      "The drug will not be used together with another biologic or a Janus kinase inhibitor",
      "Plan: it will be used alone, without another biologic or JAK inhibitor.",
    ],
    [
      "unknown",
      "The drug will not be used together with another biologic or a Janus kinase inhibitor",
      "Plan: it will be used alone, without another biologic.",
    ],
  ],
  "kinds of drugs that must not be taken with it": [
    [
      "met",
      "Will not be used in combination with another targeted immunomodulator (e.g., Stelara, Entyvio)",
      "Started risankizumab. She takes no other biologic and no JAK inhibitor.",
    ],
    [
      "unknown",
      "Will not be used in combination with another targeted immunomodulator",
      "Started risankizumab. She takes no other biologic.",
    ],
    [
      "met",
      "Not used in combination with another monoclonal antibody for asthma",
      "Severe asthma. Not on any other biologic.",
    ],
    [
      "unknown",
      "Not used in combination with another monoclonal antibody for asthma",
      "Severe asthma. Not on any other controller.",
    ],
    [
      "met",
      "Will not be used concomitantly with oral urate-lowering therapies",
      "Plan: pegloticase. No oral urate lowering therapy will be taken with it.",
    ],
    [
      "unknown",
      "Will not be used concurrently with another GLP-1 receptor agonist",
      "Never tried another GLP-1.",
    ],
  ],
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
