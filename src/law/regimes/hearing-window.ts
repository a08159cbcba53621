/** The time to ask for a fair hearing as a notice prints it or a State sets it, and when a hearing is behind us. */
import { addMonths, daysBetween, type PlainDate, parseDate } from "#base";
import { type Case, stateOf, told } from "../case.ts";

/** The hearing window that the notice prints, in days from its own start; months and dates are turned into days. */
export function printedWindow(c: Case, from: PlainDate): number | null {
  const { within, by } = c.situation.printed ?? {};
  if (within)
    return within.unit === "days" ? within.n : daysBetween(from, addMonths(from, within.n, "last-of-month"));
  const day = by ? parseDate(by) : null;
  return day ? daysBetween(from, day) : null;
}

export function hearingRow(c: Case): number | null {
  const row = stateOf(c)?.hearing.find((entry) => entry.program === c.plan && entry.confidence !== "D");
  return row?.n ?? null;
}

export function windowIssue(c: Case, text: string): void {
  c.issues.push({
    severity: "warning",
    code: "window-out-of-range",
    text: `${text} Ask the agency for the right one.`,
  });
}

/** A hearing is held once; what may follow its decision is the law of the State. */
export const heard = (c: Case) =>
  told(c, "hearing-decision-dated", "hearing-decision-received")
    ? "The hearing has been decided. Read in the decision how to ask for another look at it, by the agency or a court."
    : null;

export const windowQuestion = (c: Case) =>
  c.situation.printed && !c.issues.some(({ code }) => code === "window-out-of-range")
    ? []
    : ["How many days does the notice give to ask for a fair hearing?"];
