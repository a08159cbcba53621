import { type CriterionRow, criterionRows } from "./criteria.ts";
import type { ExhibitRef } from "./exhibits.ts";
import type { LetterInput } from "./input.ts";
import type { Passage } from "./types.ts";

/** What a section of the letter uses a paper for. */
const uses: [RegExp, string][] = [
  [/^Drug by drug/, "drugs taken before"],
  [/^The reason answered|^Summary/, "answer to the reason"],
  [/^What the notes/, "conclusions"],
  [/^What the record says about the need/, "need"],
  [/^Weak points/, "weak points"],
];

/** What an exhibit is used for: "criteria 3, 4; drugs taken before", by what rests on its pages. */
export function usedFor(
  exhibit: ExhibitRef,
  rows: CriterionRow[],
  passages: readonly Passage[] = [],
): string {
  if (exhibit.kind === "denial") return "reason, rights";
  if (exhibit.kind === "policy") return "criteria";
  if (exhibit.kind === "approval") return "what was approved before";
  if (exhibit.kind === "plan-document") return "terms of the plan";
  const numbers = rows
    .filter((row) => !row.group && row.number && restsOn(row, exhibit))
    .map((row) => /^\d+|^[A-Z]+/.exec(row.number)?.[0] ?? row.number);
  const each = [...new Set(numbers)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const criteria = each.length > 0 ? [`criteri${each.length > 1 ? "a" : "on"} ${each.join(", ")}`] : [];
  const sections = passages
    .filter((passage) => passage.rests.some((rest) => "evidence" in rest && isOf(rest.evidence, exhibit)))
    .map((passage) => passage.section ?? "");
  const named = uses.flatMap(([section, use]) => (sections.some((one) => section.test(one)) ? [use] : []));
  // Where criteria rest on a paper, the sections only say them again.
  const said =
    criteria.length > 0 ? [...criteria, ...named.filter((use) => use === "drugs taken before")] : named;
  return said.slice(0, 3).join("; ") || "completes the record";
}

const isOf = (at: { document: string; page: number }, exhibit: ExhibitRef): boolean =>
  at.document === exhibit.document && exhibit.pages.includes(at.page);

function restsOn(row: CriterionRow, exhibit: ExhibitRef): boolean {
  return [...row.for, ...row.against].some((entry) => entry.from.some((span) => isOf(span, exhibit)));
}

/** The same for those who hold the case and its letter and not the rows. */
export const exhibitUse = (
  exhibit: ExhibitRef,
  input: LetterInput,
  passages: readonly Passage[] = [],
): string => usedFor(exhibit, criterionRows(input), passages);
