import type { Block } from "./blocks.ts";
import { compose, type Unit } from "./composition.ts";
import { all, any, type Draft, leafOf, whenThen } from "./draft.ts";
import type { Gathered } from "./gathered.ts";
import { readNode } from "./items.ts";
import { kindOf } from "./leaf-kind.ts";
import { outlineOf, type Table } from "./outline.ts";
import { join, type Passage } from "./passage.ts";
import { readProse } from "./prose.ts";
import { itemsOf } from "./prose-lists.ts";
import { isQuestionTable, readQuestions } from "./questions.ts";
import type { SectionRole } from "./section-roles.ts";
import { readSections } from "./tree.ts";
import { readParagraph } from "./words.ts";

const codes = /\b(?:codes?|hcpcs|cpt|icd|gpi|ndc|rxcui)\b/i;
const notCriteria =
  /\b(?:date|change|revision|explanation|action|reviewer|contract|jurisdiction|regimen|study|trial|outcome|reference|description|usual|abbreviation|term)\b/i;
const demands =
  /\b(?:criteri|requirement|what is (?:needed|required)|must|conditions? (?:for|of)|coverage|approval|medical(?:ly)? necess)/i;
const refuses = /^(?:investigational|experimental|not (?:covered|medically necessary)|exclu)/i;
/** "Procedure | Position": a cell that refuses what its row names, and the title above such cells. */
const refusedCell =
  /^(?:not (?:covered|medically necessary)|investigational|experimental(?: and |\/)?(?:investigational)?|non-?covered|excluded)\W*$/i;
const takesPosition = /\b(?:position|coverage|covered|status|determination|decision)\b/i;
const limits = /\b(?:limit|maximum|max\b|quantity|per (?:day|month|\d+ days)|allowed|allowance)/i;
const names =
  /\b(?:drug|product|brand|medication|agent|step|tier|device|item|strength|form|name|generic|beneficiary|population|group)/i;
const illness = /\b(?:indication|diagnos|condition|disease)/i;

/** Tables that hold criteria; all others are read as beside the matter. */
export function readTable(table: Table, gathered: Gathered, role: SectionRole | null): Unit[] {
  return partsOf(table).flatMap((part) => readPart(part, gathered, role));
}

/** Tables set without a gap between them: a row of titles begins the next one. */
function partsOf({ rows }: Table): Table[] {
  const isTitles = (row: Block[][]) =>
    row.some((cell) => cell.length > 0) && row.every((cell) => cell.every(({ bold }) => bold));
  if (!rows[0] || !isTitles(rows[0])) return [{ rows }];
  const starts = rows.flatMap((row, index) =>
    index === 0 || (isTitles(row) && !isTitles(rows[index - 1]!)) ? [index] : [],
  );
  return starts.map((start, at) => ({ rows: rows.slice(start, starts[at + 1]) }));
}

function readPart(table: Table, gathered: Gathered, role: SectionRole | null): Unit[] {
  if (isQuestionTable(table)) return readQuestions(table);
  const [header, ...rows] = table.rows;
  if (!header || rows.length === 0) return [];
  const titles = header.map(cellText);
  const columns = titles.flatMap((title, index) => (index > 0 && asksIn.test(title) ? [index] : []));
  if (columns.length > 1 && !codes.test(titles[0] ?? ""))
    return columnsOfCriteria(rows, titles, columns, gathered);
  if (
    codes.test(titles[0] ?? "") ||
    titles.some((title) => notCriteria.test(title) && !demands.test(title))
  ) {
    const asked = codes.test(titles[0] ?? "") ? /\bcriteri|medical(?:ly)? necess/i : demands;
    if (!titles.some((title) => asked.test(title))) return [];
  }
  const positions = rows.filter((row) =>
    row.some((cell, index) => index > 0 && refusedCell.test(cellText(cell))),
  );
  if (positions.length > 0 && titles.some((title) => takesPosition.test(title))) {
    for (const row of positions) {
      const things = readProse(cellPassage(row[0]), "exclusions");
      if (things) gathered.exclusions.push(things);
    }
    return [];
  }
  const refused = titles.findIndex((title, index) => index > 0 && refuses.test(title));
  if (refused > 0) {
    for (const row of rows)
      for (const { passage } of row[refused] ?? []) {
        const { exclusions } = readParagraph(passage, "");
        if (exclusions) gathered.exclusions.push(exclusions);
      }
    return [];
  }
  const wanted = titles.findIndex((title, index) => index > 0 && demands.test(title));
  if (wanted > 0) return criteriaRows(rows, titles, wanted, gathered);
  const age = titles.findIndex((title, index) => index > 0 && /\bage\b/i.test(title));
  if (age > 0) return guardedRows(rows, titles, age, "age", "plain");
  const last = titles.findLastIndex(
    (title) => limits.test(title) && !names.test(title.replace(/quantity/i, "")),
  );
  const column = last > 0 ? last : doseColumn(rows, gathered);
  if (column > 0)
    return guardedRows(rows, titles, column, "dose limit", role === "override" ? "plain" : "limits");
  return [];
}

