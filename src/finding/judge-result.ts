import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Reading, readingsOf } from "./support.ts";
import { windowIn } from "./windows.ts";
import { isFaint, stem } from "./words.ts";

const negative = /\b(?:negative|neg|non-?reactive|not detected|undetect(?:ed|able)|not present|absent)\b/i;
const positive = /(?<!\bnon-?|not )\b(?:positive|pos|reactive|detected)\b/i;
const asks = /\b(negative|positive|non-?diagnostic|uninformative|unrevealing)\b/i;
/** A test that found nothing, as reports of it say. */
const unrevealing =
  /\b(?:negative|non-?diagnostic|uninformative|unrevealing|normal|no (?:pathogenic|clinically significant|reportable|causative|disease-causing)\b[^.;]{0,30}(?:variants?|mutations?|changes?|findings?)|no copy number)\b/i;

/** Words of such a criterion that name neither the test nor a condition of it. */
const frame = new Set(
  "negative positive test result screening screen evidence documented documentation show has have been with for must be prior start initiat therapy treatment past last within month year day week confirmed serum blood perform performed done been is diagnostic non nondiagnostic uninformative unrevealing previous previously obtained"
    .split(" ")
    .map(stem),
);

/**
 * "Negative tuberculosis test within the past 12 months": the newest result inside the window decides, by the word that
 * stands with the test's name. `null` where the criterion asks for no result or names no test that we know.
 */
export function judgeResult(text: string, chart: Chart): Verdict | null {
  const word = asks.exec(text)?.[1]?.toLowerCase();
  const wanted = word && /^(?:negative|positive)$/.test(word) ? word : word && "negative";
  const clear = wanted === word ? negative : unrevealing;
  if (!wanted || text.split(/\s+/).length > 22 || /\bor\b|\bunless\b/i.test(text)) return null;
  const window = windowIn(text);
  const rest = window ? text.replace(window.words, " ") : text;
  const asked = termsOf(rest, chart.strict).filter(
    (term) => term.content && !frame.has(term.key) && !isFaint(term.key) && !/^\d/.test(term.key),
  );
  if (asked.length === 0 || !asked.some(({ named }) => named)) return null;
  const told = readingsOf(chart).readings.flatMap((reading) => {
    const result = resultIn(
      reading,
      asked.map(({ key }) => key),
      clear,
      chart,
    );
    return result ? [{ reading, result }] : [];
  });
  const inside = window
    ? told.filter(
        ({ reading: { sentence } }) =>
          sentence.on && daysBetween(sentence.on, chart.requestedOn) <= window.days,
      )
    : told;
  const say = (list: typeof told, why: string) =>
    list.slice(0, 3).map(({ reading }) => passage([spanOfSentence(reading.sentence)], why));
  if (inside.length === 0)
    return told.length > 0 ? unknown(say(told, "older than the window, or not dated")) : null;
  const newest = inside
    .map(({ reading }) => reading.sentence.on ?? "")
    .sort()
    .at(-1)!;
  const last = inside.filter(({ reading }) => (reading.sentence.on ?? "") === newest);
  const same = last.filter(({ result }) => result === wanted);
  const other = last.filter(({ result }) => result !== wanted);
  if (same.length > 0 && other.length > 0)
    return {
      status: "conflicting",
      for: say(same, "the result"),
      against: say(other, "the result"),
      candidates: [],
    };
  return same.length > 0 ? met(say(same, `result: ${wanted}`)) : notMet(say(other, `result: not ${wanted}`));
}

/** The result that a sentence gives for the tests named, where it names them all and gives only one kind of result. */
function resultIn(
  { sentence, terms }: Reading,
  keys: readonly string[],
  clear: RegExp,
  chart: Chart,
): "negative" | "positive" | null {
  if (!keys.every((key) => terms.some((term) => term.key === key))) return null;
  if (sentence.text.length > 300 || !isPlainStatement(sentence.text, sentence.section, false)) return null;
  if (sentence.on !== null && sentence.on > chart.asOf) return null;
  const without = sentence.text.replace(clear, " ");
  const isNegative = clear.test(sentence.text);
  const isPositive = positive.test(without);
  if (isNegative === isPositive) return null;
  return isNegative ? "negative" : "positive";
}
