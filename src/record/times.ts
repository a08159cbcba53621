import { addDays, addMonths, dateOf, daysInMonth, type PlainDate, partsOf } from "#base";

/** When something was: a range of days; `null` is open or unknown. `kind` tells how it was said. */
export type When = {
  earliest: string | null;
  latest: string | null;
  start: number;
  end: number;
  kind: "date" | "since" | "until" | "ago" | "range";
};

const month =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const numberWord =
  "(?:\\d+(?:\\.\\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an|several|few|couple of)";
const expression = new RegExp(
  [
    "(?<years>\\b(?:19[5-9]\\d|20[0-3]\\d)\\s?(?:-|–|to)\\s?(?:19[5-9]\\d|20[0-3]\\d)\\b)",
    "(?<iso>\\b(?:19|20)\\d\\d-\\d\\d-\\d\\d)",
    "(?<us>\\b\\d{1,2}[/-]\\d{1,2}[/-](?:(?:19|20)\\d\\d|\\d\\d)\\b)(?![/-]?\\d)",
    "(?<my>\\b\\d{1,2}/(?:19|20)\\d\\d\\b)",
    `(?<long>\\b${month}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+(?:19|20)\\d\\d\\b)`,
    `(?<rev>\\b\\d{1,2}[ -]${month}\\.?,?[ -](?:19|20)\\d\\d\\b)`,
    `(?<mon>\\b${month}\\.?,?\\s+(?:of\\s+)?(?:19|20)\\d\\d\\b)`,
    `(?<ago>\\b${numberWord}\\s*(?:to\\s+\\d+\\s+)?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)\\s+(?:ago|previously|earlier|prior)\\b)`,
    "(?<near>\\b(?:yesterday|today|last (?:week|month|year))\\b)",
    "(?<md>(?<![\\d/.])(?:(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\\d|3[01])|[1-9]/(?:0[1-9]|1[3-9]|2\\d|3[01])|(?<=\\b(?:on|since|from|until|by|of|dated|started|stopped|held|seen)\\s)(?:[1-9]|1[0-2])/(?:[1-9]|[12]\\d|3[01]))(?![\\d/.%])(?!\\s*(?:mg|murmur|systolic|strength|pain|MR|mm|cm|mcg|units|tab|\\+|bid))\\b)",
    "(?<year>(?:\\b(?:in|since|of|year|from|until|circa|around|on|early|late|mid|about|fall|spring|summer|winter|dx|diagnosed|by)\\s+(?:early |late |mid-?)?|[(,]\\s*|\\s-\\s*)(?:19[3-9]\\d|20[0-3]\\d)(?![\\d/.-])\\b(?!\\s*(?:mg|mcg|units|ml|cc|calorie|kcal|block|hours)))",
    `(?<bare>\\b(?:in|since|on|from|until|of)\\s+${month}\\b(?!\\s+\\d))`,
  ].join("|"),
  "gi",
);

/** Without any of these a text holds no date; most sentences are told so quickly. */
const mayHoldTime =
  /\d|\bago\b|\byesterday\b|\btoday\b|\blast (?:week|month|year)\b|\b(?:in|since|on|from|until|of)\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

