import { daysBetween, numberOf, type PlainDate, parseDate, type Span } from "#base";
import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf, passage } from "../chart.ts";
import { isPlainStatement } from "../polarity.ts";
import { spanOfSentence } from "../sentences.ts";
import { settle } from "./condition.ts";
import { type Trial, trialStands, trialsOf } from "./trial.ts";
import {
  className,
  conceptsOf,
  type Evaluate,
  factsFor,
  met,
  notMet,
  saying,
  unknown,
  type Verdict,
} from "./verdict.ts";

/**
 * Drugs or procedures tried before: as many distinct ingredients (or classes) as asked, each long enough or ended by
 * intolerance or barred by a contraindication. A stop for cost or a good response does not count and is shown.
 */
export const priorTherapy: Evaluate = (test, chart, words) =>
  takenLongEnough(test, chart, words) ?? triedBefore(factsFor(test, chart), test, chart, classesAsked(words));

const asksTrialOnly = /\b(?:trial of|tried|treated with|received|completed|course of)\b/i;
const asksEnd =
  /\b(?:fail\w*|inadequate|insufficient|intoleran\w*|contraindicat\w*|refractory|despite|respon\w*|unless|not|no|without|persist\w*|unsuccessful|ineffective|suboptimal)\b/i;

/** "Trial of ezetimibe for at least 8 weeks" asks for the time and for no failure; a drug that worked is no reason for another. */
function takenLongEnough(test: Test, chart: Chart, words: string): Verdict | null {
  if (!asksTrialOnly.test(words) || asksEnd.test(words) || test.outcomes || test.minDays === undefined)
    return null;
  const long = trialsOf(factsFor(test, chart), chart).filter(
    ({ days, outcomes, stoppedForCost }) =>
      days !== null && days >= test.minDays! && !outcomes.has("adequate-response") && !stoppedForCost,
  );
  return distinct(long, test) >= (test.count ?? 1)
    ? met(
        long.flatMap((trial) =>
          saying(tellingFirst(trial.facts), `${trial.ingredient}: ${trial.days} days`, 3),
        ),
      )
    : null;
}

/** "Four trials from at least two different classes": two. */
function classesAsked(words: string): number {
  const found =
    /\bfrom\s+(?:at least\s+)?(\w+)\s+(?:or more\s+)?(?:different|distinct|separate)\s+(?:\w+\s+){0,2}class/i.exec(
      words,
    );
  return found ? (numberOf(found[1]!) ?? 0) : 0;
}

/** Trials among these facts, held to the test. */
export function triedBefore(facts: Fact[], test: Test, chart: Chart, classes = 0): Verdict {
  const trials = trialsOf(facts, chart).map((trial) => withReaction(trial, chart));
  const counted = trials.filter((trial) => trialStands(trial, test) === "counts");
  const open = trials.filter((trial) => trialStands(trial, test) === "open");
  const failing = trials.filter((trial) => trialStands(trial, test) === "fails");
  const needed = test.count ?? 1;
  const against = failing.flatMap((trial) => saying(trial.facts, whyNot(trial, test), 2));
  const enough =
    classes > 0
      ? distinct(counted, { ...test, distinctClasses: false }) >= needed &&
        distinct(counted, { ...test, distinctClasses: true }) >= classes
      : distinct(counted, test) >= needed;
  if (enough)
    return met(
      bestProvenFirst(counted).flatMap((trial) => [
        ...trial.said.map((at) => passage([at], whyCounts(trial))),
        ...saying(tellingFirst(trial.facts), whyCounts(trial), 3),
      ]),
      against,
    );
  const denied = facts.filter(({ assertion }) => assertion === "absent");
  if (counted.length === 0 && open.length === 0 && denied.length > 0)
    return notMet([...saying(denied, "not tried, in writing"), ...against]);
  return {
    status: "unknown",
    for: [],
    against,
    candidates: [...counted, ...open].flatMap((trial) => saying(trial.facts, whyCounts(trial), 2)),
    ...(counted.length > 0 ? { open: "too few trials are proven" } : {}),
  };
}

const reaction =
  /\b(?:rash|eruption|hives|urticaria|angioedema|anaphyla\w+|hyponatremia|hyperkalemia|hypotension|bradycardia|cough|nausea|vomiting|diarrhea|myalgia\w*|rhabdomyolysis|hepatotoxicity|elevated (?:lfts?|liver enzymes|transaminases)|neutropenia|leukopenia|pancreatitis|irritability|aggression|suicid\w+|paresthesias?|sedation|dizziness|syncope|edema|bleeding|headaches?|toxicity|adverse (?:reaction|effect|event)|side effects?|intoleran\w+|allerg\w+)\b/i;

/**
 * A trial that ended without a reason in its own line may have it in another sentence: "drug eruption from
 * lamotrigine". Counts only where the drug was stopped and the sentence ties the reaction to it.
 */
