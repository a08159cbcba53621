/** Whether the text of a notice says something in one of its sentences. */
import type { NoticeWords } from "#knowledge";

/** The sentences of a notice; line ends, curly quotes and dashes do not matter. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\s+/g, " ")
    .split(/(?<=[.!?;:])\s+(?=[A-Z0-9"(])/);
}

const compiled = new WeakMap<NoticeWords, { says: RegExp; unless: RegExp | null; anywhere: RegExp | null }>();

function patternsOf(words: NoticeWords) {
  const known = compiled.get(words);
  if (known) return known;
  const pattern = (source: string | null) => (source === null ? null : new RegExp(source, "i"));
  const made = {
    says: new RegExp(words.says, "i"),
    unless: pattern(words.unless),
    anywhere: pattern(words.unlessAnywhere),
  };
  compiled.set(words, made);
  return made;
}

/** The first sentence that says it, and that neither itself nor another sentence takes back. */
export function saidBy(sentences: readonly string[], words: NoticeWords): string | null {
  const { says, unless, anywhere } = patternsOf(words);
  if (anywhere && sentences.some((sentence) => anywhere.test(sentence))) return null;
  return sentences.find((sentence) => says.test(sentence) && !unless?.test(sentence)) ?? null;
}
