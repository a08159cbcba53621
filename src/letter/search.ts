import { dayNumber, parseDate, type Span } from "#base";
import type { ArgumentRow } from "#knowledge";
import { type Page, type SourceDocument, spanAt } from "#source";
import { cueExpression } from "./cue.ts";
import type { Citer, ExhibitRef } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";
import type { Slot } from "./passages.ts";
import { isHeadline, printedQuote, type Range, sentenceRanges, widen } from "./sentences.ts";
import { sourceSlot } from "./source-line.ts";
import { spelledDates } from "./spelled-dates.ts";
import { diagnosisWords, relevance, tellingWords } from "./telling-words.ts";

/** A sentence that answers a cue, with the slots of the pattern that prints it. */
export type Hit = {
  span: Span;
  exhibit: ExhibitRef;
  score: number;
  slots: Record<"quote" | "place" | "source", Slot | null>;
};

/** `about`: how much a sentence must be about this request, see {@link relevance}; `not`: words that rule it out. */
export type Query = { find: ArgumentRow["find"]; cue: string; most: number; about?: number; not?: string };

/** What is still to be done is no fact yet. */
const toCome =
  /\b(?:to|will)\s+be\s+(?:scheduled|arranged|obtained|completed|done|sent|submitted|started|determined)\b|^\W*(?:(?:assessment\s+and\s+)?plan\s*:\s*)?(?:to\s+)?(?:consider|order|prescribe|schedule|refer|obtain|submit)\b/i;

/** A shorter line that ends in a colon is a heading. */
const leadLength = 80;

/** Whose page it is, and no statement. */
const letterhead = /\b(DOB|MRN|Date of birth)\b|^\s*(?:electronically |e-)?signed(?: by)?:/i;

/** A line as short as this is a heading: what it announces stands below it. */
const headingLength = 25;

/**
 * Builds the search over the papers of a case. Sentences about other people, goals and forms are never found, nor what the
 * record says of the plan's wishes: that is no support of ours.
 */
export function searcher(input: LetterInput, cite: Citer, words: { notAFact: string; againstUs: string }) {
  const never = cueExpression(words.notAFact);
  const wished = cueExpression(words.againstUs);
  const weigh = relevance(input);
  const ranges = new Map<Page, Range[]>();
  const rangesOf = (page: Page) => {
    const known = ranges.get(page) ?? sentenceRanges(page);
    ranges.set(page, known);
    return known;
  };
  const unreal = input.facts.filter((fact) => fact.assertion === "family");

  const isPolicy = ({ document }: Span) =>
    cite.exhibits.some((exhibit) => exhibit.document === document && exhibit.kind === "policy");
  const isFact = (span: Span) =>
    span.quote.length >= 20 &&
    // A policy names a condition in the line that leads to its criteria; elsewhere such a line says nothing yet.
    (!span.quote.trimEnd().endsWith(":") || (isPolicy(span) && span.quote.length > leadLength)) &&
    !never.test(span.quote) &&
    !unreal.some((fact) => fact.from.some((at) => within(at, span)));
  const usable = (span: Span) => isFact(span) && !wished.test(span.quote);

  function hitsIn(source: SourceDocument, exhibit: ExhibitRef, cue: RegExp): Hit[] {
    if (source.structured) return [];
    const pages = source.pages.filter((page) => exhibit.pages.includes(page.page));
    return pages.flatMap((page) =>
      rangesOf(page).flatMap((range, index, all) => {
        const text = page.text.slice(range.start, range.end);
        const match = cue.exec(text);
        if (!match || isTableHead(page, range) || isHeadline(page, range)) return [];
        const span =
          text.trim().length < headingLength && !/[.!?]$/.test(text.trim())
            ? below(source.document, page, all.slice(index + 1, index + 4))
            : widen(
                source,
                coreOf(source.document, page, range, match),
                exhibit.kind === "policy" ? 340 : undefined,
              );
        // A short line is completed by its neighbours; a letterhead completes nothing.
        if (span && (letterhead.test(span.quote) || isTitleOf(exhibit, span))) return [];
        if (searched(exhibit, "record") && toCome.test(span?.quote ?? "")) return [];
        const fits = searched(exhibit, "record") ? usable : isFact;
        return span && fits(span) ? [hitOf(span, exhibit)] : [];
      }),
    );
  }

  function hitOf(span: Span, exhibit: ExhibitRef): Hit {
    const asOf = parseDate(input.asOf);
    const said = spelledDates(span.quote)
      .filter(({ date }) => date <= input.asOf)
      .at(-1)?.date;
    const day = said ?? (exhibit.date ? parseDate(exhibit.date.value) : null);
    const age = day && asOf ? Math.max(0, dayNumber(asOf) - dayNumber(day)) : 2000;
    const score = weigh(span.quote) + (/\d/.test(span.quote) ? 0.5 : 0) - Math.min(age, 3000) / 600;
    return { span, exhibit, score, slots: slotsOf(span, exhibit, cite) };
  }

  return {
    usable,
    /** The best sentences for a cue: about this request, recent, measured; of one page at most three. */
    find(query: Query, without: Span[] = []): Hit[] {
      const cue = cueExpression(
        query.cue
          .replaceAll("{service}", alternatives(serviceWords(input)))
          .replaceAll("{condition}", alternatives(diagnosisWords(input))),
      );
      const not = query.not === undefined ? null : cueExpression(query.not);
      const hits = cite.exhibits
        .filter((exhibit) => searched(exhibit, query.find))
        .flatMap((exhibit) => {
          const source = cite.sources.get(exhibit.document);
          return source ? hitsIn(source, exhibit, cue) : [];
        })
        .filter((hit) => hit.slots.place && !without.some((span) => sameWords(span, hit.span)))
        .filter((hit) => query.find !== "policy" || isRule(hit.span, input))
        .filter((hit) => !not?.test(hit.span.quote))
        .filter((hit) => query.about === undefined || weigh(hit.span.quote) >= query.about)
        .sort((a, b) => b.score - a.score);
      return spread(hits, query.most);
    },
  };
}
export type Searcher = ReturnType<typeof searcher>;

