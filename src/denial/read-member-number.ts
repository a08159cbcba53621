import type { Reading } from "#base";
import type { Fact } from "./facts.ts";
import { numberAt, type Range } from "./printed-number.ts";
import { nameAt } from "./read-person.ts";
import { readingAt, type Sheet } from "./sheet.ts";

/** The number by which the plan knows the member: behind its label, else in running text, else below the name. */
export function readMemberId(sheet: Sheet, facts: readonly Fact[]): Reading<string> | null {
  const choices = facts
    .filter(({ field }) => field === "member-id")
    .sort((a, b) => b.rank - a.rank || Number(b.marked) - Number(a.marked) || a.start - b.start);
  for (const fact of choices) {
    const at = numberAt(sheet, fact.start, wrapped(sheet, fact)) ?? numberBelow(sheet, fact);
    if (at && !(fact.label.length < 7 && at.end - at.start < 5)) return idReading(sheet, at);
  }
  return idInProse(sheet) ?? idBelowName(sheet);
}

/** Where other words slipped between label and number, the number stands on a later line of the value. */
function numberBelow(sheet: Sheet, fact: Fact): Range | null {
  const line = sheet.flat.slice(fact.start, fact.end).search(/\n(?=[A-Z]{0,4}\d)/);
  return line < 0 ? null : numberAt(sheet, fact.start + line + 1, fact.end);
}

/** A number that is broken after a hyphen at the line's end goes on in the next row. */
function wrapped(sheet: Sheet, fact: Fact): number {
  if (!/-\s*$/.test(sheet.flat.slice(fact.start, fact.end))) return fact.end;
  return Math.min(sheet.flat.length, fact.end + 20);
}

function idReading(sheet: Sheet, { start, end }: Range): Reading<string> {
  return readingAt(
    sheet,
    sheet.text.slice(start, end).replace(/-\s+/g, "-").replace(/\s+/g, " "),
    start,
    end,
  );
}

/** A row of the head that is nothing but a number with its letters, right below a name: "EHC 88 1029 4471". */
function idBelowName(sheet: Sheet): Reading<string> | null {
  for (const [index, row] of sheet.rows.slice(1, 14).entries()) {
    const above = sheet.rows[index]!;
    const name = nameAt(sheet, above.start, above.end);
    const words = sheet.flat.slice(row.start, row.end).trim();
    if (
      name &&
      name.end - name.start >= above.end - above.start - 6 &&
      /^[A-Z]{2,5}[ -]?\d[\d -]{6,16}\d$/.test(words)
    )
      return idReading(sheet, { start: row.start, end: row.start + words.length });
  }
  return null;
}

/** "(Anders Osterberg, member BLM 5520 118 03, …)": the number behind the word in running text. */
function idInProse(sheet: Sheet): Reading<string> | null {
  const match = /\bmember(?: (?:ID|number|no\.?))?,?[ #:]+(?=[A-Z]{0,5}[- ]?\d[\dA-Z-]* ?\d)/.exec(
    sheet.flat,
  );
  if (!match) return null;
  const start = match.index + match[0].length;
  const at = numberAt(sheet, start, Math.min(sheet.flat.length, start + 30));
  return at && at.end - at.start > 5 ? idReading(sheet, at) : null;
}

export function readGroupNumber(sheet: Sheet, facts: readonly Fact[]): Reading<string> | null {
  for (const fact of facts.filter(({ field }) => field === "group-number")) {
    const at = numberAt(sheet, fact.start, fact.end);
    if (at) return idReading(sheet, at);
    const letters = /^[\s:]*([A-Z0-9]{4,10})(?=$|[\s,;)])/.exec(sheet.flat.slice(fact.start, fact.end));
    if (letters && /^(?:rx|grp)/i.test(fact.label)) {
      const start = fact.start + letters[0].indexOf(letters[1]!);
      return idReading(sheet, { start, end: start + letters[1]!.length });
    }
    const behind = /[\s:][A-Z]{0,3}\d[\w-]{3,}/.exec(sheet.flat.slice(fact.start, fact.end));
    if (behind && fact.marked) {
      const start = fact.start + behind.index + 1;
      return idReading(sheet, { start, end: fact.start + behind.index + behind[0].length });
    }
  }
  return groupInProse(sheet);
}

/** "(ID 600 118 207 02, group 1000555)", "group number ABC-1234". */
function groupInProse(sheet: Sheet): Reading<string> | null {
  const match = /\bgroup(?: (?:number|no\.?|id))?[ #:]+(?=[A-Z-]{0,4}\d{4})(?<id>[A-Z0-9-]+)/i.exec(
    sheet.flat,
  );
  if (!match) return null;
  const end = match.index + match[0].length;
  return idReading(sheet, { start: end - match.groups!["id"]!.length, end });
}
