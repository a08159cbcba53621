import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { reasonCue } from "./appeal.ts";
import { isStated } from "./criteria-table.ts";
import { type PrintedEvidence, printSentence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { isMedical } from "./grounds.ts";
import { reasonSpans } from "./reference-block.ts";
import { sentenceRanges, squash } from "./sentences.ts";
import { stemsOf } from "./stems.ts";
import { isSentence } from "./usual-evidence.ts";

/** Sentences quoted for one thing that the plan did not find. */
const mostEach = 2;
/** A sentence that shares fewer telling words with what was not found does not speak of it. */
const leastShared = 2;

/** The plan says that something is not so or not shown; only then is a page that says it is an answer. */
const missed = /\b(no|not|without|lack\w*|insufficient|fail\w* to|absen\w+|neither|nor)\b/i;
/** A page that says it is not so either, or that it is still to come, is none. */
const denied =
  /\b(no|not|without|denies|denied|negative|never|declin\w+|refus\w+|normal|unremarkable|possibl[ey]|equivocal|inconclusive|unlikely|will|planned|consider\w*|to be|pending|awaiting)\b|n't\b/i;

/**
 * The pages that say what the plan writes it did not find: for each clause of its reason ("the study does not meet criteria
 * for …", "there is no instability on … films") the record's sentences in the same words, those that do not deny it.
 */
export function reasonEvidence(desk: Desk, most: number): PrintedEvidence[] {
  if (!isMedical(desk) || most <= 0) return [];
  const sentences = statedSentences(desk);
  const service = stemsOf(desk.slots.service?.text ?? "");
  const chosen: PrintedEvidence[] = [];
  for (const clause of missedClauses(desk)) {
    const words = [...stemsOf(clause)].filter((stem) => !service.has(stem));
    const ranked = sentences
      .map(({ printed, stems }) => ({ printed, shared: words.filter((stem) => stems.has(stem)) }))
      .filter(({ shared }) => shared.length >= leastShared)
      .sort((one, other) => weight(other.shared, sentences) - weight(one.shared, sentences));
    for (const { printed } of ranked.slice(0, mostEach))
      if (!chosen.some((other) => meet([other.span], [printed.span]))) chosen.push(printed);
  }
  return chosen.slice(0, most);
}

/** The clauses of the reason that say what was not found. */
function missedClauses(desk: Desk): string[] {
  return reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge))
    .flatMap(({ quote }) =>
      squash(quote).split(/[;:]\s|,\s(?=(?:and|or|but|because|nor)\b)|(?<=\w\.)\s(?=[A-Z])/),
    )
    .filter((clause) => missed.test(clause));
}

type Sentence = { printed: PrintedEvidence; stems: Set<string> };

/** Every sentence of the record that states something of the patient and is not held against us. */
function statedSentences(desk: Desk): Sentence[] {
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
        .filter(({ quote }) => !denied.test(quote) && !squash(quote).startsWith(exhibit.title.text));
    })
    .flatMap((span) => {
      const printed = printSentence(span, cite);
      if (!printed || !isSentence(printed.span.quote) || !isStated(printed, desk)) return [];
      return meet(against, [printed.span]) ? [] : [{ printed, stems: stemsOf(printed.span.quote) }];
    });
}

/** Words in common; one that few sentences hold says more. */
const weight = (shared: string[], sentences: Sentence[]): number =>
  shared.reduce((sum, stem) => sum + 1 / sentences.filter(({ stems }) => stems.has(stem)).length, 0);
