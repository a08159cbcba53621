import type { Span } from "#base";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { type Draft, fill, fromPages, type Slot } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote } from "./sentences.ts";
import type { Letter } from "./types.ts";

/** Grounds on which a wrong count of units is the likely cause. */
const counting = new Set(["quantity-limit", "coding", "benefit-maximum"]);

/**
 * A figure refused as units that stands in the record as another measure ("68" units, "68 mL"): the commonest slip of a
 * bill. Both are quoted; the billing office decides.
 */
export function addUnitMixUp(draft: Draft, desk: Desk, issues: Letter["issues"]): void {
  for (const { item, at } of unitMixUps(desk)) {
    draft.add("item", item);
    issues.push({
      severity: "warning",
      code: "billing-unit-mismatch",
      text: "The number of units billed stands in the record as another measure (such as mL or mg). Ask the billing office whether a corrected claim with the right units is due.",
      at,
    });
  }
}

/** Each such figure as a sentence, with the place in the record. */
export function unitMixUps(desk: Desk): { item: Slot; at: Span }[] {
  if (!desk.input.denial?.grounds.some((ground) => counting.has(ground.id))) return [];
  return countsRefused(desk).flatMap(({ count, line }) => {
    const measure = `\\b${count}\\s?(mL|mg|mcg|g|kg|IU|cc|minutes|min)\\b`;
    const [hit] = desk.search.find({ find: "any", cue: measure, most: 1 });
    if (!hit) return [];
    const item = fill(
      "The notice counts units: {counted} ({where}). The record has the same figure as another measure: {source}: {quote} ({place}).",
      {
        counted: fromPages(`“${printedQuote(line.quote)}”`, line),
        where: desk.cite.place(line),
        ...hit.slots,
      },
    );
    return item ? [{ item, at: hit.span }] : [];
  });
}

/** Whole numbers from two up on the notice's line of a refused service, without money and codes. */
function countsRefused(desk: Desk): { count: string; line: Span }[] {
  return refusedServices(desk.input).flatMap((service) => {
    const at = service.description.from[0];
    const page = desk.input.documents
      .find((source) => source.document === at?.document)
      ?.pages.find((entry) => entry.page === at?.page);
    if (!at || !page) return [];
    const start = page.text.lastIndexOf("\n", at.start) + 1;
    const end = page.text.indexOf("\n", at.end);
    const line = spanAt(at.document, page, start, end < 0 ? page.text.length : end);
    const after = page.text.slice(at.end, line.end);
    const count = /(?:^|\s)(\d{1,5})(?=\s)/.exec(after)?.[1];
    return count && Number(count) > 1 ? [{ count, line }] : [];
  });
}
