/** One situation under one plan kind: what is told, by event, with every impossible date already left out. */
import type { Citation, Issue, PlainDate, PlanKind } from "#base";
import type { Law, LawRule, StateLaw } from "#knowledge";
import type { Situation } from "./types.ts";

/** When an event happened; `time` is null where only the day is told. */
export type Moment = { day: PlainDate; time: string | null };

export type Case = {
  situation: Situation;
  plan: PlanKind;
  asOf: PlainDate;
  events: ReadonlyMap<string, Moment>;
  law: Law;
  index: LawIndex;
  issues: Issue[];
  /** What has been counted already for this case, by right and side. */
  counted: Map<string, unknown>;
};

/** The law by what one looks up: rules of a right of a plan, rules by id, States by code. */
export type LawIndex = {
  byRight: Map<string, LawRule[]>;
  byId: Map<string, LawRule>;
  states: Map<string, StateLaw>;
  /** Citations of a right, joined and put in order once per set of rules. */
  citations: Map<string, Citation[]>;
};

const indexes = new WeakMap<Law, LawIndex>();

export function indexOf(law: Law): LawIndex {
  const known = indexes.get(law);
  if (known) return known;
  const index: LawIndex = {
    byRight: new Map(),
    byId: new Map(law.rules.map((rule) => [rule.id, rule])),
    states: new Map(law.states.map((state) => [state.code, state])),
    citations: new Map(),
  };
  // A rule for one State goes before the rule for all.
  for (const rule of law.rules.toSorted(
    (a, b) => Number(Boolean(b.when.state)) - Number(Boolean(a.when.state)),
  )) {
    for (const plan of rule.plans) {
      const key = keyOf(plan, rule.right, rule.side);
      index.byRight.set(key, [...(index.byRight.get(key) ?? []), rule]);
    }
  }
  indexes.set(law, index);
  return index;
}

export const keyOf = (plan: PlanKind, right: string, side: string) => `${plan} ${right} ${side}`;

/** True when any of the events is told. */
export function told(c: Case, ...events: string[]): boolean {
  return events.some((event) => c.events.has(event));
}

/** The first of the events that is told. */
export function momentOf(c: Case, ...events: string[]): Moment | null {
  for (const event of events) {
    const moment = c.events.get(event);
    if (moment) return moment;
  }
  return null;
}

/** The day of the first of the events that is told. */
export function dayOf(c: Case, ...events: string[]): PlainDate | null {
  return momentOf(c, ...events)?.day ?? null;
}

/** The State of the situation, as the tables know it. */
export function stateOf(c: Case): StateLaw | null {
  return c.situation.state ? (c.index.states.get(c.situation.state) ?? null) : null;
}

/** Who bears the risk: told by the plan kind, or by `funding`; `undefined` where neither tells. */
export function fundingOf({ plan, situation }: Case): "insured" | "self-funded" | undefined {
  if (["erisa-insured", "individual", "governmental-insured"].includes(plan)) return "insured";
  if (["erisa-self-funded", "governmental-self-funded"].includes(plan)) return "self-funded";
  return situation.funding;
}

export function isErisa(plan: PlanKind): boolean {
  return plan.includes("erisa") || plan === "retiree-only" || plan === "excepted-benefit";
}
