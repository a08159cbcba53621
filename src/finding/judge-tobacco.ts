import { addDays, dateOf, daysBetween, type PlainDate } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { datesIn } from "./text-dates.ts";

const asks =
  /\b(?:non-?smok\w+|(?:nicotine|tobacco|smoke)[- ]free|free (?:of|from) (?:nicotine|tobacco)|abstain\w*|abstinen\w+|does not (?:use|smoke)|not (?:use|smoke|be smoking)|no (?:current |active )?(?:tobacco|nicotine|smoking)(?: use)?|smoking cessation|stopped smoking|quit smoking)\b/i;
const byTest = /\b(?:cotinine|laborator\w+|urine|serum|blood test|nicotine test|negative test)\b/i;
const never =
  /\b(?:never[- ]smok\w+|(?:life-?long\s+)?non-?smoker|never (?:used|uses) (?:tobacco|nicotine)|does not (?:smoke|use (?:tobacco|nicotine)))\b/i;
const quit =
  /\b(?:quit|stopped smoking|(?:smoke|tobacco|nicotine)[- ]free since|ex-smoker|former smoker|last cigarette|abstinent since)\b/i;
const uses =
  /\b(?:current(?:ly)?\s+(?:every ?day\s+|some ?day\s+|daily\s+|heavy\s+)?(?:smok\w+|vap\w+)|smokes\b|active smoker|vapes|vaping|chew(?:s|ing) tobacco|still smok\w+|resumed smoking|continues to smoke|nicotine (?:gum|patch(?:es)?|lozenges?|pouch(?:es)?)|tobacco use disorder)/i;
const ofKin = /\b(?:husband|wife|spouse|partner|son|daughter|roommate|secondhand)\b/i;
const past = /\b(?:quit|former(?:ly)?|ex-smoker|stopped|used to|previously|in the past)\b/i;
const cleared =
  /\b(?:cotinine|nicotine)\b[^.;]{0,40}(?:\bneg(?:ative)?\b|<\s*(?:[1-9]|1\d|20)\b|not detected|undetect\w+|below)/i;
const found = /\b(?:cotinine|nicotine)\b[^.;]{0,40}\bpositive\b/i;

/**
 * "Nicotine free for at least 6 weeks": somebody who never smoked, or whose last day lies far enough back, and no note
 * of use since. A note of present use speaks against it. `null`: not asked.
 */
export function judgeTobacco(text: string, chart: Chart): Verdict | null {
  if (!asks.test(text) || !/nicotine|tobacco|smok/i.test(text) || text.split(/\s+/).length > 26) return null;
  const least = durationsIn(text)[0]?.days ?? 0;
  const said = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, section, on }) =>
        !ofKin.test(words) && isPlainStatement(words, section, false) && (on ?? "") <= chart.asOf,
    );
  const free = said.filter((sentence) => isFree(sentence, least, chart));
  const tests = said.filter(({ text: words }) => cleared.test(words) && !found.test(words));
  const against = said.filter(({ text: words }) => found.test(words) || isUse(words));
  const show = (list: readonly Sentence[], why: string) =>
    list.slice(0, 2).map((one) => passage([spanOfSentence(one)], why));
  const evidence = [...show(free, "no tobacco for long enough"), ...show(tests, "the test agrees")];
  if (against.length > 0 && evidence.length > 0)
    return unknown([...evidence, ...show(against, "speaks of use")]);
  const recent = against.filter(
    ({ on }) => on !== null && daysBetween(on, chart.requestedOn) <= Math.max(least, 90),
  );
  if (recent.length > 0) return notMet(show(recent, "present use is recorded"));
  if (free.length === 0 || (byTest.test(text) && tests.length === 0))
    return unknown([
      ...evidence,
      ...show(against, "speaks of use"),
      ...show(
        said.filter(({ text: words }) => quit.test(words) && /smok|tobacco|nicotine|vap/i.test(words)),
        "since when is not shown, or not long enough",
      ),
    ]);
  return met(evidence);
}

function isUse(words: string): boolean {
  const place = uses.exec(words);
  return (
    !!place &&
    !past.test(words) &&
    !isDenied(words, place.index, place.index + place[0].length) &&
    !never.test(words)
  );
}

function isFree(sentence: Sentence, least: number, chart: Chart): boolean {
  const { text: words } = sentence;
  const place = never.exec(words);
  if (place && !/\bnot a\b/i.test(words)) return true;
  const last = lastDay(sentence);
  return last !== null && daysBetween(last, chart.requestedOn) >= least;
}

/** The latest day on which the sentence lets somebody have stopped. */
function lastDay({ text: words, on }: Sentence): PlainDate | null {
  const place = quit.exec(words);
  if (!place || !/smok|tobacco|cigarette|nicotine|vap|pack/i.test(words)) return null;
  const after = words.slice(place.index);
  const ago = /^[^.;]{0,40}?((?:\d+|\w+)\s*(?:days?|weeks?|months?|years?))\s+ago\b/i.exec(after);
  if (ago) {
    const days = durationsIn(ago[1]!)[0]?.days;
    return days === undefined || on === null ? null : addDays(on, -days);
  }
  const day = datesIn(words).find(({ start }) => start >= place.index && start - place.index < 40);
  if (day) return day.latest;
  const year = /^[^.;\d]{0,40}\b((?:19|20)\d{2})\b/.exec(after)?.[1];
  return year ? dateOf(Number(year), 12, 31) : null;
}
