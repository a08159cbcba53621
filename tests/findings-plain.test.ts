import { beforeAll, describe, expect, test } from "vitest";
import { matchPolicy } from "#finding";
import {
  type Clinical,
  loadClinical,
  loadMatching,
  loadPolicyWords,
  type Matching,
  type PolicyWords,
} from "#knowledge";
import { readPolicy } from "#policy";
import { readRecord } from "#record";
import type { Line, SourceDocument } from "#source";

/**
 * Ordinary criteria that a nurse settles at a glance: drugs named as examples, statements on whole classes, lists, ages
 * that are certain, tobacco. Both sides of each line; silence stays unknown.
 */
let clinical: Clinical;
let matching: Matching;
let words: PolicyWords;
beforeAll(async () => {
  [clinical, matching, words] = await Promise.all([loadClinical(), loadMatching(), loadPolicyWords()]);
});

function paper(document: string, text: string): SourceDocument {
  const lines: Line[] = [];
  let at = 0;
  for (const row of text.split("\n")) {
    if (row.trim()) lines.push({ start: at, end: at + row.length, indent: 0 });
    at += row.length + 1;
  }
  return { document, mediaType: "text/plain", sha256: "", pages: [{ page: 1, text, lines, ocr: false }] };
}

function answer(criterion: string, charts: string[]): string {
  const policy = readPolicy(
    paper(
      "policy.txt",
      `Sample Treatment\n\nCoverage criteria\n\nThe treatment is medically necessary when ALL of the following criteria are met:\n\n1. ${criterion}\n`,
    ),
    { words, clinical },
  );
  const documents = charts.map((text, at) => paper(`note${at + 1}.txt`, `${text}\n`));
  const { facts } = readRecord(documents, clinical);
  return matchPolicy({ policy, facts, documents, asOf: "2026-06-01", clinical, matching }).result;
}

type Pair = [wanted: string, criterion: string, ...chart: string[]];

const kinds: Record<string, Pair[]> = {
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
};

for (const [kind, pairs] of Object.entries(kinds))
  describe(kind, () => {
    test.each(pairs)("%s: %s · %s", (wanted, criterion, ...charts) => {
      expect(answer(criterion, charts)).toBe(wanted);
    });
  });
