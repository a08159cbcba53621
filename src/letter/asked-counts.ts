/** Counts that a notice asks for, and whether a sentence of the record reaches them. */
const countWords: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  twelve: 12,
};

/** What a clause counts: so many of something, or so many hours of the day. */
export type AskedCount = { least: number; of: "hours" | "times" };

const number = "(\\d{1,3}|one|two|three|four|five|six|eight|ten|twelve)";
const hours = new RegExp(`\\b${number} hours?\\b[^.;]{0,40}\\b(?:a|per|each|every) day\\b`, "i");
const times = new RegExp(
  `\\b(?:at least|minimum of|completed?|for)\\s+${number}\\b|\\b${number}\\s+(?:days|weeks|months|visits|sessions)\\b`,
  "i",
);

/** "At least 15 headache days", "six weeks", "three hours a day": the count that the notice does not find; null where it names none. */
export function askedCount(clause: string): AskedCount | null {
  const text = clause.replace(/\s+/g, " ");
  const daily = hours.exec(text)?.[1];
  if (daily) return { least: countOf(daily), of: "hours" };
  const match = times.exec(text);
  const word = match?.[1] ?? match?.[2];
  return word ? { least: countOf(word), of: "times" } : null;
}

const countOf = (word: string): number => countWords[word.toLowerCase()] ?? Number(word);

const anyDate = /\d{1,2}\/\d{1,2}(?:\/\d{2,4})?/g;

/** True when a sentence holds a number as large as what was asked for; dates and doses are none, dates of visits are counted. */
export function reaches(quote: string, { least, of }: AskedCount): boolean {
  if (of === "hours") return reachesHours(quote, least);
  if (/\bsince (?:[A-Z][a-z]+|\d)/.test(quote)) return true;
  if (/\b(?:visits?|sessions?|seen|attended)\b/i.test(quote) && (quote.match(anyDate) ?? []).length >= least)
    return true;
  const plain = quote
    .replace(/\d{1,2}\/\d{1,2}(\/\d{2,4})?|\b(19|20)\d\d\b|\b[A-Z]+-?\d+\b/g, " ")
    .replace(/\d[\d.,]*\s?(mg|mcg|mL|g|kg|cm|mm|%|units)\b/gi, " ");
  const words = Object.entries(countWords).flatMap(([word, value]) =>
    new RegExp(`\\b${word}\\b`, "i").test(plain) ? [value] : [],
  );
  return [...(plain.match(/\d+(\.\d+)?/g) ?? []).map(Number), ...words].some((value) => value >= least);
}

/** Hours in words or figures, or minutes each of which make as many hours ("10/29 180, 10/30 185"). */
function reachesHours(quote: string, least: number): boolean {
  const plain = quote.replace(anyDate, " ");
  const told = new RegExp(`\\b${number}(?:\\.\\d)? hours?\\b`, "i").exec(plain)?.[1];
  if (told) return countOf(told) >= least;
  const minutes = /\bminutes?\b/i.test(plain) ? (plain.match(/\b\d{2,3}\b/g) ?? []).map(Number) : [];
  return minutes.length > 0 && minutes.every((value) => value >= least * 60);
}
