/**
 * After sending: the clock of the other side, the calls, the reminders, and what comes next. Dates come from the law's
 * own answer about the situation with the sending in it; nothing is counted here twice.
 */
import { addDays, daysBetween, type PlainDate, type PlanKind, parseDate } from "#base";
import type { Deadline, Right, RightsAnswer } from "#law";
import type { AskedFor } from "./later-events.ts";

/** A telephone call, as somebody noted it; it can be cited in the next letter by its reference number. */
export type CallNote = { at: string; with: string; reference: string | null; said: string };

/** The rights that are still to be used: all but the steps that were taken, at this level and before. */
export function rightsLeft(answer: RightsAnswer, taken: readonly (string | null)[]): RightsAnswer {
  const used = new Set(taken.flatMap((kind) => (kind ? [kind, urgently[kind]] : [])));
  return { ...answer, rights: answer.rights.filter(({ kind }) => !used.has(kind)) };
}

/** The names under which the law counts the same step when it is urgent. */
const urgently: Record<string, string> = {
  "internal-appeal": "expedited-appeal",
  reconsideration: "expedited-appeal",
  redetermination: "expedited-appeal",
  "tricare-reconsideration": "tricare-expedited-reconsideration",
  "external-review": "expedited-external-review",
  ire: "expedited-ire",
};

export type Standing =
  | { state: "to-file"; right: Right; by: PlainDate | null; days: number | null }
  | { state: "waiting"; right: Right; by: PlainDate | null; days: number | null }
  | { state: "overdue"; right: Right; since: PlainDate; days: number }
  | { state: "nothing-open" };

/**
 * Where the case stands on a day. `sent`: the kind of right that was used at this level, `null` before anything went out;
 * `before`: those of the levels before.
 * Then its decision is awaited or overdue; before that, it is the earliest thing to file.
 */
export function standingOf(
  answer: RightsAnswer,
  sent: string | null,
  asOf: PlainDate,
  before: readonly (string | null)[] = [],
): Standing {
  if (sent !== null) {
    const kinds = [sent, urgently[sent]];
    const used = answer.rights.filter(
      ({ kind, status }) => kinds.includes(kind) && status !== "not-available",
    );
    const right = used.find(({ decision }) => decision?.lastDay) ?? used[0];
    if (right) return waiting(right, asOf);
  }
  const left = rightsLeft(answer, before).rights;
  const open = left.filter(({ status, file }) => status === "open" && file !== null);
  const dated = open
    .filter(({ file }) => dayOf(file) !== null)
    .sort((a, b) => dayOf(a.file)!.localeCompare(dayOf(b.file)!));
  const right = dated[0] ?? open[0];
  if (!right) return { state: "nothing-open" };
  const by = dayOf(right.file);
  return { state: "to-file", right, by, days: by ? daysBetween(asOf, by) : null };
}

function waiting(right: Right, asOf: PlainDate): Standing {
  const by = parseDate(right.decision?.lastDay ?? "");
  if (by !== null && asOf > by)
    return { state: "overdue", right, since: addDays(by, 1), days: daysBetween(by, asOf) };
  return { state: "waiting", right, by, days: by ? daysBetween(asOf, by) : null };
}

/** The day to act by: safe before legal, because what is unknown may turn out against us. */
function dayOf(deadline: Deadline | null): PlainDate | null {
  return parseDate(deadline?.safeDay ?? deadline?.lastDay ?? "");
}

/** A reminder to send. Its words name a day and a step, never a diagnosis, a drug or a person. */
export type Reminder = {
  on: PlainDate;
  about: "file" | "decision" | "overdue" | "information" | "arrival";
  plan: PlanKind | null;
  kind: string;
  /** The day that is meant, and how many days before it the reminder comes. */
  day: PlainDate;
  days: number;
};

const before = [30, 14, 7, 3, 1] as const;

/** Where no receipt is known: after this many days somebody should ask whether the papers arrived. */
const ARRIVAL = 7;

/**
 * Reminders from a day on: five before a filing day, one on the day a decision is due, one when it is overdue. `sentOn`: the
 * day of the first receipt, so that a step whose clock has not begun is asked after.
 */
export function remindersOf(
  standing: Standing,
  from: PlainDate,
  sentOn: PlainDate | null = null,
): Reminder[] {
  if (standing.state === "nothing-open") return [];
  const { right } = standing;
  const base = { plan: right.plan, kind: right.kind };
  if (standing.state === "overdue")
    return [{ ...base, on: from, about: "overdue", day: standing.since, days: 0 }];
  const { by } = standing;
  const after = ({ on }: Reminder) => on >= from;
  if (standing.state === "waiting") {
    const asked = sentOn && addDays(sentOn, ARRIVAL);
    if (by === null)
      return asked
        ? [{ ...base, on: asked, about: "arrival" as const, day: asked, days: 0 }].filter(after)
        : [];
    const next = addDays(by, 1);
    return [
      { ...base, on: by, about: "decision" as const, day: by, days: 0 },
      { ...base, on: next, about: "overdue" as const, day: next, days: 0 },
    ].filter(after);
  }
  if (by === null) return [];
  return before
    .map((days) => ({ ...base, on: addDays(by, -days), about: "file" as const, day: by, days }))
    .filter(after);
}

/** Reminders of what the other side asked for and nobody has sent yet. */
export function remindersToAnswer(asked: readonly AskedFor[], from: PlainDate): Reminder[] {
  return asked.flatMap(({ until, answered }) => {
    const day = parseDate(until ?? "");
    if (!day || answered) return [];
    return [7, 3, 1]
      .map((days) => ({
        plan: null,
        kind: "answer",
        on: addDays(day, -days),
        about: "information" as const,
        day,
        days,
      }))
      .filter(({ on }) => on >= from);
  });
}
