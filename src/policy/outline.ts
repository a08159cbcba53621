import type { Block } from "./blocks.ts";
import { isConnective } from "./draft.ts";
import { continues, type Label, type LabelReading, labelAtStart, opens } from "./labels.ts";
import { slice } from "./passage.ts";
import { namesIndication } from "./section-roles.ts";
import { announcesStage } from "./stages.ts";
import { isCoverageStatement } from "./words.ts";

/** Cells of a table: rows of columns of blocks. */
export type Table = { rows: Block[][][] };

/** A block and what stands below it; a table stands as one node under the block of its first cell. */
export type Outline = { block: Block; children: Outline[]; table?: Table };

type Open = { node: Outline; kind: "heading" | "item" | "text"; reading: LabelReading | null };

/** Words that stop in the middle of a clause, which a list below them finishes. */
const dangles = (text: string): boolean =>
  /\s(?:in|with|by|of|if|when|is|are|was|has|have|that|includes?|including|either|shows?|resulted in)$/i.test(
    text.trim(),
  ) && text.length > 25;

/** A block whose words announce a list. */
export const announcesList = (text: string): boolean =>
  /:$/.test(text.trim()) ||
  /\b(?:of the following|of these|as follows|all must be met|must meet all)\b[^.]{0,40}$/i.test(text);

/** Nests blocks by labels first, then by indentation. */
export function outlineOf(blocks: readonly Block[]): Outline[] {
  const roots: Outline[] = [];
  const stack: Open[] = [];
  let last: Outline | null = null;
  for (const [index, block] of blocks.entries()) {
    if (block.cell && block.cell.table === blocks[index - 1]?.cell?.table) continue;
    const node: Outline = { block, children: [] };
    // "AND" on a line of its own joins what it follows to what comes next, wherever it is set.
    if (last && !block.cell && isConnective(block.passage.text)) {
      last.children.push(node);
      continue;
    }
    if (block.cell) {
      node.table = tableOf(blocks.slice(index), block.cell.table);
      const siblings = openForTable(stack)?.children ?? roots;
      if (!goesOnWithTable(siblings.at(-1)?.table, node.table)) siblings.push(node);
      continue;
    }
    const reading = between(stack, blocks, index) ? null : place(stack, block, last);
    const parent = stack.at(-1)?.node;
    (parent ? parent.children : roots).push(node);
    stack.push({ node, kind: block.heading ? "heading" : block.label ? "item" : "text", reading });
    last = node;
    const first = firstOfInnerList(block, blocks.slice(index + 1, index + 9));
    if (!first?.label) continue;
    node.block = { ...block, passage: slice(block.passage, 0, 0) };
    last = { block: first, children: [] };
    node.children.push(last);
    stack.push({ node: last, kind: "item", reading: opens(first.label) });
  }
  return roots;
}

/** "2. (a) …" on one line, with (b) further down: the item's own list begins in its first line. */
function firstOfInnerList(block: Block, after: readonly Block[]): Block | null {
  const inner = block.label && !block.heading ? labelAtStart(block.passage.text) : null;
  const reading = inner && opens(inner.label);
  if (!inner || !reading || reading.style === "bullet" || reading.value !== 1) return null;
  if (!after.some(({ label }) => label && continues(reading, label))) return null;
  return {
    ...block,
    label: inner.label,
    left: block.textLeft,
    passage: slice(block.passage, inner.length, block.passage.text.length),
  };
}

/**
 * A paragraph between two items of one list belongs to the first of them, however far left it stands. Pops the stack
 * down to that item and says whether it did.
 */
function between(stack: Open[], blocks: readonly Block[], index: number): boolean {
  const block = blocks[index]!;
  if (block.label || block.heading || block.cell || announcesList(block.passage.text)) return false;
  const next = blocks.slice(index + 1, index + 4).find(({ label, heading }) => label || heading);
  if (!next?.label || next.heading) return false;
  const item = stack.findLastIndex(({ reading, kind }) => {
    const on = kind === "item" && reading && next.label && continues(reading, next.label);
    return on && on.style !== "bullet";
  });
  if (item < 0 || next.label.readings[0]?.style === "dotted") return false;
  const { left } = stack[item]!.node.block;
  if (Math.abs(left - next.left) > 60 || block.left > left + 6) return false;
  stack.length = item + 1;
  return true;
}

/** Pops the stack down to the block's parent, and says how its label is read. */
function place(stack: Open[], block: Block, last: Outline | null): LabelReading | null {
  if (block.label?.readings[0]?.style === "dotted") return placeDotted(stack, block, block.label);
  if (block.label) {
    const reading = goOnWithList(stack, block, block.label);
    if (reading) return reading;
  }
  if (block.heading) placeHeading(stack, block);
  else placeByIndent(stack, block, last);
  return block.label ? opens(block.label) : null;
}

