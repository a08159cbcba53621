import { daysBetween, type PlainDate, type Span } from "#base";
import { fromPages, type Slot } from "./passages.ts";
import { shortDate, spelledDates } from "./spelled-dates.ts";

const wordNumbers: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};
/** Days that each unit has at most: a trial is called longer only where even the shortest count says so. */
const unitDays: Record<string, number> = { day: 1, week: 7, month: 31, year: 366 };

const duration = new RegExp(
  `\\b(\\d{1,3}|${Object.keys(wordNumbers).join("|")})[ -]*(?:full |consecutive )?(day|week|month|year)s?\\b`,
  "gi",
);

/** Every duration of a text in days. */
function durationsIn(text: string): number[] {
  return [...text.matchAll(duration)].map(([, count, unit]) => {
    const number = wordNumbers[count!.toLowerCase()] ?? Number(count);
    return number * unitDays[unit!.toLowerCase()]!;
  });
}

/** The days from a first to a last day that a text names together ("from 09/02/2025 to 12/10/2025"). */
function spansIn(text: string): { from: PlainDate; to: PlainDate; days: number }[] {
  const dates = spelledDates(text);
  return dates.slice(0, -1).flatMap((first, index) => {
    const next = dates[index + 1]!;
    const between = text.slice(first.end, next.start);
    const days = daysBetween(first.date, next.date);
    return /^\s*(?:to|through|thru|until|till|-|–)\s*$/i.test(between) && days > 0
      ? [{ from: first.date, to: next.date, days }]
      : [];
  });
}

/** True when the words of the record name a time longer than the one that the notice says was not reached. */
export function lastsLonger(record: string, notice: string): boolean {
  const [asked] = durationsIn(notice);
  if (asked === undefined) return false;
  return [...durationsIn(record), ...spansIn(record).map(({ days }) => days)].some((days) => days >= asked);
}

/** "09/02/2025 to 12/10/2025 is 99 days", where the words name both days and do not count them. */
export function daysCovered(span: Span): Slot | null {
  const [first] = spansIn(span.quote);
  if (!first || durationsIn(span.quote).length > 0) return null;
  return fromPages(`${shortDate(first.from)} to ${shortDate(first.to)} is ${first.days} days`, span);
}
