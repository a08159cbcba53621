import { addDays, daysBetween, type PlainDate, parseDate, type Span } from "#base";
import type { Fact } from "#record";
import type { Desk } from "./appeal.ts";
import { type Draft, formal, fromPages, joined, newDraft, type Slot } from "./passages.ts";
import { addReferenceBlock } from "./reference-block.ts";
import { printedQuote } from "./sentences.ts";
import { shortDate } from "./spelled-dates.ts";
import type { Letter } from "./types.ts";

const mostDrugs = 8;

/** One dispensing: the day, the days of supply, and the words on the page that say so. */
type Fill = { fact: Fact; start: PlainDate; end: PlainDate; days: number; day: Slot; supply: Slot };

/**
 * The pharmacy's fills counted day by day: each with the day on which its supply ends, the sum, and every gap. What is
 * computed is printed with its operands. `null` where no drug has two fills.
 */
export function draftSupplyAnnex(desk: Desk): Letter | null {
  const drugs = [...fillsByDrug(desk)].filter(([, fills]) => fills.length > 1).slice(0, mostDrugs);
  if (drugs.length === 0) return null;
  const draft = newDraft();
  draft.add("title", formal("Annex: days and supply"));
  addReferenceBlock(draft, desk.input, desk.slots);
  draft.add(
    "text",
    formal(
      "Counted from the pharmacy's own rows. A supply ends on the day of the fill plus the days supplied; what is left over from an early fill is not counted.",
    ),
  );
  for (const [drug, fills] of drugs) addDrug(draft, desk, drug, fills);
  return {
    kind: "supply-annex",
    file: "days-and-supply",
    title: "Annex: days and supply",
    language: "en",
    passages: draft.passages,
    issues: [],
  };
}

function addDrug(draft: Draft, desk: Desk, drug: string, fills: Fill[]): void {
  const heading = headingOf(drug, fills);
  draft.open(heading.text, heading.rests);
  draft.row([formal("As the pharmacy prints it"), formal("Days"), formal("Supply ends"), formal("Exhibit")]);
  for (const fill of fills) {
    const name = fill.fact.from.find(hasWords);
    draft.row([
      name ? fromPages(`“${printedQuote(name.quote)}”`, name) : formal(""),
      fill.supply,
      joined([fill.day, formal("+"), fill.supply, formal(`days = ${shortDate(fill.end)}`)])!,
      desk.cite.place(fill.fact.from[0]!) ?? formal(""),
    ]);
  }
  const days = fills.map(({ supply }) => supply);
  const total = fills.reduce((sum, fill) => sum + fill.days, 0);
  draft.add("text", joined([formal("Supplied:"), joined(days, " + "), formal(`= ${total} days.`)]));
  for (const gap of gapsOf(fills)) draft.add("item", gap);
  draft.add("item", stretchOf(fills));
  draft.close();
}

/** The ingredient where a row names it; a page that uses the brand name only is quoted by it. */
function headingOf(drug: string, fills: Fill[]): Slot {
  const cells = fills.flatMap(({ fact }) => fact.from.map((span) => ({ span, fact })));
  const named = cells.find(({ span, fact }) => isName(span, fact));
  if (named) return fromPages(drug[0]!.toUpperCase() + drug.slice(1), named.span);
  const branded = cells.find(({ span }) => hasWords(span));
  const brand = /^[a-z][\w-]*/i.exec(branded?.span.quote.trim() ?? "")?.[0];
  return branded && brand ? fromPages(brand, branded.span) : formal("Medicine");
}

const hasWords = (span: Span): boolean => /[a-z]{4}/i.test(span.quote);

/** The cell that names the drug, by its ingredient. */
const isName = (span: Span, fact: Fact): boolean =>
  span.quote.toLowerCase().startsWith(fact.concept.slice(0, 4).toLowerCase());

/** The longest time in which no day is without a fill; where it is the whole time, it says so. */
function stretchOf(fills: Fill[]): Slot | null {
  let first = fills[0]!;
  let last = first;
  let best = { first, last };
  for (const fill of fills) {
    if (daysBetween(last.end, fill.start) > 0) first = last = fill;
    else if (daysBetween(last.end, fill.end) > 0) last = fill;
    if (daysBetween(best.first.start, best.last.end) < daysBetween(first.start, last.end))
      best = { first, last };
  }
  const end = shortDate(best.last.end);
  const whole = best.first === fills[0] && gapsOf(fills).length === 0;
  return joined([
    formal(whole ? "No day is without a fill:" : "Longest time without a gap:"),
    best.last.day,
    formal("+"),
    best.last.supply,
    formal(`days = ${end};`),
    best.first.day,
    formal(`to ${end} is ${daysBetween(best.first.start, best.last.end)} days.`),
  ]);
}

/** Days between the end of all supply so far and the next fill. */
function gapsOf(fills: Fill[]): Slot[] {
  const gaps: Slot[] = [];
  let last = fills[0]!;
  for (const fill of fills.slice(1)) {
    const days = daysBetween(last.end, fill.start);
    if (days > 0)
      gaps.push(
        joined([
          last.day,
          formal("+"),
          last.supply,
          formal(`days = ${shortDate(last.end)};`),
          formal(shortDate(last.end)),
          formal("to"),
          fill.day,
          formal(`is ${days} ${days === 1 ? "day" : "days"} without a fill.`),
        ])!,
      );
    if (daysBetween(last.end, fill.end) > 0) last = fill;
  }
  return gaps;
}

/** The fills of each drug in order; only rows whose day and days stand on their page. */
function fillsByDrug(desk: Desk): Map<string, Fill[]> {
  const byDrug = new Map<string, Fill[]>();
  for (const fact of desk.input.facts) {
    const days = fact.course?.daysSupply;
    const start = parseDate(fact.course?.start ?? "");
    if (fact.type !== "medication" || !days || !start || fact.assertion !== "present") continue;
    const day = fact.from.find(
      (span) => parseDate(span.quote.trim()) === start || shortDate(start) === span.quote.trim(),
    );
    const supply = fact.from.find((span) => Number(span.quote.trim()) === days);
    if (!day || !supply || !desk.cite.exhibitOf(day)) continue;
    const fill = {
      fact,
      start,
      end: addDays(start, days),
      days,
      day: fromPages(shortDate(start), day),
      supply: fromPages(String(days), supply),
    };
    byDrug.set(fact.concept, [...(byDrug.get(fact.concept) ?? []), fill]);
  }
  for (const fills of byDrug.values()) fills.sort((a, b) => daysBetween(b.start, a.start));
  return byDrug;
}
