/**
 * Finding a guide as people type: brand, generic, misspelt, payer nicknames, reasons in their own words, Spanish too. Works
 * on the short vocabularies of payers, treatments and reasons, never on page texts.
 */
import type { GroundId } from "#base";
import type { Library } from "./compose.ts";
import { decides, pathOf, standingOf } from "./guide-keys.ts";
import { capital, namesOf } from "./names.ts";
import type { GuideKey } from "./types.ts";

export type Hit = { key: GuideKey; path: string; words: string; score: number };

type Entry = { kind: "payer" | "treatment" | "reason"; id: string; terms: string[][] };
/** `vocabulary`: known words by length; `chosen`: the treatment that a word of a chosen name belongs to. */
export type SearchIndex = {
  entries: Entry[];
  vocabulary: Map<number, string[]>;
  chosen: ReadonlyMap<string, string>;
};

const empty = new Set(
  "a an and appeal apelar apelacion by claim de del denied denial denials denegada denegado denego denies deny el en for from i in insurance is la las los me mi my negada negado negaron nego no of on para plan por said says seguro the to un una was wont will with medicaid marketplace".split(
    " ",
  ),
);

/** Words that many companies share: they tell no payer. */
const companyWords = new Set(
  "medical medicare advantage health care plan plans community insurance company inc of america national united mutual services group".split(
    " ",
  ),
);

export function openSearch(library: Library): SearchIndex {
  const { names, typed } = library.words;
  const entries: Entry[] = [
    ...[...library.payers.values()].filter(decides).map((one) => {
      const told = entry("payer", one.id, one.names, companyWords);
      const nicknames = [...(typed.payers[one.id] ?? []), ...stateNames(one.id, library)];
      return { ...told, terms: [...told.terms, ...termsOf(nicknames)] };
    }),
    ...[...library.treatments.values()].map((one) =>
      entry("treatment", one.id, [
        one.name,
        ...one.names,
        ...(names.treatments[one.id]?.split(/ or |[()]/) ?? []),
        ...(typed.treatments[one.id] ?? []),
        ...(one.drugs ?? []).flatMap((drug) => [drug.generic, ...(drug.brands ?? [])]),
      ]),
    ),
    ...[...library.reasons.values()].map((one) =>
      entry("reason", one.id, [...(typed.reasons[one.id] ?? []), library.notes.get(one.id)?.name ?? ""]),
    ),
  ];
  const vocabulary = new Map<number, string[]>();
  for (const word of new Set(entries.flatMap(({ terms }) => terms.flat())))
    vocabulary.set(word.length, [...(vocabulary.get(word.length) ?? []), word]);
  return { entries, vocabulary, chosen: chosenWords(library) };
}

/** "bcbs tx", "blue cross texas": how people call the Blue company of a state that has only one. */
function stateNames(id: string, { words, knowledge }: Library): string[] {
  return Object.entries(words.names.blues).flatMap(([code, members]) => {
    if (members[0] !== id) return [];
    const name = knowledge.law.states.find((state) => state.code === code)?.name ?? code;
    return [code, name].flatMap((where) => [`bcbs ${where}`, `blue cross ${where}`, `blue shield ${where}`]);
  });
}

/** A brand that stands in two rows belongs first to the row that we named by it. */
function chosenWords({ words }: Library): Map<string, string> {
  const chosen = new Map<string, string>();
  for (const [id, name] of [
    ...Object.entries(words.typed.treatments).flatMap(([one, all]) =>
      all.map((word) => [one, word] as const),
    ),
    ...Object.entries(words.names.treatments),
  ])
    for (const word of wordsOf(name)) if (!chosen.has(word)) chosen.set(word, id);
  return chosen;
}

function entry(
  kind: Entry["kind"],
  id: string,
  names: string[],
  shared: ReadonlySet<string> = new Set(),
): Entry {
  return { kind, id, terms: termsOf(names, shared) };
}

function termsOf(names: string[], shared: ReadonlySet<string> = new Set()): string[][] {
  const telling = (name: string) => {
    const words = wordsOf(name);
    return words.some((word) => !shared.has(word)) ? words.filter((word) => !shared.has(word)) : words;
  };
  return names.map(telling).filter((words) => words.length > 0);
}

function wordsOf(text: string): string[] {
  const flat = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return (flat.match(/[a-z0-9]+/g) ?? []).filter((word) => !empty.has(word));
}

/** Score from which on a name was typed in full. */
const sure = 0.8;

