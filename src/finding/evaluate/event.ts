import { daysBetween, type PlainDate, parseDate } from "#base";
import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf } from "../chart.ts";
import { durationsIn } from "../durations.ts";
import { pageKey, readingsOf } from "../support.ts";
import { condition, settle, withinWindow } from "./condition.ts";
import { decideBy, standing } from "./measure.ts";
import { courseDays } from "./trial.ts";
import { type Evaluate, factsFor, holds, met, newestFirst, notMet, saying, unknown } from "./verdict.ts";

/** An event that can be counted in a window ("two exacerbations in 12 months"), or that lies far enough back. */
export const event: Evaluate = (test, chart, words) => {
  const all = factsFor(test, chart);
  const happened = newestFirst(all.filter(holds));
  if (test.minDays !== undefined && (test.count ?? 1) === 1) {
    const newest = happened.find((fact) => dayOf(fact));
    if (!newest) return unknown(saying(happened, "not dated", 3));
    const since = daysBetween(dayOf(newest)!, chart.requestedOn);
    const evidence = saying([newest], `${since} days before the request`);
    return since >= test.minDays ? met(evidence) : notMet(evidence);
  }
  // "15 headache days per month" counts no events: that is left to the words.
  if (/\d\s+(?:[a-z-]+\s+){1,4}(?:per|a|an|each|every)\s+(?:day|week|month|year)\b/i.test(words))
    return unknown(saying(happened, "bears on how often", 3));
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
  const done = newestFirst(
    facts.filter((fact) => holds(fact) && withinWindow(fact, test, chart) && !isArranged(fact, chart)),
  );
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

/** Ordered, offered or declined is not done. */
const isArranged = (fact: Fact, chart: Chart): boolean => {
  const [said] = sentencesAt(fact, chart);
  return (
    said !== undefined &&
    said.length < 90 &&
    /\b(?:ordered|scheduled|declined|refused|recommended|offered|pending|planned|requested|needs|placed)\b/i.test(
      said,
    )
  );
};

const resultKinds = new Set(["screening", "test", "lab", "assessment"]);

/** How long a disease, symptom or treatment has lasted by the request; where failure is asked for, that it failed. */
export const duration: Evaluate = (test, chart, words) => {
  const all = factsFor(test, chart);
  const facts = all.filter(holds);
  const denied = all.filter(({ assertion }) => assertion === "absent");
  if (facts.length === 0 && denied.length > 0 && test.kind === "conservativeCare")
    return notMet(saying(denied, "not done, in writing"));
  const least = test.minDays;
  if (least === undefined) return unknown(saying(facts, "bears on the time", 3));
  const failed = (fact: Fact) => !asksFailure.test(words) || failure.test(sentencesAt(fact, chart).join(" "));
  const lasting = facts.filter(
    (fact) =>
      Math.max(lasted(fact, chart.requestedOn), toldLength(fact, test, chart)) >= least && failed(fact),
  );
  return lasting.length > 0
    ? met(saying(lasting, "lasts long enough"))
    : unknown(saying(facts, "since when, or with what result, is not shown", 3));
};

const asksFailure =
  /\b(?:fail\w*|inadequate|insufficient|without (?:relief|improvement)|no (?:relief|improvement)|not (?:improv|respon)\w*|refractory|persist\w*|despite|unresponsive|lack of)\b/i;
const failure =
  /\b(?:fail\w*|despite|refractory|persist\w*|unchanged|ineffective|inadequate|insufficient|worse\w*|(?:no|without|little|minimal|not)\b[^.;]{0,30}\b(?:relief|improve\w*|benefit|help\w*|better|respon\w*))\b/i;

const sentencesAt = (fact: Fact, chart: Chart): string[] =>
  fact.from.flatMap((at) =>
    (readingsOf(chart).byPage.get(pageKey(at)) ?? [])
      .filter(({ sentence }) => at.start < sentence.end && sentence.start < at.end)
      .map(({ sentence }) => sentence.text),
  );

/** "8 weeks of physical therapy": the length that the sentence itself gives to the care, the shortest where it gives several. */
function toldLength(fact: Fact, test: Test, chart: Chart): number {
  if (test.kind !== "conservativeCare") return -1;
  const lengths = sentencesAt(fact, chart).flatMap((text) => durationsIn(text).map(({ days }) => days));
  return lengths.length > 0 ? Math.min(...lengths) : -1;
}

function lasted(fact: Fact, until: PlainDate): number {
  const since = parseDate(
    fact.course?.start ?? (fact.when.latest === null ? (fact.when.earliest ?? "") : ""),
  );
  if (fact.course) return courseDays(fact, until) ?? -1;
  return since ? daysBetween(since, until) : -1;
}

/** A response to what is asked for, where the passage names a drug and it is known what is asked for. */
function toRequested({ from }: Fact, chart: Chart): boolean {
  const said = from.map(({ quote }) => quote.toLowerCase()).join(" ");
  const named = [...chart.genericOf].filter(([name]) => said.includes(name)).map(([, generic]) => generic);
  return (
    chart.requested.length > 0 && named.length > 0 && named.every((drug) => chart.requested.includes(drug))
  );
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
  // "50% lower than before" is no bound on the value itself.
  const share = test.unit === "%" && valued.some((fact) => fact.value?.unit !== "%");
  if (test.cmp && !share) return condition(test, chart, words);
  const told = factsFor(test, chart).filter(
    (fact) => fact.concept === "response" && fact.assertion === "present" && toRequested(fact, chart),
  );
  if (told.length > 0 && /\b(?:positive|clinical|beneficial|documented|adequate|favorable)\b/i.test(words))
    return met(saying(newestFirst(told), "the response is recorded"));
  // That an event or disease is named says nothing of its course.
  return unknown(
    saying(
      valued.length > 0 ? valued : newestFirst(factsFor(test, chart).filter(holds)),
      "bears on the course",
      3,
    ),
  );
};
