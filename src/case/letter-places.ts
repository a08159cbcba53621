/** Where a passage stands in a letter, found again after a new draft, and where it can be moved to. */
import type { Letter, Passage } from "#letter";

/** What a passage was in its letter: only another of the same role and section can be the same passage, drafted anew. */
export type Kin = Partial<Pick<Passage, "role" | "section">>;

/** A passage by its number and the words it was drafted with; `null` stands for the top of the letter. */
export type Anchor = ({ passage: string; words: string } & Kin) | null;

/** How much of its words a passage must share with another of its kin to count as the same, drafted anew. */
const SAME = 0.45;

/** Words as they count for sameness: labels of exhibits change whenever a paper is added, and mean the same page. */
const plain = (text: string): string =>
  text
    .replace(/\bExhibits? [A-Z]{1,2}\b/g, "Exhibit")
    .replace(/\s+/g, " ")
    .trim();

export type Found = { at: number; how: "same" | "like" };

/** The drafted passage that carries these words: under its number, by its words, else the one of its kin most like it. */
export function draftedPlace(
  drafted: readonly Passage[],
  passage: string,
  words: string,
  kin: Kin = {},
): Found | null {
  const same = (test: (one: Passage) => boolean): Found | null => {
    const own = drafted.findIndex((one) => one.id === passage && test(one));
    const at = own >= 0 ? own : drafted.findIndex(test);
    return at < 0 ? null : { at, how: "same" };
  };
  const wanted = plain(words);
  return (
    same((one) => one.text === words) ??
    same((one) => plain(one.text) === wanted) ??
    like(drafted, wanted, kin)
  );
}

function like(drafted: readonly Passage[], wanted: string, kin: Kin): Found | null {
  if (kin.role === undefined) return null;
  let best = { at: -1, share: 0 };
  for (const [at, { text, role, section }] of drafted.entries()) {
    if (role !== kin.role || section !== kin.section) continue;
    const share = shared(plain(text), wanted);
    if (share > best.share) best = { at, share };
  }
  return best.share >= SAME ? { at: best.at, how: "like" } : null;
}

/** Share of words that two texts have in common, 0 to 1; texts of three words and less are alike only when they are the same. */
function shared(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  if (a!.size < 4 || b!.size < 4) return 0;
  return (2 * [...a!].filter((word) => b!.has(word)).length) / (a!.size + b!.size);
}

/** Index of the passage an anchor names, among passages that may have been changed; -1 for the top, `null` when it is gone. */
export function anchorPlace(
  drafted: readonly Passage[],
  passages: readonly Passage[],
  anchor: Anchor,
): number | null {
  if (anchor === null) return -1;
  const own = passages.findIndex(({ id }) => id === anchor.passage && isOwn(id));
  if (own >= 0) return own;
  const found = draftedPlace(drafted, anchor.passage, anchor.words, anchor);
  const at = found ? passages.findIndex(({ id }) => id === drafted[found.at]!.id) : -1;
  return at < 0 ? null : at;
}

/** True for a passage that a person added. */
export const isOwn = (id: string): boolean => id.startsWith("own-");

/** What moves together: a heading takes its section along; any other passage goes alone. End is exclusive. */
export function blockAt(passages: readonly Passage[], at: number): { start: number; end: number } {
  if (passages[at]?.role !== "heading") return { start: at, end: at + 1 };
  const next = passages.findIndex((one, index) => index > at && one.role === "heading");
  return { start: at, end: next < 0 ? passages.length : next };
}

const isRow = (one: Passage | undefined) => one?.role === "row" || one?.role === "exhibit";

/** Rows that follow one another are one table; nothing but a row may come to stand inside. */
function runAt(passages: readonly Passage[], at: number): { start: number; end: number } {
  let [start, end] = [at, at + 1];
  if (!isRow(passages[at])) return { start, end };
  while (isRow(passages[start - 1])) start--;
  while (isRow(passages[end])) end++;
  return { start, end };
}

/**
 * The passage behind which this one comes to stand after one step up or down; `undefined` when it can go no further.
 * Rows stay in their table and below its head; headings go past the next section; other passages go past a table as past one.
 */
export function oneStep(
  passages: readonly Passage[],
  id: string,
  way: "up" | "down",
): Passage | null | undefined {
  const at = passages.findIndex((one) => one.id === id);
  const one = passages[at];
  if (!one) return undefined;
  if (isRow(one)) return rowStep(passages, at, way);
  const block = blockAt(passages, at);
  if (way === "down") {
    if (block.end >= passages.length) return undefined;
    return passages[
      one.role === "heading" ? blockAt(passages, block.end).end - 1 : runAt(passages, block.end).end - 1
    ];
  }
  if (one.role === "heading") {
    const before = passages.findLastIndex(({ role }, index) => index < at && role === "heading");
    return before < 0 ? undefined : (passages[before - 1] ?? null);
  }
  if (at === 0) return undefined;
  return passages[runAt(passages, at - 1).start - 1] ?? null;
}

/** True for the first row of a table that only names its columns. */
export function isTableHead(passages: readonly Passage[], at: number): boolean {
  const row = passages[at];
  return (
    row?.role === "row" &&
    (row.cells?.length ?? 0) > 2 &&
    !isRow(passages[at - 1]) &&
    row.rests.every((rest) => "form" in rest)
  );
}

function rowStep(passages: readonly Passage[], at: number, way: "up" | "down"): Passage | null | undefined {
  const { start, end } = runAt(passages, at);
  const first = isTableHead(passages, start) ? start + 1 : start;
  // The list of exhibits stands in the order of the packet.
  if (at < first || passages[at]!.role === "exhibit") return undefined;
  if (way === "down") return at + 1 < end ? passages[at + 1] : undefined;
  return at > first ? (passages[at - 2] ?? null) : undefined;
}

/** The last passage of a section, for "to the end of this section"; tables are not cut. */
export function endOfSection(passages: readonly Passage[], heading: string): Passage | null {
  const at = passages.findIndex((one) => one.id === heading && one.role === "heading");
  return at < 0 ? null : (passages[blockAt(passages, at).end - 1] ?? null);
}

/** The words by which exhibit pages are cited in these letters: page → words. */
export function citedWords(letters: readonly Letter[]): Map<string, string> {
  const words = new Map<string, string>();
  for (const { passages } of letters)
    for (const { cites } of passages)
      for (const { words: said, at } of cites ?? []) words.set(`${at.document}\n${at.page}`, said);
  return words;
}
