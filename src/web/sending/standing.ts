import { daysBetween, parseDate } from "#base";
import {
  answerEvents,
  type CaseFile,
  type CaseLog,
  type CaseState,
  decidedEvent,
  endOfTheRoad,
  type Glance,
  happened,
  isDecidedOutside,
  type NextDate,
  nextDate,
  opensNextLevel,
  type Reminder,
  receivedEvent,
  remindersOf,
  remindersToAnswer,
  rightsLeft,
  type Standing,
  standingOf,
  stepOf,
  stepsTaken,
  type Thing,
  whatNext,
  whenOverdue,
} from "#case";
import { loadLaw } from "#knowledge";
import { type RightsAnswer, rightsFor, type Situation } from "#law";
import { type Say, spokenDate } from "../texts.ts";
import { stepOfPacket } from "./sent-papers.ts";

/** What a standing is computed from: the state of the case, and what the pipeline made of its papers. */
type Known = Pick<CaseState, "afterwards" | "asOf">;
type Papers = Pick<CaseFile, "situation">;

/** The case as the law sees it today, with everything that was sent. */
function situationNow(
  state: Known,
  file: Papers,
  today: string,
  more: Record<string, string> = {},
): Situation | null {
  const asOf = parseDate(state.asOf ?? today);
  if (!file.situation || !asOf) return null;
  const events = { ...happened(state.afterwards), ...file.situation.events, ...more };
  return { ...file.situation, events, asOf };
}

async function rightsNow(state: Known, file: Papers, today: string, more?: Record<string, string>) {
  const situation = situationNow(state, file, today, more);
  return situation && rightsFor(situation, await loadLaw());
}

/** Where the case stands on a day; `null` while the law cannot say, because no plan is possible. */
export async function standingFor(state: Known, file: Papers, today: string): Promise<Standing | null> {
  return stood(state, await rightsNow(state, file, today), today);
}

function stood(state: Known, rights: RightsAnswer | null, today: string): Standing | null {
  const asOf = parseDate(state.asOf ?? today);
  const { before, now } = stepsOf(state);
  return rights && asOf && standingOf(rights, now, asOf, before);
}

/** The steps of all levels, and those before this one. */
function stepsOf({ afterwards: { levels, parcels } }: Known) {
  const before = levels.map((level) => stepOf(level.parcels));
  return { before, now: stepOf(parcels) };
}

/** What may have begun the clock of a step that was sent, and was not told: the first that would give the last day. */
const arrivals = ["external-review-received-by-iro", "iro-assigned"];

export type Arrival = { event: string; sentOn: string; dueAtTheEarliest: string };

/** The day that has to be told so that the last day for the answer is known; `null` where nothing a person can see gives it. */
export async function arrivalAsked(state: Known, file: Papers, today: string): Promise<Arrival | null> {
  const { before, now } = stepsOf(state);
  const situation = situationNow(state, file, today);
  const sentOn = firstReceipt(state);
  if (!now || !situation || !sentOn) return null;
  const asked = [receivedEvent(now, before), ...(/external/.test(now) ? arrivals : [])];
  for (const event of asked) {
    if (event === null || situation.events[event] !== undefined) continue;
    const standing = stood(state, await rightsNow(state, file, today, { [event]: sentOn }), today);
    const due = standing && "right" in standing ? standing.right.decision?.lastDay : null;
    if (due) return { event, sentOn, dueAtTheEarliest: due };
  }
  return null;
}

export function firstReceipt({ afterwards: { parcels } }: Known): string | null {
  const days = parcels.flatMap(({ receipt }) => (receipt ? [receipt.at.slice(0, 10)] : [])).sort();
  return days[0] ?? null;
}

/** The decision in hand is the last of its kind. */
export function isOver(file: Pick<CaseFile, "issues">): boolean {
  return file.issues.some(({ code }) => code === "reviews-over");
}

/** What there is to do once an answer was written down, or is overdue. */
export async function thingsToDo(state: CaseState, file: CaseFile, today: string): Promise<Thing[]> {
  const { outcome } = state.afterwards;
  const { before, now } = stepsOf(state);
  const step = now ?? (await stepOfPacket(file));
  const used = [...before, step].filter((kind) => kind !== null);
  const standing = await standingFor(state, file, today);
  if (!outcome) {
    const rights = (await rightsNow(state, file, today))?.rights ?? [];
    if (isOver(file)) return endOfTheRoad(rights);
    return standing?.state === "overdue" ? [whenOverdue(rights, used)] : [];
  }
  const plans = file.plan.possible;
  const commercial = !plans.some((plan) => /^(medicare|medicaid|chip|tricare|va|fehb|pshb)/.test(plan));
  const decided = step ? decidedEvent(step, before, commercial && file.situation?.levels !== 2) : null;
  const told = file.situation?.events ?? {};
  const answered = answerEvents(outcome.outcome, decided, outcome.on, told);
  // What the letter in hand prints is the time of the step that was taken, not of the next one.
  const { printed: _printed, ...rest } = file.situation ?? { printed: undefined };
  const next = file.situation && { situation: rest as Situation };
  const rights = next && (await rightsNow(state, next, today, answered));
  const due = standing && "right" in standing ? (standing.right.decision?.lastDay ?? null) : null;
  return whatNext({
    outcome: outcome.outcome,
    used,
    outside: step !== null && isDecidedOutside(step, before),
    plans,
    rights: rights?.rights ?? [],
    late: now !== null && due !== null && outcome.on > due,
    undated: decided?.endsWith("-dated") ?? false,
  });
}

