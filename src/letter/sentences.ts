import type { Span } from "#base";
import { type Page, type SourceDocument, spanAt } from "#source";

/** White space as one blank; what a quotation in print and the words on the page have in common. */
export function squash(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Words of a page as they stand in our quotation marks: white space squashed, inner curly marks single. */
export function printedQuote(text: string): string {
  return squash(text).replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’"));
}

/** A point after which a new sentence begins; abbreviations and initials do not end one. */
const ending =
  /(?:[.!?]["”’)]?)(?=\s+["“(]?[A-Z0-9•☐-])|\n\s*\n|\n(?=\s*(?:[-•*–]|\(?[0-9]{1,2}[.)]|[a-z][.)])\s)/g;
const abbreviation = /\b(?:Dr|Mr|Mrs|Ms|St|vs|No|approx|e\.g|i\.e|etc|Inc|Co|Jr|Sr|Fig|[A-Z])\.$/;
/** "2." before an entry; "below 65." ends a sentence. */
const listNumber = /(?:^|\n|[.;:!?)])\s*\(?\d{1,2}\.$/;
/** Quotations in tables are kept to about this many characters; longer sentences are cut at a clause. */
const mostCharacters = 240;
/** Where the words stand in a running text: the operative words only. */
export const briefCharacters = 170;

export type Range = { start: number; end: number };

/** The sentences of a page as ranges of its text. Lines of page furniture end a sentence and are none. */
export function sentenceRanges(page: Page): Range[] {
  const walls = page.lines.filter((line) => line.kind === "furniture" || line.kind === "heading");
  const cuts = new Set<number>([0, page.text.length]);
  for (const line of walls) cuts.add(line.start).add(line.end);
  for (const line of page.lines) if (line.label) cuts.add(line.start);
  for (const at of shortLineEnds(page.text)) cuts.add(at);
  for (const at of entryStarts(page.text)) cuts.add(at);
  ending.lastIndex = 0;
  for (let match = ending.exec(page.text); match; match = ending.exec(page.text)) {
    if (match[0] === "") {
      ending.lastIndex++;
      continue;
    }
    const at = match.index + match[0].length;
    const before = page.text.slice(Math.max(0, at - 12), at);
    if (!abbreviation.test(before) && !listNumber.test(before)) cuts.add(at);
  }
  for (const match of page.text.matchAll(/(?<=[.;:!?)])\s+(?=\(?\d{1,2}[.)]\s+[A-Z])/g))
    cuts.add(match.index + match[0].length);
  const points = [...cuts].sort((a, b) => a - b);
  const ranges: Range[] = [];
  for (let index = 0; index + 1 < points.length; index++) {
    const start = points[index]!;
    const end = points[index + 1]!;
    const furniture = walls.some((line) => line.kind === "furniture" && line.start < end && start < line.end);
    if (!furniture && page.text.slice(start, end).trim()) ranges.push({ start, end });
  }
  return ranges;
}

/** Lines that begin with their day and go on in words, where a page has several: a log. */
function entryStarts(text: string): number[] {
  const starts = [
    ...text.matchAll(
      /(?<=(?<!\b(?:on|in|to|from|until|since|by|of|and|at))\n)(?=[ \t]*\d{1,2}\/\d{1,2}\/\d{2,4}[ :,-]{1,3}[A-Z][a-z])/g,
    ),
  ];
  return starts.length > 1 ? starts.map(({ index }) => index) : [];
}

/**
 * Ends of lines that stop well before the right edge while the next begins anew: headings, table rows and entries that
 * carry no full stop.
 */
