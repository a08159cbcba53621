import type { PlainDate, Span } from "#base";
import type { Page, SourceDocument } from "#source";
import { datesIn } from "./text-dates.ts";

/** One sentence of the record: where it stands, under which heading, and the date that governs it. */
export type Sentence = {
  document: string;
  page: number;
  start: number;
  end: number;
  text: string;
  /** Heading it stands under, in lower case; empty where there is none. */
  section: string;
  /** Date of the visit, report or row it belongs to, as far as the page tells. */
  on: PlainDate | null;
  /** Number of the sentence within its document, from 0. */
  index: number;
};

/** Pages that belong to somebody else: never searched. */
export type ExcludedPage = { document: string; page: number };

const abbreviation =
  /(?:\b(?:dr|mr|mrs|ms|prof|st|vs|approx|inc|no|fig|e\.g|i\.e|etc|jr|sr|pt|hx|dept|ext|a\.m|p\.m)|\b[A-Z])\.$/i;
const bullet = /^\s*(?:[-•*▪◦●]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+/;
const heading = /^\s*([A-Z][A-Za-z0-9 /&,'()-]{1,48}?)\s*(?::|\.\s|$)/;
const headingWords =
  /\b(history|hpi|pmh|psh|fhx?|family|social|medications?|meds|allerg|exam|physical|vitals?|labs?|laboratory|imaging|assessment|impression|plan|a\/p|recommendations?|subjective|objective|interval|sx|symptoms|data|results?|findings|technique|indication|conclusion|opinion|risk|course|diagnos[ei]s|procedures?|complaint|cc|ros|review of systems|consensus|problems?|discussion|goals?|instructions|education)\b/i;

/** The sentences of all documents in order; pages of other patients and structured files are left out. */
export function sentencesOf(
  documents: readonly SourceDocument[],
  exclude: readonly ExcludedPage[] = [],
): Sentence[] {
  const skipped = new Set(exclude.map(({ document, page }) => `${document}\n${page}`));
  const sentences: Sentence[] = [];
  for (const source of documents) {
    if (source.structured) continue;
    const state: State = { section: "", on: null, index: 0 };
    for (const page of source.pages) {
      if (skipped.has(`${source.document}\n${page.page}`)) continue;
      sentencesOfPage(source.document, page, state, sentences);
    }
  }
  return sentences;
}

type State = { section: string; on: PlainDate | null; index: number };

function sentencesOfPage(document: string, page: Page, state: State, into: Sentence[]): void {
  const furniture = page.lines.filter((line) => line.kind === "furniture");
  for (const block of blocksOf(page.text)) {
    if (furniture.some((line) => line.start <= block.start && block.end <= line.end)) continue;
    readHeading(page.text.slice(block.start, block.end), state);
    for (const [start, end] of splitSentences(page.text, block.start, block.end)) {
      const text = page.text.slice(start, end);
      if (!/[\p{L}\p{N}]{2}/u.test(text)) continue;
      const dated = datesIn(text).filter(({ start: at }) => !birth.test(text.slice(0, at)));
      if (isDateLine(text) && dated[0]) state.on = dated[0].earliest;
      into.push({
        document,
        page: page.page,
        start,
        end,
        text,
        section: state.section,
        on: dated.at(0)?.earliest ?? state.on,
        index: state.index++,
      });
    }
  }
}

/** What follows these words is no day of a visit or report. */
const birth = /\b(?:DOB|D\.O\.B\.?|born(?: on)?|birth\s?date|date of birth)\W{0,3}$/i;
/** A log's entry opens with its day and hour. */
const logEntry = /^\s*(?:\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2})[ ,T]+\d{1,2}:\d{2}\b/;
const isDateLine = (text: string) =>
  logEntry.test(text) ||
  (/\b(date|visit|dos|seen|service|performed|collected|exam(?:ined)?|study|encounter|signed|dictated|admitted|reported|note)\b/i.test(
    text,
  ) &&
    text.length < 200);

function readHeading(text: string, state: State): void {
  const found = heading.exec(text);
  if (found && (headingWords.test(found[1]!) || /^[A-Z][A-Z /&]{3,}$/.test(found[1]!)))
    state.section = found[1]!.trim().toLowerCase();
}

/** Lines put together again where a sentence was broken only by the width of the page. */
function blocksOf(text: string): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  const widest = Math.max(...text.split("\n").map((line) => line.trimEnd().length), 1);
  let last = "";
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.trim() === "") {
      if (open && !continues(last, nextLine(text, end), widest)) open = null;
    } else {
      if (open && goesOn(last, line, widest)) open.end = end;
      else {
        open = { start, end };
        blocks.push(open);
      }
      last = line;
    }
    start = end + 1;
  }
  return blocks;
}

function nextLine(text: string, from: number): string {
  return /\S.*/.exec(text.slice(from, from + 400))?.[0] ?? "";
}

/** A line that runs on after an empty line (double spacing): no full stop, and the next begins in small letters. */
function continues(last: string, next: string, widest: number): boolean {
  return /^[a-z]/.test(next) && last.trimEnd().length > widest * 0.6 && !/[.:;!?]\s*$/.test(last);
}

function goesOn(last: string, line: string, widest: number): boolean {
  if (bullet.test(line) || / {3,}\S/.test(last.trimEnd()) || / {3,}\S/.test(line.trim())) return false;
  if (/[:]\s*$/.test(last)) return false;
  if (/^\s*[a-z(,]/.test(line)) return last.trimEnd().length > widest * 0.4;
  const ended = /[.!?]["')]?\s*$/.test(last);
  const isHeading = heading.exec(line);
  if (isHeading && headingWords.test(isHeading[1]!)) return false;
  return !ended && last.trimEnd().length > widest * 0.75;
}

function splitSentences(text: string, start: number, end: number): [number, number][] {
  const parts: [number, number][] = [];
  let from = start;
  const stop = /[.!?]["')\]]?\s+(?=["'(]?[\p{Lu}\p{N}])|;\s+(?=[\p{Lu}])/gu;
  stop.lastIndex = start;
  for (let match = stop.exec(text); match && match.index < end; match = stop.exec(text)) {
    const cut = match.index + match[0].trimEnd().length;
    if (abbreviation.test(text.slice(Math.max(start, match.index - 6), match.index + 1))) continue;
    pushTrimmed(text, from, cut, parts);
    from = cut;
  }
  pushTrimmed(text, from, end, parts);
  return parts;
}

function pushTrimmed(text: string, start: number, end: number, into: [number, number][]): void {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  if (end > start) into.push([start, end]);
}

/** The whole sentence as a span. */
export const spanOfSentence = ({ document, page, start, end, text }: Sentence): Span => ({
  document,
  page,
  start,
  end,
  quote: text,
});

/** Those of the newest day; what has no date counts as of that day. */
export function newestOf<T extends { sentence: Sentence }>(said: readonly T[]): T[] {
  const newest =
    said
      .map(({ sentence }) => sentence.on ?? "")
      .sort()
      .at(-1) ?? "";
  return said.filter(({ sentence }) => (sentence.on ?? newest) === newest);
}
