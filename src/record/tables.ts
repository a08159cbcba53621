import type { Flow } from "#source";
import type { Draft } from "./drafts.ts";
import { conceptNamed, measurementRows } from "./lab-tables.ts";
import type { Lexicon } from "./lexicon.ts";
import { medicationRows } from "./medication-tables.ts";
import type { Cell, Table, Visit } from "./passages.ts";
import { timesIn } from "./times.ts";

/** A table with its words, and what each column is for. */
export type Grid = {
  rows: (GridCell | null)[][];
  /** Columns by their headings; the heading row is not among `rows`. */
  columns: Column[];
  visit: Visit;
  title: string;
};
export type GridCell = Cell & { text: string };
export type Column = { role: Role; text: string; cell: GridCell | null };
export type Role =
  | "date"
  | "drug"
  | "dose"
  | "highest"
  | "start"
  | "stop"
  | "reason"
  | "days"
  | "test"
  | "result"
  | "unit"
  | "reference"
  | "flag"
  | "paid"
  | "other";

const roles: [Role, RegExp][] = [
  [
    "date",
    /^(?:date(?:\s*\/\s*time)?|date of service|collected|collection date|filled|fill date|date filled|dispensed|date dispensed|drawn|performed|visit(?: date)?|service date|dos|when|time|taken|recorded)$/i,
  ],
  ["start", /^(?:started|start(?: date)?|date started|begun|begin date|from|initiated|first fill|on)$/i],
  [
    "stop",
    /^(?:stopped|stop(?: date)?|end(?: date|ed)?|discontinued|d\/c(?: date)?|until|last fill|thru|through|to|off)$/i,
  ],
  ["highest", /^(?:highest|maximum|max|peak|top)\b.*/i],
  [
    "drug",
    /^(?:drug|medication|medicine|agent|product|drug name|medication name|drug and strength|drug\/strength|prescription|rx|therapy|treatment|name|generic|drug \/ dose|regimen|description|item)\b.*/i,
  ],
  [
    "dose",
    /^(?:dose|dosage|strength|sig|directions|instructions|current dose.*|dose and frequency|dose\/frequency|how taken|frequency|dose \(.*)$/i,
  ],
  [
    "reason",
    /^(?:reason.*|what limited.*|why.*|comments?|notes?|outcome.*|response.*|result of trial|reaction.*|limiting.*|status.*|tolerability|effect)$/i,
  ],
  ["days", /^(?:days|days'? supply|day supply|ds|days sup(?:ply)?|supply)$/i],
  [
    "test",
    /^(?:test|test name|analyte|component|lab|laboratory|parameter|measurement|observation|measure|study|investigation|exam|instrument|scale|vital)\b.*/i,
  ],
  ["result", /^(?:result|results|value|finding|your value|current|observed|level|score|patient result)$/i],
  ["unit", /^(?:units?|uom)$/i],
  ["reference", /^(?:reference.*|ref.*|normal.*|range|expected.*|interval|standard range)$/i],
  ["flag", /^(?:flag|abn|h\/l|abnormal)$/i],
  ["paid", /^(?:paid by|payer|status|claim status|outcome|paid|disposition)$/i],
];

/** Facts of a table: laboratory results, vital signs, medication lists, pharmacy fills; other tables yield what their cells name. */
export function tableFacts(
  table: Table,
  flow: Flow,
  lexicon: Lexicon,
  visit: Visit,
): { drafts: Draft[]; read: boolean } {
  const grid = gridOf(table, flow, visit, lexicon);
  const drafts = [...medicationRows(grid, flow, lexicon), ...measurementRows(grid, flow, lexicon)];
  return { drafts, read: drafts.length > 0 };
}

function gridOf({ rows, title }: Table, flow: Flow, visit: Visit, lexicon: Lexicon): Grid {
  const cells = rows.map((row) =>
    row.cells.map((cell) =>
      cell ? { ...cell, text: flow.text.slice(cell.start, cell.end).replace(/\s+/g, " ").trim() } : null,
    ),
  );
  const names = (cell: GridCell | null) =>
    cell !== null &&
    (roleOf(cell.text) !== "other" || (!/\d/.test(cell.text) && conceptNamed(cell.text, lexicon) !== null));
  const head = cells
    .slice(0, 3)
    .findIndex(
      (row) =>
        (row.filter(names).length >= Math.min(2, row.length) && !isPairs(row, lexicon)) || datesIn(row) >= 2,
    );
  const columns = (head < 0 ? [] : cells[head]!).map(
    (cell): Column => ({ role: cell ? roleOf(cell.text) : "other", text: cell?.text ?? "", cell }),
  );
  return { rows: head < 0 ? cells : cells.slice(head + 1), columns, visit, title };
}

const roleOf = (text: string): Role => roles.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? "other";
const datesIn = (row: (GridCell | null)[]) => row.filter((cell) => cell && isDay.test(cell.text)).length;
const isDay =
  /^\s*(?:(?:initial|current|baseline|eval(?:uation)?|re-?eval(?:uation)?|today|prior|previous|latest|admission|discharge|week \d+|visit \d+)\s*[:(]?\s*)?(?:\d{1,2}\/\d{1,2}\/\d{2,4}|\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}[ -][A-Z][a-z]{2}[ -](?:19|20)\d\d)/i;
/** True for the headings of a table in plain text: days side by side, or names of columns that we know. */
export function headsTable(texts: readonly string[]): boolean {
  const known = new Set(texts.map(roleOf).filter((role) => role !== "other"));
  return (
    texts.filter((text) => isDay.test(text)).length >= 2 ||
    (known.size >= 2 && known.size >= texts.length / 2 && texts.every((text) => !/[.:;]$/.test(text)))
  );
}
/** A row that holds names and values side by side is no heading. */
const isPairs = (row: (GridCell | null)[], lexicon: Lexicon) =>
  row.some(
    (cell, at) =>
      cell &&
      conceptNamed(cell.text, lexicon) &&
      /^\s*[<>]?\d+(?:\.\d+)?\s*(?:[a-zA-Z%/0-9]*)$/.test(row[at + 1]?.text ?? "") &&
      !timesIn(row[at + 1]!.text, null).length,
  );

/** The one day a cell names, read against the date of the paper. */
export function dayOf(
  cell: GridCell | null | undefined,
  visit: Visit,
): { earliest: string | null; latest: string | null } | null {
  return cell ? (timesIn(cell.text, visit.date)[0] ?? null) : null;
}
