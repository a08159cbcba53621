import { overlaps, type Span } from "#base";
import type { BillingError } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { type Comparison, comparedNumbers } from "./billing-numbers.ts";
import { fill, formal, type Slot } from "./passages.ts";
import { sentenceRanges, squash } from "./sentences.ts";
import { type UnitCount, unitCounts } from "./unit-conversion.ts";

/** Rows of knowledge/letters/billing.yaml that this refusal calls for, by the words of the notice and by what the numbers say. */
function errorsMet(desk: Desk, counts: UnitCount[], compared: Comparison[]): BillingError[] {
  const said = desk.cite.exhibits
    .filter((exhibit) => exhibit.kind === "denial")
    .flatMap((exhibit) => desk.cite.sources.get(exhibit.document)?.pages ?? [])
    .flatMap((page) => [
      ...page.text.split("\n"),
      ...sentenceRanges(page).map(({ start, end }) => squash(page.text.slice(start, end))),
    ]);
  const differs = counts.some(({ billed, units }) => billed !== null && billed !== units);
  return desk.knowledge.billing.errors.filter(
    (row) =>
      compared.some((comparison) => comparison.row === row.id) ||
      (row.id === "units" && differs) ||
      said.some((words) => new RegExp(row.notice, "i").test(words)),
  );
}

/** What the papers show beside the words of the notice, error by error, each with its page; no page's words twice. */
export function billingShown(desk: Desk): Slot[] {
  const compared = comparedNumbers(desk);
  const used: Span[] = compared.flatMap(({ used }) => used);
  return errorsMet(desk, unitCounts(desk), compared).flatMap((row) => [
    ...compared.filter((comparison) => comparison.row === row.id).map(({ item }) => item),
    ...row.shows.flatMap((show) =>
      desk.search.find({ find: show.find, cue: show.cue, most: show.most }).flatMap((hit) => {
        if (hit.exhibit.kind === "denial" || used.some((span) => overlaps(span, hit.span))) return [];
        used.push(hit.span);
        return fill(show.says, hit.slots) ?? [];
      }),
    ),
  ]);
}

/** What the billing office is asked, for each kind of error once. */
export function billingAsks(desk: Desk): Slot[] {
  const counts = unitCounts(desk);
  const slots = { ...desk.slots, payer: desk.slots.payer ?? formal("the insurer") };
  const agrees = counts.length > 0 && counts.every(({ billed, units }) => billed === units);
  return errorsMet(desk, counts, comparedNumbers(desk)).flatMap((row) => {
    const asked = fill((agrees ? row.agrees : undefined) ?? row.ask, slots);
    return asked ? [asked] : [];
  });
}
