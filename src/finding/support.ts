import { daysBetween } from "#base";
import type { Chart } from "./chart.ts";
import type { Asked, Clause, Limit } from "./claim.ts";
import { durationsIn } from "./durations.ts";
import { convert, unitName } from "./evaluate/units.ts";
import { type Term, termsOf, termsOfWords } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import type { Sentence } from "./sentences.ts";
import type { Word } from "./words.ts";

/** A sentence of the record read for a verdict: by strict names, with what stands round it. */
export type Reading = {
  sentence: Sentence;
  words: readonly Word[];
  terms: Term[];
  context: Set<string>;
  topics: Set<string>;
};

/** How a sentence answers a clause. */
export type Support = { reading: Reading; side: "for" | "against" };

/** Sentences by strict term, read once per chart. */
export type ReadingIndex = {
  readings: Reading[];
  byKey: Map<string, number[]>;
  /** By document and page. */
  byPage: Map<string, Reading[]>;
};

export const pageKey = ({ document, page }: { document: string; page: number }): string =>
  `${document}\n${page}`;

const indexes = new WeakMap<Chart, ReadingIndex>();

export function readingsOf(chart: Chart): ReadingIndex {
  const known = indexes.get(chart);
  if (known) return known;
  const byKey = new Map<string, number[]>();
  const readings = chart.index.sentences.map(({ sentence, words }, at) => {
    const terms = termsOfWords(words, chart.strict).filter((term) => term.content);
    for (const key of new Set([...terms.map((term) => term.key), ...words.map(({ form }) => form)])) {
      const list = byKey.get(key);
      if (list) list.push(at);
      else byKey.set(key, [at]);
    }
    return { sentence, words, terms, context: new Set<string>(), topics: new Set<string>() };
  });
  const topics = topicsOf(readings);
  readings.forEach((reading, at) => {
    reading.context = contextOf(readings, at, chart);
    reading.topics = topics.get(reading.sentence.document)!;
  });
  const byPage = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = pageKey(reading.sentence);
    const list = byPage.get(key);
    if (list) list.push(reading);
    else byPage.set(key, [reading]);
  }
  const index = { readings, byKey, byPage };
  indexes.set(chart, index);
  return index;
}

/** What a document, or the whole record, speaks of again and again needs not be said in every sentence. */
function topicsOf(readings: readonly Reading[]): Map<string, Set<string>> {
  const counts = new Map<string, Map<string, number>>();
  const whole = new Map<string, number>();
  for (const { sentence, terms } of readings) {
    const its = counts.get(sentence.document) ?? new Map<string, number>();
    counts.set(sentence.document, its);
    for (const key of new Set(terms.map((term) => term.key))) {
      its.set(key, (its.get(key) ?? 0) + 1);
      whole.set(key, (whole.get(key) ?? 0) + 1);
    }
  }
  const often = [...whole].filter(([, n]) => n >= 4).map(([key]) => key);
  return new Map(
    [...counts].map(([document, its]) => [
      document,
      new Set([...often, ...[...its].filter(([, n]) => n >= 2).map(([key]) => key)]),
    ]),
  );
}

/** What the heading and the sentences just before and after say: it names whom and what a short sentence is about. */
function contextOf(readings: readonly Reading[], at: number, chart: Chart): Set<string> {
  const { sentence } = readings[at]!;
  const keys = new Set<string>();
  for (const offset of [-2, -1, 1]) {
    const near = readings[at + offset];
    if (near && near.sentence.document === sentence.document && near.sentence.page === sentence.page)
      for (const { key } of near.terms) keys.add(key);
  }
  for (const { key } of termsOf(sentence.section, chart.strict)) keys.add(key);
  return keys;
}

/** Sentences that say what the clause says, or its contrary, as surely as words can. */
export function supportFor(clause: Clause, chart: Chart): Support[] {
  const { readings, byKey } = readingsOf(chart);
  const telling = clause.asked.filter(({ faint }) => !faint);
  if (
    telling.length === 0 ||
    (telling.length === 1 && !telling[0]!.denied && !telling[0]!.anyOf.some(([term]) => term!.named))
  )
    return [];
  const pool = new Set<number>();
  for (const { anyOf } of telling)
    for (const way of anyOf) for (const { key } of way) for (const at of byKey.get(key) ?? []) pool.add(at);
  const found: Support[] = [];
  for (const at of pool) {
    const side = answer(clause, telling, readings[at]!, chart);
    if (side) found.push({ reading: readings[at]!, side });
  }
  return found.sort((a, b) => (b.reading.sentence.on ?? "").localeCompare(a.reading.sentence.on ?? ""));
}