function withReaction(trial: Trial, chart: Chart): Trial & { said: Span[] } {
  const stopped = trial.facts.some((fact) => fact.course?.status === "stopped");
  if (!stopped || trial.stoppedForCost || !trial.outcomes.has("unspecified")) return { ...trial, said: [] };
  const names = [...chart.genericOf]
    .filter(([, generic]) => generic === trial.ingredient)
    .map(([name]) => name.replace(/[^a-z0-9 -]/g, "."));
  const tied = new RegExp(
    `\\b(?:from|on|due to|caused by|secondary to|with|to)\\s+(?:${names.join("|")})\\b`,
    "i",
  );
  const said = (chart.index.byKey.get(`d:${trial.ingredient}`) ?? [])
    .map((at) => chart.index.sentences[at]!.sentence)
    .filter(({ text, section }) => {
      const place = tied.exec(text);
      return (
        place &&
        reaction.test(text.slice(Math.max(0, place.index - 60), place.index)) &&
        isPlainStatement(text, section, false) &&
        !/\b(?:no|without|denies)\b/i.test(text.slice(Math.max(0, place.index - 60), place.index))
      );
    })
    .map(spanOfSentence);
  if (said.length === 0) return { ...trial, said };
  return { ...trial, outcomes: new Set([...trial.outcomes, "intolerance"]), said: said.slice(0, 2) };
}

const told = (fact: Fact): boolean => !!fact.course?.outcome && fact.course.outcome !== "unspecified";
/** The statement with the outcome before a bare fill or mention. */
const tellingFirst = (facts: readonly Fact[]): Fact[] =>
  [...facts].sort((a, b) => Number(told(b)) - Number(told(a)));
/** A trial whose outcome stands beside its first and last day before one put together from several papers. */
const bestProvenFirst = <T extends Trial>(trials: readonly T[]): T[] => {
  const proven = ({ facts }: T) => facts.some((fact) => told(fact) && fact.course?.start && fact.course.stop);
  return [...trials].sort((a, b) => Number(proven(b)) - Number(proven(a)));
};

function distinct(trials: readonly Trial[], test: Test): number {
  return new Set(
    trials.map((trial) => (test.distinctClasses ? className(trial.drugClass) : trial.ingredient)),
  ).size;
}

function whyCounts(trial: Trial): string {
  const outcome =
    [...trial.outcomes].filter((one) => one !== "unspecified").join(", ") || "outcome not stated";
  return `${trial.ingredient}: ${outcome}${trial.days === null ? "" : `, ${trial.days} days`}`;
}

function whyNot(trial: Trial, test: Test): string {
  if (trial.stoppedForCost) return `${trial.ingredient}: stopped for cost, which is not intolerance`;
  if (trial.outcomes.has("adequate-response")) return `${trial.ingredient}: adequate response`;
  return `${trial.ingredient}: ${trial.days} days, shorter than ${test.minDays}`;
}

/** The four classes of guideline-directed therapy for heart failure with reduced ejection fraction. */
export const fourClasses: readonly { name: string; classes: readonly string[] }[] = [
  { name: "beta blocker", classes: ["beta blocker"] },
  { name: "ACE inhibitor, ARB or ARNI", classes: ["ace inhibitor", "arb", "arni"] },
  { name: "mineralocorticoid receptor antagonist", classes: ["mra"] },
  { name: "SGLT2 inhibitor", classes: ["sglt2 inhibitor"] },
];

/** A drug taken now, long enough, at the dose asked for. */
export const currentTherapy: Evaluate = (test, chart) => {
  if (conceptsOf(test).includes("gdmt_max")) return guidelineTherapy(test, chart);
  const trials = trialsOf(factsFor(test, chart), chart);
  const active = trials.filter((trial) => trial.active);
  const longEnough = active.filter(
    (trial) => test.minDays === undefined || (trial.days ?? -1) >= test.minDays,
  );
  const barred = trials.filter(
    (trial) => trial.outcomes.has("contraindicated") || trial.outcomes.has("intolerance"),
  );
  if (longEnough.length > 0 && test.dose === undefined)
    return met(
      longEnough.flatMap((trial) =>
        saying(trial.facts, `taken now${trial.days ? `, ${trial.days} days` : ""}`, 3),
      ),
    );
  if (longEnough.length > 0) {
    const limited = statementsOfLimit(longEnough, chart);
    if (limited.length > 0) return met(saying(limited, "highest tolerated dose, with its limit recorded"));
  }
  return unknown(
    [...active, ...barred].flatMap((trial) => saying(trial.facts, "bears on the present therapy", 2)),
  );
};