/** "2.1" stands below "2." or beside "2.0"; "B.1" below "B.". */
function placeDotted(stack: Open[], block: Block, label: Label): LabelReading {
  const reading = label.readings[0]!;
  const stem = reading.series.slice(0, -1);
  const sibling = stack.findLastIndex(({ reading: open }) => open?.series === reading.series);
  const parent = stack.findLastIndex(
    ({ node }) => node.block.label?.text.replace(/[().]+$/g, "").replace(/^\(/, "") === stem,
  );
  const lead = stack.at(-1);
  if (sibling >= 0 && sibling > parent)
    stack.length = stack[sibling]!.kind === "heading" && !block.heading ? sibling + 1 : sibling;
  else if (
    parent >= 0 &&
    !block.heading &&
    lead?.kind === "text" &&
    announcesList(lead.node.block.passage.text)
  )
    return reading;
  else if (parent >= 0) stack.length = parent + 1;
  else if (block.heading) placeHeading(stack, block);
  else placeByIndent(stack, block, null);
  return reading;
}

/** The innermost open list that this label goes on with, unless a list further out fits the indentation better. */
function goOnWithList(stack: Open[], block: Block, label: Label): LabelReading | null {
  let best: { index: number; reading: LabelReading; off: number } | null = null;
  for (let index = stack.length - 1; index >= 0; index--) {
    const open = stack[index]!;
    if (open.kind === "heading" && !open.node.block.label && !block.heading) break;
    const reading = open.reading && continues(open.reading, label);
    if (!reading || (open.kind === "heading") !== block.heading) continue;
    const off = offset(open.node.block, block);
    if (reading.style === "bullet" && off > 6) continue;
    if (!best || off + 6 < best.off) best = { index, reading, off };
  }
  if (!best) return null;
  stack.length = best.index;
  return best.reading;
}

/** Distance of left edges; lists that go over a page or column may shift. */
function offset(a: Block, b: Block): number {
  const off = Math.abs(a.left - b.left);
  return a.page === b.page && a.column === b.column ? off : off / 2;
}

/** A heading closes all lists; it is a sibling of an open heading of its own look, else below the bigger ones. */
function placeHeading(stack: Open[], block: Block): void {
  const twin = stack.findIndex(({ node, kind }) => kind === "heading" && sameLook(node.block, block));
  if (twin >= 0) {
    stack.length = twin;
    return;
  }
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    if (top.kind === "heading" && level(top.node.block) > level(block)) return;
    stack.pop();
  }
}

const sameLook = (a: Block, b: Block): boolean =>
  Math.abs(a.size - b.size) < 0.8 &&
  a.bold === b.bold &&
  Math.abs(a.left - b.left) < 40 &&
  capitals(a) === capitals(b);
/** Set in capitals, a plural's small s aside. */
const capitals = (block: Block): boolean =>
  (block.passage.text.match(/[a-z]/g)?.length ?? 0) <
  0.15 * (block.passage.text.match(/[A-Z]/g)?.length ?? 0);
/** Bigger stands above smaller; of one size, capitals above bold above plain. */
const level = (block: Block): number => block.size * 10 + (capitals(block) ? 4 : 0) + (block.bold ? 2 : 0);

function placeByIndent(stack: Open[], block: Block, last: Outline | null): void {
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    if (top.kind === "heading") return;
    if (top.node === last && announcesList(last.block.passage.text) && opensBelow(last.block, block)) return;
    if (top.node === last && block.label && dangles(last.block.passage.text) && opensList(last.block, block))
      return;
    if (top.node === last && titled(last.block, block)) return;
    const inside = block.left - top.node.block.left > 3.5;
    const beside = top.node.block.page !== block.page || top.node.block.column !== block.column;
    if (inside && (top.kind === "item" || announcesList(top.node.block.passage.text))) {
      if (block.label || block.left >= top.node.block.textLeft - 6) return;
    }
    if (beside && top.kind === "item" && !block.label && block.left >= top.node.block.textLeft - 8) return;
    stack.pop();
  }
}

/** A list that begins below a line: none whose items the line is one of. */
const opensList = (lead: Block, block: Block): boolean =>
  !lead.label ||
  (block.label!.readings.some(({ style, value }) => style !== "bullet" && value === 1) &&
    !block.label!.readings.some((one) => lead.label!.readings.some(({ series }) => series === one.series)));

/** An announcement right below a numbered title announces the title's list. */
const titled = (title: Block, block: Block): boolean =>
  title.label !== null &&
  title.label.readings[0]?.style !== "bullet" &&
  !block.label &&
  (announcesList(block.passage.text) ||
    (namesIndication(title.passage.text) && isCoverageStatement(block.passage.text))) &&
  !announcesStage(block.passage.text) &&
  !/^(?:references|sources|history|codes)\b|^(?:group|category|option|pathway)\s+(?:[IVX]+|\d|[A-D])\b/i.test(
    block.passage.text,
  ) &&
  block.left > title.left - 4 &&
  !/[.;:,]$/.test(title.passage.text);

/** What follows an announcement is its list, unless it stands clearly further left without a label. */
const opensBelow = (lead: Block, block: Block): boolean => block.label !== null || block.left > lead.left - 6;

/** All cells of one table, which follow each other in the flow. */
function tableOf(blocks: readonly Block[], table: number): Table {
  const rows: Block[][][] = [];
  for (const block of blocks) {
    if (!block.cell || block.cell.table !== table) break;
    const { row, column } = block.cell;
    while (rows.length <= row) rows.push([]);
    while (rows[row]!.length <= column) rows[row]!.push([]);
    rows[row]![column]!.push(block);
  }
  return { rows };
}

/** A table belongs to the heading above it. */
const openForTable = (stack: Open[]): Outline | undefined =>
  stack.findLast(({ kind }) => kind === "heading")?.node;

const pageOf = (row: Block[][] | undefined): number | undefined => row?.flat()[0]?.page;

/** A table cut by a page goes on in the next one, with or without its header again. */
function goesOnWithTable(before: Table | undefined, table: Table): boolean {
  const header = before?.rows[0];
  const first = table.rows[0];
  if (!before || !header || !first || header.length !== first.length) return false;
  if (pageOf(before.rows.at(-1)) === pageOf(first)) return false;
  const words = (row: Block[][]) =>
    row.map((cell) => cell.map(({ passage }) => passage.text).join(" ")).join("|");
  before.rows.push(...(words(first) === words(header) ? table.rows.slice(1) : table.rows));
  return true;
}
