import type { Block } from "./blocks.ts";
import { slice } from "./passage.ts";

const answer = /^\W*(?:if\s+)?(yes|no)\b\s*(?:[:.;,–—-]|\bgo\b|\bapprove|\bdeny|$)/i;

/**
 * Questions whose answers stand on the lines below them ("☐ Yes – Go to #2") are put as the rows of a table, so that
 * they are read as question tables are.
 */
export function withQuestionRows(blocks: readonly Block[]): Block[] {
  const rows: { from: number; to: number; cells: Block[] }[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const row = rowAt(blocks, index);
    if (!row) continue;
    rows.push({ from: index, ...row });
    index = row.to;
  }
  if (rows.length < 2) return [...blocks];
  const table = 1 + Math.max(0, ...blocks.map(({ cell }) => cell?.table ?? 0));
  return blocks.flatMap((block, index): Block[] => {
    const number = rows.findIndex(({ from, to }) => from <= index && index <= to);
    const row = rows[number];
    if (!row) return [block];
    if (row.from !== index) return [];
    return row.cells.map((one, column) => ({ ...one, heading: false, cell: { table, row: number, column } }));
  });
}

/** The question that begins at a block and its two answers, and the last block that they take. */
function rowAt(blocks: readonly Block[], index: number): { to: number; cells: Block[] } | null {
  const block = blocks[index]!;
  const mark = block.passage.text.indexOf("?");
  if (block.cell || mark < 15) return null;
  const question = { ...block, passage: slice(block.passage, 0, mark + 1) };
  const answers: Block[] = [];
  const tail = slice(block.passage, mark + 1, block.passage.text.length);
  if (tail.text.length > 1) {
    if (!answer.test(tail.text)) return null;
    answers.push({ ...block, label: null, passage: tail });
  }
  let to = index;
  while (answers.length < 2 && blocks[to + 1] && !blocks[to + 1]!.cell && isAnswer(blocks[to + 1]!)) {
    to++;
    answers.push({ ...blocks[to]!, label: null });
  }
  const said = answers.map(({ passage }) => answer.exec(passage.text)?.[1]?.toLowerCase());
  return said.includes("yes") && said.includes("no") ? { to, cells: [question, ...answers] } : null;
}

const isAnswer = ({ passage }: Block): boolean => passage.text.length < 120 && answer.test(passage.text);