/** Every one of the four classes is taken, or its bar is recorded; "maximally tolerated" must be written somewhere. */
function guidelineTherapy(test: Test, chart: Chart): Verdict {
  const said = (chart.byConcept.get("gdmt_max") ?? []).filter(
    (fact) => fact.assertion === "present" && (dayOf(fact) ?? "") <= chart.asOf,
  );
  const trials = trialsOf(
    chart.facts.filter((fact) => fact.type === "medication"),
    chart,
  );
  const pillars = fourClasses.map(({ name, classes }) => {
    const its = trials.filter((trial) => classes.includes(className(trial.drugClass)));
    return { name, taken: its.filter((trial) => trial.active), barred: its.filter(isBarred) };
  });
  const missing = pillars.filter(({ taken, barred }) => taken.length === 0 && barred.length === 0);
  const evidence = pillars.flatMap(({ name, taken, barred }) =>
    [...taken, ...barred].flatMap((trial) => saying(trial.facts, `${name}: ${trial.ingredient}`, 1)),
  );
  const seen = pillars.flatMap(({ taken }) => taken.flatMap(({ facts }) => facts.map(dayOf)));
  const lastSeen =
    [...seen, ...said.map(dayOf)]
      .filter((day) => day !== null && day <= chart.asOf)
      .sort()
      .at(-1) ?? null;
  const long = test.minDays === undefined || lasting(said, test.minDays, lastSeen);
  const pillarsLong = pillars.every(
    ({ taken, barred }) =>
      barred.length > 0 || taken.some((trial) => (trial.days ?? 0) >= (test.minDays ?? 0)),
  );
  if (said.length > 0 && missing.length === 0 && (long || pillarsLong))
    return met([...saying(said, "maximally tolerated guideline therapy is recorded", 3), ...evidence]);
  return unknown(
    [...saying(said, "guideline therapy is named", 3), ...evidence],
    missing.length > 0
      ? `a note on ${missing.map(({ name }) => name).join(", ")}: dose and start, or why it is not taken`
      : "a note of the dose limit of each class, and since when",
  );
}

const isBarred = (trial: Trial) => trial.outcomes.has("contraindicated") || trial.outcomes.has("intolerance");

/** Counted to the last day a document proves, not to today. */
function lasting(facts: readonly Fact[], minDays: number, lastSeen: PlainDate | null): boolean {
  const starts = facts
    .map((fact) => parseDate(fact.course?.start ?? fact.when.earliest ?? ""))
    .filter((day) => day !== null);
  const first = starts.sort()[0];
  return first !== undefined && lastSeen !== null && daysBetween(first, lastSeen) >= minDays;
}

function statementsOfLimit(trials: readonly Trial[], chart: Chart): Fact[] {
  const limit =
    /\b(max(?:imal(?:ly)?|imum)?[- ]tolerated|highest tolerated|most (?:she|he) can take|could not (?:go|increase)|limited by)\b/i;
  const facts = trials.flatMap((trial) => trial.facts);
  return [
    ...facts.filter((fact) =>
      limit.test(
        `${fact.text} ${fact.course?.reason ?? ""} ${fact.from.map(({ quote }) => quote).join(" ")}`,
      ),
    ),
    ...(chart.byConcept.get("dose_max") ?? []).filter((fact) => fact.assertion === "present"),
  ];
}

/** A reason in the chart why the drug or procedure cannot be used. Mere failure is no contraindication. */
export const contraindication: Evaluate = (test, chart) => {
  const facts = factsFor(test, chart);
  const barred = facts.filter(
    (fact) =>
      fact.course?.outcome === "contraindicated" ||
      (test.outcomes?.includes("intolerance") && fact.course?.outcome === "intolerance") ||
      (fact.type === "allergy" && fact.assertion === "present"),
  );
  if (barred.length > 0) return met(saying(barred, "a reason against its use is recorded"));
  const conditions = facts.filter(({ type }) => type === "condition");
  return settle(
    conditions.filter(({ assertion }) => assertion === "present"),
    conditions.filter(({ assertion }) => assertion === "absent"),
    facts,
    chart,
  );
};

/** Must not be taken together: an active course speaks against it; only a written statement settles it. */
export const noConcurrent: Evaluate = (test, chart) => {
  const facts = factsFor(test, chart);
  const active = trialsOf(facts, chart).filter((trial) => trial.active);
  const denied = facts.filter(({ assertion }) => assertion === "absent");
  if (denied.length > 0 && active.length === 0) return met(saying(denied, "not taken, in writing"));
  return unknown(
    active.flatMap((trial) =>
      trial.facts.slice(0, 2).map((fact) => evidenceOf(fact, "taken now: say when it ends")),
    ),
  );
};

/** Already on the drug, not from samples. */
export const continuation: Evaluate = (test, chart) => {
  const trials = trialsOf(factsFor(test, chart), chart).filter((trial) => trial.active);
  const sampled = trials.filter((trial) =>
    trial.facts.some((fact) => /\bsamples?\b/i.test(fact.from.map(({ quote }) => quote).join(" "))),
  );
  const own = trials.filter((trial) => !sampled.includes(trial));
  const long = own.filter((trial) => (trial.days ?? -1) >= (test.minDays ?? 0));
  if (long.length > 0) return met(long.flatMap((trial) => saying(trial.facts, "established on it", 3)));
  return {
    ...unknown(own.flatMap((trial) => saying(trial.facts, "a course of it", 2))),
    against: sampled.flatMap((trial) => saying(trial.facts, "samples do not count", 2)),
  };
};
