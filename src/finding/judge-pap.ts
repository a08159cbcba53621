import { type Chart, passage } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

const pap = /\b(?:CPAP|BiPAP|APAP|auto-?PAP|PAP|positive airway pressure)\b/i;
const asks =
  /\b(?:intoleran\w*|inability to tolerate|unable to tolerate|fail(?:ed|ure)|unsuccessful|ineffective|did not tolerate|could not tolerate)\b/i;
const tells =
  /\b(?:could not|cannot|can't|couldn't|unable to|did not|does not|not able to)\s+tolerate\b|\bintoleran(?:t|ce)\b|\bfailed\b|\bfailure of\b|\bnot tolerated\b/i;
const use =
  /\b(?:average|avg|mean|median)?\s*(?:use|usage)\b[^.;]{0,30}?(\d{1,2}(?:\.\d+)?)\s*(?:h|hrs?|hours?)\b/i;
const residual = /\bresidual (?:AHI|apnea-hypopnea index)\b[^.;\d]{0,20}(\d{1,3}(?:\.\d+)?)/i;
const other = /\b(?:severe|AHI of|BMI|age)\b/i;

/**
 * "CPAP failure or intolerance (less than 4 hours per night)": a note that it was not tolerated or failed, and, where the
 * criterion says what that means, the hours of a download or the residual index that show it. `null`: not asked or not told.
 */
export function judgePap(text: string, chart: Chart): Verdict | null {
  if (!pap.test(text) || !asks.test(text) || other.test(text) || text.split(/\s+/).length > 40) return null;
  if (/\b(?:not|no|unless)\b/i.test(text.replace(/\b(?:did|could|can) ?not tolerate/gi, ""))) return null;
  const lines = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(({ on }) => (on ?? "") <= chart.asOf);
  const said = lines.filter(
    ({ text: words, section }) =>
      pap.test(words) &&
      tells.test(words) &&
      isPlainStatement(words.replace(/\bcould not\b/gi, "cannot"), section, false) &&
      !/\b(?:no|denies|without)\b[^.;]{0,20}\bintoleran/i.test(words),
  );
  const hours = /less than\s+(\d{1,2})\s*(?:h|hrs?|hours?)/i.exec(text)?.[1];
  const index = /residual\b[^.;]{0,30}?(?:greater than|more than|above|over|>|at least|≥)\s*(\d{1,3})/i.exec(
    text,
  )?.[1];
  const short = lines.filter(
    ({ text: words }) => hours && Number(use.exec(words)?.[1] ?? 99) < Number(hours),
  );
  const long = lines.filter(
    ({ text: words }) => hours && Number(use.exec(words)?.[1] ?? -1) >= Number(hours),
  );
  const high = lines.filter(
    ({ text: words }) => index && Number(residual.exec(words)?.[1] ?? -1) > Number(index),
  );
  const show = (list: readonly Sentence[]) =>
    list.slice(0, 3).map((one) => passage([spanOfSentence(one)], "how positive airway pressure went"));
  if (!hours && !index) return said.length > 0 ? met(show(said)) : null;
  if (high.length > 0 || (short.length > 0 && long.length === 0))
    return met(show([...short, ...high, ...said]));
  return said.length > 0 ? unknown(show([...said, ...long])) : null;
}
