/** From words with places to lines in reading order. */
import type { Page } from "#source";
import { PageText } from "./page-text.ts";
import type { PlacedWord } from "./placed-word.ts";

/** A run of words on one baseline without a wide gap. */
export type Segment = {
  words: PlacedWord[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
};

/** The page's text in reading order. */
export function layOut(
  words: PlacedWord[],
  rest: Omit<Page, "page" | "text" | "lines" | "words"> & { page: number },
): Page {
  const { page, ...others } = rest;
  const text = new PageText();
  for (const row of rowsOf(words)) {
    for (const [index, segment] of row.entries()) {
      text.placedLine(segment.words, marksOf(segment), index > 0 ? "\t" : "\n");
    }
  }
  return text.page(page, others);
}

function marksOf(segment: Segment): { indent: number; size: number; top: number; bold?: true } {
  const round = (value: number) => Math.round(value * 10) / 10;
  const marks = { indent: round(segment.left), size: round(segment.size), top: round(segment.top) };
  return segment.words.every((word) => word.bold) ? { ...marks, bold: true as const } : marks;
}

/** Rows from top to bottom, each with its segments from left to right. */
export function rowsOf(words: PlacedWord[]): Segment[][] {
  const rows: { words: PlacedWord[]; middle: number; height: number }[] = [];
  const sorted = words.filter((word) => word.box.height > 0).sort((a, b) => middle(a) - middle(b));
  for (const word of sorted) {
    const row = rows.at(-1);
    const near = row && middle(word) - row.middle < 0.4 * Math.min(row.height, word.box.height);
    if (row && near) {
      row.words.push(word);
      row.middle += (middle(word) - row.middle) / row.words.length;
      row.height = Math.max(row.height, word.box.height);
    } else rows.push({ words: [word], middle: middle(word), height: word.box.height });
  }
  return rows.map((row) => segmentsOf(row.words.sort((a, b) => a.box.x - b.box.x)));
}

const middle = (word: PlacedWord) => word.box.y + word.box.height / 2;

function segmentsOf(words: PlacedWord[]): Segment[] {
  const segments: Segment[] = [];
  for (const word of words) {
    const last = segments.at(-1);
    if (last && word.box.x - last.right < 1.1 * Math.max(last.size, word.size)) {
      last.words.push(word);
      last.right = Math.max(last.right, word.box.x + word.box.width);
      last.top = Math.min(last.top, word.box.y);
      last.bottom = Math.max(last.bottom, word.box.y + word.box.height);
    } else {
      segments.push({
        words: [word],
        left: word.box.x,
        right: word.box.x + word.box.width,
        top: word.box.y,
        bottom: word.box.y + word.box.height,
        size: word.size,
      });
    }
  }
  return segments;
}
