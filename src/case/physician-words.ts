/**
 * What a physician's signature means for all other letters: words that the physician struck or corrected are quoted in none
 * of them; words that the physician wrote instead are, from the signed letter, with its author named as their source.
 */
import type { Span } from "#base";
import type { SortedPaper, SortedPapers } from "#intake";
import { type Page, type SourceDocument, spanAt, spanOfMatch } from "#source";
import { physicianLetterFile } from "./physician.ts";
import { withPhysicianWords } from "./physician-passages.ts";
import type { CaseFile } from "./types.ts";

/** A decision that is not "confirmed", with the places of the words it was made about. */
export type OtherMark =
  | { mark: "struck"; text: string; from: Span[] }
  | { mark: "corrected"; text: string; words: string; from: Span[] };

/** What one physician decided, as signed. It stays true of the record after the letter itself has changed. */
export type PhysicianWord = {
  name: string;
  at: string;
  marks: OtherMark[];
  /** What the physician wrote in answer to a question. */
  own: string[];
  /** The certification as printed, where the box was ticked. */
  certified: string | null;
};

/** The name under which the signed letter stands among the papers of the packet. */
export const signedDocument = "physician-letter-signed.pdf";

/** Shorter words are struck only where they stand; longer ones wherever the records repeat them. */
const REPEATED = 16;

/**
 * The documents without the words that the physician does not stand for: nothing can read or quote them any more.
 *
 * @param records Names of the documents that are records: where one repeats such words, they go there too. The notice
 *   and the policy may say the same for themselves.
 */
function withoutWords(
  documents: readonly SourceDocument[],
  marks: readonly OtherMark[],
  records: ReadonlySet<string>,
): SourceDocument[] {
  const spans = marks.flatMap(({ from }) => from);
  if (spans.length === 0) return [...documents];
  const quotes = [...new Set(spans.map(({ quote }) => quote).filter(({ length }) => length >= REPEATED))];
  return documents.map((source) => {
    const pages = source.pages.map((page) => {
      const own = spans.filter((span) => span.document === source.document && span.page === page.page);
      const repeated = records.has(source.document)
        ? quotes.flatMap((quote) => rangesOf(page.text, quote))
        : [];
      const ranges = [...own, ...repeated];
      // Of a structured file only what its values say is taken out; its form must stay readable.
      if (source.structured)
        return cut(
          page,
          ranges.flatMap((range) => valuesIn(page.text, range)),
          " ",
        );
      return cut(page, ranges);
    });
    return { ...source, pages };
  });
}

type Range = { start: number; end: number };

