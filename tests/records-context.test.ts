import { describe, expect, test } from "vitest";
import { loadClinical } from "#knowledge";
import { readRecord } from "#record";
import type { SourceDocument } from "#source";

const clinical = await loadClinical();

function paper(text: string): SourceDocument {
  const lines = [{ start: 0, end: text.length, indent: 0 }];
  return {
    document: "note.txt",
    mediaType: "text/plain",
    sha256: "0",
    pages: [{ page: 1, text, lines, ocr: false }],
  };
}

/** What the sentence says of its [bracketed] mention. */
function assertionIn(marked: string): string | undefined {
  const term = /\[([^\]]+)\]/.exec(marked)![1]!;
  const text = marked.replace(/[[\]]/g, "");
  const { facts } = readRecord([paper(text)], clinical);
  const start = text.indexOf(term);
  const fact = facts.find(({ from }) =>
    from.some((span) => span.start <= start && span.end >= start + term.length),
  );
  return fact?.assertion;
}

describe("every row of context words shows a sentence where it holds and one where it does not", () => {
  for (const row of clinical.contexts.rows) {
    const meaning = row.means === "asserted" ? "present" : row.means;
    test(`${row.means}, ${row.where}: ${row.yes}`, () => {
      expect(assertionIn(row.yes)).toBe(meaning);
    });
    test(`not ${row.means}, ${row.where}: ${row.no}`, () => {
      expect(assertionIn(row.no)).toBeDefined();
      expect(assertionIn(row.no)).not.toBe(meaning);
    });
  }
});
