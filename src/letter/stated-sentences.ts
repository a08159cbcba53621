import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { isStated } from "./criteria-table.ts";
import { type PrintedEvidence, printSentence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { sentenceRanges, squash } from "./sentences.ts";
import { allStemsOf } from "./stems.ts";
import { isSentence } from "./usual-evidence.ts";

/** What is still to be done answers nothing. */
const toDo =
  /^\W*(plan|recommendations?|goals?)\b\s*:|\b(will be|to be) (scheduled|started|done|obtained)\b/i;

/** A sentence of the record and the stems of its words. */
export type Sentence = { printed: PrintedEvidence; stems: Set<string> };

/** Every sentence of the record that states something of the patient and is not held against us. */
export function statedSentences(desk: Desk): Sentence[] {
  const { input, cite } = desk;
  const against = [...(input.findings?.harms ?? []), ...(input.checklist?.findings.harms ?? [])].flatMap(
    ({ evidence }) => evidence.from,
  );
  return cite.exhibits
    .filter(({ kind }) => kind === "record" || kind === "support-letter")
    .flatMap((exhibit) => {
      const pages = cite.sources.get(exhibit.document)?.pages ?? [];
      return pages
        .filter(({ page }) => exhibit.pages.includes(page))
        .flatMap((page) =>
          sentenceRanges(page).map(({ start, end }) => spanAt(exhibit.document, page, start, end)),
        )
        .filter(({ quote }) => !squash(quote).startsWith(exhibit.title.text));
    })
    .flatMap((span) => {
      const printed = printSentence(span, cite);
      if (!printed || !isSentence(printed.span.quote) || !isStated(printed, desk)) return [];
      if (toDo.test(printed.span.quote)) return [];
      return meet(against, [printed.span]) ? [] : [{ printed, stems: allStemsOf(printed.span.quote) }];
    });
}
