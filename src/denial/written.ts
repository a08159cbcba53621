import { dateOf, monthNames, type PlainDate } from "#base";

/** A value written in a text and where it stands. */
export type Written<T> = { value: T; start: number; end: number };

const months = monthNames.map((name) => name.slice(0, 3).toLowerCase());
const month =
  "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?";
const date = new RegExp(
  [
    "(?<![\\d-])(?<y>(?:19|20)\\d{2})-(?<m>\\d{2})-(?<d>\\d{2})(?!\\d)",
    "(?<![\\d/.-])(?<m2>\\d{1,2})[/.-](?<d2>\\d{1,2})[/.-](?<y2>(?:19|20)\\d{2}|\\d{2})(?![\\d-])",
    `\\b(?<n3>${month})\\.?[\\s-]+(?<d3>\\d{1,2})(?:st|nd|rd|th)?,?[\\s-]*(?<y3>(?:19|20)\\d{2})\\b`,
    `\\b(?<d4>\\d{1,2})(?:st|nd|rd|th)?(?: of)?[\\s-]+(?<n4>${month})\\.?,?[\\s-]+(?<y4>(?:19|20)\\d{2})\\b`,
  ].join("|"),
  "gi",
);

/** Every full date in a text: 2026-10-09, 10/09/2026, October 9th, 2026, 9 October 2026, OCT-09-2026. */
export function datesIn(text: string): Written<PlainDate>[] {
  const found: Written<PlainDate>[] = [];
  for (const match of text.matchAll(date)) {
    const g = match.groups!;
    const year = Number(g["y"] ?? g["y2"] ?? g["y3"] ?? g["y4"]);
    const named = g["n3"] ?? g["n4"];
    const monthNumber = named
      ? months.indexOf(named.slice(0, 3).toLowerCase()) + 1
      : Number(g["m"] ?? g["m2"]);
    const day = Number(g["d"] ?? g["d2"] ?? g["d3"] ?? g["d4"]);
    const value = dateOf(year < 100 ? (year > 40 ? 1900 : 2000) + year : year, monthNumber, day);
    if (value) found.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** US dollar amounts written with a dollar sign or with cents. */
export function amountsIn(text: string): Written<number>[] {
  return [
    ...text.matchAll(
      /\$\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{2})?|(?<![\d.,-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d{2})(?![\d.%])/g,
    ),
  ].map((match) => ({
    value: Number(`${(match[1] ?? match[3])!.replaceAll(",", "")}${match[2] ?? match[4] ?? ""}`),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const units = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** "one hundred eighty" → 180; `null` when a word is no number. */
export function numberOfWords(words: string): number | null {
  let total = 0;
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    if (word === "and" || word === "") continue;
    if (word === "a") total += 1;
    else if (word === "hundred") total = (total || 1) * 100;
    else if (units.includes(word)) total += units.indexOf(word);
    else if (tens.includes(word)) total += tens.indexOf(word) * 10;
    else return null;
  }
  return total > 0 ? total : null;
}

const counted = `(?:${[...units.slice(1), ...tens.slice(2), "hundred", "a", "and"].join("|")})`;
const term = new RegExp(
  `(?<![\\w$.])(?:(?<words>${counted}(?:[\\s-]+${counted}){0,4})\\s*(?:\\(\\s*(?<inside>\\d{1,3})\\s*\\))?|(?<digits>\\d{1,3})(?:\\s*\\([a-z -]+\\))?)[\\s-]*(?:full |calendar |business |working |consecutive )*(?<unit>days?|months?|hours?|hrs?|years?|weeks?)\\b`,
  "gi",
);

/** A length of time as notices print it: "one hundred eighty (180) days", "60 calendar days", "4 months". */
export type Term = { n: number; unit: "days" | "months" | "hours" };

export function termsIn(text: string): Written<Term>[] {
  const found: Written<Term>[] = [];
  for (const match of text.matchAll(term)) {
    const g = match.groups!;
    const n = g["inside"]
      ? Number(g["inside"])
      : g["digits"]
        ? Number(g["digits"])
        : numberOfWords(g["words"]!);
    if (n === null || n === 0) continue;
    found.push({
      value: termOf(n, g["unit"]!.toLowerCase()),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

function termOf(n: number, unit: string): Term {
  if (unit.startsWith("y")) return { n: n * 12, unit: "months" };
  if (unit.startsWith("w")) return { n: n * 7, unit: "days" };
  if (unit.startsWith("h")) return { n, unit: "hours" };
  return { n, unit: unit.startsWith("m") ? "months" : "days" };
}
