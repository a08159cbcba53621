import type { Line, Page } from "#source";

/**
 * Lines of a page whose two columns of running text were taken for a table, put back one column after the other. In a
 * table the cells of one row stand at one height; lines of two columns meet only by chance.
 */
export function withTextColumns(page: Page): Line[] {
  const columned = columnsReadAsTables(page);
  if (columned.size === 0) return page.lines;
  const lines = page.lines.map((line): Line => {
    if (!line.cell || !columned.has(line.cell.table)) return line;
    const { cell, kind: _kind, ...plain } = line;
    return { ...plain, column: cell.column + 1 };
  });
  const held = (at: number): number | undefined => {
    const table = page.lines[at]?.cell?.table;
    return table !== undefined && columned.has(table) ? table : undefined;
  };
  const order = lines.map((_, at) => at);
  return order
    .flatMap((at): number[] => {
      const table = held(at);
      if (table === undefined) return [at];
      if (held(at - 1) === table) return [];
      const own = order.filter((one) => held(one) === table);
      return own.sort((a, b) => (lines[a]!.column ?? 0) - (lines[b]!.column ?? 0) || a - b);
    })
    .map((at) => lines[at]!);
}

/** Tables of two columns and many rows, most of which have one cell or two that do not stand at one height. */
function columnsReadAsTables(page: Page): Set<number> {
  const tables = new Map<number, Map<number, Map<number, number>>>();
  for (const { cell, top } of page.lines) {
    if (!cell || top === undefined) continue;
    const rows = tables.get(cell.table) ?? new Map<number, Map<number, number>>();
    tables.set(cell.table, rows);
    const row = rows.get(cell.row) ?? new Map<number, number>();
    rows.set(cell.row, row);
    row.set(cell.column, Math.min(row.get(cell.column) ?? top, top));
  }
  return new Set([...tables].flatMap(([table, rows]) => (isRunningText([...rows.values()]) ? [table] : [])));
}

/** Tops of the cells of each row, by column. Cells set in two fonts stand apart too, but all by the same measure. */
function isRunningText(rows: readonly Map<number, number>[]): boolean {
  if (rows.length < 8 || Math.max(...rows.flatMap((row) => [...row.keys()])) !== 1) return false;
  const steps = rows.flatMap((row) => (row.size > 1 ? [row.get(1)! - row.get(0)!] : []));
  const apart = steps.filter((step) => Math.abs(step) > 0.7).length;
  const alone = rows.length - steps.length;
  const uneven = Math.max(...steps) - Math.min(...steps) > 1.5;
  return uneven && apart > 3 && apart + alone > 0.7 * rows.length;
}
