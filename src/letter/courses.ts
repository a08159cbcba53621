import type { Span } from "#base";
import { type Page, spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { type ExhibitRef, paperAt } from "./exhibits.ts";
import { isMedical } from "./grounds.ts";
import { type Draft, fill, fromPages, joined, type Slot } from "./passages.ts";
import { printedQuote } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";

/** A longer table is shown by its first rows and its last. */
const mostRows = 8;
const mostTables = 3;
/** Fewer dated rows or columns are no course. */
const leastDays = 2;

type Cell = { text: string; span: Span };
/** A table of a record that follows something over time: by rows (one row each day) or by columns (one column each time). */
export type Course = {
  exhibit: ExhibitRef;
  head: Cell[];
  rows: Cell[][];
  by: "rows" | "columns";
  changed: boolean;
};

const when =
  /^(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+(?:\d{1,2},?\s+)?\d{4}|\d{1,2}\/\d{4}|week \d+|month \d+|baseline|admission|today|current)$/i;
const isDay = (text: string): boolean => {
  const [only] = spelledDates(text);
  return (only !== undefined && text.length - (only.end - only.start) < 8) || when.test(text.trim());
};
const isFigure = (text: string): boolean =>
  /^\W*\d+(?:[.,]\d+)?\s*(?:%|\/\d+|[A-Za-z%/ ]{0,12})\W*$/.test(text);
/** Money, drugs and dispensing have tables of their own. */
const bookkeeping =
  /\b(qty|quantity|days supply|fill|drug|medication|strength|prescriber|billed|paid|allowed|charge|modifier|cpt|code|claim|units?)\b|\$/i;

/** The tables of the record that follow a measure over time, as their pages print them. */
export function coursesIn(desk: Desk): Course[] {
  return desk.cite.exhibits
    .filter(({ kind }) => kind === "record" || kind === "support-letter")
    .flatMap((exhibit) =>
      (desk.cite.sources.get(exhibit.document)?.pages ?? [])
        .filter(({ page }) => exhibit.pages.includes(page))
        .flatMap((page) => tablesOf(exhibit.document, page).flatMap((rows) => courseOf(exhibit, rows) ?? [])),
    );
}

const progress =
  /\b(progress|improve\w*|respon(?:se|ded|ding)|benefit from|measurable|plateau\w*|functional gains?|goals?)\b/i;
const mostOnProgress = 2;

/** Where the plan disputes progress: the courses that changed. Elsewhere a better score may speak for the plan. */
export function onProgress(desk: Desk): Course[] {
  const renewal = desk.input.denial?.grounds.some(({ id }) => id === "renewal-response");
  if (!isMedical(desk) || !(renewal || progress.test(desk.slots.reason?.text ?? ""))) return [];
  return coursesIn(desk)
    .filter(({ changed }) => changed)
    .slice(0, mostOnProgress);
}

/** The cells of each table of a page, row by row. */
function tablesOf(document: string, page: Page): Cell[][][] {
  const tables = new Map<number, Cell[][]>();
  for (const { cell, start, end } of page.lines) {
    if (!cell) continue;
    const rows = tables.get(cell.table) ?? [];
    tables.set(cell.table, rows);
    const row = rows[cell.row] ?? [];
    rows[cell.row] = row;
    const span = spanAt(document, page, start, end);
    if (span.quote.trim() !== "") row[cell.column] = { text: span.quote.trim(), span };
  }
  return [...tables.values()].map((rows) => rows.filter(Boolean).map((row) => row.filter(Boolean)));
}

function courseOf(exhibit: ExhibitRef, table: Cell[][]): Course | null {
  const [head, ...rows] = table;
  if (!head || head.length < 2 || bookkeeping.test(head.map(({ text }) => text).join(" "))) return null;
  const byColumns = head.slice(1).filter(({ text }) => isDay(text)).length >= leastDays;
  const kept = rows.filter(
    (row) =>
      row.length === head.length &&
      (byColumns || isDay(row[0]!.text)) &&
      row.slice(1).some(({ text }) => isFigure(text)),
  );
  if (kept.length < (byColumns ? 1 : leastDays)) return null;
  const first = byColumns ? kept.map((row) => row[1]!.text) : kept[0]!.slice(1).map(({ text }) => text);
  const last = byColumns
    ? kept.map((row) => row.at(-1)!.text)
    : kept
        .at(-1)!
        .slice(1)
        .map(({ text }) => text);
  return {
    exhibit,
    head,
    rows: kept,
    by: byColumns ? "columns" : "rows",
    changed: first.some((text, index) => text !== last[index]),
  };
}

/** The tables in full behind the letter: the figures of the record side by side, with the page. */
export function addCourses(draft: Draft, desk: Desk): void {
  if (!isMedical(desk)) return;
  for (const course of coursesIn(desk).slice(0, mostTables)) {
    const place = desk.cite.place(course.head[0]!.span);
    if (!place) continue;
    draft.open("Measured over time, as the record prints it");
    draft.row(course.head.map(slotOf));
    const rows =
      course.rows.length > mostRows
        ? [...course.rows.slice(0, mostRows - 1), course.rows.at(-1)!]
        : course.rows;
    for (const row of rows) draft.row(row.map(slotOf));
    draft.add("text", fill("{title} ({place}).", { title: titleOf(course), place }));
    draft.close();
  }
}

const titleOf = ({ exhibit, head }: Course): Slot => paperAt(exhibit, head[0]!.span.page).title;

const slotOf = ({ text, span }: Cell): Slot => fromPages(printedQuote(text), span);

/** First and last of a course in one line: "PHQ-A 24, 22, 19, 15 (11/01/2026 to 11/17/2026)"; three measures at most. */
export function courseLine(course: Course, desk: Desk): { said: Slot; place: Slot; span: Span } | null {
  const place = desk.cite.place(course.head[0]!.span);
  const measures = course.by === "columns" ? byColumns(course) : byRows(course);
  const said = joined(measures.slice(0, 3), "; ");
  return said && place
    ? { said: joined([titleOf(course), said], ": ")!, place, span: course.head[0]!.span }
    : null;
}

function byColumns({ head, rows }: Course): Slot[] {
  const from = head[1]!;
  const to = head.at(-1)!;
  return rows
    .filter((row) => row.slice(1).every(({ text }) => isFigure(text)) && row[1]!.text !== row.at(-1)!.text)
    .map(
      (row) =>
        fill("“{name}”: {first} ({from}), {last} ({to})", {
          name: slotOf(row[0]!),
          first: slotOf(row[1]!),
          from: slotOf(from),
          last: slotOf(row.at(-1)!),
          to: slotOf(to),
        })!,
    );
}

function byRows({ head, rows }: Course): Slot[] {
  const first = rows[0]!;
  const last = rows.at(-1)!;
  return head.slice(1).flatMap((name, index) => {
    const from = first[index + 1]!;
    const to = last[index + 1]!;
    if (!isFigure(to.text) || from.text === to.text) return [];
    return [
      fill("“{name}”: {first} ({from}), {last} ({to})", {
        name: slotOf(name),
        first: slotOf(from),
        from: slotOf(first[0]!),
        last: slotOf(to),
        to: slotOf(last[0]!),
      })!,
    ];
  });
}