const monthIndex = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const words: Record<string, number> = {
  one: 1,
  a: 1,
  an: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

/**
 * Every date of a text, as a range of days. `near` is the date of the paper: two-digit years, dates without a year and
 * "three weeks ago" are read from it; without it those that need it are left out.
 */
export function timesIn(text: string, near: string | null): When[] {
  if (!mayHoldTime.test(text)) return [];
  const found: When[] = [];
  for (const match of text.matchAll(expression)) {
    const range = rangeOf(match, near);
    if (!range) continue;
    const start = match.index + match[0].length - trimmed(match[0]).length;
    const before = text
      .slice(
        Math.max(0, match.index - 12),
        match.index + (match.groups?.["year"] || match.groups?.["bare"] ? 7 : 0),
      )
      .toLowerCase();
    const kind: When["kind"] = match.groups?.["years"]
      ? "range"
      : /\bsince\b\s*(?:about\s*|early\s*|late\s*)?$/.test(before) || /^since\b/i.test(match[0])
        ? "since"
        : /\b(?:until|through|till)\s*$/.test(before) || /^until\b/i.test(match[0])
          ? "until"
          : match.groups?.["ago"]
            ? "ago"
            : "date";
    found.push({ ...range, start, end: match.index + match[0].length, kind });
  }
  return rangesJoined(found, text);
}

/** "10/2024-03/2026", "11/05/2024 to 06/30/2025": one range. */
function rangesJoined(found: When[], text: string): When[] {
  const joined: When[] = [];
  for (const time of found) {
    const last = joined.at(-1);
    const between = last ? text.slice(last.end, time.start) : "";
    if (
      last?.earliest &&
      time.latest &&
      last.kind !== "range" &&
      last.earliest <= time.latest &&
      /^\s*(?:-|–|to|through|thru|until)\s*$/i.test(between)
    )
      joined[joined.length - 1] = {
        earliest: last.earliest,
        latest: time.latest,
        start: last.start,
        end: time.end,
        kind: "range",
      };
    else joined.push(time);
  }
  return joined;
}

const trimmed = (text: string) =>
  text.replace(
    /^(?:[(,\s-]|(?:in|since|of|year|from|until|circa|around|on|early|late|mid|about|fall|spring|summer|winter|dx|diagnosed|by)\s)+/i,
    "",
  );

type Days = { earliest: string; latest: string };

function rangeOf(match: RegExpMatchArray, near: string | null): Days | null {
  const groups = match.groups!;
  const text = trimmed(match[0]);
  if (groups["years"]) return { earliest: `${text.slice(0, 4)}-01-01`, latest: `${text.slice(-4)}-12-31` };
  if (groups["iso"]) return day(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10));
  if (groups["us"]) {
    const [m, d, y] = text.split(/[/-]/);
    return day(fullYear(y!), m!, d!);
  }
  if (groups["my"]) return wholeMonth(Number(text.split("/")[1]), Number(text.split("/")[0]));
  if (groups["long"]) {
    const parts = /^([a-z]+)\.?\s+(\d{1,2})\D*?(\d{4})$/i.exec(text);
    return parts && day(parts[3]!, String(monthNumber(parts[1]!)), parts[2]!);
  }
  if (groups["rev"]) {
    const parts = /^(\d{1,2})[ -]([a-z]+)\.?,?[ -](\d{4})$/i.exec(text);
    return parts && day(parts[3]!, String(monthNumber(parts[2]!)), parts[1]!);
  }
  if (groups["mon"]) return wholeMonth(Number(text.slice(-4)), monthNumber(text));
  if (groups["year"]) return { earliest: `${text.slice(-4)}-01-01`, latest: `${text.slice(-4)}-12-31` };
  return near === null ? null : relative(groups, text, near as PlainDate);
}

function relative(groups: Record<string, string | undefined>, text: string, near: PlainDate): Days | null {
  const { year, month: nearMonth } = partsOf(near);
  if (groups["md"]) {
    const [m, d] = text.split("/");
    const here = day(String(year), m!, d!);
    return here && here.earliest > near && nearMonth < Number(m) ? day(String(year - 1), m!, d!) : here;
  }
  if (groups["bare"]) {
    const m = monthNumber(text);
    return wholeMonth(m > nearMonth ? year - 1 : year, m);
  }
  if (/^today$/i.test(text)) return { earliest: near, latest: near };
  if (/^yesterday$/i.test(text)) return same(addDays(near, -1));
  if (/^last week$/i.test(text)) return { earliest: addDays(near, -14), latest: addDays(near, -1) };
  if (/^last month$/i.test(text))
    return nearMonth === 1 ? wholeMonth(year - 1, 12) : wholeMonth(year, nearMonth - 1);
  if (/^last year$/i.test(text)) return { earliest: `${year - 1}-01-01`, latest: `${year - 1}-12-31` };
  return ago(text, near);
}

/** "Three weeks ago": the unit that was named, around that day. */
function ago(text: string, near: PlainDate): Days | null {
  const parts = /^(\d+(?:\.\d+)?|[a-z]+)/i.exec(text)!;
  const n = words[parts[1]!.toLowerCase()] ?? Number(parts[1]);
  if (!Number.isFinite(n) || n > 90) return null;
  if (/\bdays?\b/i.test(text)) return same(addDays(near, -Math.round(n)));
  if (/\b(?:weeks?|wks?)\b/i.test(text))
    return { earliest: addDays(near, -Math.round(n * 7) - 3), latest: addDays(near, -Math.round(n * 7) + 3) };
  const months = /\b(?:months?|mos?)\b/i.test(text) ? n : n * 12;
  const middle = addMonths(near, -Math.round(months), "last-of-month");
  const { year, month: m } = partsOf(middle);
  return /\b(?:years?|yrs?)\b/i.test(text)
    ? { earliest: `${year}-01-01`, latest: `${year}-12-31` }
    : wholeMonth(year, m);
}

const same = (date: string): Days => ({ earliest: date, latest: date });
const monthNumber = (text: string) =>
  monthIndex.indexOf(
    /[a-z]{3,}/gi
      .exec(text.replace(/^(?:in|since|on|from|until|of)\s+/i, ""))![0]
      .slice(0, 3)
      .toLowerCase(),
  ) + 1;

function fullYear(text: string): string {
  if (text.length === 4) return text;
  return Number(text) <= 35 ? `20${text}` : `19${text}`;
}

function day(year: string, monthText: string, dayText: string): Days | null {
  const date = dateOf(Number(year), Number(monthText), Number(dayText));
  return date && same(date);
}

function wholeMonth(year: number, m: number): Days | null {
  if (m < 1 || m > 12) return null;
  const mm = String(m).padStart(2, "0");
  return { earliest: `${year}-${mm}-01`, latest: `${year}-${mm}-${daysInMonth(year, m)}` };
}
