/** External review: federal, or of the State. 45 CFR 147.136(c)-(d); 29 CFR 2590.715-2719(c)-(d). */
import { addMonths, type PlainDate } from "#base";
import type { LawRule, StateLaw } from "#knowledge";
import { type Case, dayOf, stateOf, told } from "../case.ts";
import { countRule, earliestOf, noDay } from "../count.ts";
import { duty } from "../phase.ts";
import { type Counted, countChosen, countRight, type Step } from "../step.ts";
import {
  externalBegun,
  initialPhase,
  internalPhase,
  lateSince,
  notUrgentNow,
  planIsLate,
  readyAfterInternal,
  reviewed,
  urgent,
} from "./commercial-internal.ts";
import { type Route, routeOf } from "./external-route.ts";

const eligibilityOnly = ({ situation: { grounds = [] } }: Case) =>
  grounds.length > 0 && grounds.every((ground) => ground === "eligibility");

const isFederal = (c: Case) => routeOf(c).process === "federal";

function barred(c: Case): string | null {
  const route = routeOf(c);
  const over = reviewed(c);
  if (over) return over;
  if (route.process === "none") return route.why;
  if (route.process === "federal" && eligibilityOnly(c))
    return "Federal external review does not reach a denial because the person is not eligible under the plan.";
  return null;
}

const unsettled = (c: Case) => {
  const route = routeOf(c);
  return route.process === "unsettled" ? route.question : null;
};

/** A State's row as a rule, so that it is counted and cited as any other. */
function stateRule(c: Case, state: StateLaw, window: StateLaw["externalReview"]["window"]): LawRule {
  const { cite, confidence, process } = state.externalReview;
  const dated = window?.from === "decision-date";
  return {
    id: cite.id,
    title: `${state.name}: external review`,
    cite,
    also: [],
    right: "external-review",
    side: "file",
    rulesOut: false,
    plans: [c.plan],
    when: {},
    clock: window && {
      n: window.n,
      unit: window.unit,
      from: [dated ? "appeal-decision-dated" : "final-decision-received"],
      safeFrom: dated ? [] : ["appeal-decision-dated"],
      presumed: null,
      rounding: "none",
      roll: null,
      extension: null,
      before: false,
      firstDayCounts: false,
      noon: false,
      floor: false,
    },
    function: null,
    inForce: { from: null, to: null, on: [] },
    confidence: process === "unknown" ? "D" : confidence,
    note: null,
    file: "knowledge/states/external-review.yaml",
    line: 1,
    cases: [],
  };
}

function fileOf(c: Case): Counted | null {
  const route = routeOf(c);
  if (route.process === "unsettled") return null;
  const excused = planIsLate(c) && internalPhase(c) !== "over";
  if (excused) return fileWhenLate(c, route);
  if (route.process === "federal") return federalFile(c, route.hhs);
  if (route.process === "none") return null;
  const { window, safeWindow } = route.state.externalReview;
  const counted = countChosen(c, stateRule(c, route.state, window));
  if (!safeWindow || counted.unverified) return counted;
  const shorter = countRule(c, stateRule(c, route.state, safeWindow)).safeDay;
  counted.deadline.safeDay = earliestOf(counted.deadline.safeDay, shorter);
  counted.deadline.steps.push({
    text: `The State's own text says ${safeWindow.n} ${safeWindow.unit}: be in time for that.`,
    date: shorter,
    cite: route.state.externalReview.cite,
  });
  return counted;
}

function federalFile(c: Case, hhs: boolean): Counted | null {
  const counted = countRight(c, "external-review", "file");
  const decided = dayOf(c, "appeal-decision-dated");
  if (!counted || !hhs || !decided) return counted;
  const sent = addMonths(decided, 4, "first-of-next");
  const text =
    "Where the case goes to the HHS contractor, its form asks for receipt within four months of the decision's date.";
  const { deadline } = counted;
  const safeDay = earliestOf(deadline.safeDay, sent);
  return { ...counted, deadline: { ...deadline, safeDay, steps: [...deadline.steps, { text, date: sent }] } };
}

/** Deemed exhaustion: no notice was received, so no time runs, save where a State's text counts from the due day. */
function fileWhenLate(c: Case, route: Route): Counted {
  const rules = c.index.byRight.get(`${c.plan} deemed-exhaustion scope`) ?? [];
  const due = lateSince(c);
  if (
    route.process === "state" &&
    route.state.externalReview.window &&
    route.state.externalReview.overdueFromDueDay &&
    due
  ) {
    const rule = stateRule(c, route.state, { ...route.state.externalReview.window, from: "decision-date" });
    const events = new Map([["appeal-decision-dated", { day: due as PlainDate, time: null }]]);
    const deadline = countRule({ ...c, events }, rule);
    deadline.steps[0] = { text: "The plan's decision was due and did not come.", date: due };
    return { deadline, rules: [rule], open: [], unverified: false, outer: null };
  }
  const deadline = noDay(
    "The plan is late: its process counts as exhausted. No notice came, so no filing time has begun; file now.",
    rules[0],
  );
  return {
    deadline,
    rules: [...rules, ...(c.index.byRight.get(`${c.plan} external-review file`) ?? [])],
    open: [],
    unverified: false,
    outer: null,
  };
}

