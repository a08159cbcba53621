import type { Clinical, Matching } from "#knowledge";
import { isContent, type Word, wordsOf } from "./words.ts";

/** The part of the clinical vocabulary that matching reads. */
export type ClinicalWords = Pick<Clinical, "concepts" | "drugs" | "diagnoses">;

/** A word or a named thing in a text. Named things carry what they mean; words only their stem. */
export type Term = { key: string; start: number; end: number; named: boolean; content: boolean };

/** Names of things by their first word, so that a text is read in one pass. */
export type Lexicon = {
  byFirst: Map<string, { forms: string[]; key: string }[]>;
  /** Drug key → key of its class. */
  classOf: Map<string, string>;
  /** Named thing → named things that make a reader think of it. */
  signs: Map<string, Set<string>>;
};

/** Both lexicons of a vocabulary; built once for each, because building costs more than matching a chart. */
export function lexiconsOf(
  clinical: ClinicalWords,
  matching: Matching,
): { ranking: Lexicon; strict: Lexicon } {
  const known = built.get(clinical);
  if (known && known.matching === matching) return known;
  const made = {
    matching,
    ranking: rankingLexicon(clinical, matching),
    strict: strictLexicon(clinical, matching),
  };
  built.set(clinical, made);
  return made;
}

const built = new WeakMap<ClinicalWords, { matching: Matching; ranking: Lexicon; strict: Lexicon }>();

/** For ranking: near things are one thing, and diseases have signs. */
export function rankingLexicon(clinical: ClinicalWords, matching: Matching): Lexicon {
  const lexicon = emptyLexicon();
  const add = adder(lexicon);
  for (const row of matching.equivalents) for (const phrase of row) add(phrase, `c:${row[0]}`);
  addClinical(clinical, lexicon, add, true);
  for (const [disease, words] of Object.entries(matching.signs)) {
    const key = termsOf(disease, lexicon).find((term) => term.named)?.key ?? `c:${disease}`;
    const keys = words.flatMap((word) => termsOf(word, lexicon)).filter((term) => term.content);
    lexicon.signs.set(key, new Set(keys.map((term) => term.key)));
  }
  return lexicon;
}

/** For verdicts: only names that can stand for each other without loss. */
export function strictLexicon(clinical: ClinicalWords, matching: Matching): Lexicon {
  const lexicon = emptyLexicon();
  const add = adder(lexicon);
  for (const row of matching.same) for (const phrase of row) add(phrase, `c:${row[0]}`);
  addClinical(clinical, lexicon, add, false);
  return lexicon;
}

const emptyLexicon = (): Lexicon => ({ byFirst: new Map(), classOf: new Map(), signs: new Map() });

type Add = (phrase: string, key: string) => void;

/** The first row that names a phrase wins; longer names are tried before shorter ones. */
function adder(lexicon: Lexicon): Add {
  const known = new Set<string>();
  return (phrase, key) => {
    const forms = wordsOf(phrase).map(({ form }) => form);
    const id = forms.join(" ");
    if (forms.length === 0 || known.has(id) || (forms.length === 1 && !isContent(forms[0]!))) return;
    known.add(id);
    const list = lexicon.byFirst.get(forms[0]!) ?? [];
    const at = list.findIndex((other) => other.forms.length < forms.length);
    list.splice(at < 0 ? list.length : at, 0, { forms, key });
    lexicon.byFirst.set(forms[0]!, list);
  };
}

/** Concepts whose names are put together of things that a criterion names one by one. */
const composed = new Set([
  "assertion",
  "assessment",
  "event",
  "status",
  "document",
  "provider",
  "facility",
  "plan",
  "therapy",
]);

function addClinical(clinical: ClinicalWords, lexicon: Lexicon, add: Add, loose: boolean): void {
  for (const drug of clinical.drugs) {
    const key = `d:${drug.generic}`;
    for (const name of [drug.generic, ...drug.brands]) add(name, key);
    lexicon.classOf.set(key, `k:${drug.class.toLowerCase()}`);
  }
  for (const drug of clinical.drugs) add(drug.class, `k:${drug.class.toLowerCase()}`);
  for (const concept of clinical.concepts) {
    if (!loose && composed.has(concept.kind)) continue;
    const names = loose ? [concept.label, ...concept.names, ...concept.also] : concept.names;
    for (const name of names)
      if (name.length > 2) add(name, loose ? `c:${concept.id}` : `c:${concept.id}${kindIn(name)}`);
  }
  for (const { code, names, concept } of clinical.diagnoses)
    for (const name of names)
      if (name.length > 2) add(name, concept ? `c:${concept}${loose ? "" : kindIn(name)}` : `i:${code}`);
}

/**
 * Some concepts have names for several of their values: "type 1 diabetes" and "type 2 diabetes", "never smoker" and
 * "former smoker". Such names do not stand for each other.
 */
function kindIn(name: string): string {
  const numbered = /\b(?:type|stage|grade|class|phase)\s+(\d[ab]?|I{1,3}|IV|V)\b/i.exec(name)?.[1];
  if (numbered) return `#${roman[numbered.toUpperCase()] ?? numbered.toLowerCase()}`;
  const part = /\b(?:anomal|dysmorph)/i.test(name)
    ? "anomaly"
    : /\b(speech|language|intellect|retard)/i.exec(name)?.[1];
  if (part) return `#${part.toLowerCase()}`;
  const said = /\b(never|former|current|non|ex)(?:[- ]|(?=smoker))/i.exec(name)?.[1];
  return said ? `#${said.toLowerCase()}` : "";
}

const roman: Record<string, string> = { I: "1", II: "2", III: "3", IV: "4", V: "5" };

/** The concept that a key of the strict lexicon stands for, whatever its kind. */
export const conceptOfKey = (key: string): string => key.replace(/^c:/, "").replace(/#.*$/, "");

/** A text as terms: the longest named thing at each place, else the word. */
export function termsOf(text: string, lexicon: Lexicon): Term[] {
  return termsOfWords(wordsOf(text), lexicon);
}

/** The same for a text whose words are already known. */
export function termsOfWords(words: readonly Word[], lexicon: Lexicon): Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const first = words[at]!;
    const entry = lexicon.byFirst
      .get(first.form)
      ?.find(({ forms }) => forms.every((form, offset) => words[at + offset]?.form === form));
    const length = entry?.forms.length ?? 1;
    terms.push({
      key: entry?.key ?? first.form,
      start: first.start,
      end: words[at + length - 1]!.end,
      named: entry !== undefined,
      content: entry !== undefined || isContent(first.form),
    });
    at += length;
  }
  return terms;
}
