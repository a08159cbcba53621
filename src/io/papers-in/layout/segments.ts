/** Words to segments (runs without a wide gap) and segments to rows of print. */

import { splitAligned } from "./aligned-cells.ts";
import type { PlacedWord } from "./placed-word.ts";
import type { RuledTable } from "./ruled-tables.ts";

/** A run of words on one baseline without a wide gap. */
export type Segment = {
  words: PlacedWord[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
  /** A ruled table standing in the place of words. */
  table?: RuledTable;
};

export type Row = Segment[];

/** Gap that parts two segments, in letter heights. A blank is about a quarter. */
const WIDE_GAP = 1.3;
/** The same where the file wrote the words apart: a little more than a blank. */
const OTHER_RUN_GAP = 0.35;
/** The same where OCR saw two lines. */
const OTHER_LINE_GAP = 0.7;
/** How far a list marker may stand from its text, points. */
const MARKER_GAP = 48;

const marker =
  /^(?:[•●○◦▪■□▫◆❑❒➢✓✔☐☑☒–—*·§o\-\u2022\uf0a7\uf0b7\uf0d8\uf02d]|\(?(?:[A-Za-z]{1,2}|\d{1,3}|[ivxIVX]{1,5})[.):]|\d{1,2}(?:\.\d{1,3}){1,4}\.?)$/;
const markerStart =
  /^(?:[•●○◦▪■□▫◆❑❒➢✓✔☐☑☒·§\u2022\uf0a7\uf0b7\uf0d8\uf02d]|[–—*o-](?=\s)|\(?(?:[A-Za-z]|\d{1,3}|[ivx]{1,5}|[IVX]{1,5})[.)](?=\s)|\d{1,2}(?:\.\d{1,3}){1,4}\.?(?=\s))/;

/** True when a word is nothing but a bullet or a list number. */
export const isMarker = (word: string) => marker.test(word);

/** True when a line begins with a bullet or a list number. */
export function startsWithMarker(text: string): boolean {
  return markerStart.test(text);
}

const rtlLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Rows from top to bottom, each with its segments from left to right. */
export function rowsOf(words: readonly PlacedWord[]): Row[] {
  const rows: { words: PlacedWord[]; base: number; slack: number }[] = [];
  for (const run of runsOf(words)) {
    const row = rows.at(-1);
    if (row && run.base - row.base <= Math.min(row.slack, run.slack)) row.words.push(...run.words);
    else rows.push(run);
  }
  return splitAligned(rows.map((row) => segmentsOf(row.words.sort((a, b) => a.at.x - b.at.x))));
}

/** Words of one run share their line, raised and lowered letters too; its largest word gives the baseline. */
function runsOf(words: readonly PlacedWord[]): { words: PlacedWord[]; base: number; slack: number }[] {
  const runs = [...Map.groupBy(words, (word) => word.line).values()].map((run) => {
    const largest = run.reduce((best, word) => (word.size > best.size ? word : best));
    const slack = largest.confidence === undefined ? Math.max(1, 0.15 * largest.size) : 0.45 * largest.size;
    return { words: run, base: largest.base, slack };
  });
  return runs.sort((a, b) => a.base - b.base);
}

function segmentsOf(words: PlacedWord[]): Segment[] {
  const segments: Segment[] = [];
  for (const word of words) {
    const last = segments.at(-1);
    if (last && isOverprint(last, word)) continue;
    if (last && isNext(last, word)) extend(last, [word]);
    else segments.push(segmentOf([word]));
  }
  for (const segment of segments) if (isRightToLeft(segment)) segment.words.reverse();
  return joinMarkers(segments);
}

function isNext(last: Segment, word: PlacedWord): boolean {
  const before = last.words.at(-1)!;
  const sameRun = before.line === word.line;
  const gap = sameRun ? WIDE_GAP : word.confidence === undefined ? OTHER_RUN_GAP : OTHER_LINE_GAP;
  return word.at.x - last.right < gap * Math.min(last.size, word.size);
}

/** Bold print made by printing twice. */
function isOverprint(last: Segment, word: PlacedWord): boolean {
  return last.words.some(
    ({ text, at }) =>
      text === word.text && Math.abs(at.x - word.at.x) < 1.5 && Math.abs(at.y - word.at.y) < 1.5,
  );
}

/** A bullet or number that stands alone belongs to the text on its right. */
function joinMarkers(segments: Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const alone = last?.words.length === 1 && isMarker(last.words[0]!.text);
    if (last && alone && segment.left - last.right < MARKER_GAP) extend(last, segment.words);
    else joined.push(segment);
  }
  return joined;
}

export function segmentOf(words: PlacedWord[]): Segment {
  const first = words[0]!;
  const { x, y, width, height } = first.at;
  const segment = { words: [first], left: x, right: x + width, top: y, bottom: y + height, size: first.size };
  extend(segment, words.slice(1));
  return segment;
}

function extend(segment: Segment, words: PlacedWord[]): void {
  for (const word of words) {
    segment.words.push(word);
    segment.left = Math.min(segment.left, word.at.x);
    segment.right = Math.max(segment.right, word.at.x + word.at.width);
    segment.top = Math.min(segment.top, word.at.y);
    segment.bottom = Math.max(segment.bottom, word.at.y + word.at.height);
    segment.size = Math.max(segment.size, word.size);
  }
}

function isRightToLeft(segment: Segment): boolean {
  let right = 0;
  for (const { text } of segment.words) if (rtlLetters.test(text)) right++;
  return right * 2 > segment.words.length;
}

/** The words of a segment with one blank between. */
export function textOf(segment: Segment): string {
  return segment.words.map((word) => word.text).join(" ");
}
