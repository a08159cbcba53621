import { describe, expect, test } from "vitest";
import { flow } from "./flow.ts";
import type { Line, Page, SourceDocument } from "./types.ts";

/** Pages from lines; `+` in front: goes on, `#`: furniture. */
function documentOf(...pages: string[][]): SourceDocument {
  return {
    document: "policy.pdf",
    mediaType: "application/pdf",
    sha256: "",
    pages: pages.map((rows, index) => {
      const page: Page = { page: index + 1, text: "", lines: [], ocr: false };
      for (const row of rows) {
        if (page.text !== "") page.text += "\n";
        const text = row.replace(/^[+#]/, "");
        const line: Line = { start: page.text.length, end: page.text.length + text.length, indent: 0 };
        if (row.startsWith("+")) line.continues = true;
        if (row.startsWith("#")) line.kind = "furniture";
        page.text += text;
        page.lines.push(line);
      }
      return page;
    }),
  };
}

const find = (source: SourceDocument, words: string) => {
  const flowing = flow(source);
  const start = flowing.text.indexOf(words);
  expect(start).toBeGreaterThanOrEqual(0);
  return flowing.spanOf(start, start + words.length);
};

describe("flowing text", () => {
  test("a paragraph's lines become one line, a new paragraph begins a new one", () => {
    const source = documentOf(["The drug is", "+covered when", "All are met:"]);
    expect(flow(source).text).toBe("The drug is covered when\nAll are met:");
  });

  test("a word broken at the line's end is whole, and its span holds the break", () => {
    const source = documentOf(["a history of hyperten-", "+sion and gout"]);
    expect(flow(source).text).toBe("a history of hypertension and gout");
    expect(find(source, "hypertension")).toEqual([
      { document: "policy.pdf", page: 1, start: 13, end: 27, quote: "hyperten-\nsion" },
    ]);
  });

  test("a hyphen that belongs to the word stays", () => {
    expect(flow(documentOf(["evidence-", "+based care"])).text).toBe("evidence-based care");
    expect(flow(documentOf(["meta-analysis was", "the meta-", "+analysis"])).text).toContain(
      "the meta-analysis",
    );
    expect(flow(documentOf(["sent on 01-", "+02-2026"])).text).toBe("sent on 01-02-2026");
  });

  test("a sentence that runs over a page's end is one, with a span on each page and none on the furniture", () => {
    const source = documentOf(["failure of at least", "#Policy 12 Page 1"], ["#Acme Health", "+two drugs"]);
    expect(flow(source).text).toBe("failure of at least two drugs");
    expect(find(source, "at least two drugs").map(({ page, quote }) => [page, quote])).toEqual([
      [1, "at least"],
      [2, "two drugs"],
    ]);
  });

  test("furniture within a page parts the spans", () => {
    const source = documentOf(["one half", "#Page 3", "+other half"]);
    expect(find(source, "half other").map(({ quote }) => quote)).toEqual(["half", "other"]);
  });
});
