import { describe, expect, test } from "vitest";
import { loadClinical } from "#knowledge";
import { readRecord } from "#record";
import type { SourceDocument } from "#source";

const clinical = await loadClinical();

function factsOf(text: string) {
  const pages = [{ page: 1, text, lines: [{ start: 0, end: text.length, indent: 0 }], ocr: false }];
  const source: SourceDocument = { document: "note.txt", mediaType: "text/plain", sha256: "0", pages };
  return readRecord([source], clinical).facts;
}

describe("the clinical rows", () => {
  test("every concept can be found by its names", () => {
    const silent = clinical.concepts.filter(
      ({ names, short, id }) => names.length + short.length === 0 && !["allergy", "med_trial"].includes(id),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
  test("a generic drug name stands once", () => {
    const generics = clinical.drugs.map(({ generic }) => generic);
    expect(generics.length).toBe(new Set(generics).size);
  });
  test("every combination names ingredients that have rows", () => {
    const known = new Set(clinical.drugs.map(({ generic }) => generic));
    expect(
      clinical.combinations.flatMap(({ ingredients }) =>
        ingredients.filter((generic) => !known.has(generic)),
      ),
    ).toEqual([]);
  });
});

/** Sentences as clinicians write them: what must be read, and what must not. */
const vectors: [string, string, { low?: number; high?: number; assertion?: string; text?: string } | null][] =
  [
    ["EF has recovered to 55%.", "lvef", { low: 55 }],
    ["WHO FC III", "nyha", null],
    ["BNP 812", "bnp", { low: 812 }],
    ["NT-proBNP 2,450", "ntprobnp", { low: 2450 }],
    ["NT-proBNP 2,450", "bnp", null],
    ["AEC 0.42 K/uL (10/4/24, before prednisone)", "eos", { low: 0.42 }],
    ["FEV1 1.18 L (42% pred) post-BD", "fev1", { low: 42 }],
    ["AHI 4% 13.2", "pasp", null],
    ["Residual AHI 2.1 on CPAP", "ahi", null],
    ["A1c 10.1 -> 6.9 on Ozempic", "a1c", { low: 10.1, assertion: "historical" }],
    ["IgG 640 (trough on Gamunex)", "ig_serum", { low: 640 }],
    ["PT/INR 1.1", "cons_care", null],
    ["Denies saddle anesthesia, fever, weight loss", "red_flag", { assertion: "absent" }],
    ["KL grade 3-4 medial compartment R knee", "kl_grade", { low: 3, high: 4 }],
    ["cotinine 8 ng/mL 4/2/25", "cotinine", { low: 8 }],
    ["HBsAb reactive", "hbv_screen", null],
    ["HBsAg neg 2/25", "hbv_screen", { text: "negative" }],
    ["HCV Ab positive", "hcv_rna", null],
    ["TVCL 18 mm", "cx_length", { low: 18 }],
    ["T-score -2.7 L-spine", "tbs", { low: -2.7 }],
    ["pseudorelapse with UTI", "relapse", null],
    ["1 new T2 lesion on MRI", "mri_t2", { low: 1 }],
    ["MRI: no enhancing lesions", "mri_gd", { low: 0 }],
    ["Gd+ liver lesion", "mri_gd", null],
    ["lisinopril allergy: cough", "angioedema", null],
    ["No personal or family history of MEN 2", "mtc_men2", { assertion: "absent" }],
    ["EDSS 3.0-3.5", "edss", { low: 3, high: 3.5 }],
    ["CK 3,400", "ck", { low: 3400 }],
    ["plt 88K", "platelets", { low: 88 }],
    ["PD-L1 TPS 60%", "biomarker", { text: "60%" }],
  ];

describe("sentences from charts", () => {
  for (const [text, concept, expected] of vectors)
    test(`${text}: ${expected ? concept : `no ${concept}`}`, () => {
      const fact = factsOf(text).find((one) => one.concept === concept);
      if (expected === null) return expect(fact).toBeUndefined();
      const { assertion = "present", ...value } = expected;
      expect(fact?.assertion).toBe(assertion);
      if (Object.keys(value).length > 0) expect(fact?.value).toMatchObject(value);
    });
});
