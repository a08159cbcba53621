/** Counts that a notice asks for, and whether a sentence of the record reaches them. */
const countWords: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  eight: 8,
  ten: 10,
  twelve: 12,
};

/** "At least 15 headache days", "six weeks": the count that the notice does not find; null where it names none. */
export function askedCount(clause: string): number | null {
  const match =
    /\b(?:at least|minimum of|completed?|for)\s+(\d{1,3}|two|three|four|six|eight|ten|twelve)\b|\b(\d{1,3}|two|three|four|six|eight|ten|twelve)\s+(?:days|weeks|months|visits|sessions)\b/i.exec(
      clause,
    );
  const word = (match?.[1] ?? match?.[2])?.toLowerCase();
  return word ? (countWords[word] ?? Number(word)) : null;
}

/** True when a sentence holds a number as large as what was asked for; dates and doses are none. */
export function reaches(quote: string, asked: number): boolean {
  if (/\bsince (?:[A-Z][a-z]+|\d)/.test(quote)) return true;
  const plain = quote
    .replace(/\d{1,2}\/\d{1,2}(\/\d{2,4})?|\b(19|20)\d\d\b|\b[A-Z]+-?\d+\b/g, " ")
    .replace(/\d[\d.,]*\s?(mg|mcg|mL|g|kg|cm|mm|%|units)\b/gi, " ");
  const words = Object.entries(countWords).flatMap(([word, value]) =>
    new RegExp(`\\b${word}\\b`, "i").test(plain) ? [value] : [],
  );
  return [...(plain.match(/\d+(\.\d+)?/g) ?? []).map(Number), ...words].some((value) => value >= asked);
}
