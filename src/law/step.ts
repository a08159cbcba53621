/** A step of a regime: who decides, what must come first, and how its two clocks are found. */
import type { Citation, PlainDate, Truth } from "#base";
import type { LawRule } from "#knowledge";
import { type Case, dayOf, isErisa, keyOf, told } from "./case.ts";
import { chooseRule } from "./choose.ts";
import { countRule, earliestOf, noDay } from "./count.ts";
import { holdAgainstPrint } from "./printed.ts";
import { specialFunctions } from "./special.ts";
import type { Deadline, Right, RightStatus } from "./types.ts";
import { questionFor } from "./words.ts";

/** Everything the engine must know of one right of a regime. Keys that are absent take the plain meaning. */
export type Step = {
  kind: string;
  decidedBy: string | ((c: Case) => string);
  /** Whether the right is in the answer at all. */
  listed?: (c: Case) => boolean;
  /** Why the plan kind, item, timing, ground or amount rules it out. */
  barred?: (c: Case) => string | null;
  /** Why the governing law cannot be named. */
  unsettled?: (c: Case) => string | null;
  /** Whether the step before it has been taken or is excused. */
  ready?: (c: Case) => Truth;
  /** The claimant's time; absent: from the rules of this right; `null`: nothing to file. */
  file?: ((c: Case) => Counted | null) | null;
  /** The other side's time; absent: from the rules of this right. */
  decision?: ((c: Case) => Counted | null) | null;
  /** A right without a time limit. */
  timeless?: (c: Case) => boolean;
  /** The right ends with the day of `decision` (coverage that lasts until then). */
  endsWithDecision?: boolean;
  /** Events that mean it was used. */
  used?: string[];
  /** Events that mean it was used on a day that they do not tell. */
  underWay?: string[];
  /** Events that mean the other side has answered; without one of them it is overdue after its last day. */
  answered?: string[];
  /** The notice that comes before this step and prints its period: the events of its date and its receipt. */
  notice?: { dated: string[]; received: string[] };
  /** The step's own function reads the print (the State's hearing window). */
  readsPrint?: boolean;
  /** What it rests on while no clock of it runs, where that is not in the rules. */
  cite?: (c: Case) => Citation | null;
  amount?: (c: Case) => Right["amount"] | undefined;
  ask?: (c: Case) => string[];
};

/** A deadline with the rules that gave it and the facts that would settle it. */
export type Counted = {
  deadline: Deadline;
  rules: LawRule[];
  open: string[];
  unverified: boolean;
  outer: PlainDate | null;
};

/** Finds and counts the rule of a right, once for each case; an unverified or unsettled rule gives no day. */
export function countRight(c: Case, right: string, side: "file" | "decision"): Counted | null {
  const key = `${right} ${side}`;
  const known = c.counted.get(key) as Counted | null | undefined;
  if (known !== undefined) return known;
  const counted = countAnew(c, right, side);
  c.counted.set(key, counted);
  return counted;
}

function countAnew(c: Case, right: string, side: "file" | "decision"): Counted | null {
  const choice = chooseRule(c, right, side);
  if (choice.rule) return countChosen(c, choice.rule);
  if (choice.possible.length === 0) return null;
  const outer = choice.possible.map((rule) => countChosen(c, rule).deadline.lastDay);
  const deadline = noDay(
    `Open until it is told: ${choice.open.map(questionFor).join(" ")}`,
    choice.possible[0],
  );
  for (const rule of choice.possible) {
    const possible = countChosen(c, rule).deadline.lastDay;
    if (possible) deadline.steps.push({ text: `Possibly: ${rule.title}.`, date: possible, cite: rule.cite });
  }
  const last = outer.every((day) => day !== null) ? outer.toSorted().at(-1)! : null;
  return {
    deadline,
    rules: choice.possible,
    open: choice.open,
    unverified: false,
    outer: last as PlainDate | null,
  };
}