function shortLineEnds(text: string): number[] {
  const lines = text.split("\n");
  const lengths = lines.map((line) => line.trimEnd().length).sort((a, b) => a - b);
  const full = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const ends: number[] = [];
  let at = 0;
  lines.forEach((line, index) => {
    at += line.length + 1;
    const next = lines.slice(index + 1).find((entry) => entry.trim());
    const short =
      line.trimEnd().length < full * 0.75 && !/[,;(-]\s*$|\b(and|or|of|the|with|for|to)\s*$/i.test(line);
    // A line of cells stands for itself, and so does the line before it.
    if (line.includes("\t") || next?.includes("\t")) ends.push(Math.min(at - 1, text.length));
    else if (line.trim() && next && short && /^\s*["“(]?[A-Z0-9☐•]/.test(next)) ends.push(at - 1);
  });
  return ends;
}

/** The sentence in which a span begins, trimmed; the span itself where the page has none. */
export function sentenceOf(source: SourceDocument, span: Span): Span {
  const page = source.pages.find((entry) => entry.page === span.page);
  const range = page && sentenceRanges(page).find(({ end }) => end > span.start);
  if (!page || !range) return span;
  const text = page.text.slice(range.start, range.end);
  const start = range.start + (text.length - text.trimStart().length);
  return spanAt(source.document, page, start, range.start + text.trimEnd().length);
}

/** A sentence that begins like this says nothing without the one before it. */
const leaning =
  /^(this|that|these|those|it|she|he|they|returned|will|then|same|both|also|so|(stopped|discontinued|switched|restarted|increased|lowered|raised|reduced|held)(?!\s*:))\b/i;
/** Shorter quotations are completed by their neighbours in the paragraph; one with a figure says more by itself. */
const isShort = (quote: string) => quote.length < (/\d/.test(quote) ? 38 : 80);

/**
 * The words around a span that can stand alone: its sentence, with the one before it where it leans on that or is short, else with
 * the next; cut to a quotable length. The span itself where nothing better is known.
 */
export function widen(source: SourceDocument, span: Span, most = mostCharacters): Span {
  const page = source.pages.find((entry) => entry.page === span.page);
  if (!page || source.structured) return span;
  const ranges = sentenceRanges(page);
  let first = ranges.findIndex((range) => range.end > span.start);
  let last = ranges.findLastIndex((range) => range.start < span.end);
  if (first < 0 || last < first) return span;
  const made = () =>
    spanAt(
      source.document,
      page,
      Math.min(ranges[first]!.start, span.start),
      Math.max(ranges[last]!.end, span.end),
    );
  if (made().quote.length > most) return clip(source.document, page, made(), span, most);
  const room = (start: number, end: number) => ranges[end]!.end - ranges[start]!.start <= most;
  const joins = (one: number, other: number) =>
    one >= 0 &&
    other < ranges.length &&
    !isSignature(page, ranges[other]!) &&
    !isHeadline(page, ranges[Math.min(one, other)]!) &&
    sameParagraph(page, ranges[one]!, ranges[other]!);
  for (let step = 0; step < 3; step++) {
    const quote = made().quote;
    const short = isShort(quote);
    if (concludes.test(quote) && quote.length > 30) break;
    const lean = leaning.test(quote) || (short && !isExam(page, ranges[first - 1]));
    if (lean && joins(first - 1, first) && room(first - 1, last)) first--;
    else if (short && joins(last, last + 1) && room(first, last + 1)) last++;
    else break;
  }
  return withoutMark(source.document, page, made());
}

/** A conclusion under its own label stands by itself: "Assessment: …" does not lean on the score before it. */
const concludes = /^\s*(?:assessment|impression|conclusion|plan|recommendation)s?\s*:/i;

/** The mark of a list belongs to the page, not to the words. */
function withoutMark(document: string, page: Page, span: Span): Span {
  const mark = /^\s*(?:[-–•◦*·☐]\s+)?/.exec(span.quote)![0].length;
  return mark > 0 ? spanAt(document, page, span.start + mark, span.end) : span;
}

/** Vital signs and examination: what comes before an impression without being its reason. */
function isExam(page: Page, range: Range | undefined): boolean {
  return (
    range !== undefined &&
    /^\s*(BP|HR|VS|vitals?|T|wt|weight|exam|PE|physical|lungs|gen(eral)?|impression|A\/P)\b/i.test(
      page.text.slice(range.start, range.end),
    )
  );
}

/** "Electronically signed: …", "Final 08/20/2026 13:09": who signed when, not what was found. */
function isSignature(page: Page, range: Range): boolean {
  const text = page.text.slice(range.start, range.end);
  return /^\s*((electronically )?signed|final(ized)?\b.{0,20}\d|dictated|transcribed|read by|attending:)|\b(MD|DO|NP|PA|RN)\b.{0,6}\d{1,2}\/\d{1,2}\/\d{2,4}/i.test(
    text,
  );
}

/** Whose page it is, or who wrote on which day: it heads what follows and is no part of it ("Visit 09/03/2026 …, MD"). */
const headline =
  /^\s*(?:visit|date|encounter|evaluation|discharge note|progress note|seen|dos)\b[^.;]{0,30}\d{1,2}\/\d{1,2}\/\d{2,4}\b|^\s*\d{1,2}\/\d{1,2}\/\d{2,4}[\s,]*$|\b(DOB|MRN|NPI|Tel|Fax|Acct|Account)\b|\b(?:MD|DO|NP|PA-C|PT|OTR|LCSW|PhD|PsyD|BCBA)\s*(?:,\s*[A-Z][\w &/-]+)?\s*$/;

export function isHeadline(page: Page, range: Range): boolean {
  const text = page.text.slice(range.start, range.end).trim();
  return !/[.;!?:]$/.test(text) && text.length < 120 && headline.test(text);
}

/** True when nothing but a blank or a line break stands between two sentences, and neither is a row of cells. */
function sameParagraph(page: Page, a: Range, b: Range): boolean {
  const between = page.text.slice(a.start, b.end);
  if (between.includes("\t") || /\n\s*\n/.test(between)) return false;
  const gap = page.text.slice(a.end, b.start) + (/\s*$/.exec(page.text.slice(a.start, a.end))?.[0] ?? "");
  const listed = page.lines.some(
    (line) =>
      line.start >= a.end - 1 &&
      line.start <= b.start + 2 &&
      (line.label || line.kind === "heading" || line.kind === "cell" || line.kind === "furniture"),
  );
  return a.end >= b.start - 2 && !listed && gap.trim() === "";
}

/** Room beyond the measure that a quotation may take to end where a clause ends and not within one. */
const grace = 110;

/** Cuts a long sentence down to whole clauses around the words that matter; a line of the page ends anywhere. */
function clip(document: string, page: Page, whole: Span, core: Span, most: number): Span {
  const room = Math.max(0, most - (core.end - core.start));
  const low = Math.max(whole.start, core.start - Math.floor(room / 2));
  const high = Math.min(whole.end, core.end + Math.ceil(room / 2));
  const { opens, closes } = breaksIn(page, whole);
  const start =
    low === whole.start
      ? low
      : (opens.find((at) => at >= low && at <= core.start) ??
        opens.findLast((at) => at < low && at >= low - grace) ??
        core.start);
  const end =
    high === whole.end
      ? high
      : (closes.findLast((at) => at <= high && at >= core.end) ??
        closes.find((at) => at > high && at <= high + grace) ??
        core.end);
  return spanAt(document, page, start, end);
}

/** Where a clause or an entry of a range may begin and end: after a clause mark, and at lines that are entries. */
function breaksIn(page: Page, whole: Span): { opens: number[]; closes: number[] } {
  const text = page.text.slice(whole.start, whole.end);
  const marks = [
    ...text.matchAll(/[;:]\s+|,\s+(?=(?:and|or|but|with|then|which|because)\b)|\.\s+(?=[A-Z])/g),
  ];
  const lines = page.lines
    .filter((line) => line.start >= whole.start && line.end <= whole.end && !line.continues)
    .map((line) => line.start);
  const ends = page.lines
    .filter(
      (line, index) => line.end < whole.end && line.start >= whole.start && !page.lines[index + 1]?.continues,
    )
    .map((line) => line.end);
  const inOrder = (points: number[]) => [...new Set(points)].sort((a, b) => a - b);
  return {
    opens: inOrder([
      whole.start,
      ...marks.map((mark) => whole.start + mark.index + mark[0].length),
      ...(page.lines.some((line) => line.continues) ? lines : []),
    ]),
    closes: inOrder([
      ...marks
        .filter((mark) => !mark[0].startsWith(":"))
        .map((mark) => whole.start + mark.index + (mark[0].startsWith(".") ? 1 : 0)),
      ...(page.lines.some((line) => line.continues) ? ends : []),
      whole.end,
    ]),
  };
}

/** The span with the sentences after it that lean on it ("Returned to …", "This is her …"), while there is room. */
export function withLeaning(source: SourceDocument, span: Span, most: number): Span {
  const page = source.pages.find((entry) => entry.page === span.page);
  if (!page || source.structured) return span;
  const ranges = sentenceRanges(page);
  let end = span.end;
  for (const range of ranges.filter((entry) => entry.start >= span.end - 1)) {
    const next = page.text.slice(range.start, range.end).trimStart();
    const joined =
      /^\s*$/.test(page.text.slice(end, range.start)) && !/\n\s*\n/.test(page.text.slice(end, range.start));
    if (!joined || !leaning.test(next) || range.end - span.start > most) break;
    end = range.end;
  }
  return end === span.end ? span : spanAt(source.document, page, span.start, end);
}
