import type { Reading } from "#base";
import { datesIn } from "#source";
import type { Fact } from "./facts.ts";
import { numberAt } from "./printed-number.ts";
import { readingAt, type Sheet } from "./sheet.ts";
import type { Reference } from "./types.ts";

type Kind = Reference["kind"];
const kinds = new Set<string>(["claim", "authorization", "case", "reference"]);
/** Numbers named in running text: "claim GR-88207745", "(Case ID PDC-1)", "your appeal number 1-77". */
const inProse =
  /\b(?<word>claim|case|appeal|authorization|request|reference|referral|grievance|file)(?:\s+(?:number|no\.?|id|#|control number|reference number))*\s*[:#]?\s*(?<id>(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9]+(?:-\s?[A-Z0-9]+)*)/gi;

/** The numbers by which this request, claim or appeal is known. */
export function readReferences(sheet: Sheet, facts: readonly Fact[]): Reference[] {
  const found = new Map<string, Reference>();
  const add = (kind: Kind, start: number, end: number): void => {
    const words = sheet.text.slice(start, end);
    const value = words.replace(/-\s+/g, "-").replace(/\s+/g, " ");
    const key = value.replace(/\W/g, "").toUpperCase();
    if (/^(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}$/.test(value)) return;
    if (key.length < 4 || !/\d/.test(key) || [...found.keys()].some((known) => known.startsWith(key))) return;
    found.set(key, { ...readingAt(sheet, value, start, end), kind });
  };
  for (const fact of facts) {
    if (!kinds.has(fact.field)) continue;
    for (const at of numbersIn(sheet, fact)) add(fact.field as Kind, at.start, at.end);
  }
  for (const match of sheet.flat.matchAll(inProse)) {
    const id = match.groups!["id"]!;
    const word = match.groups!["word"]!.toLowerCase();
    if (
      /^\d{1,2}-\d{1,2}-\d{2,4}$|^(?:1-)?\d{3}-\s?\d{3}-\d{4}$/.test(id) ||
      id.replace(/\W/g, "").length < 6
    )
      continue;
    const start = match.index + match[0].length - id.length;
    add(
      word === "claim"
        ? "claim"
        : word === "authorization"
          ? "authorization"
          : /case|appeal|grievance|file/.test(word)
            ? "case"
            : "reference",
      start,
      start + id.length,
    );
  }
  return [...found.values()];
}

/** One number, or several: "2025301A77710X and 2025308A11284X". */
function numbersIn(sheet: Sheet, fact: Fact): { start: number; end: number }[] {
  const out: { start: number; end: number }[] = [];
  let start = fact.start;
  const end = /-\s*$/.test(sheet.flat.slice(fact.start, fact.end)) ? fact.end + 12 : fact.end;
  for (let at = numberAt(sheet, start, end); at; at = numberAt(sheet, start, end)) {
    if (at.start - start > 12) break;
    out.push(at);
    const joint = /^\s*(?:,|;|and|&)\s*/i.exec(sheet.flat.slice(at.end, end));
    if (!joint) break;
    start = at.end + joint[0].length;
  }
  return out;
}

/** The day the notice carries: its label, else the date that stands alone in the head, else the first that is nothing else. */
export function readNoticeDate(sheet: Sheet, facts: readonly Fact[]): Reading<string> | null {
  const labelled = facts
    .filter(({ field, rank }) => field === "notice-date" && rank > 5)
    .sort((a, b) => b.rank - a.rank || a.start - b.start);
  for (const fact of labelled) {
    const value = sheet.flat.slice(fact.start, fact.end);
    const date = datesIn(value)[0];
    if (date && date.start < 24)
      return readingAt(sheet, date.value, fact.start + date.start, fact.start + date.end);
  }
  const taken = facts.filter(({ field }) => ["other-date", "service-date", "service-end"].includes(field));
  const all = datesIn(sheet.flat.slice(0, 4000)).filter(
    ({ start }) => !taken.some((fact) => start >= fact.start && start < fact.end),
  );
  const ending =
    /\b(?:ends?|effective|until|through|starting|beginning|from|since|by|noon)\s*(?:date|on|of)?\s*:?\s*$/i;
  const free = all.filter(
    ({ start }) =>
      !ending.test(sheet.flat.slice(Math.max(0, start - 24), start)) &&
      !/(?:^|\n)\s*claim(?: number| no\.?| #)?:? [\w-]*\d[^\n]{0,60}, $/i.test(
        sheet.flat.slice(Math.max(0, start - 90), start),
      ),
  );
  const alone = free.find(({ start, end }) => standsAlone(sheet, start, end));
  const processed = facts.filter(({ field, rank }) => field === "notice-date" && rank <= 5);
  const chosen =
    alone ??
    free.find(({ start }) => processed.some((fact) => start >= fact.start && start < fact.end)) ??
    free.find(({ start }) => start < 900);
  return chosen ? readingAt(sheet, chosen.value, chosen.start, chosen.end) : null;
}

/** Alone in its row or cell (a fax line or a city may stand beside it in the row). */
function standsAlone(sheet: Sheet, start: number, end: number): boolean {
  const row = sheet.rows.find((one) => one.start <= start && one.end >= end);
  // A row of three cells is a row of a table: its date is a date of service.
  if (!row || row.cells.length > 2) return false;
  const cell = row.cells.find((one) => one.start <= start && one.end >= end);
  if (!cell) return false;
  return cell.end - cell.start - (end - start) < 12;
}