/** Counts one rule: by its function where it names one, else by its clock. */
export function countChosen(c: Case, rule: LawRule): Counted {
  if (rule.confidence === "D") {
    const why = `The text of ${rule.cite.label} could not be verified, so no day is given.`;
    return { deadline: noDay(why, rule), rules: [rule], open: [], unverified: true, outer: null };
  }
  const special = rule.function ? specialFunctions[rule.function] : undefined;
  const deadline = special ? special(c, rule) : countRule(c, rule);
  const open = deadline.lastDay === null ? missingOf(c, rule) : [];
  return { deadline, rules: [rule], open, unverified: false, outer: deadline.lastDay as PlainDate | null };
}

/** What a function of a claimant's time needs, in the order of asking; any event of a group will do. */
const functionNeeds: Record<string, string[][]> = {
  perfection: [["incomplete-notice-received"], ["final-decision-received"]],
  "continued-medicaid": [
    ["notice-sent", "notice-dated"],
    ["service-ends", "action-effective"],
  ],
  "third-year-end": [["service-date"]],
};

/** The event that would give the day: the trigger of the clock, or the first that the rule's function still needs. */
function missingOf(c: Case, rule: LawRule): string[] {
  const needed = rule.function ? functionNeeds[rule.function] : undefined;
  if (needed)
    return needed
      .filter((group) => !told(c, ...group))
      .map(([event]) => event!)
      .slice(0, 1);
  const from = rule.clock?.from ?? [];
  return from.length > 0 && !told(c, ...from) ? [from[0]!] : [];
}

/** Computes one right of one plan. */
export function rightOf(c: Case, step: Step, printed = false): Right {
  const barred = step.barred?.(c) ?? null;
  const ready = step.ready?.(c) ?? true;
  const unsettled = step.unsettled?.(c) ?? null;
  const shut = barred !== null || ready === false;
  const byLaw =
    shut || step.file === null ? null : step.file ? step.file(c) : countRight(c, step.kind, "file");
  const file =
    byLaw && printed && !step.readsPrint && unsettled === null ? holdAgainstPrint(c, step, byLaw) : byLaw;
  const decision =
    shut || step.decision === null
      ? null
      : step.decision
        ? step.decision(c)
        : countRight(c, step.kind, "decision");
  const status = statusOf(c, step, { barred, ready, unsettled, file, decision });
  const right: Right = {
    kind: step.kind,
    plan: c.plan,
    status,
    decidedBy: typeof step.decidedBy === "string" ? step.decidedBy : step.decidedBy(c),
    cite: citationsOf(c, step, file, decision),
    file: unsettled ? withoutDays(file, unsettled) : (file?.deadline ?? null),
    decision: unsettled ? withoutDays(decision, unsettled) : (decision?.deadline ?? null),
    ask: barred === null ? questionsOf(c, step, file, decision, unsettled) : [],
  };
  if (barred) right.why = barred;
  const amount = step.amount?.(c);
  if (amount) right.amount = amount;
  if (!shut && isOverdue(c, step, decision)) right.overdue = true;
  noteUnverified(c, step, file, decision, shut);
  return right;
}

function withoutDays(counted: Counted | null, why: string): Deadline | null {
  return counted ? noDay(why, counted.rules[0]) : null;
}

type Found = {
  barred: string | null;
  ready: Truth;
  unsettled: string | null;
  file: Counted | null;
  decision: Counted | null;
};

/** The five words of the contract, in the order in which they take precedence. */
function statusOf(c: Case, step: Step, { barred, ready, unsettled, file, decision }: Found): RightStatus {
  if (barred !== null) return "not-available";
  if (ready === false) return "not-yet";
  if (ready === "unknown" || unsettled !== null || file?.unverified) return "unknown";
  if (!file) return statusWithoutFiling(c, step, decision);
  const { lastDay, safeDay } = file.deadline;
  const used = step.used ? dayOf(c, ...step.used) : null;
  if (used === null && step.underWay && told(c, ...step.underWay)) return "open";
  if (lastDay !== null) return (used ?? c.asOf) > lastDay ? "expired" : "open";
  if (used !== null || step.timeless?.(c)) return "open";
  if (safeDay !== null && c.asOf <= safeDay) return "open";
  return "unknown";
}

