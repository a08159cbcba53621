import type { PolicyWords } from "#knowledge";
import { namesDisease } from "./section-roles.ts";

/** How often each mark occurs in the examples of a kind, and in all of them. */
type Learned = {
  kinds: { kind: string; examples: number; marks: Map<string, number> }[];
  everywhere: Map<string, number>;
  total: number;
};
const learned = new WeakMap<PolicyWords, Learned>();

const empty = new Set(
  "the a an of is are in to for and or with has have been by on at be was were that this it its as from".split(
    " ",
  ),
);

const stemOf = (word: string): string =>
  word.length > 5 ? word.replace(/(?:ations?|ments?|ing|ed|ies|es|s|ly)$/, "") : word.replace(/s$/, "");

/** What a sentence is known by: its stems, its pairs of words, its opening, the ends of long words, a disease's name. */
export function marksOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/\d[\d.,/]*/g, " # ")
    .match(/[a-z][a-z'-]*|#|[%≥≤<>]/g);
  const stems = (words ?? []).map(stemOf);
  const full = stems.filter((stem) => !empty.has(stem));
  return [
    ...new Set([
      ...full,
      ...stems.slice(1).map((stem, index) => `${stems[index]} ${stem}`),
      ...stems.slice(0, 1).map((stem) => `^${stem}`),
      ...full
        .filter((stem) => stem.length > 6)
        .flatMap((stem) => [`${stem.slice(0, 5)}-`, `-${stem.slice(-4)}`]),
      ...(namesDisease(text) ? ["<disease>"] : []),
    ]),
  ];
}

function learn(words: PolicyWords): Learned {
  const known = learned.get(words);
  if (known) return known;
  const everywhere = new Map<string, number>();
  let total = 0;
  const kinds = words.examples.map(({ kind, of }) => {
    const marks = new Map<string, number>();
    for (const text of of)
      for (const mark of marksOf(text)) {
        marks.set(mark, (marks.get(mark) ?? 0) + 1);
        everywhere.set(mark, (everywhere.get(mark) ?? 0) + 1);
      }
    total += of.length;
    return { kind, examples: of.length, marks };
  });
  const all = { kinds, everywhere, total };
  learned.set(words, all);
  return all;
}

/**
 * The kind whose examples a criterion is most like (naive Bayes over its marks); `null` where no word of it stands in
 * any example. Of criteria never seen that hold no clue one in two is put right: a clue always goes before.
 */
export function likeliestKind(text: string, words: PolicyWords): string | null {
  const { kinds, everywhere, total } = learn(words);
  const marks = marksOf(text).filter((mark) => everywhere.has(mark));
  if (!marks.some((mark) => /^[a-z]{3}/.test(mark))) return null;
  let best: { kind: string; score: number } | null = null;
  for (const { kind, examples, marks: own } of kinds) {
    let score = 0.7 * Math.log((examples + 1) / total);
    for (const mark of marks) {
      const share = everywhere.get(mark)! / total;
      score += 0.3 * Math.log(((own.get(mark) ?? 0) + 0.3 * share) / (examples + 0.3) / share);
    }
    if (!best || score > best.score) best = { kind, score };
  }
  return best?.kind ?? null;
}
