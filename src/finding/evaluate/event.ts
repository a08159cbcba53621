import { daysBetween, type PlainDate, parseDate } from "#base";
import type { Fact } from "#record";
import { dayOf } from "../chart.ts";
import { condition, settle, withinWindow } from "./condition.ts";
import { decideBy, standing } from "./measure.ts";
import { courseDays } from "./trial.ts";
import { type Evaluate, factsFor, holds, met, newestFirst, notMet, saying, unknown } from "./verdict.ts";

/** An event that can be counted in a window ("two exacerbations in 12 months"), or that lies far enough back. */
export const event: Evaluate = (test, chart) => {
  const all = factsFor(test, chart);
  const happened = newestFirst(all.filter(holds));
  if (test.minDays !== undefined && (test.count ?? 1) === 1) {
    const newest = happened.find((fact) => dayOf(fact));
    if (!newest) return unknown(saying(happened, "not dated", 3));
    const since = daysBetween(dayOf(newest)!, chart.requestedOn);
    const evidence = saying([newest], `${since} days before the request`);
    return since >= test.minDays ? met(evidence) : notMet(evidence);
  }
  const inside = happened.filter((fact) => withinWindow(fact, test, chart));
  const days = new Set(inside.map((fact) => dayOf(fact) ?? fact.id));
  const needed = test.count ?? 1;
  if (days.size >= needed) return met(saying(inside, "event in the window"));
  const denied = all.filter(({ assertion }) => assertion === "absent");
  if (happened.length === 0 && denied.length > 0) return notMet(saying(denied, "denied in writing"));
  return unknown(saying(happened, "an event; too few are dated in the window", 4));
};

/** A study, test, screen or evaluation: done inside the window; where a result is asked for, with that result. */
export const study: Evaluate = (test, chart, words) => {
  const facts = factsFor(test, chart);
  const done = newestFirst(facts.filter((fact) => holds(fact) && withinWindow(fact, test, chart)));
  if (test.cmp && done.some((fact) => fact.value))
    return decideBy(
      done.filter((fact) => fact.value),
      test,
      chart,
      (fact) => standing(fact.value!, test),
    );
  if (test.values && test.values.length > 0) return condition(test, chart, words);
  const absent = facts.filter((fact) => fact.assertion === "absent" && withinWindow(fact, test, chart));
  // A negative result is a test that was made; a finding that is denied is no finding.
  if (resultKinds.has(test.kind) && done.length + absent.length > 0)
    return met(saying(newestFirst([...done, ...absent]), "done, with its result"));
  if (done.length > 0 || absent.length > 0) return settle(done, absent, [], chart);
  return unknown(saying(newestFirst(facts), "outside the window, planned or not dated", 3));
};

const resultKinds = new Set(["screening", "test", "lab", "assessment"]);

/** How long a disease, symptom or treatment has lasted by the request. */
export const duration: Evaluate = (test, chart) => {
  const facts = factsFor(test, chart).filter(holds);
  const least = test.minDays;
  if (least === undefined) return unknown(saying(facts, "bears on the time", 3));
  const lasting = facts.filter((fact) => lasted(fact, chart.requestedOn) >= least);
  return lasting.length > 0
    ? met(saying(lasting, "lasts long enough"))
    : unknown(saying(facts, "since when is not shown", 3));
};

function lasted(fact: Fact, until: PlainDate): number {
  const since = parseDate(
    fact.course?.start ?? (fact.when.latest === null ? (fact.when.earliest ?? "") : ""),
  );
  if (fact.course) return courseDays(fact, until) ?? -1;
  return since ? daysBetween(since, until) : -1;
}

/** A change against the value before treatment, in percent or as the record words it. */
export const response: Evaluate = (test, chart, words) => {
  const valued = newestFirst(
    factsFor(test, chart).filter((fact) => holds(fact) && fact.value?.low !== undefined && dayOf(fact)),
  );
  if (test.unit === "%" && test.value !== undefined && valued.length >= 2) {
    const now = valued[0]!;
    const before = valued.at(-1)!;
    const fall = (100 * (before.value!.low! - now.value!.low!)) / (before.value!.low! || 1);
    const both = saying([before, now], `${Math.round(fall)}% below the first value`);
    if (fall >= test.value) return met(both);
    return fall <= 0 ? notMet(both) : unknown(both);
  }
  if (test.cmp) return condition(test, chart, words);
  // That an event or disease is named says nothing of its course.
  return unknown(
    saying(
      valued.length > 0 ? valued : newestFirst(factsFor(test, chart).filter(holds)),
      "bears on the course",
      3,
    ),
  );
};
