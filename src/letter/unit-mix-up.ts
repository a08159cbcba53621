import type { Span } from "#base";
import type { Desk } from "./appeal.ts";
import { type Draft, fill, fromPages, type Slot } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote } from "./sentences.ts";
import type { Letter } from "./types.ts";
import { billedCount, unitCounts } from "./unit-conversion.ts";

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

/** Each such figure as a sentence, with the place in the record; none where the units were worked out and agree. */
export function unitMixUps(desk: Desk): { item: Slot; at: Span }[] {
  if (!desk.input.denial?.grounds.some((ground) => counting.has(ground.id))) return [];
  const borneOut = unitCounts(desk).filter(({ billed, units }) => billed === units);
  return refusedServices(desk.input).flatMap((service) => {
    const billed = billedCount(desk, service);
    if (!billed || billed.count < 2 || borneOut.some((count) => count.service === service)) return [];
    // The minutes of an observation are no dose: time is a measure only of codes that are not of drugs.
    const drug = service.codes.some(({ value }) => /^[JQC]\d{4}$/.test(value));
    const measure = `\\b${billed.count}\\s?(mL|mg|mcg|g|kg|IU|cc${drug ? "" : "|minutes|min"})\\b(?!\\s?/)`;
    const [hit] = desk.search.find({ find: "any", cue: measure, most: 1 });
    if (!hit) return [];
    const item = fill(
      "The notice counts units: {counted} ({where}). The record has the same figure as another measure: {source}: {quote} ({place}).",
      {
        counted: fromPages(`“${printedQuote(billed.span.quote)}”`, billed.span),
        where: desk.cite.place(billed.span),
        ...hit.slots,
      },
    );
    return item ? [{ item, at: hit.span }] : [];
  });
}
