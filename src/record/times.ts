import { addDays, addMonths, dateOf, daysInMonth, numberOf, type PlainDate, partsOf } from "#base";
import { expression, groupNames, mayHoldTime, month } from "./time-phrases.ts";

/** When something was: a range of days; `null` is open or unknown. `kind` tells how it was said. */
export type When = {
  earliest: string | null;
  latest: string | null;
  start: number;
  end: number;
  kind: "date" | "since" | "until" | "ago" | "range" | "within";
};

/**
 * Every date of a text, as a range of days. `near` is the date of the paper: two-digit years, dates without a year and
 * "three weeks ago" are read from it; without it those that need it are left out.
 */
export function timesIn(text: string, near: string | null): When[] {
  if (!mayHoldTime.test(text)) return [];
  const found: When[] = [];
  for (const match of text.matchAll(expression)) {
    const group = groupOf(match);
    const said = dateIn(match, group);
    const range = rangeOf(group, said, near);
    if (!range) continue;
    const end = match.index + match[0].length;
    found.push({ ...range, start: end - said.length, end, kind: kindOf(match, group, text) });
  }
  return rangesJoined(found, text);
}

/** Groups that begin with words that are no part of the date but tell how it is meant. */
const withLead = new Set(["year", "bare", "lead", "mon"]);
const ranges = new Set(["years", "months", "days", "mds", "quarter"]);
const groupOf = (match: RegExpMatchArray) =>
  groupNames[match.findIndex((said, index) => index > 0 && said !== undefined) - 1]!;

function kindOf(match: RegExpMatchArray, group: string, text: string): When["kind"] {
  if (ranges.has(group)) return "range";
  const lead = group === "year" || group === "bare" ? 7 : 0;
  const before = text.slice(Math.max(0, match.index! - 14), match.index! + lead).toLowerCase();
  if (/\bsince\b\s*(?:about\s*|early\s*|late\s*|at least\s*)?$/.test(before) || /^since\b/i.test(match[0]))
    return "since";
  if (/\b(?:until|through|thru|till)\s*$/.test(before) || /^(?:until|till|through)\b/i.test(match[0]))
    return "until";
  return group === "ago" ? "ago" : group === "within" ? "within" : "date";
}

/** "10/2024-03/2026", "11/05/2024 to 06/30/2025", "between May 2023 and June 2024": one range. "03/2024-present": since. */
function rangesJoined(found: When[], text: string): When[] {
  const joined: When[] = [];
  for (const time of found) {
    const last = joined.at(-1);
    const between = last ? text.slice(last.end, time.start) : "";
    const spans =
      /^\s*(?:-|–|—|to|through|thru|until|till)\s*$/i.test(between) ||
      (last !== undefined &&
        /^\s*and\s*$/i.test(between) &&
        /\bbetween\s*$/i.test(text.slice(Math.max(0, last.start - 9), last.start)));
    if (spans && last?.earliest && time.latest && last.kind !== "range" && last.earliest <= time.latest)
      joined[joined.length - 1] = {
        earliest: last.earliest,
        latest: time.latest,
        start: last.start,
        end: time.end,
        kind: "range",
      };
    else joined.push(time);
  }
  return joined.map((time) => toPresent(time, text));
}

function toPresent(time: When, text: string): When {
  if (time.kind !== "date" && time.kind !== "until") return time;
  const open =
    /^\s*(?:-|–|—|to|through|thru|until|till)\s*(?:the\s+)?(?:present|current(?:ly)?|now|ongoing|date|today)\b/i.exec(
      text.slice(time.end, time.end + 24),
    );
  return open ? { ...time, kind: "since", end: time.end + open[0].length } : time;
}

/** The date without the words before it: "since early 2019" → "2019". */
const dateIn = (match: RegExpMatchArray, group: string) =>
  withLead.has(group) ? trimmed(match[0]) : match[0];
