/** From a rule's clock and the events to a day, with the derivation step by step. */
import { addDays, addMonths, earlier, longDate, type PlainDate } from "#base";
import type { LawClock, LawRule } from "#knowledge";
import { type Case, dayOf, type Moment, momentOf } from "./case.ts";
import { addBusinessDays, isBusinessDay, isVaWorkday, rollForward } from "./holidays.ts";
import { addHours, withOffset } from "./hours.ts";
import { pastSuspensions, startOf } from "./suspension.ts";
import type { Deadline } from "./types.ts";
import { eventWords } from "./words.ts";

export type Steps = Deadline["steps"];

/** A deadline of which nothing can be said but why. */
export function noDay(text: string, rule?: LawRule): Deadline {
  return {
    lastDay: null,
    safeDay: null,
    steps: [{ text, date: null, ...(rule ? { cite: rule.cite } : {}) }],
  };
}

/** Counts a rule's clock for this case. */
export function countRule(c: Case, rule: LawRule): Deadline {
  const clock = rule.clock;
  if (!clock) return noDay("The law sets no number of days for this.", rule);
  const trigger = momentOf(c, ...clock.from);
  if (trigger) return fromTrigger(c, rule, clock, trigger, triggerWords(c, clock.from));
  const presumedFrom = clock.presumed ? dayOf(c, ...clock.presumed.after) : null;
  if (clock.presumed && presumedFrom) return fromPresumption(c, rule, clock, presumedFrom, clock.presumed);
  const earliest = dayOf(c, ...clock.safeFrom);
  if (earliest) return fromEarliest(c, rule, clock, earliest);
  return noDay(`Not told: the day of ${eventWords(clock.from[0]!)}, which starts the time.`, rule);
}

function triggerWords(c: Case, events: string[]): string {
  return eventWords(events.find((event) => c.events.has(event))!);
}

function fromTrigger(c: Case, rule: LawRule, clock: LawClock, trigger: Moment, words: string): Deadline {
  const start = { text: `The time starts with ${words}.`, date: trigger.day };
  if (clock.unit === "hours") return inHours(c, rule, clock, trigger, start);
  const steps: Steps = [start];
  const end = endOf(c, rule, clock, trigger.day, steps);
  const lastDay = end;
  return {
    lastDay,
    safeDay: lastDay ?? clampedMonths(clock, trigger.day),
    ...(clock.noon && lastDay ? { at: withOffset({ day: lastDay, time: "12:00" }, c.situation.zone) } : {}),
    steps,
  };
}

/** The day on which a period ends that starts on `from`; each move is a step. */
export function endOf(
  c: Case,
  rule: LawRule,
  clock: LawClock,
  from: PlainDate,
  steps: Steps,
): PlainDate | null {
  const cite = rule.cite;
  const period = `${clock.n} ${clock.unit.replace("-", " ")}`;
  const start = rule.side === "file" ? startOf(c, rule, from, steps) : from;
  let day = addPeriod(clock, start);
  if (day === null) {
    steps.push({
      text: `${period} later there is no such day, and the law does not say which day counts.`,
      date: null,
      cite,
    });
    return null;
  }
  const firstDay = clock.firstDayCounts ? ", that day being the first" : "";
  steps.push({
    text: clock.before ? `${period} before that.` : `${period} later${firstDay}.`,
    date: day,
    cite,
  });
  if (clock.extension && momentOf(c, clock.extension.on)) {
    day = addDays(day, clock.extension.n);
    steps.push({ text: `Extended once by ${clock.extension.n} days.`, date: day, cite });
  }
  if (rule.side === "file") day = pastSuspensions(c, rule, start, day, steps);
  const rolled = clock.roll
    ? rollForward(day, clock.roll === "va-workday" ? isVaWorkday : isBusinessDay)
    : day;
  if (rolled !== day) {
    const why = `${longDate(day)} is a Saturday, Sunday or legal holiday: the day moves on.`;
    steps.push({ text: why, date: rolled, cite });
  }
  return rolled;
}

/** The bare period: days, business days, months or years on (or back), without any move. */
export function addPeriod(clock: LawClock, from: PlainDate): PlainDate | null {
  const n = (clock.before ? -1 : 1) * clock.n - (clock.firstDayCounts ? 1 : 0);
  if (clock.unit === "days") return addDays(from, n);
  if (clock.unit === "business-days") return addBusinessDays(from, n);
  return addMonths(from, clock.unit === "years" ? n * 12 : n, clock.rounding ?? "none");
}

/** Where the text does not say which day counts, the month's last day is in time. */
function clampedMonths(clock: LawClock, from: PlainDate): PlainDate | null {
  return clock.unit === "months" ? addMonths(from, clock.n, "last-of-month") : null;
}

function inHours(c: Case, rule: LawRule, clock: LawClock, trigger: Moment, start: Steps[number]): Deadline {
  const extra = clock.extension && momentOf(c, clock.extension.on) ? clock.extension.n : 0;
  const ended = hoursAfter(c, trigger, clock.n + extra * 24);
  const text = `${clock.n} elapsed hours later${extra ? `, extended once by ${extra} days` : ""}.`;
  return {
    lastDay: ended.day,
    safeDay: ended.day,
    hours: clock.n,
    ...(ended.at ? { at: ended.at } : {}),
    steps: [
      start,
      {
        text: `${text}${ended.at ? "" : " The hour is not told: at the latest by the end of that day."}`,
        date: ended.day,
        cite: rule.cite,
      },
    ],
  };
}

/** So many elapsed hours after a moment; without a time of day, the end of the last possible day. */
export function hoursAfter(c: Case, from: Moment, hours: number): Moment & { at: string | null } {
  if (from.time === null) return { day: addDays(from.day, Math.ceil(hours / 24)), time: null, at: null };
  return addHours({ day: from.day, time: from.time }, hours, c.situation.zone);
}

/** The law presumes receipt so many days after the date of the notice. */
function fromPresumption(
  c: Case,
  rule: LawRule,
  clock: LawClock,
  dated: PlainDate,
  { days, after }: { days: number; after: string[] },
): Deadline {
  const receipt = addDays(dated, days);
  const steps: Steps = [
    { text: `The day of receipt is not told; ${triggerWords(c, after)} is.`, date: dated },
    { text: `The law presumes receipt ${days} days later.`, date: receipt, cite: rule.cite },
  ];
  const lastDay = endOf(c, rule, clock, receipt, steps);
  const safeDay = endOf(c, rule, clock, dated, []);
  steps.push({ text: "Safe even if the notice came on the day of its date.", date: safeDay });
  return { lastDay, safeDay, steps };
}

/** The trigger is not told, but cannot lie before a day that is. */
function fromEarliest(c: Case, rule: LawRule, clock: LawClock, earliest: PlainDate): Deadline {
  const from = triggerWords(c, clock.safeFrom);
  const steps: Steps = [
    {
      text: `Not told: the day of ${eventWords(clock.from[0]!)}. It cannot be before ${from}.`,
      date: earliest,
    },
  ];
  const counted = endOf(c, rule, clock, earliest, steps);
  const clamped = clampedMonths(clock, earliest);
  const safeDay = counted ?? clamped;
  steps.push({ text: "In time whatever the day of receipt was.", date: safeDay });
  return { lastDay: null, safeDay, steps };
}

/** The earlier of two days, where one may be missing. */
export function earliestOf(...days: (string | null)[]): PlainDate | null {
  const known = days.filter((day): day is PlainDate => day !== null);
  return known.length > 0 ? known.reduce(earlier) : null;
}
