import { daysBetween, parseDate } from "#base";
import type { Policy } from "#policy";
import type { Fact } from "#record";
import { type Chart, evidenceOf } from "./chart.ts";
import { childrenOf } from "./tree.ts";
import type { Finding, Harm } from "./types.ts";

/**
 * What hurts the case, before the insurer finds it: whatever stands against a criterion, stops for cost, gaps and
 * missed doses, contraindications of what is asked for.
 */
export function harmsOf(policy: Policy, findings: ReadonlyMap<string, Finding>, chart: Chart): Harm[] {
  const harms: Harm[] = [];
  const excluded = new Set(policy.exclusions ? idsOf(policy.exclusions) : []);
  for (const finding of findings.values()) {
    const hurting = excluded.has(finding.criterion) ? finding.for : finding.against;
    for (const evidence of hurting) harms.push({ criterion: finding.criterion, evidence, why: evidence.why });
  }
  for (const fact of chart.facts) {
    const why = hurts(fact);
    if (why) harms.push({ criterion: null, evidence: evidenceOf(fact, why), why });
  }
  return distinct(harms);
}

const idsOf = (node: Policy["criteria"]): string[] => [node.id, ...childrenOf(node).flatMap(idsOf)];

const cost = /\b(cost|copay|co-pay|afford\w*|expensive)\b/i;
const missed =
  /\b(non-?adheren\w+|non-?complian\w+|missed (?:doses?|refills?|appointments?)|not taking|stopped taking|ran out|lapse[ds]?|gap in|declined|refuse[ds]?)\b/i;

/** Why a fact hurts on its own, whichever criterion it meets; `null` when it does not. */
export function hurts(fact: Fact): string | null {
  if (fact.assertion === "absent" || fact.assertion === "family" || fact.assertion === "hypothetical")
    return null;
  const said = `${fact.text} ${fact.course?.reason ?? ""}`;
  if (fact.type === "medication" && cost.test(said)) return "stopped for cost, which is not intolerance";
  const reason = missed.exec(said);
  if (reason && !/\bno (?:missed|gap|lapse)/i.test(said)) return `the record says "${reason[0]}"`;
  const start = parseDate(fact.course?.start ?? "");
  const stop = parseDate(fact.course?.stop ?? "");
  if (start && stop && daysBetween(start, stop) < 14 && fact.course?.outcome !== "intolerance")
    return "a course of less than two weeks";
  return null;
}

function distinct(harms: Harm[]): Harm[] {
  const seen = new Set<string>();
  return harms.filter(({ evidence, why }) => {
    const key = `${evidence.from[0]?.document}:${evidence.from[0]?.page}:${evidence.from[0]?.start}:${why}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
