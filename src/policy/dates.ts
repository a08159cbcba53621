import { dateOf, monthNames, type PlainDate } from "#base";

const month = monthNames.map((name) => `${name}|${name.slice(0, 3)}\\.?`).join("|");

/** Any way in which policies print a calendar date. Two-digit years are of this century. */
export const datePattern = `(?:(?:${month}|Sept\\.?)\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\s?[/.-]\\s?\\d{1,2}\\s?[/.-]\\s?(?:\\d{4}|\\d{2})(?!\\d)|\\d{1,2}\\s+(?:${month})\\s+\\d{4})`;

/** The date in such words, or `null` when there is no such day. American order: month first. */
export function readDate(text: string): PlainDate | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})$/.exec(text);
  if (numbers) {
    const year = Number(numbers[3]);
    return dateOf(year < 100 ? 2000 + year : year, Number(numbers[1]), Number(numbers[2]));
  }
  const words =
    /^([A-Z][a-z]+)\.?\s+(\d{1,2})\D{0,4}(\d{4})$/.exec(text) ??
    swap(/^(\d{1,2})\s+([A-Z][a-z]+)\.?\s+(\d{4})$/.exec(text));
  if (!words) return null;
  const index = monthNames.findIndex((name) => name.startsWith(words[1]!.slice(0, 3)));
  return index < 0 ? null : dateOf(Number(words[3]), index + 1, Number(words[2]));
}

const swap = (found: RegExpExecArray | null): string[] | null =>
  found ? [found[0], found[2]!, found[1]!, found[3]!] : null;
