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
export type SearchIndex = { entries: Entry[]; vocabulary: Map<string, string[]> };

/** Ways of saying a reason that are in nobody's list of phrases. */
const reasonWords: Partial<Record<GroundId, string[]>> = {
  "medical-necessity": [
    "not medically necessary",
    "medical necessity",
    "no es medicamente necesario",
    "necesidad medica",
  ],
  "step-therapy": ["step therapy", "fail first", "terapia escalonada", "try other drugs first"],
  "quantity-limit": ["quantity limit", "dose limit", "limite de cantidad", "too many"],
  experimental: ["experimental", "investigational", "not proven"],
  "prior-authorization": ["prior authorization", "preauthorization", "precert", "autorizacion previa"],
  "formulary-exclusion": ["not on formulary", "formulary", "drug list", "formulario", "non formulary"],
  "benefit-exclusion": ["not covered", "excluded", "no cubierto", "exclusion"],
  "off-label": ["off label", "not approved for"],
  "site-of-care": ["site of care", "place of service"],
  "out-of-network": ["out of network", "fuera de la red"],
  coding: ["wrong code", "coding", "billing code", "modifier"],
  "concurrent-stay": ["continued stay", "hospital days", "length of stay"],
  "level-of-care": ["level of care", "nivel de atencion"],
  duplicate: ["duplicate", "duplicado"],
  "timely-filing": ["timely filing", "filed too late", "late claim"],
  "coordination-of-benefits": ["coordination of benefits", "other insurance", "otro seguro"],
  eligibility: ["not eligible", "coverage ended", "no elegible"],
  "insufficient-information": [
    "missing information",
    "not enough information",
    "records not received",
    "falta informacion",
  ],
  "benefit-maximum": ["maximum", "visit limit", "benefit limit"],
  "renewal-response": ["renewal", "reauthorization", "renovacion"],
  "preferred-product": ["preferred product", "biosimilar", "brand switch"],
  "appeal-dismissed": ["dismissed", "appeal rejected"],
};

const empty = new Set(
  "a an and by de del denied denial denegado denego deny el for from i in insurance is la my no of on plan por said says seguro the to was with".split(
    " ",
  ),
);

/** Words that many companies share: they tell no payer. */
const companyWords = new Set(
  "medical health care plan plans community insurance company inc of america national united mutual services group".split(
    " ",
  ),
);

export function openSearch(library: Library): SearchIndex {
  const entries: Entry[] = [
    ...[...library.payers.values()]
      .filter(decides)
      .map((one) => entry("payer", one.id, one.names, companyWords)),
    ...[...library.treatments.values()].map((one) =>
      entry("treatment", one.id, [
        one.name,
        ...one.names,
        ...(one.drugs ?? []).flatMap((drug) => [drug.generic, ...(drug.brands ?? [])]),
      ]),
    ),
    ...[...library.reasons.values()].map((one) =>
      entry("reason", one.id, [...(reasonWords[one.id] ?? []), library.notes.get(one.id)?.name ?? ""]),
    ),
  ];
  const vocabulary = new Map<string, string[]>();
  for (const word of new Set(entries.flatMap(({ terms }) => terms.flat()))) {
    const key = `${word[0]}${word.length}`;
    vocabulary.set(key, [...(vocabulary.get(key) ?? []), word]);
  }
  return { entries, vocabulary };
}

function entry(
  kind: Entry["kind"],
  id: string,
  names: string[],
  shared: ReadonlySet<string> = new Set(),
): Entry {
  const telling = (name: string) => {
    const words = wordsOf(name);
    return words.some((word) => !shared.has(word)) ? words.filter((word) => !shared.has(word)) : words;
  };
  return { kind, id, terms: names.map(telling).filter((words) => words.length > 0) };
}

function wordsOf(text: string): string[] {
  const flat = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return (flat.match(/[a-z0-9]+/g) ?? []).filter((word) => !empty.has(word));
}

/** The guides that answer a query, best first. Empty when nothing of it is known. */
export function searchGuides(query: string, index: SearchIndex, library: Library, limit = 10): Hit[] {
  const typed = wordsOf(query.slice(0, 200)).slice(0, 20);
  const words = typed.map((word) => corrected(word, index));
  const best = (kind: Entry["kind"], most: number) =>
    index.entries
      .filter((one) => one.kind === kind)
      .map((one) => ({ id: one.id, score: scoreOf(one, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  const [payers, treatments, reasons] = [best("payer", 3), best("treatment", 4), best("reason", 2)];
  const hits = combine(payers, treatments, reasons).flatMap(({ key, score }) => {
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
): { key: GuideKey; score: number }[] {
  const found: { key: GuideKey; score: number }[] = [];
  for (const treatment of treatments) {
    found.push({ key: { kind: "treatment", treatment: treatment.id }, score: treatment.score });
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

/** Share of a name's words that were typed, best over its names; long names need more than one word of them. */
function scoreOf({ terms }: Entry, words: readonly string[]): number {
  const typed = new Set(words);
  let best = 0;
  for (const term of terms) {
    const hit = term.filter((word) => typed.has(word)).length;
    const share = hit / term.length;
    if (share >= 0.5 || hit >= 2) best = Math.max(best, share * 0.7 + Math.min(hit, 4) * 0.15);
  }
  // Of two that fit alike, the one with fewer names is the more specific.
  return best > 0 ? best - Math.min(terms.length, 50) * 0.0005 : 0;
}

/** A word as typed when we know it, else the nearest known word: one slip in five letters, two in eight. */
function corrected(word: string, { vocabulary }: SearchIndex): string {
  const near = [-1, 0, 1].flatMap((step) => vocabulary.get(`${word[0]}${word.length + step}`) ?? []);
  if (near.includes(word) || word.length < 5) return word;
  const most = word.length >= 8 ? 2 : 1;
  let best = word;
  let least = most + 1;
  for (const known of near) {
    const away = distance(word, known, least);
    if (away < least) [best, least] = [known, away];
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
