import { type Chart, passage } from "./chart.ts";
import { met, type Verdict } from "./evaluate/verdict.ts";
import { type Term, termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Reading, readingsOf } from "./support.ts";
import { isContent, isFaint, stem, wordsOf } from "./words.ts";

/** Words that qualify what a criterion asks and that a note, saying the same thing, seldom repeats. */
const light = new Set(
  (
    "measurable appropriate appropriately licensed qualified significant significantly properly optimally optimal requested device devices item equipment " +
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
  /\b(?:if|may|might|could|possible|possibly|consider|risk|goal|plan to|discuss\w*|previously|in the past|used to|hopes?|wants? to know|criteria|policy|requires that|states that|reports that|assess|evaluate|suspicious|cannot exclude|no longer|until|required|needed to|not yet|fewer|less than|control issues|in the family|records? for)\b|:\s*(?:no|not \w+)\W*$/i;

/**
 * A criterion of plain words that a note states almost word by word: every telling word in one sentence, three at least
 * or two with a name among them, each denied there as it is denied in the criterion. `null`: not so stated.
 */
export function judgeStated(text: string, chart: Chart): Verdict | null {
  const plain = text
    .replace(/\([^()]*\)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const verbatim = judgeVerbatim(plain, chart);
  if (verbatim) return verbatim;
  if (other.test(plain) || plain.split(/\s+/).length > 26 || /\bor\b/i.test(plain)) return null;
  const wanted = tellingOf(plain, chart);
  const keys = [...new Set(wanted.map(({ key }) => key))];
  const named = wanted.some((term) => term.named);
  if (keys.length < (named ? 2 : 3)) return null;
  const { readings, byKey } = readingsOf(chart);
  const pool = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
  const said = [...pool]
    .map((at) => readings[at]!)
    .filter((reading) => states(wanted, plain, reading, chart));
  if (said.length === 0 || [...pool].some((at) => opposes(wanted, plain, readings[at]!))) return null;
  return met(
    said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "the record says so")),
  );
}

const tellingOf = (text: string, chart: Chart): Term[] =>
  termsOf(text, chart.strict).filter(({ key, content }) => content && !light.has(key) && !isFaint(key));

/** Words of one meaning that criteria and notes exchange freely. */
const exchanged: Record<string, string> = Object.fromEntries(
  [
    ["able", "ability", "capable", "capability", "capabilities"],
    ["stable", "stability"],
    ["require", "requires", "need", "needs"],
    ["participate", "participates", "participation", "attend", "attends", "engage", "engages"],
    ["tolerate", "tolerates", "tolerating"],
    ["expect", "expected", "anticipated"],
    ["surgery", "surgical"],
    ["demonstrate", "demonstrated", "demonstrates", "was"],
    ["caregivers", "caregiver", "parents", "parent"],
  ].flatMap((row) => row.map((word) => [stem(word), stem(row[0]!)])),
);
const formOf = (form: string): string => exchanged[form] ?? form;

/** A run of this many words is the criterion's own sentence. */
const longRun = 5;
const frameOfSubject =
  /^(?:documentation (?:of|that)|there is|the (?:member|patient|individual|beneficiary)(?:'s)?|member|patient|is|are|has|have|was|be|must|been|an?|the|and)\s+/i;

/**
 * The criterion's own words in a row: all of a short one ("medically stable"), or of a long one a run of five or more with
 * every number and at most one telling word left unsaid.
 */
function judgeVerbatim(text: string, chart: Chart): Verdict | null {
  let core = text.replace(/[.;,:\s]+$/, "");
  while (frameOfSubject.test(core)) core = core.replace(frameOfSubject, "");
  if (barring.test(core) || core.split(/\s+/).length > 26) return null;
  const wanted = wordsOf(core).map(({ form }) => formOf(form));
  const telling = wordsOf(core).filter(({ form }) => isContent(form) && !isFaint(form));
  if (wanted.length < 2 || telling.length < 1) return null;
  const { readings, byKey } = readingsOf(chart);
  const rare = telling
    .map(({ form }) => byKey.get(form) ?? [])
    .filter((list) => list.length > 0)
    .sort((a, b) => a.length - b.length);
  const pool = [...new Set(rare.slice(0, 2).flat())].map((at) => readings[at]!);
  const numbers = wanted.filter((form) => /\d/.test(form));
  const said = pool.filter(({ sentence, words }) => {
    if (sentence.text.length > 320 || (sentence.on ?? "") > chart.asOf) return false;
    const forms = words.map(({ form }) => formOf(form));
    if (!numbers.every((number) => forms.includes(number))) return false;
    const run = longestRun(wanted, forms);
    if (run.length < Math.min(wanted.length, longRun)) return false;
    const left = telling.filter(({ form }) => !forms.includes(formOf(form)) && !light.has(form));
    const short = wanted.length < longRun;
    if (short ? run.length < wanted.length : left.length > 0) return false;
    const [first, last] = [words[run.at]!, words[run.at + run.length - 1]!];
    return (
      isPlainStatement(sentence.text, sentence.section, false) &&
      !doubtful.test(sentence.text) &&
      isDenied(sentence.text, first.start, last.end) === isDenied(core, 0, core.length) &&
      isDenied(sentence.text, last.start, last.end) === isDenied(core, core.length - 1, core.length)
    );
  });
  return said.length > 0
    ? met(
        said
          .slice(0, 2)
          .map(({ sentence }) => passage([spanOfSentence(sentence)], "in the criterion's own words")),
      )
    : null;
}

/** Words whose choice decides what is asked. */
const barring =
  /\b(?:or|unless|except|fail\w*|intoleran\w*|contraindicat\w*|less than|at most|up to|policy|criteria|listed|history|diagnos\w+|within|past|last)\b|[<>≤≥]/i;

function longestRun(wanted: readonly string[], forms: readonly string[]): { at: number; length: number } {
  let best = { at: 0, length: 0 };
  for (let from = 0; from < wanted.length; from++)
    for (let at = 0; at < forms.length; at++) {
      let length = 0;
      while (from + length < wanted.length && forms[at + length] === wanted[from + length]) length++;
      if (length > best.length) best = { at, length };
    }
  return best;
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