/** The guides that answer a query, best first. Empty when nothing of it is known. */
export function searchGuides(query: string, index: SearchIndex, library: Library, limit = 10): Hit[] {
  const typed = wordsOf(query.slice(0, 200)).slice(0, 20);
  const words = typed.map((word) => corrected(word, index));
  const best = (kind: Entry["kind"], most: number, of: readonly string[]) =>
    index.entries
      .filter((one) => one.kind === kind)
      .map((one) => ({ id: one.id, ...scoreOf(one, of) }))
      .map((one) => ({ ...one, score: one.score > 0 ? one.score + bonusOf(one.id, of, index) : 0 }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  const reasons = best("reason", 2, words);
  // What a reason says in full ("step therapy") is not also a sign of a treatment ("ABA therapy") or a company.
  const taken = new Set(reasons[0]?.whole ?? []);
  const left = words.filter((word) => !taken.has(word));
  const treatments = best("treatment", 4, left);
  // Half a name of a company is often a word of the care, such as "home health".
  const named = best("payer", 3, left).filter(({ score }) => score >= sure);
  const payers = named.length > 0 || treatments.length > 0 ? named : best("payer", 3, left);
  const hits = combine(payers, treatments, reasons, library).flatMap(({ key, score }) => {
    const standing = standingOf(key, library);
    if (standing.state === "refused") return [];
    const bonus = standing.state === "listed" ? 0.2 : 0;
    return [{ key, path: pathOf(key, library), words: nameOf(key, library), score: score + bonus }];
  });
  return hits.sort((a, b) => b.score - a.score || a.path.localeCompare(b.path)).slice(0, limit);
}

type Scored = { id: string; score: number };

/** All of payer, treatment and reason beats two of them, two beat one. */
function combine(
  payers: Scored[],
  treatments: Scored[],
  reasons: Scored[],
  library: Library,
): { key: GuideKey; score: number }[] {
  const found: { key: GuideKey; score: number }[] = [];
  for (const treatment of treatments) {
    found.push({ key: { kind: "treatment", treatment: treatment.id }, score: treatment.score });
    // Without a reason, a payer's guide to this care is the one for the reason it meets most.
    const usual = library.treatments.get(treatment.id)!.reasons[0];
    for (const payer of reasons.length === 0 && usual ? payers : []) {
      const key = {
        kind: "payer-treatment-reason",
        payer: payer.id,
        treatment: treatment.id,
        reason: usual!,
      } as const;
      found.push({ key, score: treatment.score + payer.score - 0.1 });
    }
    for (const reason of reasons) {
      const both = treatment.score + reason.score;
      found.push({
        key: { kind: "treatment-reason", treatment: treatment.id, reason: reason.id as GroundId },
        score: both,
      });
      for (const payer of payers) {
        found.push({
          key: {
            kind: "payer-treatment-reason",
            payer: payer.id,
            treatment: treatment.id,
            reason: reason.id as GroundId,
          },
          score: both + payer.score,
        });
      }
    }
  }
  for (const payer of payers)
    found.push({ key: { kind: "payer", payer: payer.id }, score: payer.score * 0.9 });
  for (const reason of reasons)
    found.push({ key: { kind: "reason", reason: reason.id as GroundId }, score: reason.score * 0.9 });
  return found;
}

/** Share of a name's words that were typed, best over its names; `whole`: the words of the longest name typed in full. */
function scoreOf({ terms }: Entry, words: readonly string[]): { score: number; whole: string[] } {
  const typed = new Set(words);
  let best = 0;
  let whole: string[] = [];
  for (const term of terms) {
    const hit = term.filter((word) => typed.has(word)).length;
    const share = hit / term.length;
    if (share === 1 && term.length > whole.length) whole = term;
    // Long names need more than one word of them.
    if (share >= 0.5 || hit >= 2) best = Math.max(best, share * 0.7 + Math.min(hit, 4) * 0.15);
  }
  // Of two that fit alike, the one with fewer names is the more specific.
  return { score: best > 0 ? best - Math.min(terms.length, 50) * 0.0005 : 0, whole };
}

function bonusOf(id: string, words: readonly string[], { chosen }: SearchIndex): number {
  return words.some((word) => chosen.get(word) === id) ? 0.1 : 0;
}

/**
 * A word as typed when we know it, else the nearest known word: one slip in four letters, two in seven. The first letter is
 * seldom wrong; then one slip is all.
 */
function corrected(word: string, { vocabulary }: SearchIndex): string {
  if (word.length < 4 || vocabulary.get(word.length)?.includes(word)) return word;
  const most = word.length >= 7 ? 2 : 1;
  let best = word;
  let least = most + 1;
  for (let step = -most; step <= most; step++) {
    for (const known of vocabulary.get(word.length + step) ?? []) {
      const penalty = known[0] === word[0] ? 0 : 0.5;
      if (penalty > 0 && word.length > 4 && word.length < 6) continue;
      const away = distance(word, known, Math.ceil(least)) + penalty;
      if (away < least && (penalty === 0 || away < 2)) [best, least] = [known, away];
    }
  }
  return best;
}

/** Edit distance, given up once it must exceed `limit`. */
function distance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length]!;
}

function nameOf(key: GuideKey, library: Library): string {
  const { payer, treatment, phrase } = namesOf(key, library);
  if (key.kind === "reason") return `Denied ${phrase}`;
  const reason = phrase ? `denied ${phrase}` : "";
  return [payer ?? "", capital(treatment), reason]
    .filter(Boolean)
    .join(key.kind === "payer-treatment-reason" ? " · " : ", ");
}
