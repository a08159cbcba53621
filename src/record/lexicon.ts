import type {
  Clinical,
  ClinicalConcept,
  ClinicalDiagnosis,
  ClinicalDrug,
  ClinicalProcedure,
  ContextRow,
} from "#knowledge";
import { type Token, tokensOf } from "./tokens.ts";

/** What a name stands for. A name may stand for a concept and a diagnosis at once. */
export type Meaning = {
  concept?: ClinicalConcept;
  diagnosis?: ClinicalDiagnosis;
  drugs?: ClinicalDrug[];
  procedure?: ClinicalProcedure;
  /** Counts only with a value beside it. */
  short?: boolean;
  /** Counts only with one of these words in the sentence. */
  near?: RegExp;
  /** Counts only in capitals, because the word in small letters is another word. */
  capitals?: boolean;
  /** A longer phrase that means something else: keeps the names in it from counting. */
  nothing?: boolean;
  /** The name as written in the row, for meanings that need its case. */
  written: string;
};

export type Cue = { row: ContextRow; words: number } | { stop: true; words: number };

/** Names by their words: walking it along a text takes time in proportion to the text. */
type Trie<T> = { next: Map<string, Trie<T>>; here?: T };

export type Lexicon = {
  names: Trie<Meaning[]>;
  cues: Trie<Cue[]>;
  concepts: Map<string, ClinicalConcept>;
  drugs: Map<string, ClinicalDrug>;
  sections: Map<string, string>;
  /** True for the ICD-10-CM code of a diagnosis that lasts. */
  lasts: (code: string) => boolean;
  clinical: Clinical;
};

/** Abbreviations which in small letters are another word. */
const wordsInSmallLetters = new Set(
  "act add all als as at ad aka ami arm bed ca cat cea cold cr ed ess fh flu gad ha hit him ida id is it led low ma mac mal map me mi mr mrs ms no odd or pa pad pe pet pid ps pt ra rad ro sa si so sob ti to uc up us rom rea pas car t p k mets ace ten tab ear lad rue lue ct ich pda avr mds cf vt sah sdh tb od os cad mci".split(
    " ",
  ),
);
wordsInSmallLetters.delete("cad");

const built = new WeakMap<Clinical, Lexicon>();

/** The lexicon of the clinical knowledge; built once for each knowledge value. */
export function lexiconOf(clinical: Clinical): Lexicon {
  const known = built.get(clinical);
  if (known) return known;
  const lexicon: Lexicon = {
    names: { next: new Map() },
    cues: { next: new Map() },
    concepts: new Map(clinical.concepts.map((row) => [row.id, row])),
    drugs: new Map(clinical.drugs.map((row) => [row.generic, row])),
    sections: new Map(clinical.sections.flatMap(({ kind, names }) => names.map((name) => [name, kind]))),
    lasts: lastingCodes(clinical),
    clinical,
  };
  addConcepts(lexicon);
  addDrugs(lexicon);
  addDiagnoses(lexicon);
  addCues(lexicon);
  built.set(clinical, lexicon);
  return lexicon;
}

function lastingCodes({ chronic }: Clinical): (code: string) => boolean {
  const known = new Map<string, boolean>();
  return (code) => {
    let answer = known.get(code);
    if (answer === undefined) {
      const plain = code.replace(".", "");
      answer = chronic.some((start) => plain.startsWith(start));
      known.set(code, answer);
    }
    return answer;
  };
}

function addConcepts({ names, clinical }: Lexicon): void {
  for (const concept of clinical.concepts) {
    for (const name of concept.names) add(names, name, { concept });
    const near = nearby(concept.near);
    for (const name of concept.short) add(names, name, { concept, ...(near ? { near } : { short: true }) });
    for (const name of concept.unless) add(names, name, { nothing: true });
  }
  for (const procedure of clinical.procedures)
    for (const name of procedure.names) add(names, name, { procedure });
}

function addDrugs({ names, drugs, clinical }: Lexicon): void {
  for (const drug of clinical.drugs)
    for (const name of [drug.generic, ...drug.brands, ...drug.also, ...drug.withdrawn])
      add(names, name, { drugs: [drug] });
  for (const { names: brands, ingredients } of clinical.combinations) {
    const parts = ingredients.map((generic) => drugs.get(generic)).filter((drug) => drug !== undefined);
    if (parts.length > 0) for (const name of brands) add(names, name, { drugs: parts });
  }
}

function addDiagnoses({ names, clinical }: Lexicon): void {
  for (const diagnosis of clinical.diagnoses) {
    const near = nearby(diagnosis.near);
    for (const name of diagnosis.names) add(names, name, { diagnosis });
    for (const name of diagnosis.short ?? []) if (near) add(names, name, { diagnosis, near });
    for (const name of diagnosis.unless ?? []) add(names, name, { nothing: true });
  }
  for (const [code, list] of Object.entries(clinical.everyday))
    for (const name of list) add(names, name, { diagnosis: { code, names: [name], asked: false } });
}

/** One of these words, whatever their case. */
function nearby(words: readonly string[] | undefined): RegExp | null {
  if (!words || words.length === 0) return null;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "iu");
}

function addCues({ cues, clinical }: Lexicon): void {
  const put = (phrase: string, cue: (words: number) => Cue) => {
    const words = tokensOf(phrase).map(({ word }) => word);
    const node = reach(cues, words);
    node.here ??= [];
    node.here.push(cue(words.length));
  };
  for (const row of clinical.contexts.rows)
    for (const phrase of row.cues) put(phrase, (words) => ({ row, words }));
  for (const phrase of clinical.contexts.stops) put(phrase, (words) => ({ stop: true, words }));
}

function add(names: Trie<Meaning[]>, name: string, meaning: Omit<Meaning, "written">): void {
  const words = tokensOf(name).map(({ word }) => word);
  if (words.length === 0) return;
  const node = reach(names, words);
  const capitals = wordsInSmallLetters.has(name.toLowerCase()) && name === name.toUpperCase();
  node.here ??= [];
  const same = meaning.diagnosis && node.here.some((other) => other.diagnosis);
  if (!same) node.here.push({ ...meaning, written: name, ...(capitals ? { capitals: true } : {}) });
}

function reach<T>(trie: Trie<T>, words: string[]): Trie<T> {
  let node = trie;
  for (const word of words) {
    let next = node.next.get(word);
    if (!next) {
      next = { next: new Map() };
      node.next.set(word, next);
    }
    node = next;
  }
  return node;
}

/** The longest name that begins at a word and ends before `limit`: what it means, and how many words it has. */
export function longestAt<T>(
  trie: Trie<T>,
  tokens: readonly Token[],
  at: number,
  limit = tokens.length,
): { here: T; words: number } | null {
  let node: Trie<T> | undefined = trie;
  let best: { here: T; words: number } | null = null;
  for (let index = at; index < limit; index++) {
    node = node.next.get(tokens[index]!.word);
    if (!node) break;
    if (node.here !== undefined) best = { here: node.here, words: index - at + 1 };
  }
  return best;
}
