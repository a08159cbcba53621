/** How long a fact may stand before somebody must look at it again, by what kind of text it is from. */
import type { Source } from "./types.ts";

/** Months: law, labels and notes a year; a state's law and a policy half a year; a policy read in part a quarter. */
function monthsOf({ records, read, label }: Pick<Source, "records" | "read" | "label">): number {
  if (records.some((id) => id.includes("#"))) return 12;
  if (records.some((id) => /^[A-Z]{2}$/.test(id))) return 6;
  // Rows of ours on payers, treatments and reasons say so in their label.
  if (/^(?:Our |Nuestra)/.test(label)) return 12;
  return read === "whole" ? 6 : 3;
}

/** Day on which this source is due for a new look; `null` where nobody wrote down the last one. */
export function dueOn(source: Source): string | null {
  return source.checked ? monthsLater(source.checked, monthsOf(source)) : null;
}

/** Twice its time has passed: what it says may no longer be shown as a criterion. */
export function isLongLate(source: Source, today: string): boolean {
  return source.checked !== null && today > monthsLater(source.checked, 2 * monthsOf(source));
}

/** The same day some months later; days that not every month has become the 28th. */
export function monthsLater(day: string, months: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const later = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-${day.slice(8)}`;
  return later.replace(/-(29|30|31)$/, "-28");
}
