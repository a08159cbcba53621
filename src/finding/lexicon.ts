import type { Matching } from "#knowledge";
import { isContent, wordsOf } from "./words.ts";

/** The part of the clinical vocabulary that matching reads; `Clinical` of `#knowledge` has it. */
export type ClinicalWords = {
  concepts: readonly { id: string; label: string; synonyms: readonly string[] }[];
  drugs: readonly { generic: string; brands: readonly string[]; class?: string | undefined }[];
};

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

/** Builds the lexicon from the vocabulary and the table of equivalents; the latter win where both name a phrase. */
export function buildLexicon(clinical: ClinicalWords, matching: Matching): Lexicon {
  const lexicon: Lexicon = { byFirst: new Map(), classOf: new Map(), signs: new Map() };
  const known = new Set<string>();
  const add = (phrase: string, key: string) => {
    const forms = wordsOf(phrase).map(({ form }) => form);
    const id = forms.join(" ");
    if (forms.length === 0 || known.has(id) || (forms.length === 1 && !isContent(forms[0]!))) return;
    known.add(id);
    const list = lexicon.byFirst.get(forms[0]!) ?? [];
    list.push({ forms, key });
    lexicon.byFirst.set(forms[0]!, list);
  };
  for (const row of matching.equivalents) for (const phrase of row) add(phrase, `c:${row[0]}`);
  for (const drug of clinical.drugs) {
    const key = `d:${drug.generic}`;
    for (const name of [drug.generic, ...drug.brands]) add(name, key);
    if (drug.class) lexicon.classOf.set(key, `k:${drug.class.toLowerCase()}`);
  }
  for (const drug of clinical.drugs) if (drug.class) add(drug.class, `k:${drug.class.toLowerCase()}`);
  for (const concept of clinical.concepts)
    for (const name of [concept.label, ...concept.synonyms])
      if (name.length > 2) add(name, `c:${concept.id}`);
  for (const list of lexicon.byFirst.values()) list.sort((a, b) => b.forms.length - a.forms.length);
  for (const [disease, words] of Object.entries(matching.signs)) {
    const key = termsOf(disease, lexicon).find((term) => term.named)?.key ?? `c:${disease}`;
    const keys = words.flatMap((word) => termsOf(word, lexicon)).filter((term) => term.content);
    lexicon.signs.set(key, new Set(keys.map((term) => term.key)));
  }
  return lexicon;
}

/** A text as terms: the longest named thing at each place, else the word. */
export function termsOf(text: string, lexicon: Lexicon): Term[] {
  const words = wordsOf(text);
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
