import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { loadClinical, loadMatching } from "#knowledge";
import { findQuote, type SourceDocument } from "#source";
import { namedDrugs } from "./named-drugs.ts";

const [clinical, matching] = [await loadClinical(), await loadMatching()];
const text =
  "We have denied coverage for Nurtec ODT (rimegepant) 75 mg.\nFormulary alternatives are sumatriptan, topiramate and Ubrelvy. Nurtec is not on our formulary.";
const notice: SourceDocument = {
  document: "denial.txt",
  mediaType: "text/plain",
  sha256: "0".repeat(64),
  pages: [{ page: 1, text, lines: [{ start: 0, end: text.length, indent: 0 }], ocr: false }],
};
const refused = findQuote(notice, "Nurtec ODT (rimegepant) 75 mg")!;
const denial = { services: [{ description: { from: [refused] } }] } as unknown as Denial;

describe("the drugs that a notice names", () => {
  const drugs = namedDrugs(denial, [notice], clinical, matching);

  test("are those beside the one it refuses, in its order", () => {
    expect(drugs.map(({ ingredient }) => ingredient)).toEqual(["sumatriptan", "topiramate", "ubrogepant"]);
  });

  test("carry the names a chart may use, and a class word only where it means their class alone", () => {
    expect(drugs[0]).toMatchObject({ classes: ["triptan"] });
    expect(drugs[0]!.names).toContain("Imitrex");
  });
});
