/** Federal holidays and the days on which nothing is counted or due. 5 USC 6103(a); 38 CFR 20.111. */
import { addDays, dateOf, type PlainDate, partsOf, weekdayOf } from "#base";

/** The n-th (1 to 5) weekday of a month; `n` of -1 is the last. `weekday`: 0 is Sunday. */
function nthWeekday(year: number, month: number, weekday: number, n: number): PlainDate {
  const first = dateOf(year, month, 1)!;
  const offset = (weekday - weekdayNumber(first) + 7) % 7;
  const nth = addDays(first, offset + (n > 0 ? n - 1 : 4) * 7);
  return partsOf(nth).month === month ? nth : addDays(nth, -7);
}

/** 0 is Sunday. */
function weekdayNumber(date: PlainDate): number {
  return ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].indexOf(
    weekdayOf(date),
  );
}

const holidaysByYear = new Map<number, Set<PlainDate>>();

/** The eleven days of 5 USC 6103(a) on their own dates (Juneteenth since 2021). */
function holidaysOf(year: number): Set<PlainDate> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const days = new Set<PlainDate>([
    dateOf(year, 1, 1)!,
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    nthWeekday(year, 5, 1, -1),
    dateOf(year, 7, 4)!,
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 10, 1, 2),
    dateOf(year, 11, 11)!,
    nthWeekday(year, 11, 4, 4),
    dateOf(year, 12, 25)!,
  ]);
  if (year >= 2021) days.add(dateOf(year, 6, 19)!);
  holidaysByYear.set(year, days);
  return days;
}

/** A day that 5 USC 6103(a) itself names. A day that is only observed is not one of them. */
export function isFederalHoliday(date: PlainDate): boolean {
  return holidaysOf(partsOf(date).year).has(date);
}

export function isWeekend(date: PlainDate): boolean {
  const day = weekdayOf(date);
  return day === "Saturday" || day === "Sunday";
}

/** Monday to Friday, and not a day of 5 USC 6103(a). */
export function isBusinessDay(date: PlainDate): boolean {
  return !isWeekend(date) && !isFederalHoliday(date);
}

/** 38 CFR 20.111: for the VA the observed Friday or Monday and Inauguration Day are holidays too. */
export function isVaWorkday(date: PlainDate): boolean {
  if (!isBusinessDay(date)) return false;
  const day = weekdayOf(date);
  if (day === "Friday" && isFederalHoliday(addDays(date, 1))) return false;
  if (day === "Monday" && isFederalHoliday(addDays(date, -1))) return false;
  return !isInaugurationObserved(date);
}

/** 20 January of every fourth year, or the Monday after when it is a Sunday. */
function isInaugurationObserved(date: PlainDate): boolean {
  const { year, month, day } = partsOf(date);
  if (year % 4 !== 1 || month !== 1) return false;
  return day === 20 || (day === 21 && weekdayOf(date) === "Monday");
}

/** The date itself when it is free to act on, else the next one that is. */
export function rollForward(date: PlainDate, isFree: (date: PlainDate) => boolean): PlainDate {
  let day = date;
  while (!isFree(day)) day = addDays(day, 1);
  return day;
}

/** The n-th business day after a date; the date itself is not counted. */
export function addBusinessDays(date: PlainDate, n: number): PlainDate {
  let day = date;
  for (let left = n; left > 0; left--) day = rollForward(addDays(day, 1), isBusinessDay);
  return day;
}
