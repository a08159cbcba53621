import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf } from "../chart.ts";
import type { Evidence, FindingStatus } from "../types.ts";

/** What an evaluator answers. `candidates` are passages that bear on the test and leave it open. */
export type Verdict = {
  status: FindingStatus;
  for: Evidence[];
  against: Evidence[];
  candidates: Evidence[];
  /** Why the answer is open, where there is more to say than which paper is missing. */
  open?: string;
  /** What is missing, as a noun phrase, where that can be said more closely than by the kind of paper. */
  asks?: string;
  /** The candidates are in the order of the criterion's parts and come before what a search finds. */
  ordered?: true;
};

/** One typed test against the chart; `words` are the criterion's own. */
export type Evaluate = (test: Test, chart: Chart, words: string) => Verdict;

export const unknown = (candidates: Evidence[] = [], asks?: string): Verdict => ({
  status: "unknown",
  for: [],
  against: [],
  candidates,
  ...(asks === undefined ? {} : { asks }),
});
export const met = (evidence: Evidence[], against: Evidence[] = []): Verdict => ({
  status: "met",
  for: evidence,
  against,
  candidates: [],
});
export const notMet = (against: Evidence[], evidence: Evidence[] = []): Verdict => ({
  status: "not-met",
  for: evidence,
  against,
  candidates: [],
});

/** Facts of the test's concepts: by id, by generic name, or by drug class. Later than today does not count. */
export function factsFor(test: Test, chart: Chart): Fact[] {
  const wanted = conceptsOf(test);
  if (wanted.length === 0) return [];
  const found = new Set<Fact>();
  for (const name of wanted) {
    for (const fact of chart.byConcept.get(name) ?? []) found.add(fact);
    const generic = chart.genericOf.get(name);
    if (generic) for (const fact of chart.byConcept.get(generic) ?? []) found.add(fact);
    for (const fact of ofClass(name, chart)) found.add(fact);
    for (const fact of kindsOf(name, chart)) found.add(fact);
  }
  return [...found].filter((fact) => (dayOf(fact) ?? "") <= chart.asOf || fact.assertion === "planned");
}

/**
 * The disease without nearer description (a code that ends in 9: "heart failure, unspecified") is present where any kind
 * of it is. That one kind is denied denies nothing.
 */
function kindsOf(name: string, chart: Chart): Fact[] {
  const unspecific = /^([a-z]\d[\da-z])\.(\d*?)9[09]*$/.exec(name);
  if (!unspecific) return [];
  const root = unspecific[2] ? `${unspecific[1]}.${unspecific[2]}` : unspecific[1]!;
  return [...chart.byConcept]
    .filter(([key]) => key !== name && key.startsWith(root))
    .flatMap(([, facts]) => facts.filter((fact) => fact.type === "condition" && holds(fact)));
}

export const conceptsOf = (test: Test): string[] =>
  [...(test.concept ? [test.concept] : []), ...(test.concepts ?? [])].map((name) => name.toLowerCase());

/** "beta blockers", "Beta-blocker" and "beta blocker" are one class. */
export const className = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/inhibitors\b/g, "inhibitor")
    .replace(/s$/, "")
    .trim();

function ofClass(name: string, chart: Chart): Fact[] {
  const wanted = className(name);
  if (mixed(name, chart)) return [];
  return chart.facts.filter((fact) => {
    const itsClass = chart.classOf.get(fact.concept.toLowerCase());
    return itsClass !== undefined && itsClass !== "" && className(itsClass) === wanted;
  });
}

/** "Mood stabilizer / antipsychotic" proves neither; a mixed class counts only where a group of ours names it. */
function mixed(name: string, chart: Chart): boolean {
  if (!/ \/ /.test(name)) return false;
  const wanted = name.toLowerCase();
  return !Object.values(chart.matching.groups).some((classes) =>
    classes.some((one) => one.toLowerCase() === wanted),
  );
}

/** Statements about this patient that hold or held; wishes, plans, relatives and denials are not. */
export const holds = (fact: Fact): boolean => fact.assertion === "present" || fact.assertion === "historical";

/** Newest first; what has no date comes last. */
export function newestFirst(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => (dayOf(b) ?? "").localeCompare(dayOf(a) ?? ""));
}

export function saying(facts: readonly Fact[], why: string, limit = 5): Evidence[] {
  return facts.slice(0, limit).map((fact) => evidenceOf(fact, why));
}
