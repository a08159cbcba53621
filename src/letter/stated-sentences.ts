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

/** Care that goes on: what it has done is asked, not what was there before it. */
const isRenewal = ({ input, slots }: Desk): boolean =>
  input.denial?.grounds.some(({ id }) => id === "renewal-response") === true ||
  /\b(?:continuation|continued|renewal|reauthori[sz]ation)\b/i.test(
    `${slots.service?.text ?? ""} ${slots.reason?.text ?? ""}`,
  );

/** A sentence of the record and the stems of its words. */
export type Sentence = { printed: PrintedEvidence; stems: Set<string> };

/** Every sentence of the record that states something of the patient and is not held against us. */
export function statedSentences(desk: Desk): Sentence[] {
  const { input, cite } = desk;
  // At renewal the better value is the response, and no harm.
  const harms = isRenewal(desk)
    ? []
    : [...(input.findings?.harms ?? []), ...(input.checklist?.findings.harms ?? [])];
  const against = harms.flatMap(({ evidence }) => evidence.from);
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
