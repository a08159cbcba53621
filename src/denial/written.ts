import type { Written } from "#source";

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
  `(?<![\\w$.])(?:(?<words>${counted}(?:[\\s-]+${counted}){0,4})\\s*(?:\\(\\s*(?<inside>\\d{1,3})\\s*\\))?|(?<digits>\\d{1,3})(?:\\s*\\([a-z -]+\\))?)[\\s-]*(?:full |calendar |business |working |consecutive )*(?<unit>days?|months?|hours?|hrs?|years?|weeks?|d[ií]as?|mes(?:es)?|horas?|a[ñn]os?|semanas?)(?![\\wñí])`,
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
    if (/\bhalf $/i.test(text.slice(0, match.index)) && /^y/i.test(g["unit"]!)) {
      found.push({
        value: { n: 6, unit: "months" },
        start: match.index - 5,
        end: match.index + match[0].length,
      });
      continue;
    }
    found.push({
      value: termOf(n, g["unit"]!.toLowerCase()),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

function termOf(n: number, unit: string): Term {
  if (/^(?:y|a[ñn])/.test(unit)) return { n: n * 12, unit: "months" };
  if (/^(?:w|sem)/.test(unit)) return { n: n * 7, unit: "days" };
  if (unit.startsWith("h")) return { n, unit: "hours" };
  return { n, unit: unit.startsWith("m") ? "months" : "days" };
}
