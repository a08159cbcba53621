import { daysBetween, type PlainDate, parseDate } from "#base";
import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf } from "../chart.ts";
import { durationsIn } from "../durations.ts";

/** All that the record says on one ingredient. */
export type Trial = {
  ingredient: string;
  drugClass: string;
  facts: Fact[];
  /** Longest documented stretch in days: between two documented days, or as the note counts it. */
  days: number | null;
  outcomes: Set<
    "adequate-response" | "inadequate-response" | "intolerance" | "contraindicated" | "unspecified"
  >;
  stoppedForCost: boolean;
  active: boolean;
};

const cost =
  /\b(cost|copay|co-pay|afford\w*|expens\w*|price|insurance (?:change|stopped|denied)|not covered|formulary|coverage)\b/i;

/** Medication courses of this patient grouped by ingredient; plans, wishes and other people's drugs are left out. */
export function trialsOf(facts: readonly Fact[], chart: Chart): Trial[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const taken = fact.assertion === "present" || fact.assertion === "historical";
    const barred =
      fact.course?.outcome === "contraindicated" || (fact.type === "allergy" && fact.assertion !== "absent");
    if (!taken && !barred) continue;
    if (fact.type !== "medication" && fact.type !== "allergy") continue;
    const key = chart.genericOf.get(fact.concept.toLowerCase()) ?? fact.concept.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups].map(([ingredient, list]) => ({
    ingredient,
    drugClass: chart.classOf.get(ingredient) ?? ingredient,
    facts: list,
    days: longest(list, chart.requestedOn),
    outcomes: new Set(list.map(outcomeOf)),
    stoppedForCost: list.some((fact) => cost.test(fact.course?.reason ?? "")),
    active: list.some(
      (fact) => fact.course?.status === "active" || (fact.assertion === "present" && !fact.course?.stop),
    ),
  }));
}

/** A stop for cost is no intolerance, whatever else the note calls it. */
export function outcomeOf(fact: Fact): NonNullable<NonNullable<Fact["course"]>["outcome"]> {
  if (fact.type === "allergy") return "intolerance";
  const outcome = fact.course?.outcome ?? "unspecified";
  return cost.test(fact.course?.reason ?? "") && outcome === "intolerance" ? "unspecified" : outcome;
}

/** Days of a course: start to stop, start to the last day a document proves it, or the stretch the note names. */
export function courseDays(fact: Fact, until: PlainDate): number | null {
  const start = parseDate(fact.course?.start ?? "");
  const stop = parseDate(fact.course?.stop ?? "");
  const last = stop ?? (fact.course?.status === "active" ? seenOn(fact) : null);
  const counted = start && last && last <= until ? daysBetween(start, last) : null;
  const named = fact.from.flatMap(({ quote }) => durationsIn(quote)).concat(durationsIn(fact.text));
  const stretch = named.length > 0 ? Math.min(...named.map(({ days }) => days)) : null;
  if (counted !== null && counted >= 0) return Math.max(counted, 0);
  return stretch;
}

/** The last day on which a paper shows the drug as taken: that of the note, where it tells since when. */
const seenOn = (fact: Fact): PlainDate | null => parseDate(fact.noted ?? "") ?? dayOf(fact);

/** Each start runs to the first stop after it, else to the last day on which a document shows the drug as taken. */
function longest(facts: readonly Fact[], until: PlainDate): number | null {
  const lengths = facts.map((fact) => courseDays(fact, until)).filter((days) => days !== null);
  const sorted = (days: (PlainDate | null)[]) =>
    days.filter((day): day is PlainDate => day !== null && day <= until).sort();
  const starts = sorted(facts.map((fact) => parseDate(fact.course?.start ?? "")));
  const stops = sorted(facts.map((fact) => parseDate(fact.course?.stop ?? "")));
  const seen = sorted(
    facts.map((fact) => (fact.assertion === "present" && !fact.course?.stop ? seenOn(fact) : null)),
  );
  for (const start of starts) {
    const end = stops.find((day) => day > start) ?? seen.at(-1);
    if (end && end >= start) lengths.push(daysBetween(start, end));
  }
  return lengths.length > 0 ? Math.max(...lengths) : null;
}

/** How a trial stands to what the test asks of one. */
export function trialStands(trial: Trial, test: Test): "counts" | "open" | "fails" {
  const asked = test.outcomes ?? ["inadequate-response", "intolerance", "contraindicated"];
  const barred = (["intolerance", "contraindicated"] as const).some(
    (outcome) => asked.includes(outcome) && trial.outcomes.has(outcome),
  );
  if (barred) return "counts";
  if (asked.includes("inadequate-response") && trial.outcomes.has("inadequate-response")) {
    if (test.minDays === undefined) return "counts";
    if (trial.days === null) return "open";
    return trial.days >= test.minDays ? "counts" : "fails";
  }
  if (trial.outcomes.has("adequate-response") || trial.stoppedForCost) return "fails";
  return "open";
}
