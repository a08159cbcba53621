/** Tables drawn with lines: which cell a word stands in. */
import type { PlacedWord, Rule } from "./placed-word.ts";

export type RuledCell = { row: number; column: number; words: PlacedWord[] };
export type RuledTable = { top: number; bottom: number; left: number; right: number; cells: RuledCell[] };

/** Lines that end this near are taken to meet, points. */
const MEETS = 3;

/** Tables of at least two cells with words; `rest` are the words outside of them. */
export function tablesOf(words: PlacedWord[], rules: Rule[]): { tables: RuledTable[]; rest: PlacedWord[] } {
  let rest = words;
  const tables: RuledTable[] = [];
  if (rules.length < 4 || rules.length > 4000) return { tables, rest };
  for (const grid of gridsOf(rules)) {
    const inside = rest.filter((word) => holds(grid, word));
    const cells = cellsOf(inside, grid);
    if (cells.length < 2) continue;
    const taken = new Set(inside);
    rest = rest.filter((word) => !taken.has(word));
    tables.push({ top: grid.top, bottom: grid.bottom, left: grid.left, right: grid.right, cells });
  }
  return { tables, rest };
}

/** Rules that hang together. */
type Grid = { across: Rule[]; down: Rule[]; top: number; bottom: number; left: number; right: number };

function gridsOf(rules: Rule[]): Grid[] {
  const group = rules.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (group[at] !== at) at = group[at] = group[group[at]!]!;
    return at;
  };
  const order = rules.map((_, index) => index).sort((a, b) => rules[a]!.x1 - rules[b]!.x1);
  for (const [place, a] of order.entries()) {
    for (let next = place + 1; next < order.length; next++) {
      const b = order[next]!;
      if (rules[b]!.x1 > rules[a]!.x2 + MEETS) break;
      if (meets(rules[a]!, rules[b]!)) group[root(a)] = root(b);
    }
  }
  const grids = new Map<number, Rule[]>();
  for (const [index, rule] of rules.entries())
    grids.set(root(index), [...(grids.get(root(index)) ?? []), rule]);
  return [...grids.values()]
    .filter((group) => group.length >= 4)
    .map(gridOf)
    .filter((grid) => grid.down.length >= 2 && grid.across.length >= 2);
}

function meets(a: Rule, b: Rule): boolean {
  return a.x1 <= b.x2 + MEETS && b.x1 <= a.x2 + MEETS && a.y1 <= b.y2 + MEETS && b.y1 <= a.y2 + MEETS;
}

function gridOf(rules: Rule[]): Grid {
  const across = rules.filter((rule) => rule.x2 - rule.x1 > rule.y2 - rule.y1);
  const down = rules.filter((rule) => rule.x2 - rule.x1 <= rule.y2 - rule.y1);
  return {
    across,
    down,
    top: Math.min(...rules.map((rule) => rule.y1)),
    bottom: Math.max(...rules.map((rule) => rule.y2)),
    left: Math.min(...rules.map((rule) => rule.x1)),
    right: Math.max(...rules.map((rule) => rule.x2)),
  };
}

const centre = ({ at }: PlacedWord): [number, number] => [at.x + at.width / 2, at.y + at.height / 2];

function holds(grid: Grid, word: PlacedWord): boolean {
  const [x, y] = centre(word);
  return x > grid.left && x < grid.right && y > grid.top && y < grid.bottom;
}

/** A word's cell is named by the nearest line above it and left of it that passes by it. */
function cellsOf(words: PlacedWord[], grid: Grid): RuledCell[] {
  const ys = distinct(grid.across.map((rule) => rule.y1));
  const xs = distinct(grid.down.map((rule) => rule.x1));
  const cells = new Map<string, RuledCell>();
  for (const word of words) {
    const [x, y] = centre(word);
    const over = grid.across.filter((rule) => rule.y1 <= y && rule.x1 - MEETS <= x && x <= rule.x2 + MEETS);
    const beside = grid.down.filter((rule) => rule.x1 <= x && rule.y1 - MEETS <= y && y <= rule.y2 + MEETS);
    const row = indexIn(ys, Math.max(grid.top, ...over.map((rule) => rule.y1)));
    const column = indexIn(xs, Math.max(grid.left, ...beside.map((rule) => rule.x1)));
    const key = `${row}/${column}`;
    const cell = cells.get(key) ?? { row, column, words: [] };
    cell.words.push(word);
    cells.set(key, cell);
  }
  return numbered([...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column));
}

/** Rows and columns that hold no words (double lines, margins) are not counted. */
function numbered(cells: RuledCell[]): RuledCell[] {
  const rows = distinct(cells.map((cell) => cell.row));
  const columns = distinct(cells.map((cell) => cell.column));
  return cells.map((cell) => ({
    ...cell,
    row: rows.indexOf(cell.row),
    column: columns.indexOf(cell.column),
  }));
}

/** Sorted values; those nearer than lines are thick count once. */
function distinct(values: number[]): number[] {
  const sorted: number[] = [];
  for (const value of values.sort((a, b) => a - b))
    if (sorted.length === 0 || value - sorted.at(-1)! >= 1) sorted.push(value);
  return sorted;
}

function indexIn(sorted: number[], value: number): number {
  let index = 0;
  while (index + 1 < sorted.length && sorted[index + 1]! <= value + 0.01) index++;
  return index;
}
