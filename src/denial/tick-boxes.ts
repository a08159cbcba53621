import type { Sentence } from "./sentences.ts";
import type { Row, Sheet } from "./sheet.ts";

/** A box that is left open, and one that is ticked, as forms print and faxes carry them. */
const open = "\\[\\s{0,3}\\]|[☐□❏❑\\uf0a8\\uf06f]|\\(\\s{1,3}\\)|_{2,5}(?=\\s?[A-Z])";
const ticked = "\\[\\s?[xX✓✔*]\\s?\\]|[☒☑✓✔■\\uf0fe\\uf0fd\\uf052]|\\(\\s?[xX✓✔]\\s?\\)|_{1,3}[xX✓✔]_{1,3}";
const box = new RegExp(`(?<ticked>${ticked})|(?<open>${open})`, "g");

type Mark = { start: number; end: number; ticked: boolean };
type Choice = { start: number; end: number; ticked: boolean };

/**
 * On a form with boxes only what is ticked is said. What stands at an open box is set aside like a legend of the form; what
 * is ticked is the reason or the decision. A form without any tick is left as it is: its marks may have been lost.
 */
export function withTickBoxes(sheet: Sheet, sentences: Sentence[]): Sentence[] {
  const rows = sheet.rows.map((row) => marksOf(sheet, row));
  if (!rows.some((marks) => marks.some((mark) => mark.ticked))) return sentences;
  const choices = sheet.rows.flatMap((row, index) => choicesOf(sheet, row, rows[index]!));
  return choices.length < 2 ? sentences : sentences.flatMap((sentence) => cut(sheet, sentence, choices));
}

function marksOf(sheet: Sheet, { start, end }: Row): Mark[] {
  return [...sheet.flat.slice(start, end).matchAll(box)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    ticked: match.groups!["ticked"] !== undefined,
  }));
}

/** The words that belong to each box: those behind it, or those before it where the row ends with a box. */
function choicesOf(sheet: Sheet, row: Row, marks: readonly Mark[]): Choice[] {
  const last = marks.at(-1);
  if (!last) return [];
  const behind = /[A-Za-z]{2}/.test(sheet.flat.slice(last.end, row.end));
  return marks.map((mark, index) =>
    behind
      ? { start: mark.start, end: marks[index + 1]?.start ?? row.end, ticked: mark.ticked }
      : { start: marks[index - 1]?.end ?? row.start, end: mark.end, ticked: mark.ticked },
  );
}

/** A sentence in pieces: what no box governs, what is ticked, what is left open. */
function cut(sheet: Sheet, sentence: Sentence, choices: readonly Choice[]): Sentence[] {
  const own = choices.filter(({ start, end }) => start < sentence.end && end > sentence.start);
  if (own.length === 0) return [sentence];
  const pieces: Sentence[] = [];
  const add = (start: number, end: number, zone: Sentence["zone"]): void => {
    const text = sheet.flat.slice(start, end).replaceAll("\n", " ");
    const lead = /^\s*/.exec(text)![0].length;
    const kept = text.trim();
    if (kept !== "")
      pieces.push({ ...sentence, start: start + lead, end: start + lead + kept.length, text: kept, zone });
  };
  let at = sentence.start;
  for (const choice of own) {
    const start = Math.max(choice.start, at);
    const end = Math.min(choice.end, sentence.end);
    if (end <= start) continue;
    add(at, start, sentence.zone);
    add(start, end, choice.ticked ? "reason" : "generic");
    at = end;
  }
  add(at, sentence.end, sentence.zone);
  return pieces;
}
