import type { PhraseRow } from "#knowledge";
import type { Sentence, Zone } from "./sentences.ts";

/** A phrase row ready to be matched. */
export type Phrase = { row: PhraseRow; says: RegExp; unless: RegExp | null };

export function phrasesOf(rows: readonly PhraseRow[]): Phrase[] {
  return rows.map((row) => ({
    row,
    says: new RegExp(row.says, "i"),
    unless: row.unless === null ? null : new RegExp(row.unless, "i"),
  }));
}

/** Where in the sentence the phrase stands, unless the sentence takes it back. */
export function saidIn(phrase: Phrase, sentence: Sentence): { start: number; end: number } | null {
  const found = phrase.says.exec(sentence.text);
  if (!found || phrase.unless?.test(sentence.text)) return null;
  return { start: sentence.start + found.index, end: sentence.start + found.index + found[0].length };
}

/** Every row that is said somewhere in the given zones. */
export function* allSaid(
  phrases: readonly Phrase[],
  sentences: readonly Sentence[],
  zones: readonly Zone[],
): Generator<{ row: PhraseRow; sentence: Sentence; start: number; end: number }> {
  for (const sentence of sentences) {
    if (!zones.includes(sentence.zone)) continue;
    for (const phrase of phrases) {
      const at = saidIn(phrase, sentence);
      if (at) yield { row: phrase.row, sentence, ...at };
    }
  }
}
