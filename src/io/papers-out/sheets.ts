import type { Issue } from "#base";
import type { Exhibit, PacketPlan } from "#packet";
import type { ExhibitPdf } from "./exhibit-pages.ts";

/** One sheet of an exhibit: which page of which paper, and its place among the sheets that show that page. */
export type Sheet = { exhibit: Exhibit; page: number; index: number; part: string };

/** Every sheet of the exhibits in order. A page that cannot be shown is an issue, not a gap nobody sees. */
export function sheetsOf(plan: PacketPlan, pdfs: Map<string, ExhibitPdf>, issues: Issue[]): Sheet[] {
  const sheets: Sheet[] = [];
  for (const exhibit of plan.exhibits) {
    const made = pdfs.get(exhibit.document);
    for (const page of exhibit.pages) {
      const shown = made?.pagesOf(page) ?? [];
      if (shown.length === 0)
        issues.push({
          severity: "warning",
          code: "exhibit-page-missing",
          text: `Page ${page} of ${exhibit.document} could not be put into the packet; add a printed copy behind Exhibit ${exhibit.label}.`,
        });
      for (const [nth, index] of shown.entries())
        sheets.push({
          exhibit,
          page,
          index,
          part: shown.length > 1 ? ` (${nth + 1} of ${shown.length})` : "",
        });
    }
  }
  return sheets;
}

/** Index of the first sheet of each exhibit. */
export function firstSheets(sheets: Sheet[]): Map<string, number> {
  const starts = new Map<string, number>();
  sheets.forEach((sheet, index) => {
    if (!starts.has(sheet.exhibit.label)) starts.set(sheet.exhibit.label, index);
  });
  return starts;
}
