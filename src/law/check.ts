/** Is the situation possible? Malformed facts are left out and named, never interpreted. */
import { type Issue, type PlainDate, type PlanKind, planKinds } from "#base";
import type { Law } from "#knowledge";
import type { Moment } from "./case.ts";
import { fieldsOf, type Note, possibleDay } from "./check-fields.ts";
import { events as knownEvents, laterEvents, mayLieAhead } from "./events.ts";
import type { Situation } from "./types.ts";

/** What is left of a situation when everything impossible is taken out. */
export type Checked = {
  situation: Situation;
  plans: PlanKind[];
  events: Map<string, Moment>;
  asOf: PlainDate | null;
  issues: Issue[];
};

/** Checks every field; each issue names the field and says what to write instead. */
export function checkSituation(given: Situation, law: Law): Checked {
  const issues: Issue[] = [];
  const note: Note = (code, text) => issues.push({ severity: "warning", code, text });
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    note("situation-unreadable", "A situation is a JSON object with plan, events and asOf.");
    return { situation: {} as Situation, plans: [], events: new Map(), asOf: null, issues };
  }
  const plans = plansOf(given, note);
  const asOf = momentIn(given.asOf)?.day ?? null;
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
    if (value === null || value === undefined) continue;
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
  for (const [first, a] of events) {
    const later = laterEvents.get(first);
    if (!later) continue;
    for (const [then, b] of events) {
      if (!later.has(then) || !isBefore(b, a)) continue;
      note(
        "events-out-of-order",
        `events.${then} (${b.day}) lies before events.${first} (${a.day}). Check both; neither is used.`,
      );
      wrong.add(first).add(then);
    }
  }
  for (const name of wrong) events.delete(name);
}

const isBefore = (a: Moment, b: Moment) =>
  a.day < b.day || (a.day === b.day && a.time !== null && b.time !== null && a.time < b.time);
