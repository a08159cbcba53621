import type { Reading, Span } from "#base";
import { type FlowLine, flow, type SourceDocument } from "#source";

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
  const { text, spanOf, lines } = flow(source);
  const ocr = source.pages.some((page) => page.ocr);
  const rows = ocr ? rowsOf(text, lines).map((row) => withoutSpecks(text, row)) : rowsOf(text, lines);
  return { text, flat: plain(text), rows, ocr, span: spanOf };
}

/** Lines that go on are one cell; cells of one table row are one row, however the page breaks them. */
function rowsOf(text: string, lines: readonly FlowLine[]): Row[] {
  const rows: Row[] = [];
  let last: FlowLine | null = null;
  for (const line of lines) {
    const row = rows.at(-1);
    const gap = last ? text.slice(last.end, line.start) : "\n";
    const same =
      last?.line.cell &&
      line.line.cell &&
      last.line.cell.table === line.line.cell.table &&
      last.line.cell.row === line.line.cell.row;
    const before = last;
    last = line;
    if (line.end <= line.start) continue;
    const anew = before !== null && !same && opensRow(text.slice(line.start, line.end));
    if (!row || anew || (gap.includes("\n") && !same))
      rows.push({ start: line.start, end: line.end, cells: [{ start: line.start, end: line.end }] });
    else {
      row.end = line.end;
      const newCell =
        gap.includes("\t") || (gap.includes("\n") && before?.line.cell?.column !== line.line.cell?.column);
      if (newCell) row.cells.push({ start: line.start, end: line.end });
      else row.cells.at(-1)!.end = line.end;
    }
  }
  return rows.flatMap((row) => splitAtTabs(text, row));
}

/** A question of the form, or the name of a plan with its type, begins a row though the line before seems to go on. */
function opensRow(line: string): boolean {
  return (
    /^(?:Why|What|How|Who|When|Where)\b[^.?]{5,80}\?$/.test(line) ||
    /^[A-Z][^.:]{3,50} \((?:HMO|PPO|PDP|PFFS|HMO-POS|(?:HMO|PPO) [CD]-SNP)\)(?: [HRS]\d{4}(?:-\d{3})?)?$/.test(
      line,
    )
  );
}

/** On photographs the edge of the page reads as a few stray letters before the line. */
function withoutSpecks(text: string, row: Row): Row {
  const [first, second] = row.cells;
  if (!first || !second || second.end - second.start < 10) return row;
  if (!/^(?:[^A-Za-z0-9]*|[A-Za-z]{1,2}|[a-z]{1,5})$/.test(text.slice(first.start, first.end).trim()))
    return row;
  return { start: second.start, end: row.end, cells: row.cells.slice(1) };
}

/** Formats without cells write their tables with tab stops or runs of spaces. */
function splitAtTabs(text: string, row: Row): Row[] {
  const cells = row.cells.flatMap((cell) => {
    const parts: Row["cells"] = [];
    for (const part of text
      .slice(cell.start, cell.end)
      .matchAll(/[A-Za-z\d*](?=\t| {2,}|\s*$)|[^\t\s](?:[^\t]*?[^\t\s])?(?=\t| {2,}|\s*$)/g))
      parts.push({ start: cell.start + part.index, end: cell.start + part.index + part[0].length });
    return parts;
  });
  return cells.length > 0 ? [{ ...row, cells }] : [];
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
