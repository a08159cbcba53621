import type { LabelRow } from "#knowledge";
import type { Row, Sheet } from "./sheet.ts";

/** What stands behind a label: `[start, end)` of the value, still untrimmed. */
export type Fact = {
  field: string;
  rank: number;
  label: string;
  labelStart: number;
  start: number;
  end: number;
  row: number;
  /** True when a colon, a number sign or a cell stands between label and value. */
  marked: boolean;
};

/** A row that is longer is no row of facts; only its beginning is looked at. */
const LONGEST_ROW = 6000;

type Hit = { rows: LabelRow[]; label: string; start: number; end: number; marked: boolean };

/** Finds labels and values in the rows of a notice. */
export class FactReader {
  readonly #labels = new Map<string, LabelRow[]>();
  readonly #pattern: RegExp;

  constructor(rows: readonly LabelRow[]) {
    for (const row of rows)
      for (const label of row.labels) {
        const key = keyOf(label);
        this.#labels.set(key, [...(this.#labels.get(key) ?? []), row]);
      }
    const all = [...new Set(rows.flatMap((row) => row.labels))].sort((a, b) => b.length - a.length);
    const names = all.map((label) => label.split(/\s+/).map(literal).join("\\s+")).join("|");
    this.#pattern = new RegExp(
      `(?<![\\w'/-])(?<label>${names})(?<tail>\\(?s\\)?)?(?<kind>(?:\\s*#|[\\s/-]+(?:Nos?\\.|Nos?\\b|Numbers?\\b|Num\\b|ID\\b|Nbr\\b|Code\\b))*)(?<mark>\\.?\\s*[:#|=]+\\s*|\\s+is:?\\s+(?=[A-Z]{0,4}[- ]?\\d)|,\\s+(?=[A-Z]{2,4}-\\d)|\\s*(?:\\.\\s?){3,}\\s*|[.)}]*\\s*\\t+\\s*| {3,}|\\s*[)}\\]]+\\s+(?=[A-Z0-9])|\\s+|$)`,
      "gi",
    );
  }

  read(sheet: Sheet): Fact[] {
    return sheet.rows.flatMap((row, index) => this.#readRow(sheet, row, index));
  }

  #readRow(sheet: Sheet, row: Row, index: number): Fact[] {
    // Inside a row a line break only stands between cells.
    const line = sheet.flat
      .slice(row.start, Math.min(row.end, row.start + LONGEST_ROW))
      .replaceAll("\n", "\t");
    const hits = this.#hitsIn(line);
    const heads = row.cells.length >= 3 && hits.length >= 2 && !/\d/.test(line);
    return hits.flatMap((hit, at) => {
      const next = hits[at + 1]?.start ?? line.length;
      const value = line.slice(hit.end, next);
      if (heads || value.trim() === "" || /^[\s:.-]*$/.test(value))
        return below(sheet, row, index, hit, next === line.length || row.cells.length > 1, this);
      return hit.rows.map((label) =>
        fact(label, hit, row.start + hit.start, row.start + hit.end, row.start + next, index),
      );
    });
  }

  /** Labels of a line, left to right; a label inside the value of another one needs its own mark. */
  #hitsIn(line: string): Hit[] {
    const hits: Hit[] = [];
    this.#pattern.lastIndex = 0;
    for (let match = this.#pattern.exec(line); match; match = this.#pattern.exec(line)) {
      const { label, kind, mark } = match.groups as Record<string, string>;
      const rows = this.#rowsOf(label!, kind!);
      const end = match.index + match[0].length;
      const before = line.slice(0, match.index);
      const opens = /(?:^|[\t|;•·(]|\s{2,})\s*$/.test(before);
      const marked = /[:#|=\t]|\.\s?\.|[)}\]]/.test(mark!) || / {3}/.test(mark!) || /#|No/.test(kind!);
      const capital = /^[A-Z(]/.test(label!);
      const at = {
        label: label!,
        opens,
        marked,
        capital,
        start: match.index,
        end,
        kind: kind!,
        hits: hits.length,
      };
      if (accepts(line, rows, at)) hits.push({ rows, label: label!, start: match.index, end, marked });
      else this.#pattern.lastIndex = match.index + label!.length;
    }
    return hits;
  }

  /** "Participant no." is the number of a person whose name stands behind "Participant". */
  #rowsOf(label: string, kind: string): LabelRow[] {
    const rows = this.#labels.get(keyOf(label)) ?? [];
    const person =
      kind.trim() !== "" && rows.length > 0 && rows.every(({ field }) => field === "member-name");
    return person && !/^(?:name|re|regarding)$/i.test(label)
      ? [{ field: "member-id", rank: 8, takes: "number", labels: [label] }]
      : rows;
  }

  /** True when the row begins with a label, so that it cannot be a value. */
  isLabel(line: string): boolean {
    const first = this.#hitsIn(line.slice(0, 200))[0];
    return first !== undefined && first.start < 3;
  }
}

