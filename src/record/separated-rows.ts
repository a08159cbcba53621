import type { Flow, FlowLine } from "#source";
import type { Cell, TableRow } from "./passages.ts";
import { headsTable } from "./tables.ts";

const marks = [",", "\t", "|", ";"] as const;
const quotedOrPlain: Record<(typeof marks)[number], RegExp> = {
  ",": /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y,
  "\t": /\s*(?:"((?:[^"]|"")*)"|([^\t]*))\s*(?:\t|$)/y,
  "|": /\s*(?:"((?:[^"]|"")*)"|([^|]*))\s*(?:\||$)/y,
  ";": /\s*(?:"((?:[^"]|"")*)"|([^;]*))\s*(?:;|$)/y,
};

/**
 * A table whose cells are parted by commas, tabs, bars or semicolons, as pharmacies and laboratories export it: a line of
 * headings and at least one line of as many cells below it. The lines after it begin at `next`. `null`: none begins here.
 */
export function separatedTable(
  lines: readonly FlowLine[],
  at: number,
  flow: Flow,
): { rows: TableRow[]; next: number } | null {
  for (const mark of marks) {
    const head = cellsOf(lines[at]!, mark, flow);
    if (head.length < 3 || !headsTable(head.map((cell) => textOf(cell, flow)))) continue;
    const body: TableRow[] = [];
    let next = at + 1;
    for (; next < lines.length; next++) {
      const line = lines[next]!;
      const cells = cellsOf(line, mark, flow);
      const rule = /^[\s|:+-]+$/.test(flow.text.slice(line.start, line.end));
      if (line.page !== lines[at]!.page || (!rule && cells.length !== head.length)) break;
      if (!rule) body.push({ cells, first: line.start });
    }
    if (body.length > 0) return { rows: [{ cells: head, first: lines[at]!.start }, ...body], next };
  }
  return null;
}

const textOf = (cell: Cell | null, flow: Flow): string =>
  cell ? flow.text.slice(cell.start, cell.end).trim() : "";

/** The cells of a line; a bar at either end parts nothing. */
function cellsOf({ line, start, end }: FlowLine, mark: (typeof marks)[number], flow: Flow): (Cell | null)[] {
  const text = flow.text.slice(start, end);
  if (line.cell || !text.includes(mark) || text.includes("\n")) return [];
  const from = mark === "|" ? (/^\s*\|/.exec(text)?.[0].length ?? 0) : 0;
  const to = mark === "|" ? text.replace(/\|\s*$/, "").length : text.length;
  const inner = text.slice(0, to);
  const cells: (Cell | null)[] = [];
  const pattern = quotedOrPlain[mark];
  pattern.lastIndex = from;
  while (pattern.lastIndex <= inner.length) {
    const opens = pattern.lastIndex;
    const found = pattern.exec(inner);
    if (!found) break;
    const words = (found[1] ?? found[2] ?? "").trim();
    const place = start + opens + found[0].indexOf(words);
    cells.push(words === "" ? null : { start: place, end: place + words.length });
    if (!found[0].endsWith(mark)) break;
  }
  return cells;
}