function rangesOf(text: string, quote: string): Range[] {
  const words = quote
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return [...text.matchAll(new RegExp(words.join("\\s+"), "g"))].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** What the values within a range of JSON or XML say: without the names of fields, tags, quotation marks and brackets. */
function valuesIn(text: string, { start, end }: Range): Range[] {
  const words = text.slice(start, end);
  if (!/["{}[\]<>]/.test(words)) return [{ start, end }];
  const value = /[<>]/.test(words)
    ? /(?<=[>]|^)[^<>]+(?=<|$)|(?<==\s*")[^"<>]*(?="|$)/g
    : /(?<=(?:^|[:[,])\s*")(?:[^"\\]|\\.)*(?="\s*(?:[,}\]]|$)|$)|(?<=[:[,]\s*)-?\d[\d.eE+-]*/g;
  return [...words.matchAll(value)]
    .filter(({ 0: found }) => found.trim() !== "")
    .map(({ index, 0: found }) => ({ start: start + index, end: start + index + found.length }));
}

/** The page with empty lines in place of some words: offsets stay, and what stood before never runs into what stood behind. */
function cut(page: Page, ranges: readonly Range[], blank = "\n"): Page {
  if (ranges.length === 0) return page;
  let text = page.text;
  let { lines } = page;
  for (const { start, end } of ranges) {
    text = text.slice(0, start) + blank.repeat(end - start) + text.slice(end);
    lines = lines.flatMap((line) => {
      if (line.end <= start || line.start >= end) return [line];
      const head = line.start < start ? [{ ...line, end: start }] : [];
      const tail = line.end > end ? [{ ...line, start: end }] : [];
      return [...head, ...tail];
    });
  }
  const { words, ...rest } = page;
  const gone = (start: number, stop: number) => ranges.some((one) => start < one.end && stop > one.start);
  return {
    ...rest,
    text,
    lines,
    ...(words ? { words: words.filter((word) => !gone(word.start, word.end)) } : {}),
  };
}

/** The signed letter as a paper of the case: of its words only those that the physician wrote, and the name below them. */
function signedPaper(
  read: readonly SourceDocument[],
  word: PhysicianWord,
): { document: SourceDocument; paper: SortedPaper } | null {
  const source = read[0];
  if (!source) return null;
  const said = [
    ...word.marks.flatMap((mark) => (mark.mark === "corrected" ? [mark.words] : [])),
    ...word.own,
    ...(word.certified ? [word.certified] : []),
  ];
  const named: SourceDocument = { ...source, document: signedDocument };
  const kept = said.flatMap((words) => findSaid(named, words) ?? []);
  const name = findSaid(named, word.name);
  if (kept.length === 0 || !name) return null;
  const pages = named.pages.map((page) => {
    const here = [...kept, name].filter((span) => span.page === page.page).sort((a, b) => a.start - b.start);
    return cut(page, between(here, page.text.length));
  });
  const document = { ...named, pages };
  const at = pages.find(({ page }) => page === name.page)!;
  const paper: SortedPaper = {
    document: signedDocument,
    pages: { from: 1, to: pages.length },
    kind: "support-letter",
    title: {
      value: `Letter of medical necessity, signed by ${word.name}`,
      from: [spanAt(signedDocument, at, name.start, name.end)],
      by: "person",
    },
    date: null,
    from: [],
  };
  return { document, paper };
}

/** What lies outside of some ranges. */
function between(ranges: readonly Range[], length: number): Range[] {
  const gaps: Range[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  return at < length ? [...gaps, { start: at, end: length }] : gaps;
}

/**
 * What is prepared once more after a physician has signed: the papers without the words that the physician does not stand
 * for, and the signed letter among them while it holds. `null` where there is nothing to prepare anew.
 */
function inputAfter(
  documents: readonly SourceDocument[],
  sorted: SortedPapers,
  word: PhysicianWord,
  signed: readonly SourceDocument[] | null,
): { documents: SourceDocument[]; sorted: SortedPapers } | null {
  const letter = signed ? signedPaper(signed, word) : null;
  if (word.marks.length === 0 && !letter) return null;
  const records = new Set(
    sorted.papers
      .filter(({ kind }) => kind === "record" || kind === "support-letter")
      .map(({ document }) => document),
  );
  const kept = withoutWords(documents, word.marks, records);
  return letter
    ? {
        documents: [...kept, letter.document],
        sorted: { ...sorted, papers: [...sorted.papers, letter.paper] },
      }
    : { documents: kept, sorted };
}

/**
 * The case as it stands after a physician's word: everything but the physician's own letter is drafted again. That letter
 * stays as it was signed; the papers stay whole for those who look at them.
 *
 * @param signed The signed letter as read, while it holds.
 */
export function afterPhysician(
  first: CaseFile,
  word: PhysicianWord | undefined,
  signed: readonly SourceDocument[] | null,
  prepare: (changed: { documents: SourceDocument[]; sorted: SortedPapers }) => CaseFile,
): CaseFile {
  const changed = word ? inputAfter(first.documents, first.sorted, word, signed) : null;
  if (!changed) return first;
  const second = prepare(changed);
  const letter = signed?.[0] ? { ...signed[0], document: signedDocument } : null;
  const enclosed = changed.documents.some(({ document }) => document === signedDocument);
  const own = first.letters.find(({ file }) => file === physicianLetterFile);
  const letters = withPhysicianWords(second.letters, first.letters, {
    word: word!,
    find: (words) => (letter && enclosed ? findSaid(letter, words) : null),
    exhibits: second.packet?.exhibits ?? [],
  }).map((one) => (own && one.file === own.file ? own : one));
  return { ...second, letters, documents: [...first.documents, ...(letter && enclosed ? [letter] : [])] };
}

/** Words as they were typed, on the printed page: only white space, quotation marks and dashes may differ. */
function findSaid(source: SourceDocument, words: string): Span | null {
  const pattern = words
    .trim()
    .split(/\s+/)
    .map((word) =>
      word
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replace(/['’‘]/g, "['’‘]")
        .replace(/["“”]/g, '["“”]')
        .replace(/[-‐‑–]/g, "[-‐‑–]"),
    )
    .join("\\s+");
  for (const page of source.pages) {
    const match = new RegExp(pattern).exec(page.text);
    if (match) return spanOfMatch(source.document, page, match);
  }
  return null;
}
