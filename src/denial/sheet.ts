import type { Reading, Span } from "#base";
import { flow, type SourceDocument } from "#source";

/** One line of the flowing text: a paragraph, a heading, or a row of cells. */
export type Row = { start: number; end: number; cells: { start: number; end: number }[] };

/** A notice as one text, with rows and the way back to the pages. */
export type Sheet = {
  /** As printed. */
  text: string;
  /** Same length, with plain quotes and dashes: what phrases are matched against. */
  flat: string;
  rows: Row[];
  ocr: boolean;
  span: (start: number, end: number) => Span[];
};

export function sheetOf(source: SourceDocument): Sheet {
  const { text, spanOf } = flow(source);
  const rows: Row[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const cells: Row["cells"] = [];
    let at = start;
    for (const cell of line.split("\t")) {
      if (cell.trim() !== "") cells.push({ start: at, end: at + cell.length });
      at += cell.length + 1;
    }
    if (cells.length > 0) rows.push({ start, end: start + line.length, cells });
    start += line.length + 1;
  }
  return { text, flat: plain(text), rows, ocr: source.pages.some((page) => page.ocr), span: spanOf };
}

/** Quotes, dashes and odd spaces made plain without changing the length. */
function plain(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00a0\u2007\u202f]/g, " ");
}

/** A reading by rule of the words at `[start, end)`; `value` may differ from the words (dates, numbers). */
export function readingAt<T>(sheet: Sheet, value: T, start: number, end: number): Reading<T> {
  return { value, from: sheet.span(start, end), by: "rule" };
}

/** The words at `[start, end)` on one line, trimmed of space and of punctuation that does not belong to them. */
export function wordsAt(sheet: Sheet, start: number, end: number): Reading<string> | null {
  let from = start;
  let to = end;
  while (
    from < to &&
    /[\s:;,.|–—*•·_=~'"“”()-]/.test(sheet.text[from]!) &&
    !/^\((?=.*\))/.test(sheet.text.slice(from, to))
  )
    from++;
  while (to > from && /[\s:;,|–—*•·_=~-]/.test(sheet.text[to - 1]!)) to--;
  if (
    sheet.text[to - 1] === "." &&
    !/(?:\b[A-Z]|Inc|Co|Corp|Jr|Sr|Ltd|P\.A|M\.D|D\.O|St|LLC|N\.P)\.$/.test(sheet.text.slice(from, to))
  )
    to--;
  if (to <= from) return null;
  return readingAt(sheet, sheet.text.slice(from, to).replace(/\s+/g, " "), from, to);
}
