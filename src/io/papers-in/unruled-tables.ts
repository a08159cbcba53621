/** Rows whose pieces stand in columns: a table without lines, labels with values, or blocks side by side. */
import type { Row, Segment } from "./segments.ts";

export type GridCell = { column: number; rows: Row[] };
export type RowGrid = { kind: "rows"; rows: GridCell[][] } | { kind: "beside"; columns: Row[][] };

/** Rows of print gathered into rows of the table, or into blocks that stand side by side. */
export function gridOfRows(rows: Row[], columnOf: (segment: Segment) => number): RowGrid {
  const placed = rows.map((row) => Map.groupBy(row, columnOf));
  const shared = placed.filter((row) => row.size > 1).length;
  if (shared < 0.3 * rows.length || rows.some((row) => row.some((segment) => segment.table)))
    return { kind: "beside", columns: besides(placed) };
  const gathered: GridCell[][] = [];
  const limit = rowGap(rows);
  for (const [index, row] of placed.entries()) {
    const last = gathered.at(-1);
    const gap = index === 0 ? Number.POSITIVE_INFINITY : gapAbove(rows, index);
    if (last && isContinuation(row, gap, limit)) continueRow(last, row);
    else gathered.push(cellsOf(row));
  }
  return { kind: "rows", rows: gathered };
}

function besides(placed: Map<number, Segment[]>[]): Row[][] {
  const columns = new Map<number, Row[]>();
  for (const row of placed)
    for (const [column, part] of row) columns.set(column, [...(columns.get(column) ?? []), part]);
  return [...columns].sort((a, b) => a[0] - b[0]).map(([, rows]) => rows);
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
