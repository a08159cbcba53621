import type { Line, Page, SourceDocument, Word } from "#source";
import { withTextColumns } from "./text-columns.ts";

/** One printed line of the flow (or one paragraph, where the format has no lines), with what the layout says. */
export type Row = {
  page: Page;
  start: number;
  end: number;
  text: string;
  left: number;
  /** Right edge in the same measure as `left`; null where paragraphs are not broken into lines. */
  right: number | null;
  /** Right edge of the text column. */
  margin: number;
  /** Usual distance of the lines of one paragraph at this size, in points; 0 where lines have no place. */
  pitch: number;
  column: number;
  line: Line;
};

/** Width of a character of plain text in the measure of `Line.indent`: half of the usual size. */
const CHARACTER = 5;

/** The document's lines in reading order without headers, footers and page numbers. */
export function rowsOf(document: SourceDocument): Row[] {
  const repeated = repeatedLines(document);
  const lists = listsReadAsTables(document);
  const flowing = !hasLines(document);
  const rows = document.pages.flatMap((page) => {
    const rights = rightEdges(page);
    return joinedLines(page, document, lists).flatMap((line): Row[] => {
      const text = page.text.slice(line.start, line.end).trim();
      if (!text || line.kind === "furniture" || repeated.has(lineKey(page, line)) || pageNumber(text))
        return [];
      const right = flowing ? null : (rights.get(line.end) ?? plainRight(page, line));
      return [
        {
          page,
          ...line,
          text,
          left: line.indent,
          right,
          margin: 0,
          pitch: 0,
          column: line.column ?? 0,
          line,
        },
      ];
    });
  });
  return withPitch(withMargins(rows));
}

/** Formats whose "lines" are whole paragraphs have nothing to join. */
function hasLines(document: SourceDocument): boolean {
  return !/html|wordprocessing|rtf|markdown|json/.test(document.mediaType);
}

/** Stretches of one printed line that the reader parted at a wide gap (a label and its words) are one line again. */
function joinedLines(page: Page, document: SourceDocument, lists: Set<number>): Line[] {
  const lines: Line[] = [];
  for (const printed of withTextColumns(page)) {
    const line = printed.cell && lists.has(printed.cell.table) ? withoutCell(printed) : printed;
    const last = lines.at(-1);
    const between = last ? page.text.slice(last.end, line.start) : "\n";
    if (
      last &&
      (sameCell(last, line) || besides(last, line)) &&
      bareSign(page.text.slice(last.start, last.end))
    )
      lines[lines.length - 1] = { ...last, end: line.end };
    else if (
      last &&
      !between.includes("\n") &&
      !last.cell &&
      !line.cell &&
      !last.kind &&
      sameColumn(last, line) &&
      hasLines(document)
    )
      lines[lines.length - 1] = {
        ...last,
        end: line.end,
        bold: (last.bold ?? false) && (line.bold ?? false),
      };
    else lines.push(line);
  }
  return lines;
}

const sameColumn = (a: Line, b: Line): boolean => (a.column ?? 0) === (b.column ?? 0);

/** Two lines of one printed row. */
const besides = (a: Line, b: Line): boolean =>
  !a.cell &&
  !b.cell &&
  sameColumn(a, b) &&
  a.top !== undefined &&
  b.top !== undefined &&
  Math.abs(a.top - b.top) < 5 &&
  b.indent > a.indent;

export function sameCell(a: Line, b: Line): boolean {
  const x = a.cell;
  const y = b.cell;
  return (
    x !== undefined && y !== undefined && x.table === y.table && x.row === y.row && x.column === y.column
  );
}

/** A list sign that stands alone; its words come as the next line of the same printed row. */
const bareSign = (text: string): boolean =>
  /^(?:[•▪■◦●·o–—*-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])$/.test(text.trim());

function withoutCell({ cell: _cell, kind: _kind, ...line }: Line): Line {
  return line;
}

/** Tables whose first column holds nothing but list signs are lists that the layout set in two columns. */
function listsReadAsTables(document: SourceDocument): Set<number> {
  const signs = new Map<number, { all: number; signs: number }>();
  for (const page of document.pages) {
    for (const { cell, start, end } of page.lines) {
      if (cell?.column !== 0) continue;
      const count = signs.get(cell.table) ?? { all: 0, signs: 0 };
      count.all++;
      if (bareSign(page.text.slice(start, end))) count.signs++;
      signs.set(cell.table, count);
    }
  }
  return new Set([...signs].flatMap(([table, count]) => (count.signs > 0.7 * count.all ? [table] : [])));
}

