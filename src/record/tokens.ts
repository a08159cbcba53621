/** One word, number or sign of a text. `word` is the form in which names are compared. */
export type Token = { start: number; end: number; word: string };

const pieces = /(?:BP|HR|WT|Wt|EF)(?=\d)|\d+(?:[.,]\d+)*|[\p{L}\p{N}]+(?:['’]\p{L}+)*|[^\s\p{L}\p{N}]/gu;

/**
 * The words of a text. A hyphen inside a word counts as a space ("follow-up" is "follow up"), possessives and the
 * plural of long words lose their s, case is dropped. "BP121/85" is a name and its number.
 */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  pieces.lastIndex = from;
  for (let found = pieces.exec(text); found && found.index < to; found = pieces.exec(text)) {
    const piece = found[0];
    const start = found.index;
    if (isInnerHyphen(piece, text, start)) continue;
    tokens.push({ start, end: start + piece.length, word: comparable(piece) });
  }
  return tokens;
}

function isInnerHyphen(piece: string, text: string, at: number): boolean {
  if (piece !== "-" && piece !== "‐" && piece !== "‑") return false;
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? " ") && /[\p{L}\p{N}]/u.test(text[at + 1] ?? " ");
}

function comparable(piece: string): string {
  const word = piece.toLowerCase().replace(/’/g, "'").replace(/'s$/, "");
  return word.length >= 5 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}
