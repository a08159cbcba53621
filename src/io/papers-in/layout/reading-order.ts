/**
 * Reading order: rows are gathered into bands; a band is print across the page, columns read one after the
 * other, or rows whose pieces belong together (a table without rules, labels with values).
 */
import { hasLabels, isAddress } from "./address-blocks.ts";
import { type Row, type Segment, textOf } from "./segments.ts";

/** What is read in one go: `rows` top to bottom; pieces of a row are parted by tabs. */
export type Band = { kind: "plain" | "column" | "cells"; rows: Row[]; column?: number; columns?: Gap[] };
/** Free room between two columns. */
export type Gap = { from: number; to: number };

/** Least free room between columns, points. */
const LEAST_GAP = 4;
/** The same between rows that stand at different heights, points: a raised letter is nearer. */
const STAGGERED_GAP = 12;
/** A column of prose has lines of at least this many letters on average. */
const PROSE_LETTERS = 26;

/** Bands in reading order. */
export function bandsOf(rows: Row[]): Band[] {
  const bands: Band[] = [];
  let index = 0;
  while (index < rows.length) {
    const end = endOfGap(rows, index);
    const run = rows.slice(index, end);
    const gaps = gapsOf(run);
    if (gaps.length > 0 && run.length > 1) {
      run.unshift(...takeRightRows(bands, run, gaps));
      bands.push(...bandsOfRun(run, gapsOf(run)));
      index = end;
    } else {
      pushPlain(bands, rows[index]!);
      index++;
    }
  }
  return bands;
}

/** The first lines of a right-hand column may stand higher than any of the left: they were taken for plain rows. */
function takeRightRows(bands: Band[], run: Row[], gaps: Gap[]): Row[] {
  const last = bands.at(-1);
  if (last?.kind !== "plain") return [];
  let first = last.rows.length;
  for (let index = last.rows.length - 1; index >= 0; index--) {
    const row = last.rows[index]!;
    const below = last.rows[index + 1] ?? run[0]!;
    if (row.length > 1 || gapsOf([row, ...run]).length < gaps.length || farApart(row, below)) break;
    if (columnOf(row[0]!, gaps) > 0) first = index;
  }
  return last.rows.splice(first);
}

function pushPlain(bands: Band[], row: Row): void {
  const last = bands.at(-1);
  if (last?.kind === "plain") last.rows.push(row);
  else bands.push({ kind: "plain", rows: [row] });
}

/** The longest run of rows from `start` through which a vertical gap stays free, where row `start` shows the gap or leads to it. */
function endOfGap(rows: Row[], start: number): number {
  if (rows[start]!.length < 2 && !areStaggered(rows, start)) return start + 1;
  let end = start + 1;
  const run = [rows[start]!];
  while (end < rows.length) {
    run.push(rows[end]!);
    if (gapsOf(run).length === 0 || farApart(rows[end - 1]!, rows[end]!)) break;
    end++;
  }
  return trimEnd(rows, start, end);
}

/** Three rows in turn left and right; two alone may be a name and what is set beside it. */
const areStaggered = (rows: Row[], start: number) =>
  isStaggered(rows[start]!, rows[start + 1]) && isStaggered(rows[start + 1]!, rows[start + 2]);

/** Two rows side by side at heights that differ by less than a line: no column of print has its own lines so near. */
function isStaggered(above: Row, below: Row | undefined): boolean {
  const [one, other] = [above[0]!, below?.[0]];
  if (!other || below!.length > 1 || one.table || other.table) return false;
  const overlap = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const apart = Math.max(other.left - one.right, one.left - other.right);
  return overlap > 0.3 * Math.min(one.size, other.size) && apart >= STAGGERED_GAP;
}

/** Rows at the end of a run that lie on one side only belong to what follows, if they begin at the left. */
function trimEnd(rows: Row[], start: number, end: number): number {
  let last = end;
  const left = Math.min(...rows.slice(start, end).map((row) => row[0]!.left));
  while (last > start + 1) {
    const row = rows[last - 1]!;
    const before = rows[last - 2]!;
    const apart = topOf(row) - bottomOf(before) > 0.9 * row[0]!.size;
    if (row.length === 1 && row[0]!.left < left + 12 && apart) last--;
    else break;
  }
  return last;
}

const topOf = (row: Row) => Math.min(...row.map((segment) => segment.top));
const bottomOf = (row: Row) => Math.max(...row.map((segment) => segment.bottom));

function farApart(above: Row, below: Row): boolean {
  return topOf(below) - bottomOf(above) > 4 * Math.max(above[0]!.size, below[0]!.size);
}