function accepts(
  line: string,
  rows: readonly LabelRow[],
  at: {
    label: string;
    opens: boolean;
    marked: boolean;
    capital: boolean;
    start: number;
    end: number;
    kind: string;
    hits: number;
  },
): boolean {
  if (rows.length === 0) return false;
  const value = line.slice(at.end).trimStart();
  const zipOfState =
    rows[0]!.field === "authorization" && /^PA$/.test(at.label) && !/[:#]/.test(line.slice(at.start, at.end));
  if (zipOfState && /^\d{5}\b/.test(value)) return false;
  const numbered =
    /^[A-Z]{0,6}[- ]?\d[\w-]{3,}/i.test(value) ||
    /^[A-Z0-9-]*\d[A-Z0-9-]{2,}/.test(value) ||
    /^\d{1,4}(?: \d{2,}){2,}/.test(value) ||
    /^[A-Z]{2,6} \d{1,4}(?: \d{2,})+/.test(value);
  // "Member" stands before a name and before a number.
  const takes = numbered && rows.some((row) => row.takes === "number") ? "number" : rows[0]!.takes;
  // "Boise, ID 83719" is a town.
  if (
    /^ID$/.test(at.label) &&
    !at.marked &&
    /^\d{5}(?:-\d{4})?(?!\w)/.test(value) &&
    /[A-Za-z.],? $/.test(line.slice(0, at.start))
  )
    return false;
  if (at.marked) return at.capital || at.opens || (takes === "number" && numbered);
  if (takes === "number" && numbered)
    return (
      at.opens ||
      /number|no\b|id\b|#|identification|reference/i.test(at.kind + line.slice(at.end - 12, at.end)) ||
      (at.capital && at.hits > 0)
    );
  if (takes === "money" && at.opens && /^\$\s?\d/.test(value)) return true;
  // The last heading of a table's columns.
  if (at.opens && at.hits > 0 && value === "") return true;
  if (!at.opens || !at.capital || (at.start === 0 && at.end > 45)) return false;
  if (line.trim().length === line.slice(0, at.end).trim().length) return line.length < 45;
  if (takes === "date") return /^(?:\d{1,2}[/-]|\d{4}-|[A-Z][a-z]{2,8} \d)/.test(value);
  if (takes === "name")
    return (
      line.length < 70 &&
      /^[A-Z][\w'.-]+(?: [A-Z][\w'.-]*){1,4}(?=$|[\t|,]|\s{2}| [A-Z][a-z]+ (?:ID|Number|No))/.test(value)
    );
  if (takes === "text")
    return (
      line.length < 110 &&
      !/^(?:benefit|plan|department|center|area|unit|code)\b/i.test(value) &&
      /^[A-Z0-9]/.test(value) &&
      /diagnosis|service|drug|medication|procedure|attending|prescriber|provider|facility/i.test(
        line.slice(0, at.end),
      )
    );
  return false;
}

/** The value of a label that stands alone: the row below. */
function below(sheet: Sheet, row: Row, index: number, hit: Hit, last: boolean, reader: FactReader): Fact[] {
  const next = sheet.rows[index + 1];
  if (!last || !next || next.end - next.start > 160) return [];
  if (reader.isLabel(sheet.flat.slice(next.start, next.end).replaceAll("\n", "\t"))) return [];
  const later = sheet.rows[index + 2];
  const number =
    row.cells.length === 1 &&
    hit.rows[0]!.takes === "number" &&
    !/\d/.test(sheet.flat.slice(next.start, next.end));
  const column =
    row.cells.length > 1 && next.cells.length === row.cells.length
      ? row.cells.findIndex(({ start, end }) => row.start + hit.start >= start && row.start + hit.start < end)
      : 0;
  const cell = (number && later ? later : next).cells[Math.max(0, number ? 0 : column)]!;
  // "Date" over a column of a table is a date of service, not of the notice.
  const rows = row.cells.length > 2 ? hit.rows.filter(({ field }) => field !== "notice-date") : hit.rows;
  return rows.map((label) => fact(label, hit, row.start + hit.start, cell.start, cell.end, index));
}

function fact(row: LabelRow, hit: Hit, labelStart: number, start: number, end: number, index: number): Fact {
  return {
    field: row.field,
    rank: row.rank,
    label: hit.label,
    labelStart,
    start,
    end,
    row: index,
    marked: hit.marked,
  };
}

const keyOf = (label: string): string => label.toLowerCase().replace(/\s+/g, " ");
const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/#]/g, "\\$&").replace("'", "['’]");
