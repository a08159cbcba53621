import { type Lexicon, type Term, termsOf, termsOfWords } from "./lexicon.ts";
import type { Sentence } from "./sentences.ts";
import { isContent, isFaint, type Word, wordsOf } from "./words.ts";

/** A sentence with its terms, read once. */
export type Indexed = {
  sentence: Sentence;
  words: Word[];
  terms: Term[];
  counts: Map<string, number>;
  length: number;
};

/** Every sentence of the record, ready for search. */
export type SearchIndex = {
  lexicon: Lexicon;
  sentences: Indexed[];
  byKey: Map<string, number[]>;
  meanLength: number;
  /** Sentences that introduce the patient (age and sex), and those that list the history. */
  leads: Set<number>;
  /** Sentences that tell of the history, and those on consent. */
  historic: Set<number>;
  consenting: Set<number>;
};

export type Ranked = { indexed: Indexed; score: number; shared: string[] };

/** What each signal is worth. Set on labelled pairs of patients and criteria; see docs of the ablation script. */
export const weights = {
  match: 3,
  sign: 0.8,
  demographic: 3,
  consent: 4,
  lead: 0.55,
  history: 0.9,
  numbers: 0.3,
  neighbour: 0.12,
  drugs: 0.8,
  phrase: 0.5,
};

export function buildIndex(sentences: readonly Sentence[], lexicon: Lexicon): SearchIndex {
  const index: SearchIndex = {
    lexicon,
    sentences: [],
    byKey: new Map(),
    meanLength: 1,
    leads: new Set(),
    historic: new Set(),
    consenting: new Set(),
  };
  for (const sentence of sentences) {
    const words = wordsOf(sentence.text);
    const terms = termsOfWords(words, lexicon).filter((term) => term.content);
    const counts = new Map<string, number>();
    for (const { key } of terms) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const drugClass = lexicon.classOf.get(key);
      if (drugClass) counts.set(drugClass, (counts.get(drugClass) ?? 0) + 1);
    }
    const at = index.sentences.length;
    for (const key of counts.keys()) {
      const list = index.byKey.get(key);
      if (list) list.push(at);
      else index.byKey.set(key, [at]);
    }
    if (introduces.test(sentence.text) && index.leads.size < 40) index.leads.add(at);
    if (historic.test(sentence.text)) index.historic.add(at);
    if (consenting.test(sentence.text)) index.consenting.add(at);
    index.sentences.push({ sentence, words, terms, counts, length: terms.length });
  }
  index.meanLength =
    index.sentences.reduce((sum, { length }) => sum + length, 0) / Math.max(1, index.sentences.length);
  return index;
}

const introduces =
  /\b(\d{1,3}|[a-z]+)[- ](?:year|yr|month|week|day)s?[- ]old\b|\b\d{1,3}\s?(?:yo|y\/o|y\.o\.?)\b|\b\d{1,3}[- ]?(?:M|F)\b|\bDOB\b|date of birth/i;
const historic = /\b(history|pmh|hx|past medical|notable for|previous(?:ly)? (?:healthy|medical)|known)\b/i;
const consenting = /\b(consent|comply|compliance|agree|willing|cooperat\w+|practical issues|sign(?:ed)?)\b/i;
const asksConsent =
  /\b(consent|assent|willing\w*|comply|complian\w*|refus\w+|cooperat\w+|protocol|study (?:procedure|visit|requirement)s?|follow[- ]?up visits?|scheduled visits|communicate|comprehend|understand|able to (?:provide|give|complete|attend|undergo|perform)|inability to|unable to (?:provide|give|comply|complete)|abilit(?:y|ies) to|language|available for)\b/i;
const asksDemographic =
  /\b(age[ds]?|years?|yrs|adults?|child(?:ren)?|infants?|male|female|men|women|sex(?:es)?|gender|old(?:er)?|pregnan\w+|menopaus\w*)\b/i;
const asksDisease =
  /\b(disease|disorder|syndrome|failure|cancer|malignan\w+|infection|insufficiency|dysfunction|illness|condition|history|diagnos\w+|impairment|\w+(?:itis|osis|emia|oma|pathy|iasis|plegia))\b/i;

const asksDrugs =
  /\b(medications?|medicines?|drugs?|treated with|treatment with|therapy|taking|receiving|use of|on stable|dose|agents?|inhibitors?|antibod(?:y|ies)|\w+(?:mab|nib|pril|sartan|olol|statin|azole|mycin|cillin))\b/i;
const namesDrugs =
  /\b(medications?|meds|prescribed|takes|taking|on \w+ \d+ ?mg|\d ?mg|started on|treated with)\b/i;

