/**
 * Calendar dates without clock or zone. Month arithmetic must say how it rounds, because the law does:
 * silence about a 31st is where deadlines go wrong.
 */
declare const plain: unique symbol;

/** A calendar date `YYYY-MM-DD` that exists. */
export type PlainDate = string & { readonly [plain]: "PlainDate" };

/** Both ends inclusive; `null` means open on that side. */
export type DateRange = { earliest: PlainDate | null; latest: PlainDate | null };

/** What to do when the same day number does not exist in the target month. */
export type MonthRounding =
  /** The last day of the target month (31 January + 1 month = 28 or 29 February). */
  | "last-of-month"
  /** The first day of the month after it (45 CFR 147.136(d)(2)(i): 30 October + 4 months = 1 March). */
  | "first-of-next"
  /** No date: the text of the law does not say. */
  | "none";

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export type Weekday = (typeof weekdays)[number];

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;

/** Number of days in a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The date made of these numbers, or `null` when there is no such day. Years 1800 to 2199. */
export function dateOf(year: number, month: number, day: number): PlainDate | null {
  if (!Number.isInteger(year) || year < 1800 || year > 2199) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` as PlainDate;
}

/** Reads `YYYY-MM-DD`; anything else, and dates that do not exist, are `null`. */
export function parseDate(text: string): PlainDate | null {
  const found = shape.exec(text);
  return found ? dateOf(Number(found[1]), Number(found[2]), Number(found[3])) : null;
}

/** For literals in code and tests: throws when the date does not exist. */
export function plainDate(text: string): PlainDate {
  const date = parseDate(text);
  if (date === null) throw new RangeError(`not a calendar date: ${text}`);
  return date;
}

/** Year, month (1 to 12) and day of a date. */
export function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** Days since 1970-01-01; the number on which day arithmetic is done. */
export function dayNumber(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Inverse of {@link dayNumber}. */
export function dateOfDayNumber(days: number): PlainDate {
  return new Date(days * DAY).toISOString().slice(0, 10) as PlainDate;
}

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Same day number `months` later; `rounding` decides where that day does not exist. */
export function addMonths(
  date: PlainDate,
  months: number,
  rounding: "last-of-month" | "first-of-next",
): PlainDate;
export function addMonths(date: PlainDate, months: number, rounding: MonthRounding): PlainDate | null;
export function addMonths(date: PlainDate, months: number, rounding: MonthRounding): PlainDate | null {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  const exact = dateOf(targetYear, targetMonth, day);
  if (exact !== null || rounding === "none") return exact;
  const last = dateOf(targetYear, targetMonth, daysInMonth(targetYear, targetMonth));
  if (last === null) throw new RangeError("date arithmetic left the supported years");
  return rounding === "last-of-month" ? last : addDays(last, 1);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week by name. */
export function weekdayOf(date: PlainDate): Weekday {
  return weekdays[(((dayNumber(date) + 4) % 7) + 7) % 7]!;
}

/** "October 9, 2026", as American letters write it. */
export function longDate(date: PlainDate): string {
  const { year, month, day } = partsOf(date);
  return `${monthNames[month - 1]} ${day}, ${year}`;
}

/** The earlier of two dates. */
export function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return a <= b ? a : b;
}

/** The later of two dates. */
export function later(a: PlainDate, b: PlainDate): PlainDate {
  return a >= b ? a : b;
}
