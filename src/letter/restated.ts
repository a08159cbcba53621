/** What of a passage's supports its new words still carry, after a person has changed them. */
import { numbersOf } from "./numbers.ts";
import { squash } from "./sentences.ts";
import { stemsOf } from "./stems.ts";
import type { Passage, Support } from "./types.ts";

/** Share of the telling words that came from a support and must still be there for it to count. */
const KEPT = 0.4;

/**
 * Splits the supports of a drafted passage by what the new words still say: a page counts while its place is cited, one of
 * its figures stands there, or enough of the words that came from it; a law while it is named; law and criterion also
 * while most of the drafted words stand. What was the form of the letter stays form.
 */
export function carried(words: string, drafted: Passage): { kept: Support[]; lost: Support[] } {
  const kept: Support[] = [];
  const lost: Support[] = [];
  for (const rest of drafted.rests) (carries(words, drafted, rest) ? kept : lost).push(rest);
  return { kept, lost };
}

function carries(words: string, drafted: Passage, rest: Support): boolean {
  if ("form" in rest || "person" in rest) return true;
  if ("law" in rest) return words.includes(rest.law.label) || shareKept(words, drafted.text) >= KEPT;
  if ("criterion" in rest) return shareKept(words, drafted.text) >= KEPT;
  const { evidence } = rest;
  if (squash(words).includes(squash(evidence.quote))) return true;
  const cited = (drafted.cites ?? []).filter(
    ({ at }) => at.document === evidence.document && at.page === evidence.page,
  );
  if (cited.some((cite) => words.includes(cite.words))) return true;
  const [now, before] = [new Set(numbersOf(words)), new Set(numbersOf(drafted.text))];
  const figures = numbersOf(evidence.quote).filter((number) => before.has(number));
  if (figures.some((number) => now.has(number))) return true;
  const taken = [...stemsOf(evidence.quote)].filter((stem) => stemsOf(drafted.text).has(stem));
  if (taken.length === 0) return shareKept(words, drafted.text) >= KEPT;
  const there = stemsOf(words);
  const kept = taken.filter((stem) => there.has(stem)).length;
  // With its figures gone, one word in common (the name of the score) says nothing of the page.
  return kept / taken.length >= KEPT && (figures.length === 0 || kept > 1);
}

function shareKept(words: string, drafted: string): number {
  const [now, before] = [stemsOf(words), stemsOf(drafted)];
  return before.size === 0 ? 1 : [...before].filter((stem) => now.has(stem)).length / before.size;
}
