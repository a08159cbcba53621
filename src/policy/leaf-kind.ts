import type { PolicyWords } from "#knowledge";
import { namesIndication } from "./section-roles.ts";

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

/** The kind of test that a criterion's words make it; `null` where only a person can say. */
export function kindOf(text: string, context: string, words: PolicyWords): string | null {
  let best: { kind: string; score: number } | null = null;
  for (const clue of cluesOf(words)) {
    const where = clue.lead ? context : text;
    const found = clue.words.exec(where);
    if (!found || clue.unless?.test(where)) continue;
    // Of equal clues the first in the text counts: what a sentence opens with is what it is about.
    const score = clue.weight * 1000 - (clue.lead ? 500 : Math.min(400, found.index));
    if (!best || score > best.score) best = { kind: clue.kind, score };
  }
  if (best) return best.kind;
  return context === "indication" || context === "exclusions" || namesDisease(text) ? "dx" : null;
}

/** A noun phrase that names a disease and asks nothing else. */
const namesDisease = (text: string): boolean =>
  namesIndication(text.replace(/[.;,]+$/, "").replace(/^[a-z]/, (first) => first.toUpperCase()));
