import { dateOf, longDate, monthNames, type PlainDate } from "#base";

/** A date as it is spelled in a text, and where. */
export type SpelledDate = { date: PlainDate; start: number; end: number };

const month = `(${monthNames.map((name) => `${name}|${name.slice(0, 3)}|${name.slice(0, 4)}`).join("|")})`;
const spellings: { pattern: RegExp; read: (m: RegExpExecArray) => PlainDate | null }[] = [
  {
    pattern: /\b(\d{4})-(\d{2})-(\d{2})(?!\d)/g,
    read: (m) => dateOf(Number(m[1]), Number(m[2]), Number(m[3])),
  },
  {
    pattern: /\b(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\b/g,
    read: (m) => dateOf(year(m[3]!), Number(m[1]), Number(m[2])),
  },
  {
    pattern: new RegExp(`\\b${month}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, "gi"),
    read: (m) => dateOf(Number(m[3]), monthNumber(m[1]!), Number(m[2])),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})[\\s-]${month}\\.?,?[\\s-](\\d{4})\\b`, "gi"),
    read: (m) => dateOf(Number(m[3]), monthNumber(m[2]!), Number(m[1])),
  },
];

const year = (digits: string) => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));
const monthNumber = (name: string) =>
  monthNames.findIndex((full) => full.toLowerCase().startsWith(name.slice(0, 3).toLowerCase())) + 1;

/** Every full date in a text, in any usual American spelling, in order. */
export function spelledDates(text: string): SpelledDate[] {
  const found: SpelledDate[] = [];
  for (const { pattern, read } of spellings) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const date = read(match);
      if (date) found.push({ date, start: match.index, end: match.index + match[0].length });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "10/09/2026", as tables print it. */
export function shortDate(date: PlainDate): string {
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;
}

export { longDate };
