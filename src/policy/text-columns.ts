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
  return new Set(
    [...tables].flatMap(([table, rows]) => {
      const tops = [...rows.values()];
      const apart = tops.filter(
        (row) => row.size > 1 && Math.max(...row.values()) - Math.min(...row.values()) > 0.7,
      );
      const alone = tops.filter((row) => row.size === 1);
      const two = Math.max(...tops.flatMap((row) => [...row.keys()])) === 1;
      return two && tops.length > 7 && apart.length > 3 && apart.length + alone.length > 0.7 * tops.length
        ? [table]
        : [];
    }),
  );
}
