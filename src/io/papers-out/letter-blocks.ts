import type { Span } from "#base";
import type { Letter, Passage } from "#letter";

/** A stretch of words, perhaps a link. */
export type Run = { t: string; bold?: boolean; href?: string };
export type Block =
  | { kind: "title" | "heading"; text: string }
  | { kind: "lines"; lines: Run[][] }
  | { kind: "text" | "signature" | "attestation" | "note"; runs: Run[] }
  | { kind: "list" | "numbered"; items: Run[][] }
  | { kind: "pairs"; rows: Run[][][] }
  | { kind: "table"; style: string; header: Run[][]; rows: Run[][][]; widths: number[] };

/** Where a citation leads; `null` leaves it plain text. */
export type LinkTo = (span: Span) => string | null;

/** Passages in the shapes that renderers know: neighbours of one role become one list or table. */
export function letterBlocks(letter: Letter, linkTo: LinkTo = () => null): Block[] {
  const blocks: Block[] = [];
  for (const passage of letter.passages) place(blocks, passage, linkTo);
  if (letter.passages.some(({ by }) => by !== undefined)) blocks.push(ownWordsNote(letter.language));
  for (const block of blocks)
    if (block.kind === "table") block.widths = widthsOf([block.header, ...block.rows]);
  return blocks;
}

/** Behind every passage that a person wrote or changed; in words at the end, because a sign alone says nothing aloud. */
const ownSign = "\u00a0†";
const ownWordsNote = (language: Letter["language"]): Block => ({
  kind: "note",
  runs: [
    {
      t:
        language === "es"
          ? "† En palabras de la persona que firma esta carta."
          : "† In the words of the person who signs this letter.",
    },
  ],
});

function place(blocks: Block[], passage: Passage, linkTo: LinkTo): void {
  const last = blocks.at(-1);
  const runs = marked(runsOf(passage.text, passage, linkTo), passage);
  switch (passage.role) {
    case "title":
      blocks.push({ kind: "title", text: ownText(passage) });
      return;
    case "heading":
      blocks.push({ kind: "heading", text: ownText(passage) });
      return;
    case "sender":
    case "date":
    case "recipient":
    case "delivery":
      if (last?.kind === "lines" && passage.role !== "recipient") last.lines.push(runs);
      else blocks.push({ kind: "lines", lines: [runs] });
      return;
    case "item":
      if (last?.kind === "list") last.items.push(runs);
      else blocks.push({ kind: "list", items: [runs] });
      return;
    case "request":
      if (last?.kind === "numbered") last.items.push(runs);
      else blocks.push({ kind: "numbered", items: [runs] });
      return;
    case "row":
    case "exhibit":
      placeRow(blocks, passage, linkTo);
      return;
    case "signature":
    case "attestation":
    case "note":
      blocks.push({ kind: passage.role, runs });
      return;
    default:
      blocks.push({ kind: "text", runs: leadIn(runs) });
  }
}

const marked = (runs: Run[], { by }: Passage): Run[] => (by === undefined ? runs : [...runs, { t: ownSign }]);
const ownText = ({ text, by }: Passage): string => (by === undefined ? text : text + ownSign);

/** Points between the margins, the space of a cell's sides, and the mean width of a bold letter in a table. */
const measure = { line: 468, sides: 9, letter: 5 };
/** A word longer than this many letters may be broken. */
const longestWord = 16;

/**
 * Widths of the columns in points: each holds its longest word unbroken; what is left goes to the columns with more words,
 * though less than their number asks.
 */
function widthsOf(rows: Run[][][]): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const least: number[] = [];
  const more: number[] = [];
  for (let index = 0; index < columns; index++) {
    const runs = rows.map((row) => row[index] ?? []);
    const lengths = runs.map((cell) => cell.reduce((sum, run) => sum + run.t.length, 0));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1);
    const words = runs.flat().flatMap((run) => run.t.split(/[ \n\t]+/));
    const word = Math.min(longestWord, Math.max(4, ...words.map(({ length }) => length)));
    least.push(word * measure.letter + measure.sides);
    // Places and marks stand under each other; they need no more than their longest word.
    const isPlace = runs
      .slice(1)
      .every((cell) => /^(Exhibit\b|T\s☐|$)/.test(cell.map((run) => run.t).join("")));
    more.push(isPlace ? 1 : Math.min(Math.max(...lengths, 1), mean * 2) ** 0.95);
  }
  const left = Math.max(0, measure.line - least.reduce((sum, width) => sum + width, 0));
  const all = more.reduce((sum, weight) => sum + weight, 0);
  return least.map((width, index) => width + (left * more[index]!) / all);
}

const exhibitHead = ["Exhibit", "Document", "Date", "Used for"];

function placeRow(blocks: Block[], passage: Passage, linkTo: LinkTo): void {
  const cells = (passage.cells ?? [passage.text]).map((cell, index) => {
    const runs = unbroken(runsOf(cell, passage, linkTo));
    return index === 0 ? marked(runs, passage) : runs;
  });
  const last = blocks.at(-1);
  if (cells.length === 2) {
    if (last?.kind === "pairs") last.rows.push(cells);
    else blocks.push({ kind: "pairs", rows: [cells] });
    return;
  }
  const style = passage.role === "exhibit" ? "exhibits" : "criteria";
  if (last?.kind === "table" && last.style === style) {
    last.rows.push(bolded(cells, last.header));
    return;
  }
  if (style === "exhibits")
    blocks.push({ kind: "table", style, header: exhibitHead.map((t) => [{ t }]), rows: [cells], widths: [] });
  else blocks.push({ kind: "table", style, header: cells, rows: [], widths: [] });
}

/** "Exhibit C, p. 1" is not broken over lines in a narrow column. */
const unbroken = (runs: Run[]): Run[] =>
  runs.map((run) => ({
    ...run,
    t: run.t.replace(/Exhibit [A-Z]+(, p\. \d+)?|T ☐ +C ☐ +X ☐/g, (words) => words.replaceAll(" ", "\u00a0")),
  }));

/** The column called "Status" stands out. */
const bolded = (cells: Run[][], header: Run[][]): Run[][] =>
  cells.map((cell, index) =>
    header[index]?.[0]?.t === "Status" ? cell.map((run) => ({ ...run, bold: true })) : cell,
  );

/** The first words of a paragraph that opens with a lead-in ("The reason you gave:") stand out. */
function leadIn(runs: Run[]): Run[] {
  const first = runs[0];
  const match = first ? /^(The reason (?:you gave|given):|What I ask\.)/.exec(first.t) : null;
  if (!first || !match) return runs;
  return [{ t: match[0], bold: true }, { ...first, t: first.t.slice(match[0].length) }, ...runs.slice(1)];
}

/** Splits a text at the words that cite an exhibit page. */
function runsOf(text: string, passage: Passage, linkTo: LinkTo): Run[] {
  let runs: Run[] = [{ t: text }];
  for (const cite of passage.cites ?? []) {
    const href = linkTo(cite.at);
    if (href) runs = runs.flatMap((run) => (run.href ? [run] : linked(run, cite.words, href)));
  }
  return runs;
}

function linked(run: Run, words: string, href: string): Run[] {
  const parts: Run[] = [];
  let rest = run.t;
  const whole = new RegExp(`${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\d)`);
  for (let match = whole.exec(rest); match; match = whole.exec(rest)) {
    if (match.index > 0) parts.push({ ...run, t: rest.slice(0, match.index) });
    parts.push({ ...run, t: words, href });
    rest = rest.slice(match.index + words.length);
  }
  return rest ? [...parts, { ...run, t: rest }] : parts;
}
