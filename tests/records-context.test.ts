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

describe("what was, what is and what may come", () => {
  const cases: [sentence: string, meaning: string][] = [
    ["A 50-year-old man with a history of [pancreatitis], seen for a cough.", "historical"],
    ["A 50-year-old woman with a history of [rheumatoid arthritis], on prednisone.", "present"],
    ["Past medical history is positive for gout and [pancreatitis].", "historical"],
    ["She has a three-week history of [pancreatitis].", "present"],
    ["Man with a history of COPD, presents to the clinic with [pancreatitis].", "present"],
    ["She is not prescribed any beta blockers for her [hypertension].", "present"],
    ["There are no beta blockers and no [hypertension].", "absent"],
    ["We do not know the exact etiology of her [pancreatitis].", "present"],
    ["We found no evidence of [pancreatitis].", "absent"],
    [
      "Alert the physician if any of the following are noted: nosebleeds, dark urine, [pancreatitis], or swelling.",
      "hypothetical",
    ],
    ["The following are noted: nosebleeds, dark urine, [pancreatitis], and swelling.", "present"],
  ];
  for (const [sentence, meaning] of cases)
    test(`${meaning}: ${sentence}`, () => {
      expect(assertionIn(sentence)).toBe(meaning);
    });
});
