import type { Block } from "./blocks.ts";
import { automaticLabel } from "./labels.ts";
import { join, type Passage, slice } from "./passage.ts";
import { sentencesOf } from "./sentences.ts";

/** The titles of the form in which Medicare drug plans publish their criteria. */
const names =
  "covered uses|off.label uses|exclusion criteria|required medical information|age restrictions?|prescriber restrictions?|coverage duration|other criteria|prerequisite therapy required|indications|part b prerequisite";
/** Such a title opening its own line. */
const formTitle = new RegExp(
  `^(?:${names.replace("|indications|part b prerequisite", "")})\\s*:\\s*(?=\\S)`,
  "i",
);
const formName = new RegExp(`^(?:${names})$`, "i");
/** What the form says of every drug and of none in particular. */
const idle =
  /^(?:indications|off.label uses|covered uses|part b prerequisite|prerequisite therapy required)$/i;

/** "Age restrictions: 18 years or older." is a title and what stands below it, where the paper has several such lines. */
export function splitForm(blocks: readonly Block[]): Block[] {
  const tables = formTables(blocks);
  const spread = tables.size > 0 ? asSections(blocks, tables) : [...blocks];
  if (spread.filter(({ passage }) => formTitle.test(passage.text)).length < 3) return spread;
  return spread.flatMap((block) => {
    const title = formTitle.exec(block.passage.text)?.[0];
    if (!title) return [block];
    const { passage } = block;
    const head = slice(passage, 0, title.trimEnd().length - 1);
    const body = slice(passage, title.length, passage.text.length);
    return [
      { ...block, passage: head, heading: true, bold: true },
      { ...block, passage: body, heading: false, left: block.left + 12 },
    ];
  });
}

/** Tables whose first column holds the titles of the form. */
function formTables(blocks: readonly Block[]): Set<number> {
  const counts = new Map<number, number>();
  for (const { cell, passage } of blocks)
    if (cell?.column === 0 && formName.test(passage.text.trim()))
      counts.set(cell.table, (counts.get(cell.table) ?? 0) + 1);
  return new Set([...counts].flatMap(([table, count]) => (count > 2 ? [table] : [])));
}

/** A part of the form: its title, and what stands beside it. */
type Part = { title: Block; name: string; body: Block[] };

/** The form's rows as sections: each title a heading below that of its drug, each sentence beside it a point. */
function asSections(blocks: readonly Block[], tables: Set<number>): Block[] {
  const made: Block[] = [];
  let part: Part | null = null;
  const close = () => {
    if (part) made.push(...sectionOf(part));
    part = null;
  };
  for (const block of blocks) {
    const { cell, ...plain } = block;
    if (!cell || !tables.has(cell.table)) {
      close();
      made.push(block);
      continue;
    }
    const text = plain.passage.text.trim();
    // A title of two lines can come as two rows.
    if (cell.column === 0 && /^information$/i.test(text) && part) continue;
    if (cell.column > 0) {
      part?.body.push(plain);
      continue;
    }
    close();
    const name = /^required medical$/i.test(text) ? "required medical information" : text.toLowerCase();
    if (formName.test(name) || drugName.test(name)) part = { title: plain, name, body: [] };
  }
  close();
  return made;
}

/** The row that names the drug whose form begins. */
const drugName = /^(?:prior authorization|step therapy|pa) group(?: description)?$/i;

function sectionOf({ title, name, body }: Part): Block[] {
  const heading = { ...title, label: null, heading: true, bold: true };
  const [first] = body;
  if (drugName.test(name)) return first ? [{ ...heading, passage: first.passage }] : [];
  if (idle.test(name)) return [];
  const points = runningText(body)
    .filter(({ passage }) => !/^(?:n\/?a|none|no|not applicable|-+|–|—)\.?$/i.test(passage.text))
    .flatMap((block) => pointsOf({ ...block, left: title.left + 12, textLeft: title.left + 26 }));
  return [{ ...heading, size: Math.max(1, title.size - 1) }, ...points];
}

/** Lines that the rows of a table parted in the middle of a sentence are one again. */
function runningText(body: readonly Block[]): Block[] {
  const made: Block[] = [];
  for (const block of body) {
    const last = made.at(-1);
    if (last && !block.label && !/[.:;]$/.test(last.passage.text))
      made[made.length - 1] = { ...last, passage: join([last.passage, block.passage]) };
    else made.push(block);
  }
  return made;
}

/** "Psoriasis: …", "Initial: …", "RA (continuation): …" before the sentences that belong to it. */
const runIn = /^(?!note\b)([A-Z][\w/,()’' -]{1,60}):\s+(?=\S)/i;

/** The sentences of a cell as points; a name with a colon before them opens a list of its own. */
function pointsOf(block: Block): Block[] {
  if (block.label) return [block];
  const label = automaticLabel("•");
  const point = (passage: Passage, deeper: boolean): Block => ({
    ...block,
    passage,
    label,
    left: block.left + (deeper ? 12 : 0),
    textLeft: block.textLeft + (deeper ? 12 : 0),
  });
  let deeper = false;
  return sentencesOf(block.passage).flatMap((sentence): Block[] => {
    const name = runIn.exec(sentence.text);
    if (!name) return [point(sentence, deeper)];
    deeper = true;
    const rest = slice(sentence, name[0].length, sentence.text.length);
    return [point(slice(sentence, 0, name[1]!.length + 1), false), point(rest, true)];
  });
}

/** Whether a heading opens the form of one drug among several. */
export const opensForm = (titles: readonly string[]): boolean =>
  titles.filter((title) => formName.test(title.trim())).length > 1;