/**
 * Notes once that the answer is overdue, so that the letters are drafted anew with the overdue notice and the rights that
 * open with it. True when it was noted now.
 */
export async function noteOverdue(
  log: CaseLog,
  state: CaseState,
  file: CaseFile,
  today: string,
): Promise<boolean> {
  const { overdue, outcome } = state.afterwards;
  if (overdue || outcome) return false;
  const standing = await standingFor(state, file, today);
  if (standing?.state !== "overdue") return false;
  await log.append([{ kind: "decision-overdue", since: standing.since }]);
  return true;
}

/** Reminders still to come, for a calendar or by e-mail. */
export async function remindersFor(state: Known, file: Papers, today: string): Promise<Reminder[]> {
  const { outcome, asked } = state.afterwards;
  const from = parseDate(state.asOf ?? today);
  if (outcome || !from) return [];
  const standing = await standingFor(state, file, today);
  const sentOn = parseDate(firstReceipt(state) ?? "");
  const all = [...remindersToAnswer(asked, from), ...(standing ? remindersOf(standing, from, sentOn) : [])];
  return all.sort((a, b) => a.on.localeCompare(b.on));
}

/** A reminder in the reader's language; it names a day and a step, nobody and no illness. */
export function spokenReminder({ about, day, days }: Reminder, say: Say): string {
  const date = spokenDate(day, say.language);
  if (about !== "file" && about !== "information") return say(`reminder.${about}`, { date });
  return days === 1 ? say(`reminder.${about}.one`, { date }) : say(`reminder.${about}`, { n: days, date });
}

export type Pressing = {
  presses: string | null;
  mood: "overdue" | "soon" | "passed" | "later" | "done" | "none";
};

/** As many days ahead are soon. */
const SOON = 7;

/** What the list of cases says of one: what is awaited, the next day to file, and the day that presses. */
export type Line = Pressing & { next: NextDate | null; awaits: string | null };

/** One line of the list, from the law's answer counted once. */
export async function lineFor(state: Known, glance: Glance, today: string, say: Say): Promise<Line> {
  if (glance.over) return { next: null, awaits: say("over.title"), presses: null, mood: "done" };
  const rights = await rightsNow(state, glance, today);
  if (!rights) return { next: null, awaits: null, presses: null, mood: "none" };
  const standing = stood(state, rights, today);
  const next = nextDate(rightsLeft(rights, stepsTaken(state.afterwards)), state.asOf ?? today);
  return { next, awaits: awaited(state, standing, say), ...pressing(state, standing, next, today) };
}

/** The day that presses in a case, and how much: what is overdue, what was asked for, what is awaited, what is to be filed. */
function pressing(state: Known, standing: Standing | null, next: NextDate | null, today: string): Pressing {
  const { outcome, asked } = state.afterwards;
  if (outcome && !opensNextLevel(outcome.outcome)) return { presses: null, mood: "done" };
  if (!outcome && standing?.state === "overdue") return { presses: standing.since, mood: "overdue" };
  const asOf = parseDate(state.asOf ?? today);
  const sent = stepOf(state.afterwards.parcels) !== null;
  const wanted = asked.flatMap(({ until, answered }) => (until && !answered ? [until] : []));
  const waits = !outcome && standing?.state === "waiting" ? standing.by : null;
  const due = waits ?? (sent ? null : (next?.day ?? null));
  const presses = [...wanted, ...(due ? [due] : [])].sort()[0] ?? null;
  const day = parseDate(presses ?? "");
  if (!day || !asOf) return { presses: null, mood: "none" };
  const left = daysBetween(asOf, day);
  return { presses, mood: left < 0 ? "passed" : left <= SOON ? "soon" : "later" };
}

/** What a case that was sent waits for, in a few words; `null` before anything was sent. */
function awaited({ afterwards }: Known, standing: Standing | null, say: Say): string | null {
  const { parcels, outcome } = afterwards;
  if (outcome) return say(`outcome.${outcome.outcome}`);
  if (stepOf(parcels) === null) return null;
  if (standing?.state === "overdue")
    return standing.days === 1 ? say("after.overdue.one") : say("after.overdue", { n: standing.days });
  return standing?.state === "waiting" && standing.by
    ? say("after.waiting", { date: spokenDate(standing.by, say.language) })
    : say("after.sent");
}
