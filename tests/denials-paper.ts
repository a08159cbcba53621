import { type Denial, type DenialKnowledge, readDenial } from "#denial";
import { loadCodes, loadDenialPhrases, loadPayers, loadTreatments } from "#knowledge";
import type { SourceDocument } from "#source";

export const knowledge: DenialKnowledge = {
  payers: await loadPayers(),
  treatments: await loadTreatments(),
  codes: await loadCodes(),
  phrases: await loadDenialPhrases(),
};

/** A paper of one page as the readers of text make it. */
export function paper(text: string, structured?: SourceDocument["structured"]): SourceDocument {
  let start = 0;
  const lines = text.split("\n").map((line) => {
    const placed = { start, end: start + line.length, indent: 0 };
    start += line.length + 1;
    return placed;
  });
  const page = { page: 1, text, lines, ocr: false };
  return {
    document: "letter.txt",
    mediaType: "text/plain",
    sha256: "",
    pages: [page],
    ...(structured ? { structured } : {}),
  };
}

export const read = (text: string, structured?: SourceDocument["structured"]): Denial =>
  readDenial([paper(text, structured)], knowledge);

/** A short letter around one reason. */
export const letter = (
  reason: string,
  rights = "You may appeal within 180 days of the date of this letter.",
): string => `Harborview Health Plan
Date: March 2, 2026
Member: Isolde Fennimore
Member ID: HHP5550123

Dear Isolde Fennimore:
We received a request for coverage of the service named above. The request was denied.
Reason: ${reason}
Your appeal rights
${rights}`;
