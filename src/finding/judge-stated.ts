import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { type Term, termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Reading, readingsOf } from "./support.ts";
import { isFaint, stem, wordsOf } from "./words.ts";

/** Words that qualify what a criterion asks and that a note, saying the same thing, seldom repeats. */
const light = new Set(
  (
    "appropriate appropriately licensed qualified significant significantly properly optimally optimal requested device devices item equipment " +
    "service services operation use used using consideration considered under level levels show shows showing demonstrate demonstrates demonstrated " +
    "provide provides provided performed required need needed necessary documented documentation record chart evidence note notes member treating " +
    "expected professional proper alternate alternative various overall ongoing specific certain shall able ability capable must main other additional " +
    "room rooms between reasonable reasonably within independent independently standard absence absent lack free no comprehensive program without"
  )
    .split(" ")
    .map(stem),
);
/** Criteria of these kinds hang on more than their words: time, numbers, trials, choices. */
const other =
  /\d|[<>≥≤%]|\b(?:fail\w*|tri(?:ed|al|als)|intoleran\w*|contraindicat\w*|unless|except|either|at least|one of|within|months?|weeks?|days?|years?|history|diagnos\w+|inadequate|response|respond\w*|dos(?:e|es|age|ing)|severe|moderate|mild|label\w*|FDA|approved|policy|criteria|listed|above|risk|all of|any of|more than|less than|prior|previous(?:ly)?|adult|age)\b/i;
/** What a sentence says that is no statement of today. */
const doubtful =
  /\b(?:if|may|might|could|possible|possibly|consider|risk|goal|plan to|discuss\w*|previously|in the past|used to|hopes?|wants? to know|criteria|policy|requires that|states that|reports that)\b/i;

/**
 * A criterion of plain words that a note states almost word by word: every telling word in one sentence, three at least
 * or two with a name among them, each denied there as it is denied in the criterion. `null`: not so stated.
 */
export function judgeStated(text: string, chart: Chart): Verdict | null {
  const plain = text.replace(/\([^()]*\)/g, " ").replace(/\s+/g, " ");
  if (other.test(plain) || plain.split(/\s+/).length > 26) return null;
  if (/\b(?:or|and)\b.*\b(?:or|and)\b.*\b(?:or|and)\b/i.test(plain)) return null;
  const wanted = termsOf(plain, chart.strict).filter(
    ({ key, content }) => content && !light.has(key) && !isFaint(key),
  );
  const keys = [...new Set(wanted.map(({ key }) => key))];
  const named = wanted.some((term) => term.named);
  if (keys.length < (named ? 2 : 3)) return null;
  const joined = /\bor\b/i.test(plain);
  const { readings, byKey } = readingsOf(chart);
  const pool = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
  const said = [...pool].flatMap((at) => {
    const reading = readings[at]!;
    return !joined && states(wanted, plain, reading, chart) ? [reading] : [];
  });
  if (said.length === 0) return null;
  const contrary = [...pool].some((at) => opposes(wanted, plain, readings[at]!));
  if (contrary) return null;
  return met(
    said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "the record says so")),
  );
}

function states(wanted: readonly Term[], text: string, reading: Reading, chart: Chart): boolean {
  const { sentence } = reading;
  if (sentence.text.length > 320 || (sentence.on ?? "") > chart.asOf) return false;
  if (!isPlainStatement(sentence.text, sentence.section, false) || doubtful.test(sentence.text)) return false;
  return wanted.every((term) => {
    const denied = isDenied(text, term.start, term.end);
    return placesOf(term, reading).some(({ start, end }) => isDenied(sentence.text, start, end) === denied);
  });
}

/** A sentence that has all of the words and denies what the criterion asserts, or the other way round. */
function opposes(wanted: readonly Term[], text: string, reading: Reading): boolean {
  const { sentence } = reading;
  const places = wanted.map((term) => placesOf(term, reading));
  if (places.some((list) => list.length === 0)) return false;
  return wanted.some((term, at) => {
    const denied = isDenied(text, term.start, term.end);
    return places[at]!.every(({ start, end }) => isDenied(sentence.text, start, end) !== denied);
  });
}

/** Where a sentence has the term: by its name, or by its word. */
function placesOf(term: Term, { terms, sentence }: Reading): { start: number; end: number }[] {
  const byName = terms.filter(({ key }) => key === term.key);
  if (byName.length > 0 || term.named) return byName;
  return wordsOf(sentence.text).filter(({ form }) => form === term.key);
}
