import type { Sentence } from "./sentences.ts";

/** A sentence of running text: several words in small letters and a full stop, no label before a value. */
const prose = /^(?!\s*[A-Z][\w ./#-]{1,32}:\s)(?=.*\b[a-z]+ [a-z]+ [a-z]+\b).{38,}[.!?]["')]*$/;

/**
 * Letters without salutation and without headings have no body of their own: where the running text begins, the letterhead ends.
 * Changes nothing where the letter was divided by its own words.
 */
export function withProseBody(sentences: readonly Sentence[]): Sentence[] {
  if (sentences.some(({ zone }) => zone === "body" || zone === "reason")) return [...sentences];
  const first = sentences.findIndex(({ zone, text }) => zone === "head" && prose.test(text));
  if (first < 1) return [...sentences];
  return sentences.map((sentence, index) =>
    index >= first && sentence.zone === "head" ? { ...sentence, zone: "body" } : sentence,
  );
}
