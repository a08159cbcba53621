/** Periods that plans must disregard when they count a claimant's time (disaster and outbreak notices). */
import { addDays, addMonths, daysBetween, earlier, later, type PlainDate, plainDate } from "#base";
import type { LawRule } from "#knowledge";
import type { Case } from "./case.ts";
import type { Deadline } from "./types.ts";

type Steps = Deadline["steps"];
type Interval = { name: string; first: PlainDate; to: PlainDate };

/** The declared intervals that bind this plan, in order. A cap limits what any one period is spared. */
function intervalsOf(c: Case, from: PlainDate): Interval[] {
  return (c.situation.suspensions ?? [])
    .flatMap((id) => c.law.suspensions.filter((row) => row.id === id && row.plans.includes(c.plan)))
    .map(({ name, from: begins, to, capMonths }) => {
      const first = plainDate(begins);
      const capped = capMonths
        ? addMonths(later(from, addDays(first, -1)), capMonths, "last-of-month")
        : plainDate(to);
      return { name, first, to: earlier(plainDate(to), capped) };
    })
    .toSorted((a, b) => (a.first < b.first ? -1 : 1));
}

/** Where a trigger inside an interval counts from: the interval's last day, so that day 1 is the day after it. */
export function startOf(c: Case, rule: LawRule, from: PlainDate, steps: Steps): PlainDate {
  let start = from;
  if (!c.situation.suspensions) return start;
  for (const { name, first, to } of intervalsOf(c, from)) {
    if (start < first || start > to) continue;
    start = to;
    steps.push({ text: `${name}: the days up to ${to} are not counted.`, date: start, cite: rule.cite });
  }
  return start;
}

/** The end of a period after every interval that began while it ran: it goes on after the interval's last day. */
export function pastSuspensions(
  c: Case,
  rule: LawRule,
  start: PlainDate,
  end: PlainDate,
  steps: Steps,
): PlainDate {
  let last = end;
  if (!c.situation.suspensions) return last;
  for (const { name, first, to } of intervalsOf(c, start)) {
    if (start >= first || last < first) continue;
    last = addDays(to, daysBetween(addDays(first, -1), last));
    steps.push({
      text: `${name}: the days from ${first} to ${to} are not counted.`,
      date: last,
      cite: rule.cite,
    });
  }
  return last;
}