function answer(
  clause: Clause,
  telling: readonly Asked[],
  reading: Reading,
  chart: Chart,
): "for" | "against" | null {
  const { sentence } = reading;
  if (sentence.text.length > 700 || !isPlainStatement(sentence.text, sentence.section, clause.isPlan))
    return null;
  if (clause.measured || (sentence.on !== null && sentence.on > chart.asOf)) return null;
  if (clause.done && !resulted.test(sentence.text)) return null;
  if (noneBefore.test(clause.text) && !everBefore.test(sentence.text)) return null;
  if (together.test(clause.text) && apart.test(sentence.text)) return null;
  if (resultAsked.test(clause.text) && !resultTold.test(sentence.text)) return null;
  if (!clause.roles.every((role) => showsField(role, sentence.document, chart))) return null;
  const given = endsBadly.test(clause.text) ? [] : telling.filter((asked) => isGiven(asked, reading, chart));
  const open = telling.filter((asked) => !given.includes(asked));
  if (open.length === 0) return null;
  return weigh(clause, open, reading, chart);
}

/** "No treatment today" does not say that there never was any. */
const noneBefore = /\bno (?:prior|previous)\b/i;
const everBefore =
  /\b(?:prior|previous\w*|never|yet|naive|history|hx|any|past|ever|has (?:not )?(?:had|received)|been)\b/i;
/** Two drugs of which one follows the other, or is withheld, are not given together. */
const together = /\b(?:combination|together|concurrent\w*|concomitant\w*) with\b/i;
const apart = /\b(?:hold|stop|without|alone|after|discontinue|following)\b/i;

/** A test that must be negative is not proven by the test alone. */
const resultAsked = /\bnegative\b[^.;]{0,40}\b(?:test\w*|screen\w*|result|culture|serolog\w+)\b/i;
const resultTold = /\b(?:negative|neg|non-?reactive|not detected|normal)\b/i;

/** Of a drug that failed or is barred, the sentence itself must name the drug. */
const endsBadly = /\b(?:intoleran\w*|contraindicat\w*|fail\w*|inadequate response|allerg\w+)\b/i;

/** The drug asked for and the disease treated, where a document speaks of them throughout. */
function isGiven(asked: Asked, reading: Reading, chart: Chart): boolean {
  return asked.anyOf.some(
    ([term]) =>
      (chart.requested.includes(term!.key.replace(/^d:/, "").toLowerCase()) ||
        chart.byConcept
          .get(term!.key.replace(/^c:/, ""))
          ?.some(({ assertion, type }) => assertion === "present" && type === "condition") ||
        (reading.topics.has(term!.key) && /^(?:d:|i:|c:\w+_dx$)/.test(term!.key))) &&
      !reading.terms.some(({ key }) => key === term!.key),
  );
}

/** True when a document shows the field of a specialist, in its letterhead, a signature or its text. */
export function showsField(role: RegExp, document: string, chart: Chart): boolean {
  return chart.index.sentences.some(
    ({ sentence }) => sentence.document === document && role.test(sentence.text),
  );
}

function weigh(
  clause: Clause,
  telling: readonly Asked[],
  reading: Reading,
  chart: Chart,
): "for" | "against" | null {
  const { sentence } = reading;
  const hits = telling.map((asked) => hitOf(asked, reading));
  const here = hits.filter((hit) => hit !== null && hit !== "near").length;
  const near = hits.filter((hit) => hit === "near").length;
  if (here + near < telling.length || here < Math.max(1, Math.ceil(telling.length * 0.6))) return null;
  if (here === 1 && telling.length > 1 && near > 0 && telling.length < 3) return null;
  // Two common words in one sentence are no statement; a name, three words, or a denial of the very thing are.
  const named = hits.some((hit) => hit !== null && hit !== "near" && hit.named);
  if (!named && here < 3 && !telling.some(({ denied }) => denied)) return null;
  let same = 0;
  let contrary = 0;
  hits.forEach((hit, at) => {
    if (hit === null || hit === "near") return;
    if (isDenied(sentence.text, hit.start, hit.end) === telling[at]!.denied) same++;
    else contrary++;
  });
  const unproven = telling.some(({ denied }, at) => denied && !isDeniedHere(hits[at]!, sentence.text));
  if (clause.done && unproven) return null;
  if (clause.done) return clause.limits.every((limit) => keeps(limit, reading, chart)) ? "for" : null;
  if (same > 0 && telling.some((asked) => asked.denied && !isDeniedInAll(asked, chart))) return null;
  if (same > 0 && contrary > 0) return null;
  if (same > 0 && unproven) return null;
  if (notSaid.test(sentence.text)) return null;
  if (onlyRisk.test(sentence.text) && !/\brisk/i.test(clause.text)) return null;
  const inWindow = clause.limits.every((limit) => limit.kind !== "within" || keeps(limit, reading, chart));
  // The contrary of "no portal vein thrombosis" names the thrombosis, not only the vein.
  if (same === 0 && telling.some(({ denied }, at) => denied && hits[at] === "near")) return null;
  if (same === 0) return inWindow ? "against" : null;
  return clause.limits.every((limit) => keeps(limit, reading, chart)) ? "for" : null;
}

