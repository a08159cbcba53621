import type { Span } from "#base";
import type { Row, Sheet } from "./sheet.ts";
import { amountsIn } from "./written.ts";

const money =
  /\b(?:billed|charged?s?|submitted|fee|allowed|allowance|discount|paid|pays?|payment|owe|responsibility|share|deductible|co-?pay(?:ment)?|co-?insurance|not covered|noncovered|non-covered|covered|savings|amount|amt|adjust(?:ed|ment)|write-?off|balance|price|cost|ineligible|eligible|due|estimate|benefit)\b/i;
const paid =
  /^\s*(?:(?:amount|amt\.?|total|benefit|net|plan|we|insurance|insurer|our|your plan|health plan|the plan|medicare)\s+)*(?:paid|pays|payment|payable|estimate|benefit)(?:\s+(?:amount|by (?:us|plan|the plan|your plan|insurance)|to (?:provider|you|dentist)))?\s*$/i;
/** What the plan accepted but put on the patient's deductible is not refused. */
const accepted = /^\s*(?:(?:plan|amount|amt\.?)\s+)*(?:allowed|allowance|deductible|eligible|covered)/i;

/** Lines of a table in which the plan paid something, and lines for which it neither paid nor allowed anything. */
export type PricedLines = { paid: Span[]; refused: Span[] };

/** The lines of the first table that has a column for what was paid. */
export function pricedLines(sheet: Sheet): PricedLines {
  for (const [index, row] of sheet.rows.entries()) {
    const heads = headsOf(sheet, row);
    const column = heads.findIndex((head) => paid.test(head));
    if (column < 0 || heads.length < 2) continue;
    const found: PricedLines = { paid: [], refused: [] };
    for (const below of sheet.rows.slice(index + 1, index + 40)) {
      if (headsOf(sheet, below).length > 1) break;
      const line = lineOf(sheet, below);
      const prices = amountsIn(line).map(({ value }) => value);
      if (/^\s*totals?\b/i.test(line) || prices.length !== heads.length) continue;
      const taken = heads.some((head, at) => accepted.test(head) && prices[at]! > 0);
      if (prices[column]! > 0) found.paid.push(...sheet.span(below.start, below.end));
      else if (!taken && prices[0]! > 0) found.refused.push(...sheet.span(below.start, below.end));
    }
    if (found.paid.length + found.refused.length > 0) return found;
  }
  return inWords(sheet);
}

/** "Removal of skin tags 11200   Billed $240.00   We paid $0.00": lines that say it in words. */
function inWords(sheet: Sheet): PricedLines {
  const found: PricedLines = { paid: [], refused: [] };
  for (const row of sheet.rows) {
    const line = lineOf(sheet, row);
    const said = /\b(?:we |plan )?paid:?\s+\$\s?(?<sum>[\d,.]+\d)/i.exec(line);
    if (!said || line.length > 200 || /\.\s+[A-Z][a-z]+ /.test(line) || amountsIn(line).length < 2) continue;
    const list = Number(said.groups!["sum"]!.replaceAll(",", "")) > 0 ? found.paid : found.refused;
    list.push(...sheet.span(row.start, row.end));
  }
  return found;
}

/** The headings of the columns that hold prices, in order; a row with a figure in it is no heading. */
function headsOf(sheet: Sheet, row: Row): string[] {
  if (row.cells.length < 3 || /\d/.test(lineOf(sheet, row))) return [];
  return row.cells.map(({ start, end }) => sheet.flat.slice(start, end)).filter((cell) => money.test(cell));
}

const lineOf = (sheet: Sheet, row: Row): string =>
  sheet.flat.slice(row.start, row.end).replaceAll("\n", "\t");
