import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, type Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { newestOf, type Sentence, spanOfSentence } from "./sentences.ts";
import { isContent, stem, wordsOf } from "./words.ts";

const amount = "(\\d{1,3})(?:\\s*(?:-|–|to)\\s*(\\d{1,3}))?";
const period = "(?:per|a|an|each|every|\\/)\\s*(day|night|week|month|year)";
const askedOften = new RegExp(
  `^\\W*(.{0,60}?)(at least|a minimum of|minimum of|≥|>=|more than|greater than|>)?\\s*(\\d{1,3})\\s*(or more\\s+|or greater\\s+)?([a-z][a-z -]{2,40}?)\\s+${period}\\b(.*)$`,
  "i",
);

/**
 * "At least 15 headache days per month": how often the newest note says it happens. The thing and the period must be
 * the criterion's own; a time it must have lasted must be said in the same sentence. `null`: of no such kind.
 */
export function judgeFrequency(text: string, chart: Chart): Verdict | null {
  const found = askedOften.exec(text);
  if (!found || !(found[2] || found[4]) || /\d/.test(found[1]!)) return null;
  const [, , cue, number, , thing, unit, rest] = found;
  const least = Number(number);
  const strictly = /more than|greater than|^>$/i.test(cue ?? "");
  const lasting = durationsIn(rest ?? "")[0]?.days;
  if (telling(rest ?? "").some((form) => !timeWords.has(form))) return null;
  const wanted = telling(thing!);
  const said = plainSentences(chart).flatMap((sentence) => {
    const place = new RegExp(`${amount}\\s+([a-z][a-z -]{2,40}?)\\s+${period}\\b`, "i").exec(sentence.text);
    if (
      !place ||
      isDenied(sentence.text, place.index, place.index + place[0].length) ||
      below.test(sentence.text.slice(0, place.index))
    )
      return [];
    if (place[4]!.toLowerCase() !== unit!.toLowerCase()) return [];
    if (/\b(?:previously|prior|baseline|before|was|were|used to|down from|from|goal)\b/i.test(sentence.text))
      return [];
    const named = telling(place[3]!);
    if (!wanted.every((form) => named.includes(form))) return [];
    return [{ sentence, low: Number(place[1]), high: Number(place[2] ?? place[1]) }];
  });
  const newest = newestOf(said).slice(0, 3);
  if (newest.length === 0) return null;
  const enough = (value: number) => (strictly ? value > least : value >= least);
  const evidence = newest.map(({ sentence }) =>
    passage([spanOfSentence(sentence)], "how often, in the newest note"),
  );
  if (newest.every(({ high }) => !enough(high))) return notMet(evidence);
  if (!newest.every(({ low }) => enough(low))) return null;
  const longEnough =
    lasting === undefined ||
    newest.some(({ sentence }) => durationsIn(sentence.text).some(({ days }) => days >= lasting * 0.97));
  return longEnough ? met(evidence) : null;
}

/** Bounds from above prove nothing. */
const below = /\b(?:fewer|less|under|below|up to|at most|no more|not|maximum(?: of)?)\b[^,;]{0,12}$/i;

const askedLong =
  /^\W*(?:(?:the\s+)?(?:member|patient|individual|beneficiary)\s+(?:has|have|has had|with)\s+)?(?:a\s+)?(?:history\s+of\s+)?(?:persistent\s+|chronic\s+|continuous\s+|ongoing\s+|continued\s+)?([a-z][a-z /-]{2,50}?)\s+(?:(?:has\s+)?(?:been\s+)?(?:present\s+|lasting\s+|persist\w*\s+|persisting\s+|has lasted\s+)?(?:for|of|over|lasting|≥|>)?\s*)(?:a\s+)?(?:at least|minimum of|a minimum of|more than|greater than|≥|>)\s*((?:\d+|\w+)[\s-]*(?:days?|weeks?|months?|years?))(?:\s+(?:in\s+)?duration|\s+or\s+(?:more|longer))?\W*$/i;

/** "Persistent pain for at least 6 months": since when a note says it has been there. `null`: of no such kind, or not said. */
export function judgeLasting(text: string, chart: Chart): Verdict | null {
  const found = askedLong.exec(text);
  const least = found && durationsIn(found[2]!)[0]?.days;
  if (!found || !least || treated.test(found[1]!)) return null;
  const wanted = telling(found[1]!).filter((form) => !timeWords.has(form));
  if (wanted.length === 0) return null;
  const said = plainSentences(chart).flatMap((sentence) => {
    const forms = wordsOf(sentence.text).map(({ form }) => form);
    const [length] = durationsIn(sentence.text);
    if (!length || !wanted.every((form) => forms.includes(form))) return [];
    const before = sentence.text.slice(Math.max(0, length.start - 22), length.start);
    const after = sentence.text.slice(length.end, length.end + 14);
    const attached =
      /\b(?:for|x|×|lasting|over|past|last|about|nearly|almost|persist\w*)\s*(?:the\s+)?(?:past\s+|last\s+|about\s+|over\s+|more than\s+|at least\s+)*$/i.test(
        before,
      ) || /^\s*(?:history|hx|duration|of\b)/i.test(after);
    return attached &&
      !treated.test(sentence.text) &&
      !/\b(?:no|denies|resolved|without)\b/i.test(sentence.text)
      ? [{ sentence, days: length.days }]
      : [];
  });
  const newest = newestOf(said).slice(0, 3);
  if (newest.length === 0) return null;
  const evidence = newest.map(({ sentence }) =>
    passage([spanOfSentence(sentence)], "since when, in the newest note"),
  );
  if (newest.every(({ days }) => days >= least * 0.97)) return met(evidence);
  return newest.every(({ days }) => days < least * 0.97) ? notMet(evidence) : null;
}

/** What lasts is a complaint, not a treatment: trials of treatment are counted elsewhere. */
const treated =
  /\b(?:therap\w+|treat\w*|trial|tried|fail\w*|response|us(?:e|ed|ing|age)|taking|takes|drugs?|medications?|exercise|program|sober\w*|abstin\w+|coverage|stable|care|conservative)\b/i;

const timeWords = new Set(
  "past last previous at least month week day year for over in duration average more longer consecutive persistent chronic present"
    .split(" ")
    .map(stem),
);
const telling = (text: string): string[] =>
  wordsOf(text)
    .map(({ form }) => form)
    .filter(
      (form) => isContent(form) && !/^\d/.test(form) && !/^(?:one|two|three|four|five|six)$/.test(form),
    );

const plainSentences = (chart: Chart): Sentence[] =>
  chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text, section, on }) =>
        text.length < 400 && isPlainStatement(text, section, false) && (on === null || on <= chart.asOf),
    );