function decisionOf(c: Case): Counted | null {
  const route = routeOf(c);
  if (route.process !== "state") return countRight(c, "external-review", "decision");
  const own = route.state.externalReview.decision;
  const base = countRight(c, "external-review", "decision")?.rules[0];
  if (!base?.clock) return null;
  const clock = own ? { ...base.clock, n: own.n, from: [own.from] } : base.clock;
  return countChosen(c, { ...base, cite: own ? route.state.externalReview.cite : base.cite, clock });
}

const reviewer = (c: Case) => {
  const route = routeOf(c);
  if (route.process === "state") return route.state.externalReview.agency;
  return route.process === "federal" && route.hhs
    ? "an independent review organization, or the HHS contractor"
    : "an independent review organization";
};

const stateCite = (c: Case) => {
  const route = routeOf(c);
  return route.process === "state" ? route.state.externalReview.cite : null;
};

const externalReview: Step = {
  kind: "external-review",
  decidedBy: reviewer,
  cite: stateCite,
  barred,
  unsettled,
  ready: (c) => readyAfterInternal(c),
  file: fileOf,
  decision: decisionOf,
  timeless: (c) => internalPhase(c) !== "over" && planIsLate(c),
  answered: ["iro-decision-given"],
  used: ["external-review-filed", "external-review-received-by-plan"],
  underWay: externalBegun,
  notice: { dated: ["appeal-decision-dated"], received: ["final-decision-received"] },
};

/** 147.136(d)(3)(i): with an expedited internal appeal, or after the final decision. */
const expedited: Step = {
  kind: "expedited-external-review",
  decidedBy: reviewer,
  cite: stateCite,
  listed: (c) => c.situation.urgent !== false,
  barred: (c) => notUrgentNow(c) ?? barred(c),
  unsettled: (c) =>
    c.situation.urgent === undefined
      ? "Does a doctor say that waiting could seriously harm the patient?"
      : unsettled(c),
  ready: (c) => (urgent(c) ? initialPhase(c) !== "pending" : true),
  file: () => null,
  decision: (c) => {
    const counted = countRight(c, "expedited-external-review", "decision");
    const route = routeOf(c);
    if (route.process !== "state" || route.state.externalReview.decision?.from !== "iro-assigned" || !counted)
      return counted;
    const rule = counted.rules[0]!;
    return countChosen(c, {
      ...rule,
      cite: route.state.externalReview.cite,
      clock: { ...rule.clock!, from: ["iro-assigned"] },
    });
  },
  timeless: () => true,
};

const stateTimes = "Which times does the State's own process set for this?";

/** The timed parts of the federal process; a State's own times for them are not in the table. */
const federalPart = (kind: string, decidedBy: string, events: string[], more: Partial<Step> = {}): Step =>
  duty(kind, decidedBy, events, {
    barred: (c) => reviewed(c) ?? (routeOf(c).process === "none" ? barred(c) : null),
    unsettled: (c) => (isFederal(c) ? null : (unsettled(c) ?? stateTimes)),
    ...more,
  });

const submission: Step = {
  kind: "external-review-submission",
  decidedBy: reviewer,
  listed: (c) => told(c, "iro-notice-received"),
  barred,
  unsettled,
  ask: (c) => (isFederal(c) || stateOf(c)?.code === "VA" ? [] : [stateTimes]),
  file: (c) => {
    const federal = countRight(c, "external-review-submission", "file");
    const route = routeOf(c);
    if (route.process !== "state" || !federal) return federal;
    const rule = federal.rules[0]!;
    const five = countChosen(c, {
      ...rule,
      cite: route.state.externalReview.cite,
      clock: { ...rule.clock!, n: 5 },
    });
    if (route.state.code === "VA") return five;
    // 147.136(c)(2)(x): a State must allow at least five business days; its own number is not in the table.
    return { ...five, deadline: { ...five.deadline, lastDay: null }, open: [] };
  },
  decision: null,
};

export const externalSteps: Step[] = [
  externalReview,
  expedited,
  federalPart("external-review-eligibility", "your health plan", ["external-review-received-by-plan"]),
  federalPart("external-review-eligibility-notice", "your health plan", ["external-review-received-by-plan"]),
  federalPart(
    "external-review-perfection",
    "an independent review organization",
    ["incomplete-notice-received"],
    {
      file: (c) => countRight(c, "external-review-perfection", "file"),
      decision: null,
    },
  ),
  federalPart("external-review-file-transfer", "your health plan", ["iro-assigned"]),
  submission,
  duty("decision-notice", "the independent reviewer", ["iro-decision-given"], {
    decision: (c) => countRight(c, "external-decision-notice", "decision"),
  }),
  duty("exhaustion-explanation", "your health plan", ["explanation-requested"]),
  duty("resubmission-notice", "your health plan", ["immediate-review-rejected"]),
];
