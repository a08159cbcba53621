/**
 * Numbers as American papers write them: "12", "1,200", "2.5", "twelve", "twenty-four", "a couple of", "one and a half".
 * One table for every reader; words that name no certain number ("several", "few") have none.
 */

const units = "zero one two three four five six seven eight nine".split(" ");
const teens = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** Every number that is one word, and the articles that count one ("a year ago"). */
export const numberWords: Readonly<Record<string, number>> = {
  ...Object.fromEntries(units.map((word, n) => [word, n])),
  ...Object.fromEntries(teens.map((word, n) => [word, n + 10])),
  ...Object.fromEntries(tens.map((word, n) => [word, (n + 2) * 10])),
  a: 1,
  an: 1,
  half: 0.5,
  couple: 2,
  pair: 2,
  dozen: 12,
  hundred: 100,
};

const digits = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?";
const small = [...units.slice(1), ...teens].join("|");
const words = `(?:${tens.join("|")})(?:[ -](?:${units.slice(1).join("|")}))?|${small}`;

/** Source of a pattern (no group of its own, to be used with the flag `i`) for a number in digits or words. */
export const numberPattern = `(?:${digits}|(?:${words})(?: hundred)?|(?:a|one) (?:hundred|dozen)|zero)(?: and (?:a|one)[ -]half)?`;
/** The same, and the articles and pairs that count in "a year ago", "a couple of weeks", "half a year". */
export const countPattern = `(?:half an?|an? (?:half|couple|pair)(?: of)?|couple(?: of)?|${numberPattern}|an?)`;

/** The number that `text` writes, or `null` when it writes none or something else too. */
export function numberOf(text: string): number | null {
  const said = text.trim().toLowerCase();
  const half = / and (?:a|one)[ -]half$/.exec(said);
  if (half) {
    const whole = numberOf(said.slice(0, half.index));
    return whole === null ? null : whole + 0.5;
  }
  if (/^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/.test(said)) return Number(said.replace(/,/g, ""));
  const parts = said.split(/[ -]+/).filter((part) => part !== "of" && part !== "");
  return parts.length === 0 ? null : ofWords(parts);
}

function ofWords(parts: string[]): number | null {
  const values = parts.map((part) => (Object.hasOwn(numberWords, part) ? numberWords[part]! : null));
  if (values.some((value) => value === null) || parts.length > 2) return null;
  const [first = 0, second] = values as number[];
  if (second === undefined) return first;
  const [word, next = ""] = parts;
  if (word === "half" && /^an?$/.test(next)) return 0.5;
  if (/^(?:an?|one)$/.test(word!) && /^(?:half|couple|pair|dozen|hundred)$/.test(next)) return second;
  if (next === "hundred" && first >= 1 && first < 20) return first * 100;
  return first >= 20 && first < 100 && second >= 1 && second < 10 && !/^an?$/.test(next)
    ? first + second
    : null;
}
