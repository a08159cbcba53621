import type { Sheet } from "./sheet.ts";

export type Range = { start: number; end: number };

/** One piece of a number; a hyphen at the line's end goes on. */
const piece = /[A-Z0-9](?:[A-Z0-9/.]|-(?:\n|\s(?=[A-Z0-9]*\d))?)*/iy;
/** The rest of a number that is printed in groups: "0412 55 8812", "XZN 812 554 007", "U55 4471 902-01". */
const group = / (?=[A-Z0-9]{0,5}\d)[A-Z0-9]{1,6}(?:-[A-Z0-9]{1,3})?(?!\w|\/|\.\w|-\w)/y;
const longGroup = / \d{6,12}(?:-\d{2})?(?![\w/.-])/y;
const suffixGroup = / \d{2}(?=\s*$|\s{2}|[,;)\t\n])/y;

/** The number at the beginning of a value: it holds a digit, and is not a date, a phone or a price. */
export function numberAt(sheet: Sheet, start: number, end: number): Range | null {
  const words = sheet.flat.slice(start, end);
  const from = /^[\s:#(|.]*(?:Member\s*)?#?\s*/i.exec(words)![0].length;
  piece.lastIndex = from;
  const first = piece.exec(words)?.[0];
  if (!first) return null;
  let to = from + first.length;
  const letters = /^[A-Z]{1,4}$/.test(first);
  if (!letters && !/\d/.test(first)) return null;
  if (!/[/.]/.test(first)) to = groupsFrom(words, to, first);
  if (letters && to === from + first.length) return null;
  const trimmed = words.slice(from, to).replace(/[.,/\s-]+$/, "");
  if (
    /^\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d{2}|\d{2})$/.test(trimmed) ||
    trimmed.replace(/\W/g, "").length < 3
  )
    return null;
  return { start: start + from, end: start + from + trimmed.length };
}

function stickyAt(pattern: RegExp, words: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(words)?.[0] ?? "";
}

/** Where the groups of a number end; long pieces take no more than a suffix of two figures. */
function groupsFrom(words: string, from: number, first: string): number {
  let to = from;
  let last = first;
  for (let count = 0; count < 5; count++) {
    const patterns =
      count === 0 && /^[A-Z]+$/.test(first)
        ? [longGroup, group]
        : (count === 0 && /^[A-Z]{2,4}\d{2,5}$/.test(first)) || last.replace(/\W/g, "").length <= 6
          ? [group]
          : [suffixGroup];
    const next = patterns.map((pattern) => stickyAt(pattern, words, to)).find(Boolean) ?? "";
    if (next === "" || /^ (?:[A-Z]\d{4}|\d{1,2}-\d{1,2})$/.test(next)) return to;
    to += next.length;
    last = next;
  }
  return to;
}
