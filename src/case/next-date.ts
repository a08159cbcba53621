import { daysBetween, parseDate } from "#base";
import type { Right, RightsAnswer } from "#law";

/** The steps that move a denial: what the claimant files so that somebody decides anew. */
const steps = new Set([
  "internal-appeal",
  "internal-appeal-2",
  "reconsideration",
  "redetermination",
  "external-review",
  "ire",
  "ire-dismissal-review",
  "state-fair-hearing",
  "chip-review",
  "opm-review",
  "alj",
  "council",
  "fast-track-qio",
  "fast-track-qic",
  "hospital-discharge-qio",
  "tricare-reconsideration",
  "tricare-expedited-reconsideration",
  "tricare-formal-review",
  "tricare-second-reconsideration",
  "tricare-hearing",
  "va-board-appeal",
]);

/** The day a person must know: `certain` when it is the last legal day, else it is the day that is surely in time. */
export type NextDate = { right: Right; day: string; certain: boolean; daysLeft: number; passed: boolean };

/**
 * The next day to file, over every plan that is still possible: the earliest one, because it is in time for all of
 * them. Days that have passed come only when nothing else is open. `null` when no day can be given.
 */
export function nextDate(rights: RightsAnswer, asOf: string): NextDate | null {
  const today = parseDate(asOf);
  if (!today) return null;
  const dates = rights.rights
    .filter(
      (right) => steps.has(right.kind) && right.status !== "not-available" && right.status !== "not-yet",
    )
    .flatMap((right) => {
      const day = parseDate(right.file?.lastDay ?? right.file?.safeDay ?? "");
      if (!day) return [];
      const certain = right.file?.lastDay !== null && right.file?.lastDay !== undefined;
      const daysLeft = daysBetween(today, day);
      return [{ right, day, certain, daysLeft, passed: daysLeft < 0 || right.status === "expired" }];
    })
    .sort((a, b) => a.day.localeCompare(b.day));
  return dates.find((date) => !date.passed) ?? dates.at(-1) ?? null;
}