const trimmed = (text: string) =>
  text.replace(
    /^(?:[(,\s'’•*·▪–—-]|\(?\d{1,2}[.)]\s+|(?:in|since|of|year|from|until|till|circa|around|on|early|late|mid|about|fall|autumn|spring|summer|winter|dx|dx'd|diagnosed|by|during|onset|started|stopped|through|thru|to|and|between|before|after|as of|back in|last|this past|past|the|beginning of|middle of|end of)(?:\s|(?<=mid)-))+(?=\S)/i,
    "",
  );

type Days = { earliest: string; latest: string };
type Reader = (text: string, near: PlainDate | null) => Days | null;

const numbers = (text: string) => [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
const monthsNamed = (text: string) =>
  [...text.matchAll(new RegExp(`\\b${month}`, "gi"))].map(
    ([name]) => monthIndex.indexOf(name.slice(0, 3).toLowerCase()) + 1,
  );
const monthIndex = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const wholeYear = (year: number): Days => ({ earliest: `${year}-01-01`, latest: `${year}-12-31` });

/** Dates that stand by themselves. */
const absolute: Record<string, Reader> = {
  years: (text) => {
    const [from, to] = numbers(text) as [number, number];
    return from <= to ? between(wholeYear(from), wholeYear(to)) : null;
  },
  months: (text) => {
    const [from, to] = monthsNamed(text) as [number, number];
    const year = numbers(text)[0]!;
    return between(wholeMonth(from > to ? year - 1 : year, from), wholeMonth(year, to));
  },
  days: (text) => {
    const [from, to = from] = monthsNamed(text) as [number, number?];
    const [first, second, year] = numbers(text) as [number, number, number];
    return between(day(year, from, first), day(year, to!, second));
  },
  mds: (text) => {
    const [m1, d1, m2, d2, y] = numbers(text) as [number, number, number, number, number];
    return between(day(m1 > m2 ? fullYear(y) - 1 : fullYear(y), m1, d1), day(fullYear(y), m2, d2));
  },
  iso: (text) => day(...(numbers(text) as [number, number, number])),
  ym: (text) => wholeMonth(...(numbers(text) as [number, number])),
  us: (text) => usDay(text),
  dotted: (text) => usDay(text),
  my: (text) => wholeMonth(numbers(text)[1]!, numbers(text)[0]!),
  inmy: (text) => wholeMonth(fullYear(numbers(text)[1]!), numbers(text)[0]!),
  long: (text) => day(numbers(text)[1]!, monthsNamed(text)[0]!, numbers(text)[0]!),
  rev: (text) => day(numbers(text)[1]!, monthsNamed(text)[0]!, numbers(text)[0]!),
  mon: (text) => wholeMonth(numbers(text)[0]!, monthsNamed(text)[0]!),
  short: (text) => wholeMonth(fullYear(numbers(text)[0]!), monthsNamed(text)[0]!),
  quarter: (text) => {
    const [quarter, year] = numbers(text) as [number, number];
    return between(wholeMonth(year, quarter * 3 - 2), wholeMonth(year, quarter * 3));
  },
  year: (text) => wholeYear(numbers(text).at(-1)!),
  lead: (text) => wholeYear(numbers(text).at(-1)!),
  behind: (text) => wholeYear(numbers(text)[0]!),
};

/** Dates that are counted from the date of the paper. */
const relative: Record<string, (text: string, near: PlainDate) => Days | null> = {
  md: (text, near) => {
    const [m, d] = numbers(text) as [number, number];
    return pastDay(m, d, near);
  },
  monday: (text, near) =>
    /^[A-Z]/.test(text) ? pastDay(monthsNamed(text)[0]!, numbers(text)[0]!, near) : null,
  bare: (text, near) => {
    if (!/^[A-Z]/.test(text)) return null;
    const { year, month: now } = partsOf(near);
    const m = monthsNamed(text)[0]!;
    return wholeMonth(m > now ? year - 1 : year, m);
  },
  near: (text, near) => named(text.toLowerCase(), near),
  within,
  ago,
};

function rangeOf(group: string, text: string, near: string | null): Days | null {
  const read = absolute[group];
  if (read) return read(text, near as PlainDate | null);
  return near === null ? null : relative[group]!(text, near as PlainDate);
}

/** A day without its year: the last one before the paper; a later one only in the paper's own month. */
function pastDay(m: number, d: number, near: PlainDate): Days | null {
  const { year, month: now } = partsOf(near);
  const here = day(year, m, d);
  return here && here.earliest > near && now < m ? day(year - 1, m, d) : here;
}

const seasons: Record<string, number> = { spring: 3, summer: 6, fall: 9, autumn: 9, winter: 12 };

function named(text: string, near: PlainDate): Days | null {
  const { year, month: now } = partsOf(near);
  if (/^(?:today|tonight|this (?:morning|afternoon|evening))$/.test(text)) return same(near);
  if (text === "yesterday" || text === "last night") return same(addDays(near, -1));
  if (text.startsWith("the day before")) return same(addDays(near, -2));
  if (text === "this week") return { earliest: addDays(near, -6), latest: near };
  if (text === "this month") return { earliest: `${near.slice(0, 8)}01`, latest: near };
  if (text === "this year") return { earliest: `${year}-01-01`, latest: near };
  if (text === "last week") return { earliest: addDays(near, -14), latest: addDays(near, -1) };
  if (text === "last month") return now === 1 ? wholeMonth(year - 1, 12) : wholeMonth(year, now - 1);
  if (text === "last year") return wholeYear(year - 1);
  const first = seasons[text.replace("last ", "")]!;
  const begins = first + 2 < now ? year : year - 1;
  return first === 12
    ? between(wholeMonth(year - 1, 12), wholeMonth(year, 2))
    : between(wholeMonth(begins, first), wholeMonth(begins, first + 2));
}

const unitIn = (text: string) =>
  /\b(?:hours?|hrs?|minutes?)\b/i.test(text)
    ? "hours"
    : /\b(?:days?|nights?)\b/i.test(text)
      ? "days"
      : /\b(?:weeks?|wks?)\b/i.test(text)
        ? "weeks"
        : /\b(?:months?|mos?)\b/i.test(text)
          ? "months"
          : "years";

/** "Three weeks ago", "two to three years ago": the unit that was named, around that day. */
function ago(text: string, near: PlainDate): Days | null {
  const said =
    /^(?<counts>.+?)[\s-]*(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|minutes?)\b/i.exec(
      text,
    )!.groups!["counts"]!;
  const [first, second = first] = said.split(/\s?(?:–|\bor\b|\bto\b|(?<=\d)-(?=\d))\s?/i);
  const more = / and a half (?:ago|previously|earlier|prior|back|before)/i.test(text) ? 0.5 : 0;
  const [nearer, farther] = [numberOf(first!), numberOf(second!)];
  if (nearer === null || farther === null || farther > 90) return null;
  const unit = unitIn(text);
  return between(back(farther + more, unit, near), back(nearer + more, unit, near));
}

function back(n: number, unit: string, near: PlainDate): Days {
  if (unit === "hours") return same(addDays(near, -Math.floor(n / 24)));
  if (unit === "days") return same(addDays(near, -Math.round(n)));
  if (unit === "weeks")
    return { earliest: addDays(near, -Math.round(n * 7) - 3), latest: addDays(near, -Math.round(n * 7) + 3) };
  const months = Math.round(unit === "months" ? n : n * 12);
  const { year, month: m } = partsOf(addMonths(near, -months, "last-of-month"));
  return unit === "years" && Number.isInteger(n) ? wholeYear(year) : wholeMonth(year, m)!;
}

/** "In the past 12 months": from that long ago to the paper's day. */
function within(text: string, near: PlainDate): Days | null {
  const said =
    /(?:last|past|previous|preceding|prior)\s+(?:(?<count>.+?)[\s-]+)?(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|minutes?)$/i.exec(
      text,
    );
  const count = said?.groups?.["count"] === undefined ? 1 : numberOf(said.groups["count"]);
  if (!said || count === null || count > 90) return null;
  const unit = unitIn(text);
  const earliest =
    unit === "hours" || unit === "days" || unit === "weeks"
      ? addDays(near, -Math.round(unit === "weeks" ? count * 7 : unit === "days" ? count : count / 24))
      : addMonths(near, -Math.round(unit === "months" ? count : count * 12), "last-of-month");
  return { earliest, latest: near };
}

const same = (date: string): Days => ({ earliest: date, latest: date });
const between = (from: Days | null, to: Days | null): Days | null =>
  from && to && from.earliest <= to.latest ? { earliest: from.earliest, latest: to.latest } : null;
const fullYear = (year: number) => (year > 99 ? year : year <= 35 ? 2000 + year : 1900 + year);

function usDay(text: string): Days | null {
  const [m, d, y] = numbers(text) as [number, number, number];
  return day(fullYear(y), m, d);
}

function day(year: number, m: number, d: number): Days | null {
  const date = dateOf(year, m, d);
  return date && same(date);
}

function wholeMonth(year: number, m: number): Days | null {
  if (m < 1 || m > 12) return null;
  const mm = String(m).padStart(2, "0");
  return { earliest: `${year}-${mm}-01`, latest: `${year}-${mm}-${daysInMonth(year, m)}` };
}
