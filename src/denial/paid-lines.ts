import type { Span } from "#base";
import type { Row, Sheet } from "./sheet.ts";
import { amountsIn } from "./written.ts";

const money =
  /\b(?:billed|charged?s?|submitted|fee|allowed|allowance|discount|paid|pays|payment|owe|responsibility|deductible|co-?pay(?:ment)?|co-?insurance|not covered|noncovered|non-covered|covered|savings|amount|amt|adjust(?:ed|ment)|write-?off|balance|price|cost|ineligible|eligible|due)\b/i;
const paid =
  /^\s*(?:(?:amount|amt\.?|total|benefit|net|plan|we|insurance|insurer|our|your plan|health plan|the plan|medicare)\s+)*(?:paid|pays|payment|payable)(?:\s+(?:amount|by (?:us|plan|the plan|your plan|insurance)|to (?:provider|you|dentist)))?\s*$/i;

/** Lines of a table in which the plan paid something, by the column that says so. */
export function paidLines(sheet: Sheet): Span[] {
  for (const [index, row] of sheet.rows.entries()) {
    const heads = headsOf(sheet, row);
    const column = heads.findIndex((head) => paid.test(head));
    if (column < 0 || heads.length < 2) continue;
    const found: Span[] = [];
    for (const below of sheet.rows.slice(index + 1, index + 40)) {
      if (headsOf(sheet, below).length > 1) break;
      const prices = amountsIn(lineOf(sheet, below));
      if (/^\s*totals?\b/i.test(lineOf(sheet, below)) || prices.length !== heads.length) continue;
      if (prices[column]!.value > 0) found.push(...sheet.span(below.start, below.end));
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** The headings of the columns that hold prices, in order; a row with a figure in it is no heading. */
function headsOf(sheet: Sheet, row: Row): string[] {
  if (row.cells.length < 3 || /\d/.test(lineOf(sheet, row))) return [];
  return row.cells.map(({ start, end }) => sheet.flat.slice(start, end)).filter((cell) => money.test(cell));
}

const lineOf = (sheet: Sheet, row: Row): string =>
  sheet.flat.slice(row.start, row.end).replaceAll("\n", "\t");
