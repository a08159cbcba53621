/** Rows whose pieces stand in columns: a table without lines, labels with values, or blocks side by side. */
import type { Row, Segment } from "./segments.ts";

export type GridCell = { column: number; rows: Row[] };

/** Rows of print gathered into rows of the table. */
export function gridOfRows(rows: Row[], columnOf: (segment: Segment) => number): GridCell[][] {
  const gathered: GridCell[][] = [];
  const limit = rowGap(rows);
  for (const [index, row] of rows.entries()) {
    const last = gathered.at(-1);
    const parts = Map.groupBy(row, columnOf);
    const gap = index === 0 ? Number.POSITIVE_INFINITY : gapAbove(rows, index);
    if (last && (isBeside(last, row) || isContinuation(parts, gap, limit))) continueRow(last, parts);
    else gathered.push(cellsOf(parts));
  }
  return gathered;
}

/** A cell centred against a taller one stands beside two of its lines. */
function isBeside(last: GridCell[], row: Row): boolean {
  const bottom = Math.max(...last.flatMap((cell) => cell.rows.at(-1)!.map((segment) => segment.bottom)));
  return row.some(({ top, bottom: below }) => bottom - top > 0.35 * (below - top));
}

function cellsOf(row: Map<number, Segment[]>): GridCell[] {
  return [...row].sort((a, b) => a[0] - b[0]).map(([column, part]) => ({ column, rows: [part] }));
}

function continueRow(last: GridCell[], row: Map<number, Segment[]>): void {
  for (const [column, part] of row) {
    const cell = last.find((entry) => entry.column === column);
    if (cell) cell.rows.push(part);
    else {
      last.push({ column, rows: [part] });
      last.sort((a, b) => a.column - b.column);
    }
  }
}

function gapAbove(rows: Row[], index: number): number {
  const top = Math.min(...rows[index]!.map((segment) => segment.top));
  const bottom = Math.max(...rows[index - 1]!.map((segment) => segment.bottom));
  return top - bottom;
}

/**
 * The gap above a row of print that begins a new row of the table, where the gaps are of two kinds; `null`
 * where they are all alike and only the columns can tell.
 */
function rowGap(rows: Row[]): number | null {
  const gaps = rows.slice(1).map((_, index) => gapAbove(rows, index + 1));
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return most - least > 0.3 * rows[0]![0]!.size ? (least + most) / 2 : null;
}

/** The label column being empty means that the row above goes on, unless there is air between. */
function isContinuation(row: Map<number, Segment[]>, gap: number, limit: number | null): boolean {
  if (limit !== null && gap > limit) return false;
  return !row.has(0) || (limit !== null && row.size === 1);
}
