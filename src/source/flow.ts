import type { Span } from "#base";
import { spanAt } from "./find-span.ts";
import type { Line, Page, SourceDocument } from "./types.ts";

/**
 * A document as flowing text: one line per paragraph, list item, heading or table cell, page furniture left out,
 * words that were broken at a line's end made whole, paragraphs that run over a page's end in one piece.
 * For matching only: what is found is cited by {@link Flow.spanOf}, which points into the pages.
 */
export type Flow = {
  text: string;
  /** Where `[start, end)` of the flowing text stands: one span, or one for each page (or side of page furniture). */
  spanOf: (start: number, end: number) => Span[];
  /** The lines of the pages, each with where it begins and ends in the flowing text. */
  lines: FlowLine[];
};

export type FlowLine = { page: Page; line: Line; start: number; end: number };

/** First halves after which a hyphen at the line's end belongs to the word. */
const hyphenKept =
  /(?:^|[\s(/-])(?:self|well|non|evidence|long|short|high|low|cost|co|post|multi|single|double|first|second|third|one|two|three|four|five|six|half|all|step|follow|on|off|in|out|up|down|over|under|peer|year|age|dose|drug|disease|health|risk|time|pre|re|anti|x|t|b|c|i|e|mid|ex|cross|full|part|life|fee|day|week|month|hour)-$/i;

/** The document as flowing text. Structured files (FHIR, C-CDA, X12) flow as they are. */
export function flow(source: SourceDocument): Flow {
  const pieces = new Pieces(source);
  for (const page of source.pages) {
    if (source.structured) pieces.whole(page);
    else for (const line of page.lines) if (line.kind !== "furniture") pieces.add(page, line);
  }
  return pieces.finish();
}

/** A stretch of flowing text that was copied from a page. */
type Piece = { at: number; page: Page; start: number; length: number };

class Pieces {
  readonly #source: SourceDocument;
  readonly #pieces: Piece[] = [];
  readonly #lines: FlowLine[] = [];
  readonly #words: ReadonlySet<string>;
  #text = "";
  #last: FlowLine | null = null;

  constructor(source: SourceDocument) {
    this.#source = source;
    this.#words = brokenWords(source);
  }

  whole(page: Page): void {
    if (this.#text !== "") this.#text += "\n";
    this.#copy(page, 0, page.text.length);
    const offset = this.#text.length - page.text.length;
    for (const line of page.lines)
      this.#lines.push({ page, line, start: offset + line.start, end: offset + line.end });
  }

  add(page: Page, line: Line): void {
    const last = this.#last;
    if (last) this.#join(last, page, line);
    const start = this.#text.length;
    this.#copy(page, line.start, line.end);
    this.#last = { page, line, start, end: this.#text.length };
    this.#lines.push(this.#last);
  }

  finish(): Flow {
    const [text, pieces, document] = [this.#text, this.#pieces, this.#source.document];
    return { text, lines: this.#lines, spanOf: (start, end) => spansOf(document, pieces, start, end) };
  }

  #join(last: FlowLine, page: Page, line: Line): void {
    if (!line.continues) {
      const sameRow = last.page === page && !page.text.slice(last.line.end, line.start).includes("\n");
      this.#text += sameRow ? "\t" : "\n";
    } else if (this.#isBroken(last, page.text.slice(line.start, line.end))) this.#dropHyphen(last);
    else if (!/[\p{L}\p{N}][-/]$/u.test(this.#text.slice(-3))) this.#text += " ";
  }

  /** True when the hyphen at the end so far is only there because the line ended. */
  #isBroken(last: FlowLine, next: string): boolean {
    const first = /(\p{L}+)[-\u2010\u00ad]$/u.exec(this.#text.slice(last.start));
    const second = /^\p{Ll}+/u.exec(next);
    if (!first || !second || hyphenKept.test(this.#text.slice(last.start))) return false;
    return !this.#words.has(`${first[1]}-${second[0]}`.toLowerCase());
  }

  #dropHyphen(last: FlowLine): void {
    this.#text = this.#text.slice(0, -1);
    last.end--;
    this.#pieces.at(-1)!.length--;
  }

  #copy(page: Page, start: number, end: number): void {
    this.#pieces.push({ at: this.#text.length, page, start, length: end - start });
    this.#text += page.text.slice(start, end);
  }
}

/** Hyphenated words that stand inside a line somewhere: the same words at a line's end keep their hyphen. */
function brokenWords(source: SourceDocument): Set<string> {
  const words = new Set<string>();
  for (const page of source.pages)
    for (const [word] of page.text.matchAll(/(?<!\p{L})\p{L}+-\p{Ll}+/gu)) words.add(word.toLowerCase());
  return words;
}

function spansOf(document: string, pieces: readonly Piece[], start: number, end: number): Span[] {
  const spans: { page: Page; start: number; end: number }[] = [];
  for (let index = firstAt(pieces, start); index < pieces.length && pieces[index]!.at < end; index++) {
    const piece = pieces[index]!;
    const from = piece.start + Math.max(0, start - piece.at);
    const to = piece.start + Math.min(piece.length, end - piece.at);
    if (to <= from) continue;
    const last = spans.at(-1);
    if (last && last.page === piece.page && onlyBreak(piece.page, last.end, from)) last.end = to;
    else spans.push({ page: piece.page, start: from, end: to });
  }
  return spans
    .map((span) => spanAt(document, span.page, span.start, span.end))
    .filter((span) => span.end > span.start);
}

/** True when nothing but a line break (and a hyphen that was dropped) stands between two pieces. */
function onlyBreak(page: Page, from: number, to: number): boolean {
  return from <= to && /^[\s\-\u2010\u00ad]*$/.test(page.text.slice(from, to));
}

/** The first piece that ends after `start`. */
function firstAt(pieces: readonly Piece[], start: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle]!;
    if (piece.at + piece.length <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}
