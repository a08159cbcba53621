/** Addresses side by side, as letterheads have them: sender and receiver are read one after the other, not line by line. */
import { type Row, textOf } from "./segments.ts";

/** Lines of an address, and letters of its longest. */
const MOST_LINES = 8;
const LONGEST = 50;

/** "Dayton, OH 45402", "Yellow Springs OH 45387-1234". */
const cityLine = /^\p{Lu}[\p{L} .'’-]*,? [A-Z]{2}\.? +\d{5}(?:-\d{4})?$/u;

/** True when a column between two gaps is the address of one person or office. */
export function isAddress(column: readonly Row[]): boolean {
  if (column.length < 2 || column.length > MOST_LINES || column.some((row) => row.length > 1)) return false;
  const lines = column.map((row) => textOf(row[0]!));
  const cities = lines.filter((line) => cityLine.test(line));
  return cities.length === 1 && cities[0] !== lines[0] && lines.every((line) => line.length <= LONGEST);
}

/** True when a column is made of labels, whose values stand beside them. */
export function hasLabels(column: readonly Row[]): boolean {
  return column.some((row) => /[:#]$/.test(textOf(row.at(-1)!)));
}
