import { dateOf, daysInMonth, monthNames, type PlainDate } from "#base";

/** A date written in a text. A month without a day is the range of its days; a year without more, the year. */
export type WrittenDate = { start: number; end: number; earliest: PlainDate; latest: PlainDate };

const months = monthNames.map((name) => name.slice(0, 3).toLowerCase());
const written =
  /\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})(?:\/(?=\d{1,2}\/)|-(?=\d{1,2}-))(\d{1,2})[/-](\d{4}|\d{2})\b(?![/-]\d)|\b(\d{1,2})\/(\d{4})\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d{2})\b|\b(\d{1,2})\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+((?:19|20)\d{2})\b/gi;

/** Every full date or month with year in a text, American order, in reading order. */
export function datesIn(text: string): WrittenDate[] {
  const found: WrittenDate[] = [];
  for (const match of text.matchAll(written)) {
    const range = rangeOf(match);
    if (range) found.push({ start: match.index, end: match.index + match[0].length, ...range });
  }
  return found;
}

function rangeOf(match: RegExpMatchArray): { earliest: PlainDate; latest: PlainDate } | null {
  const [
    ,
    y,
    m,
    d,
    month,
    day,
    year,
    onlyMonth,
    itsYear,
    name,
    nameDay,
    nameYear,
    dayFirst,
    after,
    afterYear,
  ] = match;
  if (y) return exact(Number(y), Number(m), Number(d));
  if (month) return exact(fullYear(year!), Number(month), Number(day));
  if (onlyMonth) return wholeMonth(Number(itsYear), Number(onlyMonth));
  if (name && nameDay) return exact(Number(nameYear), monthNumber(name), Number(nameDay));
  if (name) return wholeMonth(Number(nameYear), monthNumber(name));
  return exact(Number(afterYear), monthNumber(after!), Number(dayFirst));
}

const monthNumber = (name: string) => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const fullYear = (year: string) =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) > 40 ? 1900 : 2000);

function exact(year: number, month: number, day: number) {
  const date = dateOf(year, month, day);
  return date ? { earliest: date, latest: date } : null;
}

function wholeMonth(year: number, month: number) {
  const first = dateOf(year, month, 1);
  return first ? { earliest: first, latest: dateOf(year, month, daysInMonth(year, month))! } : null;
}
