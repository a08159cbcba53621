import { type Passage, slice } from "./passage.ts";

/** Sentences as passages. */
export function sentencesOf(passage: Passage): Passage[] {
  const { text } = passage;
  const ends: number[] = [];
  for (const found of text.matchAll(/[.?!][”"')]*\s+(?=[A-Z“"(•≥])/g)) {
    const before = text.slice(0, found.index + 1);
    if (
      /(?:\b(?:e\.g|i\.e|vs|Dr|No|Inc|al|etc|approx|St|U\.S|Fig|Rev|[A-Z])\.)$/.test(before) &&
      !/\betc\.$/.test(before)
    )
      continue;
    if (openBrackets(before)) continue;
    ends.push(found.index + found[0].length);
  }
  return [...ends, text.length]
    .map((end, index) => slice(passage, index === 0 ? 0 : ends[index - 1]!, end))
    .filter(({ text }) => text);
}

/** Whether a bracket is open at the end of a text. */
export const openBrackets = (text: string): boolean =>
  (text.match(/\(/g)?.length ?? 0) > (text.match(/\)/g)?.length ?? 0);
