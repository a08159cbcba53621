import type { Outline } from "./outline.ts";
import { asksIn } from "./tables.ts";

/** A table of ages is a condition wherever it stands: the criteria point at it. */
export const agesByProduct = (node: Outline): boolean =>
  node.table?.rows[0]?.some((cell) =>
    cell.some(({ passage }) => /\bminimum age\b|\bage limit/i.test(passage.text)),
  ) ?? false;

/** A table with a column of criteria, or several, is read wherever it stands ("Drug | Criteria for approval | Length"). */
export const headsCriteria = ({ table }: Outline): boolean => {
  const titles = (table?.rows[0] ?? [])
    .slice(1)
    .map((cell) => cell.map(({ passage }) => passage.text).join(" "));
  return (
    titles.some((title) =>
      /^(?:\w+ ){0,3}criteria(?: for (?:approval|coverage|authorization))?$/i.test(title),
    ) || titles.filter((title) => asksIn.test(title)).length > 1
  );
};
