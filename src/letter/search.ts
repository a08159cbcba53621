import { dayNumber, parseDate, type Span } from "#base";
import type { ArgumentRow } from "#knowledge";
import { type SourceDocument, spanAt } from "#source";
import type { Citer, ExhibitRef } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";
import { joined, type Slot } from "./passages.ts";
import { printedQuote, sentenceRanges, widen } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";

/** A sentence that answers a cue, with the slots of the pattern that prints it. */
export type Hit = {
  span: Span;
  exhibit: ExhibitRef;
  score: number;
  slots: Record<"quote" | "place" | "source", Slot | null>;
};

type Query = { find: ArgumentRow["find"]; cue: string; most: number };

/** Words too common to say what a text is about. */
const common = new Set(
  "the a an and or of to in for with on by at from is are was be this that your you our we not no any all per mg ml units unit request service drug treatment therapy injection tablet tablets oral dose".split(
    " ",
  ),
);

/** Words that name a thing: at least four letters, lower case, without the common ones. */
export function tellingWords(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[a-z][a-z0-9-]{3,}/g) ?? []).filter((word) => !common.has(word)));
}

/** Builds the search over the papers of a case; sentences about other people, goals and forms are never found. */
export function searcher(input: LetterInput, cite: Citer, notAFact: string) {
  const never = new RegExp(notAFact, "i");
  const service = tellingWords(
    (input.denial?.services ?? []).map((line) => line.description.value).join(" "),
  );
  const notPresent = input.facts.filter(
    (fact) => fact.assertion === "family" || fact.assertion === "hypothetical",
  );

  const usable = (span: Span) =>
    span.quote.length >= 20 &&
    !never.test(span.quote) &&
    !notPresent.some((fact) =>
      fact.from.some(
        (at) =>
          at.document === span.document &&
          at.page === span.page &&
          at.start >= span.start &&
          at.end <= span.end,
      ),
    );

  function hitsIn(source: SourceDocument, exhibit: ExhibitRef, cue: RegExp): Hit[] {
    if (source.structured) return [];
    return source.pages
      .filter((page) => exhibit.pages.includes(page.page))
      .flatMap((page) =>
        sentenceRanges(page).flatMap(({ start, end }) => {
          const text = page.text.slice(start, end);
          const match = cue.exec(text);
          if (!match) return [];
          const core = spanAt(
            source.document,
            page,
            start + match.index,
            start + match.index + match[0].length,
          );
          const span = widen(source, core);
          return usable(span) ? [hitOf(span, exhibit, text)] : [];
        }),
      );
  }

  function hitOf(span: Span, exhibit: ExhibitRef, sentence: string): Hit {
    const own = tellingWords(sentence);
    const about = [...service].filter((word) => own.has(word)).length;
    const said = spelledDates(span.quote).at(-1)?.date;
    const day = said ?? (exhibit.date ? parseDate(exhibit.date.value) : null);
    const age = day && parseDate(input.asOf) ? dayNumber(parseDate(input.asOf)!) - dayNumber(day) : 4000;
    const numbers = /\d/.test(sentence) ? 0.5 : 0;
    const score = about * 1.5 + numbers - Math.min(Math.max(age, 0), 3000) / 600;
    return { span, exhibit, score, slots: slotsOf(span, exhibit, cite) };
  }

  return {
    service,
    /** The best sentences for a cue: about the service, recent, measured; each page at most twice. */
    find(query: Query, without: Span[] = []): Hit[] {
      const cue = new RegExp(query.cue.replaceAll("{service}", alternatives(service)), "i");
      const hits = cite.exhibits
        .filter((exhibit) => searched(exhibit, query.find))
        .flatMap((exhibit) => {
          const source = cite.sources.get(exhibit.document);
          return source ? hitsIn(source, exhibit, cue) : [];
        })
        .filter((hit) => hit.slots.place && !without.some((span) => sameWords(span, hit.span)))
        .sort((a, b) => b.score - a.score);
      const kept: Hit[] = [];
      for (const hit of hits) {
        if (kept.length >= query.most) break;
        const twins = kept.filter(
          (other) => other.span.document === hit.span.document && other.span.page === hit.span.page,
        );
        if (twins.length < 2 && !kept.some((other) => sameWords(other.span, hit.span))) kept.push(hit);
      }
      return kept;
    },
  };
}
export type Searcher = ReturnType<typeof searcher>;

const alternatives = (words: Set<string>) =>
  words.size > 0 ? `\\b(${[...words].map((word) => word.replace(/[^a-z0-9-]/g, "")).join("|")})\\b` : "\\b";

const sameWords = (a: Span, b: Span) =>
  printedQuote(a.quote).toLowerCase() === printedQuote(b.quote).toLowerCase() ||
  (a.document === b.document && a.page === b.page && a.start < b.end && b.start < a.end);

function searched(exhibit: ExhibitRef, find: ArgumentRow["find"]): boolean {
  if (find === "any") return exhibit.kind !== "denial" && exhibit.kind !== "policy";
  if (find === "record") return exhibit.kind === "record" || exhibit.kind === "support-letter";
  return exhibit.kind === find;
}

/** Title of the paper and the date under which the words stand, where a page says so. */
export function sourceSlot(span: Span, exhibit: ExhibitRef, cite: Citer) {
  return joined([exhibit.title, entryDay(span, cite) ?? cite.paperDay(exhibit)], ", ");
}

/** {quote}, {place} and {source} of a sentence. */
export function slotsOf(span: Span, exhibit: ExhibitRef, cite: Citer): Hit["slots"] {
  return {
    quote: { text: `“${printedQuote(span.quote)}”`, rests: [{ evidence: span }] },
    place: cite.place(span),
    source: sourceSlot(span, exhibit, cite),
  };
}

/** The date of the note that a sentence stands in: the nearest dated heading above it on its page. */
export function entryDay(span: Span, cite: Citer) {
  const page = cite.sources.get(span.document)?.pages.find((entry) => entry.page === span.page);
  if (!page) return null;
  const heading =
    /\b(?:date(?: of (?:service|visit|study|exam))?|visit(?: date)?|seen|encounter|dos|performed|collected)\b[\s:]*$/i;
  const above = spelledDates(page.text).filter(
    (entry) =>
      entry.start < span.start &&
      (heading.test(page.text.slice(Math.max(0, entry.start - 30), entry.start)) ||
        endsTitle(page.text, entry)),
  );
  const last = above.at(-1);
  return last ? cite.day(last.date, { ...span, start: last.start, end: last.end }) : null;
}

/** A date at the end of a short line of words: "Transthoracic echocardiogram 08/18/2026". */
function endsTitle(text: string, entry: { start: number; end: number }): boolean {
  const lineStart = text.lastIndexOf("\n", entry.start) + 1;
  const before = text.slice(lineStart, entry.start).trim();
  const after = /^[^\n]*/.exec(text.slice(entry.end))![0].trim();
  return after.length < 4 && /^[A-Z][A-Za-z ,()-]{8,60}$/.test(before);
}
