import type { Span } from "#base";
import type { Evidence } from "#finding";
import { type SourceDocument, spanAt } from "#source";
import { type Citer, meet, paperAt } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";
import { form, joined, type Slot } from "./passages.ts";
import { briefCharacters, printedQuote, sentenceOf, squash, widen, withLeaning } from "./sentences.ts";
import { sourceSlot } from "./source-line.ts";

/** One piece of evidence in print: where it stands, the quoted words, and the place for the exhibit column. */
export type PrintedEvidence = { said: Slot; place: Slot; span: Span };

/**
 * Evidence as the table prints it: "Clinic note, 05/21/2026: “…”". The same words on the same page are printed
 * once; pages in no exhibit (those of other people) are never printed.
 */
export function printEvidence(
  evidence: Evidence[],
  input: LetterInput,
  cite: Citer,
  most: number,
  characters?: number,
): PrintedEvidence[] {
  const printed: PrintedEvidence[] = [];
  for (const entry of evidence)
    for (const span of entry.from.slice(0, 2)) {
      if (printed.length >= most) return printed;
      const one = printSpan(span, input, cite, entry.fact, characters);
      if (one && !printed.some((other) => meet([other.span], [one.span]))) printed.push(one);
    }
  return printed;
}

/** One span as evidence: its sentence quoted, or what a structured record states. The plan's own rules are none. */
export function printSpan(
  span: Span,
  input: LetterInput,
  cite: Citer,
  factId: string | null = null,
  characters?: number,
): PrintedEvidence | null {
  const exhibit = cite.exhibitOf(span);
  const source = cite.sources.get(span.document);
  const place = cite.place(span);
  if (!exhibit || !source || !place || exhibit.kind === "policy") return null;
  if (source.structured) {
    const stated = structuredSlot(span, input, source);
    return { said: joined([exhibit.title, stated], ": ")!, place, span };
  }
  const widened = widen(source, opening(source, span), characters);
  // Of a page's head only the words meant are quoted: the rest is whose page it is.
  const sentence = pageHead.test(widened.quote) && span.quote.length < widened.quote.length ? span : widened;
  const whole =
    characters && characters > briefCharacters ? withLeaning(source, sentence, characters) : sentence;
  const quote: Slot = { text: `“${printedQuote(whole.quote)}”`, rests: [{ evidence: whole }] };
  const fact = factId ? input.facts.find((entry) => entry.id === factId) : undefined;
  const known = fact && fact.when.earliest === fact.when.latest ? cite.day(fact.when.latest, span) : null;
  const heading = known
    ? joined([paperAt(exhibit, whole.page).title, known], ", ")
    : sourceSlot(whole, exhibit, cite);
  return { said: joined([heading, quote], ": ")!, place, span: whole };
}

const pageHead = /\b(DOB|MRN|NPI|Tel|Fax)\b/;

/** The sentence of a span by itself, where it can stand alone; nothing before or after it is drawn in. */
export function printSentence(span: Span, cite: Citer): PrintedEvidence | null {
  const exhibit = cite.exhibitOf(span);
  const source = cite.sources.get(span.document);
  const place = cite.place(span);
  if (!exhibit || !source || !place || source.structured || exhibit.kind === "policy") return null;
  const sentence = sentenceOf(source, span);
  if (sentence.quote.length > mostOfASpan) return null;
  const quote: Slot = { text: `“${printedQuote(sentence.quote)}”`, rests: [{ evidence: sentence }] };
  return { said: joined([sourceSlot(sentence, exhibit, cite), quote], ": ")!, place, span: sentence };
}

/** A span longer than this is a whole table or page; its first row is quoted. */
const mostOfASpan = 320;

function opening(source: SourceDocument, span: Span): Span {
  const page = source.pages.find((entry) => entry.page === span.page);
  if (!page || span.quote.length <= mostOfASpan) return span;
  // The head of a table has no figures; its first row has.
  const row = /[^\n]*[a-z][^\n]*\d[^\n]*|[^\n]*\d[^\n]*[a-z][^\n]*/i.exec(span.quote);
  const start = span.start + (row?.index ?? 0);
  const end = Math.min(start + (row?.[0].length ?? mostOfASpan), start + mostOfASpan);
  return spanAt(source.document, page, start, end);
}

/** What a health-record export states: the fact's own words, with value and date where the file holds them. */
function structuredSlot(span: Span, input: LetterInput, source: SourceDocument): Slot {
  const fact = input.facts.find((entry) => meet(entry.from, [span]));
  const own = fact?.from.filter((at) => at.document === span.document) ?? [span];
  const value = fact?.value;
  const day = fact?.when.latest?.slice(0, 10);
  const beside = [value?.text ?? value?.low, value?.unit, day].flatMap((part) =>
    part === undefined || part === null ? [] : (within(source, own[0] ?? span, String(part)) ?? []),
  );
  const spans = [...own, ...beside.filter((at) => !meet(own, [at]))];
  const held = spans.map((at) => at.quote).join(" ");
  const figures = [value?.text ?? value?.low, value?.unit].filter(
    (part) => part !== undefined && held.includes(String(part)),
  );
  const words = [
    fact ? squash(fact.text) : squash(span.quote),
    figures.length > 0 && !squash(fact?.text ?? "").includes(String(figures[0])) ? figures.join(" ") : "",
    day && held.includes(day) ? day : "",
  ].filter(Boolean);
  return { text: words.join(", "), rests: spans.length > 0 ? spans.map((at) => ({ evidence: at })) : [form] };
}

/** An entry of an export is not longer than this, and ends where the next begins. */
const entryLength = 1500;
const nextEntry = /"resourceType"|<entry\b|<observation\b/;

/** Where the same entry of the export holds a value or a day of the fact. */
function within(source: SourceDocument, at: Span, words: string): Span | null {
  const page = source.pages.find((entry) => entry.page === at.page);
  if (!page || words === "") return null;
  const rest = page.text.slice(at.end, at.end + entryLength);
  const end = nextEntry.exec(rest)?.index ?? rest.length;
  const place = new RegExp(`(?<![\\w.])${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\d.])`).exec(
    rest.slice(0, end),
  );
  return place
    ? spanAt(source.document, page, at.end + place.index, at.end + place.index + words.length)
    : null;
}
