/** State step-therapy exception laws: insured plans and prescription drugs only. 29 USC 1144(b)(2). */
import type { LawRule, StateLaw } from "#knowledge";
import { type Case, fundingOf, stateOf } from "../case.ts";
import { countRule, noDay } from "../count.ts";
import type { Counted, Step } from "../step.ts";

const isDrug = (c: Case) => c.situation.item !== undefined && c.situation.item !== "service";

function barred(c: Case): string | null {
  if (fundingOf(c) === "self-funded")
    return "State insurance law does not bind a plan that pays its own claims (29 USC 1144(b)(2)(B)).";
  if (c.situation.item === "service")
    return "The State laws read are written for prescription drugs, not for services or devices.";
  return null;
}

function unsettled(c: Case): string | null {
  if (fundingOf(c) === undefined) return "Does the plan pay claims itself, or does an insurance company?";
  if (!c.situation.state) return "In which State was the policy issued?";
  if (!stateOf(c)?.stepTherapy) return "Does the State have a step-therapy law? None is in the table.";
  return c.situation.item === undefined ? "Is it a prescription drug?" : null;
}

function decision(c: Case): Counted | null {
  const state = stateOf(c);
  const law = state?.stepTherapy;
  if (!state || !law || !isDrug(c)) return null;
  const clock = c.situation.urgent ? law.urgent : law.standard;
  const rule = ruleOf(c, state, law, clock);
  if (law.bannedFrom && c.asOf >= law.bannedFrom) {
    return {
      deadline: noDay("The State forbids step therapy here: no time for an exception is needed.", rule),
      rules: [rule],
      open: [],
      unverified: false,
      outer: null,
    };
  }
  if (!clock || law.confidence === "D") {
    const why = `The time in ${law.cite.label} could not be verified, so no day is given.`;
    return { deadline: noDay(why, rule), rules: [rule], open: [], unverified: true, outer: null };
  }
  const deadline = countRule(c, rule);
  return {
    deadline,
    rules: [rule],
    open: deadline.lastDay ? [] : [law.from],
    unverified: false,
    outer: null,
  };
}

function ruleOf(
  c: Case,
  state: StateLaw,
  law: NonNullable<StateLaw["stepTherapy"]>,
  clock: { n: number; unit: "hours" | "days" | "business-days" } | null,
): LawRule {
  return {
    id: law.cite.id,
    title: `${state.name}: step-therapy exception`,
    cite: law.cite,
    also: [],
    right: "step-therapy-exception",
    side: "decision",
    rulesOut: false,
    plans: [c.plan],
    when: {},
    clock: clock && {
      ...clock,
      from: [law.from],
      safeFrom: [],
      presumed: null,
      rounding: null,
      roll: null,
      extension: null,
      before: false,
      firstDayCounts: false,
      noon: false,
      floor: false,
    },
    function: null,
    inForce: { from: null, to: null, on: [] },
    confidence: law.confidence,
    note: law.note,
    file: "knowledge/states/step-therapy.yaml",
    line: 1,
    cases: [],
  };
}

/** Listed where step therapy is the ground, or an insured drug is at issue in a State that has a law. */
export const stepTherapy: Step = {
  kind: "step-therapy-exception",
  decidedBy: "your health plan",
  listed: (c) =>
    c.situation.item === "essential-benefit-drug" ||
    (c.situation.grounds ?? []).some((ground) => ground === "step-therapy" || ground === "preferred-product"),
  barred,
  unsettled,
  file: null,
  decision,
  timeless: () => true,
};