const cellText = (cell: readonly Block[]): string => cell.map(({ passage }) => passage.text).join(" ");
const cellPassage = (cell: readonly Block[] | undefined): Passage =>
  join((cell ?? []).map(({ passage }) => passage));

/** The column whose cells speak of doses and quantities, where the header does not say so. */
function doseColumn(rows: Table["rows"], { words }: Gathered): number {
  const width = rows[0]?.length ?? 0;
  for (let column = width - 1; column > 0; column--) {
    const dosed = rows.filter((row) => kindOf(cellText(row[column] ?? []), "", words) === "dose").length;
    if (dosed > 0.6 * rows.length) return column;
  }
  return 0;
}

/** Product → limit, product → age: when/then rows. */
function guardedRows(
  rows: Table["rows"],
  titles: string[],
  column: number,
  context: string,
  role: Unit["role"],
): Unit[] {
  const drafts = rows.flatMap((row): Draft[] => {
    const guard = row.filter(
      (_, index) => index !== column && index < column && !codes.test(titles[index] ?? ""),
    );
    const draft = whenThen(
      leafOf(cellPassage(guard.flat()), "product"),
      leafOf(cellPassage(row[column]), context),
      null,
    );
    return draft ? [draft] : [];
  });
  const draft = all(drafts);
  return draft ? [{ role, draft }] : [];
}

/** Indication → criteria, step → what is needed. */
function criteriaRows(rows: Table["rows"], titles: string[], column: number, gathered: Gathered): Unit[] {
  const byIllness = illness.test(titles[0] ?? "");
  const units = rows.flatMap((row): Unit[] => {
    const inner = cellCriteria(row[column] ?? [], gathered);
    const guard = leafOf(
      cellPassage(byIllness ? row[0] : row.slice(0, column).flat()),
      byIllness ? "indication" : "product",
    );
    if (!inner) return [];
    if (byIllness) return [{ role: "branch", draft: all([guard, inner])! }];
    return [{ role: "plain", draft: whenThen(guard, inner, null)! }];
  });
  if (byIllness && units.length === 1) return units.map(({ draft }) => ({ role: "plain", draft }));
  const draft = compose(units, null, null);
  return draft ? [{ role: "plain", draft }] : [];
}

/** A title above a column of criteria, where a table has several. */
export const asksIn =
  /^(?:\w+ ){0,2}(?:criteria|indications?|prerequisites?|requirements?)\b(?! (?:date|number|code))/i;

/** "Study | Indications (any one) | Prerequisites (all)": each row a way, each column a part of what it asks. */
function columnsOfCriteria(
  rows: Table["rows"],
  titles: string[],
  columns: readonly number[],
  gathered: Gathered,
): Unit[] {
  return rows.flatMap((row): Unit[] => {
    const parts = columns.map((column) => {
      const title = titles[column]!;
      const either =
        /\b(?:any|one|either)\b/i.test(title) || (/indication/i.test(title) && !/\ball\b/i.test(title));
      const cell = cellPassage(row[column]);
      const items = /;\s/.test(cell.text) ? itemsOf(cell) : [];
      if (items.length < 2) return cellCriteria(row[column] ?? [], gathered);
      const drafts = items.map((item) => readProse(item, title));
      return either ? any(drafts) : all(drafts);
    });
    const draft = all(parts);
    return draft ? [{ role: "branch", draft }] : [];
  });
}

/** The criteria in one cell: a list of its own, or a sentence. "No step" asks for nothing. */
function cellCriteria(cell: Block[], gathered: Gathered): Draft | null {
  const blocks = cell.map(({ cell: _cell, ...block }): Block => block);
  const [first] = blocks;
  if (!first || /^(?:no|none|n\/?a|not applicable)\b/i.test(first.passage.text)) return null;
  const nodes = outlineOf(blocks);
  if (nodes.length === 1) return readNode(nodes[0]!, gathered, "");
  const empty: Block = {
    ...first,
    label: null,
    heading: false,
    passage: { ...first.passage, text: "", parts: [] },
  };
  const listed = readNode({ block: empty, children: nodes }, gathered, "");
  return listed ?? compose(readSections(nodes, gathered, true), null, null);
}
