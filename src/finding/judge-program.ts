import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { datesIn } from "./text-dates.ts";
import { windowIn } from "./windows.ts";

const asks =
  /\b(?:participat\w+|complet\w+|enrol\w+|attend\w+|engag\w+|trial of|adher\w+)\b[^.;]{0,90}\b(?:program|regimen|plan|diet|modification|counseling|management)\b|\b(?:weight (?:loss|management)|lifestyle|diet(?:ary)?|nutrition)\b[^.;]{0,60}\b(?:program|regimen|modification)\b/i;
const about = /\b(?:weight|diet(?:ary)?|nutrition\w*|lifestyle|exercise)\b/i;
const tells =
  /\b(?:program|visits?|sessions?|counseling|plan|supervised|coach\w*|modification|regimen|diet)\b/i;
const supervised =
  /\b(?:physician|medically|doctor)[- ]?(?:supervised|directed|monitored)|supervised by (?:a )?(?:physician|doctor)\b/i;
const supervising = /\b(?:supervised|Dr\.?|MD|DO|physician|dietiti?an|RDN?)\b/;
/** Days between two monthly visits that are still consecutive. */
const monthly = 46;

/**
 * "Participated in a weight management program for at least 6 months": how long a note says it went, the first and last
 * day it gives, or the days of the visits. `null`: of no such kind, or no note tells of it.
 */
export function judgeProgram(text: string, chart: Chart): Verdict | null {
  if (!asks.test(text) || !about.test(text) || text.split(/\s+/).length > 34) return null;
  if (/\b(?:not|unless|fail\w*|inadequate|unsuccessful|contraindicat\w*|will be|adjunct)\b/i.test(text))
    return null;
  const window = windowIn(text);
  const least = durationsIn(
    (window ? text.replace(window.words, " ") : text).replace(/\bconsecutive\s+/gi, ""),
  )[0]?.days;
  if (least === undefined) return null;
  const consecutive = /\bconsecutive\b/i.test(text);
  const told = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, section, on }) =>
        about.test(words) &&
        tells.test(words) &&
        (on ?? "") <= chart.asOf &&
        isPlainStatement(words, section, false) &&
        !/\b(?:no|not|never|denies|declin\w+|referred)\b/i.test(words),
    )
    .map((sentence) => ({ sentence, ...lengthOf(sentence, consecutive) }));
  if (told.length === 0) return null;
  const show = (list: typeof told) =>
    list
      .slice(0, 2)
      .map(({ sentence }) => passage([spanOfSentence(sentence)], "the program and how long it went"));
  const long = told.filter(
    ({ days, last, sentence }) =>
      days >= least * 0.97 &&
      (!window || (last !== null && daysBetween(last, chart.requestedOn) <= window.days)) &&
      (!supervised.test(text) || supervising.test(sentence.text)),
  );
  return long.length > 0 ? met(show(long)) : unknown(show(told));
}

/** Days from the first to the last date of a sentence, or as long as it says; visits too far apart are not consecutive. */
function lengthOf({ text, on }: Sentence, consecutive: boolean): { days: number; last: Sentence["on"] } {
  const dates = datesIn(text).sort((a, b) => a.earliest.localeCompare(b.earliest));
  const gaps = dates.slice(1).map((date, at) => daysBetween(dates[at]!.latest, date.earliest));
  if (dates.length >= 2 && (dates.length === 2 || !consecutive || gaps.every((gap) => gap <= monthly)))
    return { days: daysBetween(dates[0]!.earliest, dates.at(-1)!.latest), last: dates.at(-1)!.latest };
  const named = durationsIn(text).map(({ days }) => days);
  return { days: named.length > 0 ? Math.min(...named) : -1, last: on };
}
