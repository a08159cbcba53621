import type { PolicyWords } from "#knowledge";
import { namesDisease } from "./section-roles.ts";

type Compiled = { kind: string; words: RegExp; unless: RegExp | null; weight: number; lead: boolean };
const compiled = new WeakMap<PolicyWords, Compiled[]>();

function cluesOf(words: PolicyWords): Compiled[] {
  let clues = compiled.get(words);
  if (!clues) {
    clues = words.predicates.flatMap(({ kind, clues: rows }) =>
      rows.map((row) => ({
        kind,
        words: new RegExp(row.words, "i"),
        unless: row.unless ? new RegExp(row.unless, "i") : null,
        weight: row.weight ?? 5,
        lead: row.lead ?? false,
      })),
    );
    compiled.set(words, clues);
  }
  return clues;
}

/** "… unless contraindicated or not tolerated": a reserve, and not what the criterion is about. */
const reserve =
  /,?\s+unless\s+(?:(?:it|they|there|all|these|the\s+\w+)\s+)?(?:is\s+|are\s+|has\s+|a\s+)*(?:\w+ly\s+)?(?:contraindicated|contraindication|not tolerated|intolerant|intolerance)\b[^;.:]*/gi;

/** The kind of test that a criterion's words make it by the clues they hold; `null` where they hold none. */
export function kindOf(text: string, context: string, words: PolicyWords): string | null {
  const placed = byPlace[context];
  if (placed) return placed;
  const asked = text.replace(reserve, "");
  let best: { kind: string; score: number } | null = null;
  for (const clue of cluesOf(words)) {
    const where = clue.lead ? context : asked;
    const found = clue.words.exec(where);
    if (!found || clue.unless?.test(where)) continue;
    // Of equal clues the first in the text counts: what a sentence opens with is what it is about.
    const score = clue.weight * 1000 - (clue.lead ? 500 : Math.min(400, found.index));
    if (!best || score > best.score) best = { kind: clue.kind, score };
  }
  if (best) return best.kind;
  return context === "exclusions" || namesDisease(text) ? "dx" : null;
}

/** What the place of the words says by itself: a heading's indication, a table's product, dose and age. */
const byPlace: Record<string, string> = {
  indication: "dx",
  product: "product",
  "dose limit": "dose",
  age: "age",
};
