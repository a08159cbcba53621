/** Periods that plans must disregard when they count a claimant's time (disaster and outbreak notices). */
import { addDays, addMonths, daysBetween, earlier, later, type PlainDate, plainDate } from "#base";
import type { Case } from "./case.ts";

/** The end of a period after every declared suspension that touches it; each one is a step. */
export function pastSuspensions(
  c: Case,
  from: PlainDate,
  end: PlainDate,
  steps: { text: string; date: string | null }[],
): PlainDate {
  let last = end;
  for (const id of c.situation.suspensions ?? []) {
    const row = c.law.suspensions.find((entry) => entry.id === id);
    if (!row?.plans.includes(c.plan)) continue;
    const first = plainDate(row.from);
    const touched = later(from, first);
    const to = row.capMonths
      ? earlier(plainDate(row.to), addMonths(touched, row.capMonths, "last-of-month"))
      : plainDate(row.to);
    if (last < first || from > to) continue;
    // Day 1 is the day after the interval when the trigger lies inside it; else the days used before it stay used.
    last =
      from >= first
        ? addDays(to, daysBetween(from, last))
        : addDays(to, daysBetween(addDays(first, -1), last));
    steps.push({ text: `${row.name}: the days from ${row.from} to ${to} are not counted.`, date: last });
  }
  return last;
}
