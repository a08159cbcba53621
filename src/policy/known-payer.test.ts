import { describe, expect, test } from "vitest";
import type { SourceDocument } from "#source";
import { numberOf, payerOf } from "./header.ts";
import { knownPayer } from "./known-payer.ts";

const paper = (text: string): SourceDocument => ({
  document: "policy.txt",
  mediaType: "text/plain",
  sha256: "",
  pages: [{ page: 1, text, lines: [], ocr: false }],
});
const names = ["Aetna", "Anthem", "Anthem Blue Cross", "Ambetter"];

describe("the payer of a policy that nothing else signs", () => {
  test("is the known name in its head, the longest that begins there", () => {
    expect(knownPayer(paper("Bulletin 0905\nAetna considers the drug necessary."), names)?.value).toBe(
      "Aetna",
    );
    expect(knownPayer(paper("Anthem Blue Cross medical policy"), names)?.value).toBe("Anthem Blue Cross");
  });
  test("is not part of another word or of an address, nor a name far down", () => {
    expect(knownPayer(paper("See policies.ambetter.example or Aetnaville."), names)).toBeNull();
    expect(knownPayer(paper(`${"Background. ".repeat(80)}Aetna has another policy.`), names)).toBeNull();
  });
});

describe("the number of a policy", () => {
  test.each([
    ["Clinical Policy Bulletin 0905: Secukinumab", "0905"],
    ["FEP 7.01.141 Lumbar Spinal Fusion", "FEP 7.01.141"],
    ["Number\t0905\nEffective\t02/14/2008", "0905"],
  ])("%s", (text, number) => expect(numberOf(paper(text))?.value).toBe(number));
  test("a year or a dose after the word policy is none", () => {
    expect(numberOf(paper("This policy 2026 update covers 300 mg doses."))).toBeNull();
  });
});

describe("the payer in a page's head", () => {
  test("what stands in the column before it is no part of its name", () => {
    expect(payerOf(paper("RX-40 Ustekinumab\tHarbor Light Health Plan\nText."))?.value).toBe(
      "Harbor Light Health Plan",
    );
    expect(payerOf(paper("RX-40 Ustekinumab      Harbor Light Health Plan\nText."))?.value).toBe(
      "Harbor Light Health Plan",
    );
  });
  test("nor is what a dash parts from it", () => {
    expect(payerOf(paper("HARBOR LIGHT HEALTH PLAN — MEDICAL POLICY HL-9\nText."))?.value).toBe(
      "HARBOR LIGHT HEALTH PLAN",
    );
  });
  test("all its words do, where they stand together", () => {
    expect(payerOf(paper("Upper Harbor Light Health Plan\nText."))?.value).toBe(
      "Upper Harbor Light Health Plan",
    );
  });
});