function statusWithoutFiling(c: Case, step: Step, decision: Counted | null): RightStatus {
  if (decision?.unverified) return "unknown";
  const lastDay = decision?.deadline.lastDay ?? null;
  if (step.endsWithDecision && lastDay !== null && c.asOf > lastDay) return "expired";
  if (decision && lastDay === null && !step.timeless?.(c) && decision.open.length > 0) return "unknown";
  return "open";
}

function isOverdue(c: Case, step: Step, decision: Counted | null): boolean {
  if (!step.answered || told(c, ...step.answered)) return false;
  const lastDay = decision?.deadline.lastDay ?? null;
  return lastDay !== null && c.asOf > lastDay;
}

function questionsOf(
  c: Case,
  step: Step,
  file: Counted | null,
  decision: Counted | null,
  unsettled: string | null,
): string[] {
  const ask = (file?.open ?? []).map(questionFor);
  for (const key of decision?.open ?? []) ask.push(questionFor(key));
  if (unsettled) ask.push(unsettled);
  if (step.ask) ask.push(...step.ask(c));
  return ask.length > 1 ? [...new Set(ask)] : ask;
}

function citationsOf(c: Case, step: Step, file: Counted | null, decision: Counted | null): Citation[] {
  const first = file?.rules ?? none;
  const second = decision?.rules ?? none;
  const own = first.length + second.length === 0 ? step.cite?.(c) : null;
  if (own) return [own];
  let key = first.length + second.length === 0 ? `${c.plan} ${step.kind}` : isErisa(c.plan) ? "29" : "45";
  for (const { cite } of first) key += ` ${cite.id}`;
  for (const { cite } of second) key += ` ${cite.id}`;
  const known = c.index.citations.get(key);
  if (known) return known;
  const rules = first.length + second.length === 0 ? rulesOf(c, step.kind) : [...first, ...second];
  const all = rules.flatMap(({ cite, also }) => [cite, ...also]);
  const unique = [...new Map(all.map((cite) => [cite.id, cite])).values()];
  // People outside ERISA read the HHS regulation first; the Labor Department's twin binds ERISA plans.
  const ordered = isErisa(c.plan) ? unique : unique.toSorted((a, b) => rank(a) - rank(b));
  c.index.citations.set(key, ordered);
  return ordered;
}

const none: LawRule[] = [];
const rank = ({ label }: Citation) => (label.startsWith("29 CFR 2590") ? 1 : 0);

/** The rules of a right of this plan; where it has none, those that give the right to others. */
function rulesOf(c: Case, kind: string): LawRule[] {
  const own = ["file", "decision", "scope"].flatMap((side) =>
    (c.index.byRight.get(keyOf(c.plan, kind, side)) ?? []).filter(({ when }) => !when.state),
  );
  return own.length > 0 ? own : c.law.rules.filter(({ right }) => right === kind);
}

function noteUnverified(
  c: Case,
  step: Step,
  file: Counted | null,
  decision: Counted | null,
  shut: boolean,
): void {
  if (shut) return;
  for (const counted of [file, decision]) {
    if (!counted?.unverified) continue;
    c.issues.push({
      severity: "warning",
      code: "law-unverified",
      text: `${step.kind} (${c.plan}): ${counted.deadline.steps[0]!.text} Follow the day printed on the notice, or ask who decides.`,
      ...(counted.rules[0] ? { cite: counted.rules[0].cite } : {}),
    });
  }
}

/** A right whose file and decision times are both safe or last, whichever is earlier; for ordering. */
export function filingDay(right: Right): PlainDate | null {
  return right.file ? earliestOf(right.file.safeDay, right.file.lastDay) : null;
}
