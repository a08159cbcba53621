import { type CriterionRow, criterionRows } from "./criteria.ts";
import type { ExhibitRef } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";

/** What an exhibit is used for: "criteria 3, 4" by what rests on its pages. */
export function usedFor(exhibit: ExhibitRef, rows: CriterionRow[]): string {
  if (exhibit.kind === "denial") return "reason, rights";
  if (exhibit.kind === "policy") return "criteria";
  if (exhibit.kind === "approval") return "what was approved before";
  if (exhibit.kind === "plan-document") return "terms of the plan";
  const numbers = rows
    .filter((row) => !row.group && row.number && restsOn(row, exhibit))
    .map((row) => /^\d+|^[A-Z]+/.exec(row.number)?.[0] ?? row.number);
  const each = [...new Set(numbers)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (each.length === 0) return "background";
  return `criteri${each.length > 1 ? "a" : "on"} ${each.join(", ")}`;
}

function restsOn(row: CriterionRow, exhibit: ExhibitRef): boolean {
  return [...row.for, ...row.against].some((entry) =>
    entry.from.some((span) => span.document === exhibit.document && exhibit.pages.includes(span.page)),
  );
}

/** The same for those who hold the case and not the rows. */
export const exhibitUse = (exhibit: ExhibitRef, input: LetterInput): string =>
  usedFor(exhibit, criterionRows(input));
