import { describe, expect, test } from "vitest";
import { allSpansProve, findAll, findQuote, type SourceDocument, spanAt } from "./index.ts";

const note: SourceDocument = {
  document: "note.txt",
  mediaType: "text/plain",
  sha256: "",
  pages: [{ page: 1, text: "LVEF 28% by\n  biplane method. LVEF goal 40%.", lines: [], ocr: false }],
};

describe("finding a quotation", () => {
  test("a line break inside the quotation does not hide it, and the span is verbatim", () => {
    const span = findQuote(note, "LVEF 28% by biplane method.");
    expect(span?.quote).toBe("LVEF 28% by\n  biplane method.");
    expect(note.pages[0]!.text.slice(span!.start, span!.end)).toBe(span!.quote);
  });
  test("words that are not there are not found, nor are other words between them allowed", () => {
    expect(findQuote(note, "LVEF 35%")).toBeNull();
    expect(findQuote(note, "LVEF 28% biplane")).toBeNull();
    expect(findQuote(note, "  ")).toBeNull();
  });
  test("characters with a meaning in expressions are only characters", () => {
    expect(findQuote(note, "goal 40%.")?.quote).toBe("goal 40%.");
  });
});

describe("proving spans", () => {
  test("a span that quotes its place holds; a shifted one is an issue", () => {
    const span = spanAt("note.txt", note.pages[0]!, 0, 8);
    expect(allSpansProve([span], [note])).toEqual([]);
    expect(allSpansProve([{ ...span, start: 1, end: 9 }], [note]).map(({ code }) => code)).toEqual([
      "span-mismatch",
    ]);
  });
  test("a span of a document that is not there is an issue, and the issue does not repeat the words", () => {
    const span = { ...spanAt("note.txt", note.pages[0]!, 0, 8), document: "other.txt" };
    const [issue] = allSpansProve([span], [note]);
    expect(issue?.text).toContain("other.txt");
    expect(issue?.text).not.toContain("LVEF");
  });
  test("every match of a global expression comes with its span", () => {
    expect([...findAll(note, /LVEF\s+(?:goal\s+)?\d+/g)].map(({ span }) => span.quote)).toEqual([
      "LVEF 28",
      "LVEF goal 40",
    ]);
  });
});
