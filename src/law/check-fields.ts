/** The fields of a situation other than its events: a value that is not in the contract is left out and named. */
import { groundIds, type PlainDate, parseDate, stateCodes, timings } from "#base";
import type { Law } from "#knowledge";
import { isZone } from "./hours.ts";
import type { Situation } from "./types.ts";

export type Note = (code: string, text: string) => void;

const closed: Record<string, readonly unknown[]> = {
  timing: timings,
  item: ["service", "part-b-drug", "part-d-drug", "essential-benefit-drug", "covered-outpatient-drug"],
  levels: [1, 2],
  funding: ["self-funded", "insured"],
  sponsor: ["employer", "individual"],
  request: ["coverage", "exception", "extension"],
  setting: ["hospital", "snf", "home-health", "corf", "hospice"],
  urgent: [true, false],
  priorAuthorization: [true, false],
  advanceNotice: [true, false],
};

const known = new Set([
  ...Object.keys(closed),
  ...["plan", "state", "grounds", "amount", "suspensions", "zone", "events", "printed", "asOf"],
]);

/** A date that exists, in years in which a case can lie (arithmetic stays inside the calendar). */
export function possibleDay(text: string): PlainDate | null {
  const day = parseDate(text);
  return day !== null && day >= "1950-01-01" && day <= "2149-12-31" ? day : null;
}

/** A copy of the situation with every value that is not in the contract left out. `null` counts as not told. */
export function fieldsOf(given: Situation, law: Law, note: Note): Situation {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    if (!known.has(name)) {
      note("unknown-field", `${name}: there is no such field; it is not used.`);
      continue;
    }
    const allowed = closed[name];
    if (allowed && !allowed.includes(value))
      note("unknown-value", `${name}: use one of ${allowed.join(", ")}.`);
    else fields[name] = value;
  }
  openFields(fields, note);
  if (fields["grounds"] !== undefined) listField(fields, "grounds", groundIds, "unknown-value", note);
  if (fields["suspensions"] !== undefined) {
    const ids = law.suspensions.map(({ id }) => id);
    listField(fields, "suspensions", ids, "unknown-suspension", note);
  }
  if (fields["printed"] !== undefined) printedFields(fields, note);
  return fields as unknown as Situation;
}

function openFields(fields: Record<string, unknown>, note: Note): void {
  const { state, amount, zone } = fields;
  if (state !== undefined && !(stateCodes as readonly unknown[]).includes(state)) {
    note("unknown-state", "state: use the two capital letters of the postal code, such as NY.");
    delete fields["state"];
  }
  if (amount !== undefined && !(typeof amount === "number" && amount >= 0 && Number.isFinite(amount))) {
    note("impossible-amount", "amount: give US dollars as a number, zero or more.");
    delete fields["amount"];
  }
  if (zone !== undefined && !(typeof zone === "string" && isZone(zone))) {
    note("unknown-zone", "zone: use an IANA name such as America/New_York.");
    delete fields["zone"];
  }
}

/** A list of words of a closed set; a single word counts as a list of one. */
function listField(
  fields: Record<string, unknown>,
  name: string,
  allowed: readonly string[],
  code: string,
  note: Note,
): void {
  const words: unknown[] = [fields[name]].flat();
  const usable = words.filter((word) => (allowed as readonly unknown[]).includes(word));
  if (usable.length < words.length) note(code, `${name}: use a list of these words: ${allowed.join(", ")}.`);
  if (usable.length > 0) fields[name] = usable;
  else delete fields[name];
}

function printedFields(fields: Record<string, unknown>, note: Note): void {
  const given = fields["printed"];
  delete fields["printed"];
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    note("unknown-value", "printed: give an object with within or by.");
    return;
  }
  const { within, by } = given as Record<string, unknown>;
  const printed: NonNullable<Situation["printed"]> = {};
  if (by !== undefined && by !== null) {
    const day = typeof by === "string" ? possibleDay(by) : null;
    if (day) printed.by = day;
    else note("impossible-date", "printed.by: not a date that exists; write YYYY-MM-DD.");
  }
  if (within !== undefined && within !== null) {
    if (isPeriod(within)) printed.within = within;
    else note("unknown-value", "printed.within: give n above zero and unit days or months.");
  }
  if (printed.by || printed.within) fields["printed"] = printed;
}

function isPeriod(value: unknown): value is { n: number; unit: "days" | "months" } {
  if (typeof value !== "object" || value === null) return false;
  const { n, unit } = value as Record<string, unknown>;
  const longest = unit === "days" ? 4000 : unit === "months" ? 120 : 0;
  return typeof n === "number" && Number.isInteger(n) && n > 0 && n <= longest;
}