/** The head of a table names its columns and says nothing. */
const isTableHead = (page: Page, range: Range): boolean =>
  page.lines.some(
    ({ cell, start, end }) => cell?.row === 0 && start < range.end && range.start < end && end > start,
  ) && !/\d/.test(page.text.slice(range.start, range.end));

/** The first hits, of one page at most three, no words twice. */
function spread(hits: Hit[], most: number): Hit[] {
  const kept: Hit[] = [];
  for (const hit of hits) {
    if (kept.length >= most) break;
    const samePage = kept.filter(
      ({ span }) => span.document === hit.span.document && span.page === hit.span.page,
    );
    if (samePage.length < 3 && !kept.some(({ span }) => sameWords(span, hit.span))) kept.push(hit);
  }
  return kept;
}

const within = (inner: Span, outer: Span) =>
  inner.document === outer.document &&
  inner.page === outer.page &&
  inner.start >= outer.start &&
  inner.end <= outer.end;

const coreOf = (document: string, page: Page, range: Range, match: RegExpExecArray) =>
  spanAt(document, page, range.start + match.index, range.start + match.index + match[0].length);

/** What stands under a heading: its first sentences, to a quotable length. */
function below(document: string, page: Page, ranges: Range[]): Span | null {
  const first = ranges[0];
  if (!first) return null;
  let end = first.end;
  for (const range of ranges.slice(1)) if (range.end - first.start <= 300) end = range.end;
  const span = spanAt(document, page, first.start, end);
  return span.quote.length <= 420 ? span : null;
}

const serviceWords = (input: LetterInput) =>
  tellingWords((input.denial?.services ?? []).map((line) => line.description.value).join(" "));

const alternatives = (words: Set<string>) =>
  words.size > 0 ? `\\b(${[...words].map((word) => word.replace(/[^a-z0-9-]/g, "")).join("|")})\\b` : "\\b";

const sameWords = (a: Span, b: Span) =>
  printedQuote(a.quote).toLowerCase() === printedQuote(b.quote).toLowerCase() ||
  (a.document === b.document && a.page === b.page && a.start < b.end && b.start < a.end);

function searched(exhibit: ExhibitRef, find: ArgumentRow["find"]): boolean {
  if (find === "any") return exhibit.kind !== "denial" && exhibit.kind !== "policy";
  if (find === "record")
    return (exhibit.kind === "record" && !isPolicyPaper(exhibit)) || exhibit.kind === "support-letter";
  return exhibit.kind === find;
}

/** A paper's own title says what it is, which the source before the quotation says already. */
const isTitleOf = ({ title }: ExhibitRef, { quote }: Span): boolean =>
  title.text.toLowerCase().includes(printedQuote(quote).toLowerCase());

/** The plan's own rules among the records say nothing of the patient. */
const isPolicyPaper = ({ title }: ExhibitRef): boolean =>
  /\b(coverage|medical|clinical|pharmacy) (policy|criteria|guideline)\b/i.test(title.text);

/** {quote}, {place} and {source} of a sentence. */
export function slotsOf(span: Span, exhibit: ExhibitRef, cite: Citer): Hit["slots"] {
  return {
    quote: { text: `“${printedQuote(span.quote)}”`, rests: [{ evidence: span }] },
    place: cite.place(span),
    source: sourceSlot(span, exhibit, cite),
  };
}

/** A policy's title or heading is no rule. */
function isRule(span: Span, input: LetterInput): boolean {
  const title = printedQuote(input.policy?.title?.value ?? "").toLowerCase();
  const words = printedQuote(span.quote).toLowerCase();
  return words.length >= 45 && !(title !== "" && (title.includes(words) || words === title));
}
