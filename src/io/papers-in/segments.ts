/** Words to segments (runs without a wide gap) and segments to rows of print. */
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
const WIDE_GAP = 1.1;
/** How far a list marker may stand from its text, points. */
const MARKER_GAP = 48;

const marker =
  /^(?:[•●○◦▪■□▫◆❑❒➢✓✔☐☑☒–—*·§o\-\u2022\uf0a7\uf0b7\uf0d8\uf02d]|\(?(?:[A-Za-z]{1,2}|\d{1,3}|[ivxIVX]{1,5})[.):]|\d{1,2}(?:\.\d{1,3}){1,4}\.?)$/;
const markerStart =
  /^(?:[•●○◦▪■□▫◆❑❒➢✓✔☐☑☒·§\u2022\uf0a7\uf0b7\uf0d8\uf02d]|[–—*o-](?=\s)|\(?(?:[A-Za-z]|\d{1,3}|[ivx]{1,5}|[IVX]{1,5})[.)](?=\s)|\d{1,2}(?:\.\d{1,3}){1,4}\.?(?=\s))/;

/** True when a line begins with a bullet or a list number. */
export function startsWithMarker(text: string): boolean {
  return markerStart.test(text);
}

const rtlLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Rows from top to bottom, each with its segments from left to right. */
export function rowsOf(words: readonly PlacedWord[]): Row[] {
  const rows: { words: PlacedWord[]; middle: number; height: number }[] = [];
  const sorted = words.filter((word) => word.at.height > 0).sort((a, b) => middle(a) - middle(b));
  for (const word of sorted) {
    const row = rows.at(-1);
    if (row && middle(word) - row.middle < 0.4 * Math.min(row.height, word.at.height)) {
      row.words.push(word);
      row.middle += (middle(word) - row.middle) / row.words.length;
      row.height = Math.max(row.height, word.at.height);
    } else rows.push({ words: [word], middle: middle(word), height: word.at.height });
  }
  return rows.map((row) => segmentsOf(row.words.sort((a, b) => a.at.x - b.at.x)));
}

const middle = (word: PlacedWord) => word.at.y + word.at.height / 2;

function segmentsOf(words: PlacedWord[]): Segment[] {
  const segments: Segment[] = [];
  for (const word of words) {
    const last = segments.at(-1);
    if (last && isNext(last, word)) {
      if (isOverprint(last, word)) continue;
      extend(last, [word]);
    } else segments.push(segmentOf([word]));
  }
  for (const segment of segments) if (isRightToLeft(segment)) segment.words.reverse();
  return joinMarkers(segments);
}

function isNext(last: Segment, word: PlacedWord): boolean {
  const before = last.words.at(-1)!;
  if (before.line !== undefined && before.line !== word.line) return false;
  return word.at.x - last.right < WIDE_GAP * Math.min(last.size, word.size);
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
    const alone = last?.words.length === 1 && marker.test(last.words[0]!.text);
    if (last && alone && segment.left - last.right < MARKER_GAP) extend(last, segment.words);
    else joined.push(segment);
  }
  return joined;
}

function segmentOf(words: PlacedWord[]): Segment {
  const first = words[0]!;
  const { x, y, width, height } = first.at;
  return { words: [...words], left: x, right: x + width, top: y, bottom: y + height, size: first.size };
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