/** Free vertical room between the leftmost and the rightmost print of the rows. */
export function gapsOf(rows: readonly Row[]): Gap[] {
  const sides = rows.flat().map(({ left, right }) => [left, right] as const);
  sides.sort((a, b) => a[0] - b[0]);
  const gaps: Gap[] = [];
  let reached = sides[0]?.[1] ?? 0;
  for (const [left, right] of sides) {
    if (left - reached >= LEAST_GAP) gaps.push({ from: reached, to: left });
    reached = Math.max(reached, right);
  }
  return gaps;
}

function bandsOfRun(run: Row[], gaps: Gap[]): Band[] {
  const columns = splitAt(run, gaps);
  if (areProse(columns)) return columns.map((rows, column) => ({ kind: "column", rows, column }));
  return chunksOf(run).flatMap(bandsOfChunk);
}

/** Pieces of a run between which there is far more air than between its other rows. */
function chunksOf(run: Row[]): Row[][] {
  const airs = run.slice(1).map((row, index) => topOf(row) - bottomOf(run[index]!));
  const usual = airs.toSorted((a, b) => a - b)[airs.length >> 1] ?? 0;
  const chunks: Row[][] = [[run[0]!]];
  for (const [index, air] of airs.entries()) {
    if (air > Math.max(usual, 0) * 1.5 + 4) chunks.push([]);
    chunks.at(-1)!.push(run[index + 1]!);
  }
  return chunks;
}

/** Columns whose print shares no rows stand side by side and are read one after the other; the rest are cells. */
function bandsOfChunk(chunk: Row[]): Band[] {
  const gaps = gapsOf(chunk);
  if (gaps.length === 0 || chunk.some((row) => row.some((segment) => segment.table)))
    return gaps.length === 0 ? [{ kind: "plain", rows: chunk }] : splitAt(chunk, gaps).map(asColumn);
  const columns = splitAt(chunk, gaps);
  const apart = gaps.filter((_, index) => {
    const [left, right] = [columns[index]!, columns[index + 1]!];
    return areAddresses(left, right) || !areLinked(chunk, gaps, index);
  });
  if (apart.length === 0) return [{ kind: "cells", rows: chunk, columns: gaps }];
  return splitAt(chunk, apart).flatMap((rows, column) =>
    bandsOfChunk(rows).map((band) => ({ ...band, column })),
  );
}

const areAddresses = (left: Row[], right: Row[]) =>
  (isAddress(left) || isAddress(right)) && left.length > 1 && right.length > 1 && !hasLabels(left);

const asColumn = (rows: Row[], column: number): Band => ({ kind: "column", rows, column });

/** True when the columns on both sides of a gap share enough rows to be one table. */
function areLinked(rows: Row[], gaps: Gap[], gap: number): boolean {
  let [left, right, both] = [0, 0, 0];
  for (const row of rows) {
    const columns = new Set(row.map((segment) => columnOf(segment, gaps)));
    const [before, after] = [columns.has(gap), columns.has(gap + 1)];
    if (before) left++;
    if (after) right++;
    if (before && after) both++;
  }
  return both >= 0.34 * Math.min(left, right);
}

/** Rows of each column between the gaps. */
function splitAt(run: Row[], gaps: Gap[]): Row[][] {
  const columns: Row[][] = Array.from({ length: gaps.length + 1 }, () => []);
  for (const row of run) {
    const parts = new Map<number, Segment[]>();
    for (const segment of row) {
      const column = columnOf(segment, gaps);
      parts.set(column, [...(parts.get(column) ?? []), segment]);
    }
    for (const [column, part] of parts) columns[column]!.push(part);
  }
  return columns;
}

/** Which column a segment stands in. */
export function columnOf(segment: Segment, gaps: readonly Gap[]): number {
  let column = 0;
  while (column < gaps.length && segment.left >= gaps[column]!.to - 0.5) column++;
  return column;
}

/** Columns are prose when each has several lines that fill it; cells and labels are short. */
function areProse(columns: Row[][]): boolean {
  return columns.length <= 4 && columns.every(isProse);
}

function isProse(rows: Row[]): boolean {
  if (rows.length < 4 || rows.filter((row) => row.length > 1).length > 0.2 * rows.length) return false;
  const left = Math.min(...rows.flat().map((segment) => segment.left));
  const right = Math.max(...rows.flat().map((segment) => segment.right));
  let letters = 0;
  let filled = 0;
  for (const row of rows) {
    letters += row.reduce((sum, segment) => sum + textOf(segment).length, 0);
    if (row.at(-1)!.right - left > 0.75 * (right - left)) filled++;
  }
  return letters / rows.length >= PROSE_LETTERS && filled / rows.length >= 0.4;
}
