import type { Flow, FlowLine } from "#source";
import type { Cell, TableRow } from "./passages.ts";
import { headsTable } from "./tables.ts";

/** A cell of a line of plain text, with the columns of letters it fills. */
type Piece = Cell & { from: number; to: number };

/**
 * A table that plain text sets with blanks: a line of headings or of days, and at least two lines below it in the same
 * columns. The lines after it begin at `next`. `null`: no such table begins here.
 */
export function alignedTable(
  lines: readonly FlowLine[],
  at: number,
  flow: Flow,
): { rows: TableRow[]; next: number } | null {
  const head = piecesOf(lines[at]!);
  if (head.length < 2 || !headsTable(head.map(({ start, end }) => flow.text.slice(start, end)))) return null;
  const body: { line: FlowLine; pieces: Piece[] }[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const line = lines[next]!;
    const pieces = piecesOf(line);
    if (line.page !== lines[at]!.page || line.line.cell || pieces.length < 2) break;
    // Sentences that happen to have two blanks are no row.
    if (pieces.length > head.length + 1 || pieces.some(({ from, to }) => to - from > widestCell)) break;
    body.push({ line, pieces });
  }
  if (body.length < 2) return null;
  const named = body.every(({ pieces }) => pieces[0]!.to < head[0]!.from);
  const columns = named ? [null, ...head] : head;
  const rows = [
    {
      cells: columns.map((piece) => piece && { start: piece.start, end: piece.end }),
      first: lines[at]!.start,
    },
    ...body.map(({ line, pieces }) => ({ cells: inColumns(pieces, columns), first: line.start })),
  ];
  return { rows, next };
}

/** Letters of the widest cell. */
const widestCell = 60;

/** Words that are parted by one blank only are one cell. */
function piecesOf({ page, line, start }: FlowLine): Piece[] {
  if (line.cell || line.continues || line.kind === "item") return [];
  const text = page.text.slice(line.start, line.end);
  if (text.includes("\n")) return [];
  const indent = line.start - (page.text.lastIndexOf("\n", line.start - 1) + 1);
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((found) => ({
    start: start + found.index,
    end: start + found.index + found[0].length,
    from: indent + found.index,
    to: indent + found.index + found[0].length,
  }));
}

/** Each cell under the heading it overlaps, else under the nearest one. */
function inColumns(pieces: readonly Piece[], columns: readonly (Piece | null)[]): (Cell | null)[] {
  const cells: (Cell | null)[] = columns.map(() => null);
  for (const [index, piece] of pieces.entries()) {
    const distances = columns.map((column, at) => {
      if (column === null) return index === 0 ? 0 : Number.POSITIVE_INFINITY;
      if (at > 0 && index === 0 && columns[0] === null) return Number.POSITIVE_INFINITY;
      return Math.max(0, column.from - piece.to, piece.from - column.to);
    });
    const at = distances.indexOf(Math.min(...distances));
    const { start, end } = piece;
    const held = cells[at];
    cells[at] = held ? { start: held.start, end } : { start, end };
  }
  return cells;
}
