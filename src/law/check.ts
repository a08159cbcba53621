/** Is the situation possible? Malformed facts are left out and named, never interpreted. */
import {
  groundIds,
  type Issue,
  type PlainDate,
  type PlanKind,
  parseDate,
  planKinds,
  stateCodes,
  timings,
} from "#base";
import type { Law } from "#knowledge";
import type { Moment } from "./case.ts";
import { eventOrder, events as knownEvents, mayLieAhead } from "./events.ts";
import { isZone } from "./hours.ts";
import type { Situation } from "./types.ts";

/** What is left of a situation when everything impossible is taken out. */
export type Checked = {
  situation: Situation;
  plans: PlanKind[];
  events: Map<string, Moment>;
  asOf: PlainDate | null;
  issues: Issue[];
};

type Note = (code: string, text: string) => void;

/** Checks every field; each issue names the field and says what to write instead. */
export function checkSituation(given: Situation, law: Law): Checked {
  const issues: Issue[] = [];
  const note: Note = (code, text) => issues.push({ severity: "warning", code, text });
  const plans = plansOf(given, note);
  const asOf = possibleDay(String(given.asOf ?? ""));
  if (asOf === null) note("impossible-date", "asOf: give today's date as YYYY-MM-DD.");
  const events = eventsOf(given.events, note);
  outOfOrder(events, note);
  if (asOf) {
    for (const [name, { day }] of events)
      if (day > asOf && !mayLieAhead.has(name))
        note("event-in-future", `events.${name}: ${day} lies after asOf (${asOf}). Check both.`);
  }
  return { situation: fieldsOf(given, law, note), plans, events, asOf, issues };
}

function plansOf(given: Situation, note: Note): PlanKind[] {
  const named: unknown[] = [given.plan].flat();
  const plans = named.filter((plan): plan is PlanKind => (planKinds as readonly unknown[]).includes(plan));
  if (plans.length < named.length || plans.length === 0)
    note("unknown-plan", `plan: use one or more of ${planKinds.join(", ")}.`);
  return [...new Set(plans)];
}

function eventsOf(given: unknown, note: Note): Map<string, Moment> {
  const events = new Map<string, Moment>();
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    note("missing-event", "events: give an object of event ids and dates.");
    return events;
  }
  for (const [name, value] of Object.entries(given)) {
    if (!knownEvents.has(name)) {
      note("unknown-event", `events.${name}: there is no such event; see the list of event ids.`);
      continue;
    }
    const moment = momentIn(value);
    if (moment) events.set(name, moment);
    else
      note(
        "impossible-date",
        `events.${name}: not a date that exists. Write YYYY-MM-DD, or YYYY-MM-DDThh:mm with the hour.`,
      );
  }
  return events;
}

/** A date that exists, in years in which a case can lie (arithmetic stays inside the calendar). */
function possibleDay(text: string): PlainDate | null {
  const day = parseDate(text);
  return day !== null && day >= "1950-01-01" && day <= "2149-12-31" ? day : null;
}

const localTime = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

function momentIn(value: unknown): Moment | null {
  if (typeof value !== "string") return null;
  const found = localTime.exec(value);
  const day = possibleDay(found ? found[1]! : value);
  return day && { day, time: found ? `${found[2]}:${found[3]}` : null };
}

/** Two events that cannot stand in this order are both left out: no last day may rest on either. */
function outOfOrder(events: Map<string, Moment>, note: Note): void {
  if (events.size < 2) return;
  const wrong = new Set<string>();
  for (const [first, then] of eventOrder) {
    const a = events.get(first);
    const b = events.get(then);
    if (!a || !b) continue;
    const earlier =
      b.day < a.day || (b.day === a.day && a.time !== null && b.time !== null && b.time < a.time);
    if (!earlier) continue;
    note(
      "events-out-of-order",
      `events.${then} (${b.day}) lies before events.${first} (${a.day}). Check both; neither is used.`,
    );
    wrong.add(first).add(then);
  }
  for (const name of wrong) events.delete(name);
}

/** The other fields, with every value that is not in the contract left out. */
function fieldsOf(given: Situation, law: Law, note: Note): Situation {
  const situation: Situation = { ...given };
  if (given.state !== undefined && !(stateCodes as readonly string[]).includes(given.state)) {
    note("unknown-state", "state: use the two capital letters of the postal code, such as NY.");
    delete situation.state;
  }
  if (given.amount !== undefined && !(typeof given.amount === "number" && given.amount >= 0)) {
    note("impossible-amount", "amount: give US dollars, zero or more.");
    delete situation.amount;
  }
  if (given.zone !== undefined && !isZone(String(given.zone))) {
    note("unknown-zone", "zone: use an IANA name such as America/New_York.");
    delete situation.zone;
  }
  closedFields(situation, note);
  for (const id of given.suspensions ?? [])
    if (!law.suspensions.some((row) => row.id === id))
      note("unknown-suspension", `suspensions: there is none called ${id}.`);
  printedFields(situation, note);
  return situation;
}

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

function closedFields(situation: Situation, note: Note): void {
  const fields = situation as unknown as Record<string, unknown>;
  for (const [name, allowed] of Object.entries(closed)) {
    if (fields[name] === undefined || allowed.includes(fields[name])) continue;
    if (fields[name] !== null) note("unknown-value", `${name}: use one of ${allowed.join(", ")}.`);
    delete fields[name];
  }
  if (situation.grounds === undefined) return;
  const known = [situation.grounds]
    .flat()
    .filter((ground) => (groundIds as readonly unknown[]).includes(ground));
  if (known.length < [situation.grounds].flat().length)
    note("unknown-value", `grounds: use words of this list: ${groundIds.join(", ")}.`);
  situation.grounds = known;
}

function printedFields(situation: Situation, note: Note): void {
  const { within, by } = situation.printed ?? {};
  const printed: NonNullable<Situation["printed"]> = {};
  if (by !== undefined && possibleDay(String(by)) === null)
    note("impossible-date", "printed.by: not a date that exists; write YYYY-MM-DD.");
  else if (by !== undefined) printed.by = by;
  const usable =
    within &&
    Number.isInteger(within.n) &&
    within.n > 0 &&
    within.n < 4000 &&
    (within.unit === "days" || within.unit === "months");
  if (usable) printed.within = within;
  else if (within) note("unknown-value", "printed.within: give n above zero and unit days or months.");
  if (printed.by || printed.within) situation.printed = printed;
  else delete situation.printed;
}
