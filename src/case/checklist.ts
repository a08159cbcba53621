import type { PlanKind } from "#base";
import type { Denial } from "#denial";
import type { Findings } from "#finding";
import type { KnownPolicies, PaperToAskFor } from "#knowledge";
import { bestPolicyFor, checklistOf, type Policy } from "#policy";

/**
 * What policies for this treatment usually ask, gone through with the record, while the policy that was used is not at
 * hand. Its words are ours: no letter quotes it, and the plan is asked for its own.
 */
export type Checklist = {
  /** The known tree it is made from (`knowledge/policies/trees`). */
  id: string;
  title: string;
  /** How much of it was read, how current it is, and what it may be used for, in plain words. */
  says: string;
  /** The paper that would settle what this plan asks. */
  ask: PaperToAskFor;
  policy: Policy;
  findings: Findings;
};

/** The checklist for the first denied service that we know criteria for; `null` where we know none. */
export function checklistFor(
  denial: Denial,
  plans: readonly PlanKind[],
  known: KnownPolicies,
  match: (policy: Policy) => Findings,
): Checklist | null {
  const planKind = sameFamily(plans) ? (plans[0] ?? null) : null;
  for (const { treatmentId } of denial.services) {
    if (!treatmentId) continue;
    const choice = bestPolicyFor({ treatmentId, payerId: denial.payerId, planKind }, known);
    if (!choice.policy) continue;
    const policy = checklistOf(choice.policy);
    const { id, title } = choice.policy;
    return { id, title, says: choice.says, ask: choice.ask, policy, findings: match(policy) };
  }
  return null;
}

/** Several possible plans of one programme ask for the same papers; plans of different programmes do not. */
function sameFamily(plans: readonly PlanKind[]): boolean {
  return new Set(plans.map((plan) => /^(?:medicare|medicaid)/.exec(plan)?.[0] ?? "commercial")).size === 1;
}
