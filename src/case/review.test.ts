import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import type { Letter } from "#letter";
import type { SourceDocument } from "#source";
import { editLetters } from "./letter-edits.ts";
import { attestedOf, correctDenial, correctedValue } from "./review.ts";

const text = "September 28, 2026\nMember ID: JRH555031877";
const notice: SourceDocument = {
  document: "denial.pdf",
  mediaType: "application/pdf",
  sha256: "",
  pages: [{ page: 1, text, lines: [], ocr: false }],
};
const denial = {
  payer: null,
  noticeDate: { value: "2026-09-20", from: [], by: "rule" },
  references: [{ value: "A-1", from: [], by: "rule", kind: "claim" }],
  grounds: [{ id: "step-therapy", from: [], codes: ["CARC 50"] }],
  rightsStated: { sendTo: { fax: null } },
} as unknown as Denial;
const correct = (field: string, value: string) =>
  correctDenial(denial, [{ field, value, was: null }], [notice]);

describe("what a person corrects in the notice", () => {
  test("a typed value keeps the place where its words stand, and says who gave it", () => {
    const { payer } = correct("payer", "JRH555031877");
    expect(payer).toMatchObject({ value: "JRH555031877", by: "person" });
    expect(payer!.from[0]).toMatchObject({ document: "denial.pdf", page: 1, quote: "JRH555031877" });
  });

  test("words that stand nowhere are the person's alone", () => {
    expect(correct("payer", "Juniper Ridge").payer).toEqual({
      value: "Juniper Ridge",
      from: [],
      by: "person",
    });
  });

  test("a date must exist", () => {
    expect(correct("noticeDate", "2026-09-28").noticeDate!.value).toBe("2026-09-28");
    expect(correct("noticeDate", "2026-02-30").noticeDate!.value).toBe("2026-09-20");
  });

  test("a reference keeps its kind, a field deep inside is reached, one that is not there is left out", () => {
    expect(correct("references.0", "A-2").references[0]).toMatchObject({ value: "A-2", kind: "claim" });
    expect(correct("rightsStated.sendTo.fax", "(614) 555-0177").rightsStated.sendTo.fax!.value).toBe(
      "(614) 555-0177",
    );
    expect(correct("references.7", "A-3")).toEqual(denial);
    expect(correct("__proto__.polluted", "yes")).toEqual(denial);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("a ground that stays keeps its codes", () => {
    expect(correct("grounds", "step-therapy,experimental").grounds).toEqual([
      { id: "step-therapy", from: [], codes: ["CARC 50"] },
      { id: "experimental", from: [], codes: [] },
    ]);
    expect(correctedValue("grounds", "bad-luck")).toBeNull();
  });

  test("a closed word is one of its list", () => {
    expect(correctedValue("stage", "internal-appeal")).toBe("internal-appeal");
    expect(correctedValue("stage", "second look")).toBeNull();
    expect(correctedValue("urgent", "no")).toBe(false);
  });
});

describe("what a person decides elsewhere", () => {
  test("a judgement is in the matcher's words", () => {
    const judged = attestedOf([{ criterion: "c1", status: "met", why: "seen", by: "me" }]);
    expect(judged).toEqual({ c1: { status: "met", why: "seen", by: "me" } });
  });

  test("a changed passage rests on who wrote it, and keeps only links whose words are still there", () => {
    const at = { document: "a.pdf", page: 1, start: 0, end: 1, quote: "x" };
    const cites = [
      { words: "Exhibit A", at },
      { words: "Exhibit B", at },
    ];
    const passage = {
      id: "p1",
      role: "text" as const,
      text: "See Exhibit A and Exhibit B.",
      rests: [{ form: true as const }],
      cites,
    };
    const letter = { file: "appeal-letter", passages: [passage], issues: [] } as unknown as Letter;
    const edit = { letter: "appeal-letter", passage: "p1", text: "See Exhibit B.", by: "me" };
    const [changed] = editLetters([letter], [edit])[0]!.passages;
    expect(changed).toMatchObject({ text: "See Exhibit B.", by: "me", cites: [{ words: "Exhibit B" }] });
    expect(changed!.rests).toContainEqual({ person: "me" });
    expect(editLetters([letter], [{ ...edit, letter: "other" }])[0]!.passages[0]).toBe(passage);
  });
});
