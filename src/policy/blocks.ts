import type { SourceDocument } from "#source";
import { isConnective } from "./draft.ts";
import { automaticLabel, type Label, labelAtStart } from "./labels.ts";
import { join, type Passage, passageOf, slice } from "./passage.ts";
import { type Row, rowsOf, sameCell } from "./rows.ts";

/** A paragraph, list item, heading or table row of the document, label taken off. */
export type Block = {
  passage: Passage;
  label: Label | null;
  /** Left edge of the label, or of the words where there is none; and of the words. */
  left: number;
  textLeft: number;
  page: number;
  column: number;
  heading: boolean;
  size: number;
  bold: boolean;
  /** The stage of treatment that a line above a heading names ("Therapy Stage: Reauthorization"). */
  stage?: "initial" | "continuation";
  /** All blocks of one table follow each other: one block per cell paragraph. */
  cell?: { table: number; row: number; column: number };
};

/** Puts lines together to blocks. */
export function blocksOf(document: SourceDocument): Block[] {
  const rows = rowsOf(document);
  const body = bodySize(rows);
  const groups: Row[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group && goesOn(group, row)) group.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => blockOf(document, group, body)).filter(({ passage }) => passage.text !== "");
}

/** Size of most of the document's characters. */
function bodySize(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { line, text } of rows) {
    const size = Math.round((line.size ?? 0) * 2) / 2;
    counts.set(size, (counts.get(size) ?? 0) + text.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Whether a line goes on with the words of the lines before it. */
function goesOn(group: readonly Row[], row: Row): boolean {
  const last = group.at(-1)!;
  if (sameCell(last.line, row.line)) return cellGoesOn(group, row);
  if (last.line.cell || row.line.cell || last.right === null) return false;
  if (row.line.label !== undefined || row.line.kind === "heading" || last.line.kind === "heading")
    return styleGoesOn(last, row);
  if (row.line.kind === "item") return false;
  if (isConnective(row.text) || isConnective(last.text) || /^Notes?:\s/.test(row.text)) return false;
  if (last.page === row.page && last.column === row.column && breaksEarly(last, row)) return false;
  if (stepsBack(group, row)) return false;
  if (row.line.continues && last.page === row.page && last.column === row.column && midSentence(last.text))
    return true;
  const full = wouldNotFit(last, row);
  if (labelAtStart(row.text, row.page.ocr) && !(full && midSentence(last.text) && !plausibleLabel(row.text)))
    return false;
  if (last.page !== row.page || last.column !== row.column) return joinsAcross(group, row, full);
  if (!styleFits(last, row)) return false;
  if (gapBetween(last, row) > 1.7 * (row.page.ocr ? 12 : (row.line.size ?? 10))) return false;
  if (/;\s*(?:and|or)$/i.test(last.text) && !full) return false;
  if (spacedAbove(last, row)) return false;
  if (hangs(group, row)) return full || !/[.;:]$/.test(last.text) || /^[a-z]/.test(row.text);
  if (!full && !/^[a-z(]/.test(row.text)) return false;
  const ragged = !last.page.words && (last.right ?? 0) > 0.7 * last.margin && /^[^A-Z•]/.test(row.text);
  if (
    midSentence(last.text) &&
    (full || ragged || /^[a-z]/.test(row.text)) &&
    /^[a-z(≥≤§\d“"]/.test(row.text)
  )
    return Math.abs(row.left - last.left) < 30;
  return indentFits(group, row) && (full || !/[.;:]$/.test(last.text));
}

/** Words in capitals with which items of a list begin, where the list has lost its signs. */
const opensCriterion =
  /^(?:Trial|Failure|Document(?:ed|ation)|Diagnosis|Member|Patient|Age|Prescribed|History of|Inadequate|Intolerance|Contraindication|Must|Requested|Dose|Used)\b/;

/** Inside a cell, lines go on unless a label, a deliberate break or a step in indentation says otherwise. */
function cellGoesOn(group: readonly Row[], row: Row): boolean {
  const last = group.at(-1)!;
  if (last.right === null || row.line.label !== undefined || labelAtStart(row.text, row.page.ocr))
    return false;
  if (isConnective(row.text) || /[:;]$|\b(?:AND|OR)$/.test(last.text) || breaksEarly(last, row)) return false;
  if (opensCriterion.test(row.text) && !/(?:,|\b(?:of|the|a|an|and|or|with|to|for|in|by))$/.test(last.text))
    return false;
  if (gapBetween(last, row) > 1.7 * (row.page.ocr ? 12 : (row.line.size ?? 10))) return false;
  return (
    indentFits(group, row) && !(/\.$/.test(last.text) && /^[A-Z]/.test(row.text) && !group[0]!.line.label)
  );
}

/** Headings of two lines. */
function styleGoesOn(last: Row, row: Row): boolean {
  if (row.line.label !== undefined || last.line.kind !== "heading") return false;
  // The rest of a bold sentence: set like its beginning, which left no room.
  if (row.line.kind !== "heading" && !(row.line.bold && /^[a-z]/.test(row.text))) return false;
  return (
    last.page === row.page &&
    styleFits(last, row) &&
    wouldNotFit(last, row) &&
    !labelAtStart(row.text, row.page.ocr)
  );
}

function styleFits(last: Row, row: Row): boolean {
  return (
    row.page.ocr ||
    ((last.line.bold ?? false) === (row.line.bold ?? false) &&
      Math.abs((last.line.size ?? 0) - (row.line.size ?? 0)) < 1.1)
  );
}

/** True where the next line's first word had no room on the line before: the break is only the margin's. */
function wouldNotFit(last: Row, row: Row): boolean {
  const first = /^\S+/.exec(row.text)?.[0].length ?? 1;
  const character = last.right === null ? 5 : (last.right - last.left) / Math.max(1, last.text.length);
  const slack = last.page.words ? 7 : 0.13 * last.margin;
  return (last.right ?? 0) + (first + 0.6) * character > last.margin - slack;
}

/**
 * Printed words stop where the next one has no room. A line that ends well before was ended on purpose, even where the
 * next begins in small letters: lists whose signs are drawn and not written.
 */
function breaksEarly(last: Row, row: Row): boolean {
  if (!last.page.words || last.page.ocr || last.right === null || /[-–/,(]$/.test(last.text)) return false;
  const first = /^\S+/.exec(row.text)?.[0].length ?? 1;
  const character = (last.right - last.left) / Math.max(1, last.text.length);
  const needed = last.right + (first + 1) * character;
  // A step to the left ends an item of a deeper list; elsewhere room to spare is asked for, because pages are ragged.
  const slack = row.left < last.left - 12 ? 7 : 0.12 * (last.margin - last.left);
  return needed < last.margin - slack;
}

/** Blanks above a line, in points from top to top; where tops are unknown, nothing is said. */
function gapBetween(last: Row, row: Row): number {
  if (last.line.top === undefined || row.line.top === undefined) return blankLines(last, row);
  return row.line.top - last.line.top;
}

/** Lists whose signs are drawn: an item stands a little further from the one above than lines of one item do. */
const spacedAbove = (last: Row, row: Row): boolean =>
  row.pitch > 0 &&
  !row.page.ocr &&
  row.page === last.page &&
  gapBetween(last, row) > 1.12 * row.pitch &&
  /^[A-Z]/.test(row.text) &&
  !/[,(/–—-]$|\b(?:of|the|an?|and|or|with|to|for|in|by|than|at|least|is|are)$/i.test(
    last.text.replace(/;\s*(?:and|or)$/i, ""),
  );

/** Plain text: an empty line between counts as a gap. */
function blankLines(last: Row, row: Row): number {
  const between = row.page.text.slice(last.end, row.start);
  return (between.split("\n").length - 1) * 12;
}

/** A line far left of the one point above it begins another point, where a capital opens it and nothing is left open. */
const stepsBack = (group: readonly Row[], row: Row): boolean =>
  group.length === 1 &&
  group[0]!.page === row.page &&
  group[0]!.column === row.column &&
  !row.page.ocr &&
  row.left < group[0]!.left - 20 &&
  /^[A-Z][a-z]/.test(row.text) &&
  !/(?:[,(/–—-]|\b(?:of|the|an?|and|or|with|to|for|in|by|than|at|is|are|has|have))$/i.test(group[0]!.text);

const midSentence = (text: string) => !/[.;:]$|\b(?:and|or)$/i.test(text);
/** A line that begins with a list's usual sign, and not with an abbreviation or a single letter of a sentence. */
const plausibleLabel = (text: string) =>
  /^(?:\[\s?\]|☐|\d{1,2}\.|\([a-z\d]\)|[•▪■◦●·o]|[-*](?=\s+[A-Z][a-z]))\s/.test(text);

/** A paragraph that a page or column break cuts. */
function joinsAcross(group: readonly Row[], row: Row, full: boolean): boolean {
  const last = group.at(-1)!;
  if (/[.;:]$/.test(last.text) || !styleFits(last, row)) return false;
  return full || /^[a-z(≥≤<>]/.test(row.text);
}

/** A line that stands exactly under the words of a labelled item goes on with them. */
function hangs(group: readonly Row[], row: Row): boolean {
  const first = group[0]!;
  const label = labelAtStart(first.text, first.page.ocr);
  if (!label && first.line.label !== undefined)
    return row.left - first.left > 8 && row.left - first.left < 40 && first.page === row.page;
  if (!label || first.page !== row.page) return false;
  return Math.abs(wordsLeft(first, label.length) - row.left) < 2.5;
}

/** Left edge of an item's words after its printed label. */
function wordsLeft(row: Row, labelLength: number): number {
  const at = row.start + row.page.text.slice(row.start, row.end).search(/\S/) + labelLength;
  const word = row.page.words?.find(({ start, end }) => start <= at && at < end);
  return word ? word.box.x : row.left + labelLength * 6;
}

function indentFits(group: readonly Row[], row: Row): boolean {
  const first = group[0]!;
  const last = group.at(-1)!;
  if (group.length > 1) return Math.abs(row.left - last.left) < 7;
  if (first.line.label !== undefined || labelAtStart(first.text, first.page.ocr))
    return row.left > first.left - 4;
  return Math.abs(row.left - first.left) < 7 || row.left < first.left;
}

function blockOf(document: SourceDocument, group: readonly Row[], body: number): Block {
  const first = group[0]!;
  const whole = join(
    group.map(({ page, start, end }) => passageOf(document.document, [{ page, start, end }])),
  );
  const found = first.line.label === undefined ? labelAtStart(whole.text, first.page.ocr) : null;
  const printed = found && numbersInside(whole.text) ? null : found;
  const label = first.line.label === undefined ? (printed?.label ?? null) : automaticLabel(first.line.label);
  const passage = printed ? slice(whole, printed.length) : whole;
  const bold = group.every(({ line }) => line.bold === true);
  // A scan's sizes are those of its ink and say nothing.
  const size = first.page.ocr ? 0 : (first.line.size ?? 0);
  const block: Block = {
    passage,
    label,
    left: first.left,
    textLeft: label ? textLeftOf(group, first) : first.left,
    page: first.page.page,
    column: first.column,
    heading:
      first.line.kind === "heading" && !first.page.ocr && !(group.length > 1 && /[.;]$/.test(whole.text)),
    size,
    bold,
  };
  if (first.line.cell) block.cell = first.line.cell;
  if (!block.heading && !block.cell)
    block.heading = looksLikeHeading(block, group.length, body, first.page.ocr);
  return block;
}

/** "(1) …; (2) …" in one paragraph is a list inside it, not its first item. */
const numbersInside = (text: string): boolean =>
  /^1\)\s.*\s(?:and|or)?\s*2\)\s|^\(1\)\s.*[;,.]\s+(?:and\s+|or\s+)?\(2\)\s|^\(a\)\s.*[;,.]\s+(?:and\s+|or\s+)?\(b\)\s|^\(i\)\s.*[;,.]\s+(?:and\s+|or\s+)?\(ii\)\s/.test(
    text,
  );

/** Where an item's words stand: the second line shows it, else a usual hang. */
function textLeftOf(group: readonly Row[], first: Row): number {
  const second = group[1];
  return second && second.left > first.left && second.page === first.page ? second.left : first.left + 14;
}

function looksLikeHeading(block: Block, lines: number, body: number, scanned: boolean): boolean {
  const { text } = block.passage;
  if (lines > 2 || text.length > 130 || /[.;,]$/.test(text) || /^[a-z]/.test(text)) return false;
  if (/\b(?:of the following|following:|of these)\b/i.test(text) || isConnective(text)) return false;
  const larger = block.size > body + (/^(?:\S+\s+){0,11}\S+$/.test(text) && text.length < 90 ? 0.4 : 1.5);
  if (!scanned && (block.bold || larger)) return true;
  if (block.label?.readings[0]?.style === "bullet") return false;
  return /^[A-Z][A-Z0-9 ,/&()–—:-]{3,80}$/.test(text) && /[A-Z]{4}/.test(text) && !/\d{4,}/.test(text);
}
