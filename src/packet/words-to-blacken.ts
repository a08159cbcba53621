import type { Issue, Span } from "#base";
import type { Letter } from "#letter";
import { type SourceDocument, spanAt } from "#source";
import type { PacketPlan } from "./types.ts";

/** Shorter words stand inside too many others. */
const shortest = 2;

/**
 * Every place in the exhibits where words stand that a person wants blackened: whole words, whatever their case and
 * however the line breaks between them. Words that stand nowhere, pages that cannot be searched, and words that the
 * letter itself says are told, because there nothing is blackened.
 */
export function wordsToBlacken(
  words: readonly string[],
  { exhibits }: Pick<PacketPlan, "exhibits">,
  documents: readonly SourceDocument[],
  letters: readonly Letter[],
): { spans: Span[]; issues: Issue[] } {
  const wanted = [...new Set(words.map((word) => word.trim()))].filter((word) => word.length >= shortest);
  const spans: Span[] = [];
  const found = new Set<string>();
  const unread: string[] = [];
  for (const { document, pages } of exhibits) {
    const source = documents.find((one) => one.document === document);
    for (const page of source?.pages.filter((one) => pages.includes(one.page)) ?? []) {
      if (wanted.length > 0 && page.text.trim() === "") unread.push(`page ${page.page} of ${document}`);
      for (const word of wanted)
        for (const match of page.text.matchAll(anywhere(word))) {
          spans.push(spanAt(document, page, match.index, match.index + match[0].length));
          found.add(word);
        }
    }
  }
  const said = letters
    .filter(({ file }) => file === letters[0]?.file)
    .flatMap(({ passages }) => passages.map(({ text }) => text));
  const inLetter = wanted.filter((word) => said.some((text) => anywhere(word).test(text)));
  return {
    spans,
    issues: [
      ...wanted.filter((word) => !found.has(word)).map(nowhere),
      ...(unread.length > 0 ? [unsearched(unread)] : []),
      ...inLetter.map(stillSaid),
    ],
  };
}

/** True where a text says one of the words. */
export const saysAny = (text: string, words: readonly string[]): boolean =>
  words.some((word) => word.trim().length >= shortest && anywhere(word.trim()).test(text));

/** A text with the words blackened, letter by letter. */
export function blackenedText(text: string, words: readonly string[]): string {
  let left = text;
  for (const word of words.map((one) => one.trim()).filter((one) => one.length >= shortest))
    left = left.replace(anywhere(word), (found) => found.replace(/\S/g, "█"));
  return left;
}

/** Where in a text the words stand: from, to, and which of them. */
export function placesOf(
  text: string,
  words: readonly string[],
): { start: number; end: number; word: string }[] {
  return words
    .map((word) => word.trim())
    .filter((word) => word.length >= shortest)
    .flatMap((word) =>
      [...text.matchAll(anywhere(word))].map(({ index, 0: found }) => ({
        start: index,
        end: index + found.length,
        word,
      })),
    );
}

/** Whole words, whatever their case, on one line or over two, also where the line's end breaks one with a hyphen. */
function anywhere(word: string): RegExp {
  const parts = word
    .split(/\s+/)
    .map((part) =>
      [...part].map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/, "\\$&")).join("(?:[-‐\u00ad]\\s+)?"),
    );
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join("\\s+")}(?![\\p{L}\\p{N}])`, "giu");
}

const nowhere = (word: string): Issue => ({
  severity: "warning",
  code: "blacken-not-found",
  text: `“${word}” was to be blackened, but stands on no exhibit page as written. Check the spelling, and look at the pages yourself.`,
});

const unsearched = (pages: string[]): Issue => ({
  severity: "warning",
  code: "blacken-unsearched",
  text: `No words could be read on ${pages.slice(0, 5).join(", ")}${pages.length > 5 ? ` and ${pages.length - 5} more` : ""}, so nothing was blackened there. Look at these pages yourself before you send them.`,
});

const stillSaid = (word: string): Issue => ({
  severity: "warning",
  code: "blacken-in-letter",
  text: `“${word}” is blackened in the exhibits, but the letter itself says it. Change the letter, or leave the word readable.`,
});
