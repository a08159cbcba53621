import { describe, expect, test } from "vitest";
import { loadClinical } from "#knowledge";
import { type Fact, readRecord } from "#record";

const clinical = await loadClinical();

/** What a note of one line says of a drug. */
function coursesIn(text: string, drug: string): Fact[] {
  const lines = [{ start: 0, end: text.length, indent: 0 }];
  const pages = [{ page: 1, text, lines, ocr: false }];
  const { facts } = readRecord(
    [{ document: "note.txt", mediaType: "text/plain", sha256: "0", pages }],
    clinical,
  );
  return facts.filter(({ type, concept }) => type === "medication" && concept.includes(drug));
}
const told = (facts: Fact[]) =>
  facts.map(({ assertion, course }) => `${assertion} ${course?.outcome ?? "-"}`);

describe("a drug that did too little", () => {
  test.each([
    ["She failed azathioprine in 2019.", "azathioprine", "historical inadequate-response"],
    ["Trial of gabapentin was unsuccessful.", "gabapentin", "historical inadequate-response"],
    ["Gabapentin - no benefit.", "gabapentin", "historical inadequate-response"],
    ["Gabapentin, no benefit.", "gabapentin", "historical inadequate-response"],
    ["There was no response to dupilumab after 16 weeks.", "dupilumab", "historical inadequate-response"],
    ["He had an inadequate response to etanercept.", "etanercept", "historical inadequate-response"],
    [
      "Etanercept: secondary loss of efficacy after 18 months.",
      "etanercept",
      "historical inadequate-response",
    ],
    [
      "Omalizumab x 6 months, still needed three steroid bursts.",
      "omalizumab",
      "historical inadequate-response",
    ],
    ["Omalizumab was ineffective and was discontinued.", "omalizumab", "historical inadequate-response"],
    [
      "Methotrexate was stopped because it was not helping.",
      "methotrexate",
      "historical inadequate-response",
    ],
    ["Methotrexate discontinued due to lack of efficacy.", "methotrexate", "historical inadequate-response"],
    [
      "After 6 months of methotrexate her joints remained swollen.",
      "methotrexate",
      "historical inadequate-response",
    ],
    ["Her psoriasis did not improve on methotrexate.", "methotrexate", "historical inadequate-response"],
    ["Her disease flared on methotrexate.", "methotrexate", "historical inadequate-response"],
    ["She had breakthrough seizures on levetiracetam.", "levetiracetam", "historical inadequate-response"],
    [
      "Levetiracetam 1500 mg BID: seizures continued weekly.",
      "levetiracetam",
      "historical inadequate-response",
    ],
    ["He remains symptomatic despite metoprolol 100 mg daily.", "metoprolol", "present inadequate-response"],
    [
      "Currently on sertraline 150 mg with only partial response.",
      "sertraline",
      "present inadequate-response",
    ],
    [
      "Sertraline up to 200 mg daily for 3 months: minimal improvement.",
      "sertraline",
      "historical inadequate-response",
    ],
    ["Sertraline 2018 (failed).", "sertraline", "historical inadequate-response"],
    ["Fluoxetine - did nothing.", "fluoxetine", "historical inadequate-response"],
    ["Fluoxetine had no effect on her mood.", "fluoxetine", "historical inadequate-response"],
    ["She progressed on palbociclib.", "palbociclib", "historical inadequate-response"],
    [
      "Palbociclib until 03/2024 when scans showed progression.",
      "palbociclib",
      "historical inadequate-response",
    ],
    ["PD on pembrolizumab.", "pembrolizumab", "historical inadequate-response"],
    ["She relapsed on glatiramer.", "glatiramer", "historical inadequate-response"],
    ["Two relapses on teriflunomide.", "teriflunomide", "historical inadequate-response"],
    ["Eczema not controlled with tacrolimus.", "tacrolimus", "historical inadequate-response"],
    ["Tamsulosin without improvement in nocturia.", "tamsulosin", "historical inadequate-response"],
    [
      "Initially responded to adalimumab but lost response after a year.",
      "adalimumab",
      "historical inadequate-response",
    ],
    [
      "Adalimumab worked for two years and then stopped working.",
      "adalimumab",
      "historical inadequate-response",
    ],
    ["Adalimumab no longer controls her symptoms.", "adalimumab", "historical inadequate-response"],
    ["Symptoms returned while on adalimumab.", "adalimumab", "historical inadequate-response"],
    ["Tried and failed: baclofen, tizanidine.", "tizanidine", "historical inadequate-response"],
    ["Baclofen and tizanidine were both ineffective.", "baclofen", "historical inadequate-response"],
    ["He has tried baclofen without success.", "baclofen", "historical inadequate-response"],
    ["Refractory to mesalamine and budesonide.", "budesonide", "historical inadequate-response"],
    [
      "Steroid-refractory colitis; prednisone gave no benefit.",
      "prednisone",
      "historical inadequate-response",
    ],
    ["Alendronate 2019-2023: fractured while on therapy.", "alendronate", "historical inadequate-response"],
    ["Bone density declined on alendronate.", "alendronate", "historical inadequate-response"],
    ["LDL remained above goal on rosuvastatin 40 mg.", "rosuvastatin", "present inadequate-response"],
    ["LDL not at goal on maximally tolerated rosuvastatin.", "rosuvastatin", "present inadequate-response"],
    ["Insufficient weight loss with phentermine.", "phentermine", "historical inadequate-response"],
    ["Less than 5% weight loss after 4 months of Contrave.", "bupropion", "historical inadequate-response"],
    [
      "Sertraline helped at first. It stopped working after a year.",
      "sertraline",
      "historical inadequate-response",
    ],
    [
      "Nortriptyline was tried for 8 weeks. She had no improvement.",
      "nortriptyline",
      "historical inadequate-response",
    ],
    [
      "She was given prednisone and azathioprine. Neither was effective.",
      "azathioprine",
      "historical inadequate-response",
    ],
    ["Mirabegron for 2 months. Ineffective.", "mirabegron", "historical inadequate-response"],
    ["Interferon beta-1a 2015-2018: three relapses.", "interferon beta-1a", "historical inadequate-response"],
    [
      "Benralizumab 2022-2024: inadequate control, 3 exacerbations on treatment.",
      "benralizumab",
      "historical inadequate-response",
    ],
    [
      "Diclofenac 75 mg BID for 6 weeks (no relief) then meloxicam 15 mg for 4 weeks (no relief).",
      "diclofenac",
      "historical inadequate-response",
    ],
    [
      "Diclofenac 75 mg BID for 6 weeks (no relief) then meloxicam 15 mg for 4 weeks (no relief).",
      "meloxicam",
      "historical inadequate-response",
    ],
    ["Contrave 2022-2023, weight regained despite adherence.", "bupropion", "historical inadequate-response"],
    ["Oxycodone provided no relief.", "oxycodone", "historical inadequate-response"],
    [
      "Failed: phenytoin (gum hyperplasia), valproate (weight gain), zonisamide (ineffective).",
      "zonisamide",
      "historical inadequate-response",
    ],
    ["Ledipasvir/sofosbuvir 12 weeks in 2018, relapsed.", "sofosbuvir", "historical inadequate-response"],
    [
      "Minocycline 100 mg BID x 3 months without improvement.",
      "minocycline",
      "historical inadequate-response",
    ],
    [
      "Patient previously completed isotretinoin 40 mg x 5 months with minimal response.",
      "isotretinoin",
      "historical inadequate-response",
    ],
    [
      "Etanercept from January 2024; no meaningful improvement by week 16, stopped.",
      "etanercept",
      "historical inadequate-response",
    ],
    [
      "Apalutamide January 2024 - March 2025, PSA progression.",
      "apalutamide",
      "historical inadequate-response",
    ],
    ["Atomoxetine since September with limited benefit.", "atomoxetine", "inadequate-response"],
    ["Celecoxib 200 mg BID for 8 weeks: no relief.", "celecoxib", "historical inadequate-response"],
    ["2020 - adalimumab - primary failure", "adalimumab", "historical inadequate-response"],
    ["Has been on fluticasone nasal spray without relief.", "fluticasone", "inadequate-response"],
    [
      "Adalimumab (Jan 2023-Aug 2023) - antibodies, loss of response",
      "adalimumab",
      "historical inadequate-response",
    ],
    [
      "Vedolizumab, 6 months, partial response only, then stopped.",
      "vedolizumab",
      "historical inadequate-response",
    ],
    [
      "s/p vedolizumab (non-response) and ustekinumab (non-response).",
      "vedolizumab",
      "historical inadequate-response",
    ],
    [
      "Trulicity stopped for GI upset; Victoza not effective.",
      "liraglutide",
      "historical inadequate-response",
    ],
    ["Prednisone tapers provided only transient relief.", "prednisone", "historical inadequate-response"],
    [
      "Prednisone 40 mg was started two weeks ago with partial improvement.",
      "prednisone",
      "inadequate-response",
    ],
    [
      "Was switched from infliximab to vedolizumab in 2023 after losing response.",
      "infliximab",
      "historical inadequate-response",
    ],
    [
      "Given lack of response to apremilast, will start deucravacitinib.",
      "apremilast",
      "historical inadequate-response",
    ],
  ])("%s (%s)", (text, drug, said) =>
    expect(told(coursesIn(text, drug)).some((one) => one.endsWith(said))).toBe(true),
  );
});