/** Passages that bear on a criterion, best first. Only sentences that share something with it are looked at. */
export function rankPassages(text: string, index: SearchIndex, limit: number): Ranked[] {
  const query = queryOf(text, index);
  const asks = {
    consent: asksConsent.test(text),
    demographic: asksDemographic.test(text),
    disease: asksDisease.test(text),
    numbers: /\d/.test(text),
    drugs: asksDrugs.test(text),
  };
  const pool = poolOf(query, index, asks.consent);
  const ranked = new Map([...pool].map((at) => [at, scoreOf(at, query, index, asks)]));
  const alone = new Map([...ranked].map(([at, { score }]) => [at, score]));
  for (const [at, passage] of ranked)
    passage.score += weights.neighbour * Math.max(alone.get(at - 1) ?? 0, alone.get(at + 1) ?? 0);
  return [...ranked.values()]
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.indexed.sentence.index - b.indexed.sentence.index)
    .slice(0, limit);
}

type Query = { keys: Map<string, number>; signs: Set<string>; total: number; pairs: Set<string> };
type Asks = { consent: boolean; demographic: boolean; disease: boolean; numbers: boolean; drugs: boolean };

function queryOf(text: string, index: SearchIndex): Query {
  const keys = new Map<string, number>();
  const signs = new Set<string>();
  let total = 0;
  for (const term of termsOf(text, index.lexicon)) {
    if (!term.content || keys.has(term.key)) continue;
    const weight = rarity(term.key, index) * (term.named ? 1.3 : isFaint(term.key) ? 0.25 : 1);
    keys.set(term.key, weight);
    total += weight;
    for (const sign of index.lexicon.signs.get(term.key) ?? []) signs.add(sign);
  }
  const words = wordsOf(text).map(({ form }) => form);
  const pairs = new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`));
  return { keys, signs, total: Math.max(total, 1), pairs };
}

/** Of the sentence, the longest run of words that stand in the criterion in the same order, less one. */
function longestRun(pairs: ReadonlySet<string>, words: readonly Word[]): number {
  let longest = 0;
  for (let at = 1, run = 0, telling = 0; at < words.length; at++) {
    const both = [words[at - 1]!.form, words[at]!.form];
    if (pairs.has(both.join(" "))) {
      run++;
      if (both.every((form) => isContent(form) && !isFaint(form))) telling++;
    } else run = telling = 0;
    longest = Math.max(longest, Math.min(run, telling));
  }
  return longest;
}

/** How telling a term is in this record, between 0.4 (everywhere) and 1 (rare). */
function rarity(key: string, index: SearchIndex): number {
  const share = (index.byKey.get(key)?.length ?? 0) / Math.max(8, index.sentences.length);
  return 1 - 0.6 * Math.min(1, share * 2);
}

function poolOf(query: Query, index: SearchIndex, consent: boolean): Set<number> {
  const pool = new Set<number>(index.leads);
  for (const key of [...query.keys.keys(), ...query.signs])
    for (const at of index.byKey.get(key) ?? []) pool.add(at);
  // A short record is looked at as a whole; of a long one, what shares nothing with the criterion is left alone.
  const all = index.sentences.length <= 30 ? index.sentences.length : 3;
  for (let at = 0; at < Math.min(all, index.sentences.length); at++) pool.add(at);
  for (const at of index.historic) if (pool.size < 400) pool.add(at);
  if (consent) for (const at of index.consenting) pool.add(at);
  return pool;
}

function scoreOf(at: number, query: Query, index: SearchIndex, asks: Asks): Ranked {
  const indexed = index.sentences[at]!;
  const norm = 1.2 * (0.4 + (0.6 * indexed.length) / index.meanLength);
  const shared: string[] = [];
  let match = 0;
  for (const [key, weight] of query.keys) {
    const count = indexed.counts.get(key);
    if (!count) continue;
    shared.push(key);
    match += (weight * count * 2.2) / (count + norm);
  }
  let signs = 0;
  for (const sign of query.signs) if (indexed.counts.has(sign)) signs++;
  const text = indexed.sentence.text;
  const lead = index.leads.has(at) && at <= [...index.leads][0]!;
  const score =
    (weights.match * match) / Math.sqrt(query.total) +
    weights.sign * Math.min(3, signs) +
    (asks.demographic && index.leads.has(at) ? weights.demographic : 0) +
    (asks.consent && index.consenting.has(at) ? weights.consent : 0) +
    (lead ? weights.lead : 0) +
    (asks.disease && index.historic.has(at) ? weights.history : 0) +
    (asks.drugs && namesDrugs.test(text) ? weights.drugs : 0) +
    (asks.numbers && match > 0 && /\d/.test(text) ? weights.numbers : 0) +
    weights.phrase * Math.min(3, longestRun(query.pairs, indexed.words));
  return { indexed, score, shared };
}
