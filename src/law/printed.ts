/** What the latest notice prints, held against the law. */
import { addDays, addMonths, later, longDate, type PlainDate, parseDate } from "#base";
import { type Case, dayOf } from "./case.ts";
import { addPeriod, earliestOf } from "./count.ts";
import type { Counted, Step } from "./step.ts";

/** The step of which the latest notice speaks: the last one in the ladder whose notice is told, else the first. */
export function printedStep(c: Case, steps: Step[]): Step | null {
  if (!c.situation.printed) return null;
  const candidates = steps.filter(
    (step) => step.notice && (step.listed?.(c) ?? true) && (step.ready?.(c) ?? true) !== false,
  );
  const main = candidates.filter(({ kind }) => !kind.startsWith("expedited"));
  const latest = main.filter(({ notice }) => dayOf(c, ...notice!.dated, ...notice!.received) !== null).at(-1);
  return latest ?? main[0] ?? null;
}

/** The last day as printed: the date itself, or the period from the date of the notice, else from its receipt. */
function printedDay(c: Case, step: Step): PlainDate | null {
  const { within, by } = c.situation.printed ?? {};
  if (by) return parseDate(by);
  const from = dayOf(c, ...step.notice!.dated) ?? dayOf(c, ...step.notice!.received);
  if (!within || !from) return null;
  return printedEnd(from, within);
}

const printedEnd = (from: PlainDate, { n, unit }: { n: number; unit: "days" | "months" }) =>
  unit === "days" ? addDays(from, n) : addMonths(from, n, "last-of-month");

/** Takes the print into the deadline: a shorter one into the safe day, a longer one where the law lets it bind. */
export function holdAgainstPrint(c: Case, step: Step, counted: Counted): Counted {
  const printed = printedDay(c, step);
  if (!printed || counted.unverified) return counted;
  const { deadline } = counted;
  const law = { last: deadline.lastDay as PlainDate | null, safe: deadline.safeDay as PlainDate | null };
  const binds = counted.rules[0]?.clock?.floor === true && law.last !== null;
  const cite = binds ? { cite: counted.rules[0]!.cite } : {};
  const said = binds ? "The notice prints this day; a longer time binds." : "The notice prints this day.";
  const steps = [...deadline.steps, { text: said, date: printed, ...cite }];
  const shorter = isShorter(c, counted, printed, step);
  if (shorter) notice(c, counted, "printed-shorter-than-law", printed, law);
  else if (law.last !== null && printed > longestByLaw(c, step, counted, law.last))
    notice(c, counted, "printed-longer-than-law", printed, law);
  const lastDay = binds ? later(law.last!, printed) : law.last;
  const safeDay = earliestOf(law.safe ?? law.last, printed);
  return { ...counted, deadline: { ...deadline, lastDay, safeDay, steps } };
}

/** The latest day that the law's own presumption of receipt gives: plans print that one. */
function longestByLaw(c: Case, step: Step, counted: Counted, last: PlainDate): PlainDate {
  const clock = counted.rules[0]?.clock;
  const dated = dayOf(c, ...step.notice!.dated);
  return clock?.presumed && dated ? later(last, addDays(dated, clock.presumed.days + clock.n)) : last;
}

/**
 * A printed period is shorter when it ends before the law's own number counted from the same day; a printed date, when
 * it lies before the last day by law, or where that is open, before the earliest day the law can mean.
 */
function isShorter(c: Case, counted: Counted, printed: PlainDate, step: Step): boolean {
  const clock = counted.rules[0]?.clock;
  const { within, by } = c.situation.printed ?? {};
  const from = dayOf(c, ...step.notice!.dated, ...step.notice!.received);
  if (!by && within && clock && from) {
    if (within.unit === clock.unit) return within.n < clock.n;
    const byLaw = addPeriod({ ...clock, rounding: "last-of-month" }, from);
    return byLaw !== null && printedEnd(from, within) < byLaw;
  }
  const earliest = counted.deadline.lastDay ?? counted.deadline.safeDay;
  return earliest !== null && printed < earliest;
}

function notice(
  c: Case,
  counted: Counted,
  code: "printed-shorter-than-law" | "printed-longer-than-law",
  printed: PlainDate,
  law: { last: PlainDate | null; safe: PlainDate | null },
): void {
  const day = law.last ?? law.safe;
  const label = counted.rules[0]?.cite.label ?? "the law";
  const binds = counted.rules[0]?.clock?.floor === true;
  const text =
    code === "printed-shorter-than-law"
      ? `The notice prints ${longDate(printed)}, a shorter time than ${label} gives${day ? ` (${longDate(day)})` : ""}. Be in time for the printed day, and say so in the appeal.`
      : `The notice prints ${longDate(printed)}, later than ${label} gives (${longDate(day!)}). ${binds ? "The later day binds the other side; be in time for the earlier one all the same." : "Be in time for the earlier day."}`;
  c.issues.push({
    severity: "warning",
    code,
    text,
    ...(counted.rules[0] ? { cite: counted.rules[0].cite } : {}),
  });
}
