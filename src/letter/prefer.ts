import type { Desk } from "./appeal.ts";
import type { PrintedEvidence } from "./evidence.ts";
import { fill, formal, type Slot } from "./passages.ts";
import { entryDay } from "./source-line.ts";
import { spelledDates } from "./spelled-dates.ts";

const measured = /\d\s?(%|mmHg|mm|cm2?|mL|mg\/dL|g\/dL|ms|kg|m\b|mmol\/L|ng\/mL)(?![a-z])/i;
const specialist =
  /\b(consult(ation)?|cardiology|neurology|oncology|surgery|rheumatology|specialist|conference)\b/i;
const secondHand = /\b(copied|carried) forward|\btemplate\b|\bper (patient|family|outside)\b/i;

/**
 * Why one page is preferred to another that says otherwise: measured over reported, first-hand over copied, the specialist's
 * over an incidental one, later over earlier. `null` where none of these speaks for it: then both are only shown.
 */
export function preference(one: PrintedEvidence, other: PrintedEvidence, desk: Desk): Slot | null {
  const why = reasonFor(one, other, desk);
  return why ? fill("I rely on {place}: {why}.", { place: one.place, why: formal(why) }) : null;
}

function reasonFor(one: PrintedEvidence, other: PrintedEvidence, desk: Desk): string | null {
  const decided = (test: (evidence: PrintedEvidence) => boolean) => Number(test(one)) - Number(test(other));
  const title = ({ span }: PrintedEvidence) => desk.cite.exhibitOf(span)?.title.text ?? "";
  const orders: [number, string][] = [
    [
      decided(({ span }) => measured.test(span.quote)),
      "it gives the measurement, the other page a statement",
    ],
    [-decided(({ span }) => secondHand.test(span.quote)), "it is written first-hand, the other page is not"],
    [
      decided((evidence) => specialist.test(title(evidence))),
      "it is the specialist's own page on this question",
    ],
    [Math.sign(dayOf(one, desk).localeCompare(dayOf(other, desk))), "it is the later of the two"],
  ];
  // The first order that tells them apart decides, also against us.
  const first = orders.find(([sign]) => sign !== 0);
  return first && first[0] > 0 ? first[1] : null;
}

/** The day of the entry, "" where no page gives it; an unknown day is never the later one. */
const dayOf = ({ span }: PrintedEvidence, desk: Desk): string => {
  const exhibit = desk.cite.exhibitOf(span);
  const words = entryDay(span, desk.cite) ?? (exhibit ? desk.cite.paperDay(exhibit) : null);
  return spelledDates(words?.text ?? "")[0]?.date ?? "";
};
