import type { Finding, FindingStatus } from "#finding";
import type { Criterion, Policy } from "#policy";
import type { Say } from "./texts.ts";

/** One line of the criteria table: a criterion at its depth in the tree, and what the record says to it. */
export type CriterionRow = {
  criterion: Criterion;
  depth: number;
  /** "All of these", "Any one of these": how the lines below belong together; `null` for a single criterion. */
  joins: string | null;
  exclusion: boolean;
  finding: Finding | null;
  status: FindingStatus;
};

/** The policy's tree as lines from top to bottom, exclusions last. */
export function criteriaRows(policy: Policy, findings: readonly Finding[], say: Say): CriterionRow[] {
  const byId = new Map(findings.map((finding) => [finding.criterion, finding]));
  const rows: CriterionRow[] = [];
  const walk = (criterion: Criterion, depth: number, exclusion: boolean) => {
    const finding = byId.get(criterion.id) ?? null;
    const joins = joinsOf(criterion, say);
    const wrapper = joins !== null && criterion.text.trim() === "" && depth === 0;
    if (!wrapper) {
      rows.push({ criterion, depth, joins, exclusion, finding, status: finding?.status ?? "unknown" });
    }
    for (const part of partsOf(criterion)) walk(part, wrapper ? depth : depth + 1, exclusion);
  };
  walk(policy.criteria, 0, false);
  if (policy.exclusions) walk(policy.exclusions, 0, true);
  return rows;
}

/** How many of the policy's single rules are met; reasons to refuse are not rules to meet. */
export function rulesMet(rows: readonly CriterionRow[]): { met: number; of: number } {
  const rules = rows.filter((row) => row.joins === null && !row.exclusion);
  return { met: rules.filter((row) => row.status === "met").length, of: rules.length };
}

function partsOf(criterion: Criterion): Criterion[] {
  if ("all" in criterion) return criterion.all;
  if ("any" in criterion) return criterion.any;
  if ("of" in criterion) return criterion.of;
  if ("not" in criterion) return [criterion.not];
  if ("when" in criterion) return [criterion.when, criterion.then];
  return [];
}

function joinsOf(criterion: Criterion, say: Say): string | null {
  if ("all" in criterion) return say("joins.all");
  if ("any" in criterion) return say("joins.any");
  if ("of" in criterion) return say("joins.at-least", { n: criterion.atLeast });
  if ("not" in criterion) return say("joins.not");
  if ("when" in criterion) return say("joins.when");
  return null;
}