/** "No exome or genome": each that has a name is denied somewhere; one alone leaves the other. */
function isDeniedInAll({ anyOf }: Asked, chart: Chart): boolean {
  if (anyOf.length < 2 || !anyOf.every(([term]) => term!.named)) return true;
  const { readings, byKey } = readingsOf(chart);
  return anyOf.every(([term]) =>
    (byKey.get(term!.key) ?? []).some((at) => {
      const { sentence, terms } = readings[at]!;
      const here = terms.find(({ key }) => key === term!.key);
      return here !== undefined && isDenied(sentence.text, here.start, here.end);
    }),
  );
}

/** What must not be there is said not to be there in this very sentence. */
const isDeniedHere = (hit: Term | "near" | null, text: string): boolean =>
  hit !== null && hit !== "near" && isDenied(text, hit.start, hit.end);

/** What a plan asks for is no statement about the patient, and a relative contraindication is none. */
const notSaid =
  /\b(?:policy|criteri(?:a|on)|plan|insurer|payer)\s+(?:requires?|states?|says?|asks?)\b|\brelative(?:ly)?\s+contraindicat/i;
const onlyRisk = /\bat (?:(?:high|higher|increased|low) )?risk (?:of|for)\b/i;

const resulted =
  /\d|\b(?:normal|nl|wnl|negative|neg|positive|pos|unremarkable|elevated|low|reactive|clear|found|within normal|completed|performed|done)\b/i;

function hitOf(asked: Asked, reading: Reading): Term | "near" | null {
  for (const way of asked.anyOf) {
    const term = way[0]!;
    const here =
      reading.terms.find(({ key }) => key === term.key) ?? (term.named ? undefined : wordOf(term, reading));
    if (here) return here;
  }
  const near = asked.anyOf.some(([term]) => reading.context.has(term!.key) || reading.topics.has(term!.key));
  return near ? "near" : null;
}

/** A word that stands inside a longer name of the sentence ("relapsing" in "relapsing-remitting multiple sclerosis"). */
function wordOf(term: Term, { words }: Reading): Term | undefined {
  const found = words.find(({ form }) => form === term.key);
  return found && { key: term.key, start: found.start, end: found.end, named: false, content: true };
}

/** True when the sentence shows that the limit is kept; a number that is not there keeps nothing. */
function keeps(limit: Limit, { sentence }: Reading, chart: Chart): boolean {
  if (limit.kind === "within")
    return sentence.on !== null && daysBetween(sentence.on, chart.requestedOn) <= limit.maxDays;
  if (limit.kind === "lasts")
    return durationsIn(sentence.text).some(({ days }) => days >= limit.minDays * 0.97);
  const values = [
    ...sentence.text.matchAll(
      /(over|more than|greater than|>|≥|at least|less than|<)?\s*(\d+(?:\.\d+)?)\s*(%|percent|mm|cm|mg|mcg|kg|lbs?|ms|mmHg)/gi,
    ),
  ];
  const stated = values
    .map(([, cue, number, unit]) => ({
      cue,
      value: convert(Number(number), unitName(unit!), unitName(limit.unit)),
    }))
    .filter((one): one is { cue: string | undefined; value: number } => one.value !== null);
  return (
    stated.length > 0 &&
    stated.every(({ cue, value }) => {
      const strictly = /over|more|greater|>/i.test(cue ?? "");
      if (limit.cmp === ">=") return value >= limit.value && !/less|</i.test(cue ?? "");
      if (limit.cmp === ">") return value > limit.value || (strictly && value >= limit.value);
      if (limit.cmp === "<=") return value <= limit.value && !strictly;
      return value < limit.value;
    })
  );
}