/** Right edge of each line by the offset of its last word. */
function rightEdges(page: Page): Map<number, number> {
  return new Map((page.words ?? []).map((word: Word) => [word.end, word.box.x + word.box.width]));
}

/** In plain text a line's right edge is counted in characters from the line's beginning. */
function plainRight(page: Page, line: Line): number {
  const begin = page.text.lastIndexOf("\n", Math.max(0, line.start - 1)) + 1;
  return (line.end - begin) * CHARACTER;
}

/**
 * Where full lines end: for each column the fourth widest line, so that a few outliers do not count; in a table, the
 * widest line of the cells of one column.
 */
function withMargins(rows: Row[]): Row[] {
  const columned = new Set(rows.filter(({ column }) => column > 0).map(({ page }) => page));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.right === null) continue;
    const { cell } = row.line;
    const key = cell ? `${cell.table}:${cell.column}` : `${columned.has(row.page)}/${row.column}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  for (const group of groups.values()) {
    const edges = group.map(({ right }) => right ?? 0).sort((a, b) => b - a);
    const margin = edges[group[0]?.line.cell ? 0 : Math.min(3, Math.floor(edges.length / 8))] ?? 0;
    const mirrored = group[0]?.line.cell || columned.has(group[0]!.page) ? 0 : widestWithin(group, edges);
    for (const row of group) row.margin = Math.max(margin, mirrored);
  }
  return rows;
}

/**
 * The widest line that ends where the page's left margin, mirrored, says that lines may end; 0 where none comes near.
 * Pages of short list items hold too few full lines to tell by their number.
 */
function widestWithin(group: readonly Row[], edges: readonly number[]): number {
  const { width } = group[0]!.page;
  if (!width) return 0;
  const mirror = width - Math.min(...group.map(({ left }) => left));
  const widest = edges.find((edge) => edge < mirror + 3) ?? 0;
  return widest > 0.9 * mirror ? widest : 0;
}

/** The distance that a fifth of the neighbouring lines of one size keep or stay below: that of lines of one paragraph. */
function withPitch(rows: Row[]): Row[] {
  const gaps = new Map<number, number[]>();
  const sizeOf = ({ line }: Row) => Math.round((line.size ?? 0) * 2);
  for (const [index, row] of rows.entries()) {
    const last = rows[index - 1];
    if (last?.page !== row.page || last.line.top === undefined || row.line.top === undefined) continue;
    const gap = row.line.top - last.line.top;
    const size = row.line.size ?? 0;
    if (sizeOf(last) === sizeOf(row) && gap > 0.8 * size && gap < 2 * size)
      gaps.set(sizeOf(row), [...(gaps.get(sizeOf(row)) ?? []), gap]);
  }
  for (const row of rows) {
    const own = (gaps.get(sizeOf(row)) ?? []).sort((a, b) => a - b);
    row.pitch = own[Math.floor(own.length / 5)] ?? 0;
  }
  return rows;
}

function pageNumber(text: string): boolean {
  if (text.length < 90 && /\spage\s+\d{1,3}(?:\s*(?:of|\/)\s*\d{1,3})?$/i.test(text)) return true;
  return /^(?:page\s*)?\d{1,3}(?:\s*(?:of|\/|\|)\s*\d{1,3})?$/i.test(text) || /^-\s*\d{1,3}\s*-$/.test(text);
}

/** Keys of lines that stand at the same height of several pages with the same words but for the digits. */
function repeatedLines(document: SourceDocument): Set<string> {
  const seen = new Map<string, Set<number>>();
  for (const page of document.pages) {
    for (const line of joinedLines(page, document, new Set())) {
      if (!atEdge(page, line)) continue;
      const key = lineKey(page, line);
      seen.set(key, (seen.get(key) ?? new Set()).add(page.page));
    }
  }
  return new Set([...seen].flatMap(([key, pages]) => (pages.size > 1 ? [key] : [])));
}

/** Headers and footers stand in the outer tenths of a page. */
function atEdge(page: Page, line: Line): boolean {
  if (line.top === undefined || !page.height) {
    const index = page.lines.indexOf(line);
    return firstOrLast(index, page.lines.length);
  }
  return line.top < 0.12 * page.height || line.top > 0.88 * page.height;
}

function firstOrLast(index: number, count: number): boolean {
  return index < 3 || index >= count - 3;
}

function lineKey(page: Page, line: Line): string {
  const words = page.text.slice(line.start, line.end).trim().replace(/\d+/g, "#");
  const where = line.top === undefined || !page.height ? "" : Math.round(line.top / 12);
  return words.length < 3 ? `${page.page} ${line.start}` : `${where} ${words}`;
}
