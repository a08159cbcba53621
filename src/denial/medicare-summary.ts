import type { PlainDate } from "#base";
import { datesIn } from "#source";
import type { Row, Sheet } from "./sheet.ts";

/** Rows above the lines of a claim among which its head is looked for. */
const HEAD_ROWS = 12;

/** A Medicare Summary Notice prints the day and the provider above the lines of each claim. */
export const isSummaryNotice = (sheet: Sheet): boolean =>
  /\bMedicare Summary Notice\b|\bYour (?:Inpatient |Outpatient |Home Health |Hospice )?Claims for Part [AB]\b/i.test(
    sheet.flat.slice(0, 20_000),
  );

/** The head of the claim to which the row at `index` belongs: a date alone in its row, the provider in the next. */
export function claimHead(
  sheet: Sheet,
  index: number,
): { dates: PlainDate[]; provider: { start: number; end: number } | null } | null {
  for (let at = index - 1; at >= Math.max(0, index - HEAD_ROWS); at--) {
    const row = sheet.rows[at]!;
    const line = lineOf(sheet, row);
    const dates = datesIn(line);
    if (dates.length === 0 || dates.length > 2 || /[A-Za-z]{3}.*[a-z]{3}/.test(without(line, dates)))
      continue;
    return { dates: dates.map(({ value }) => value), provider: providerIn(sheet, sheet.rows[at + 1]) };
  }
  return null;
}

/** The first claim of the notice with its provider. */
export function summaryProvider(sheet: Sheet): { start: number; end: number } | null {
  if (!isSummaryNotice(sheet)) return null;
  const denied = sheet.rows.findIndex((row) => row.cells.length > 2 && isRefused(sheet, row));
  return denied < 0 ? null : (claimHead(sheet, denied)?.provider ?? null);
}

/** The column "Service Approved?" says no. */
export function isRefused(sheet: Sheet, row: Row): boolean {
  return row.cells.some(({ start, end }) => /^\s*no\s*$/i.test(sheet.flat.slice(start, end)));
}

function providerIn(sheet: Sheet, row: Row | undefined): { start: number; end: number } | null {
  if (!row) return null;
  const name = /^[A-Z][^\n\t]{3,70}?(?=\s*,?\s*\(?\d{3}\)?[ -]\d{3}-|\s*[\n\t]|$)/.exec(
    sheet.flat.slice(row.start, row.end),
  )?.[0];
  return name ? { start: row.start, end: row.start + name.length } : null;
}

function without(line: string, dates: readonly { start: number; end: number }[]): string {
  return dates.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), line);
}

const lineOf = (sheet: Sheet, row: Row): string =>
  sheet.flat.slice(row.start, row.end).replaceAll("\n", "\t");
