import type { PlanKind } from "#base";
import type { KnownPolicies, KnownPolicy, PaperToAskFor } from "#knowledge";

/** Whose criteria are looked for. */
export type PolicyQuestion = { treatmentId: string; payerId?: string | null; planKind?: PlanKind | null };

/** The best known criteria, what they may be used for, and the paper that would settle what the plan really asks. */
export type PolicyChoice = {
  policy: KnownPolicy | null;
  /** `rule`: binds this plan. `checklist`: pre-fills what is usually asked, and never speaks as the plan's policy. */
  use: "rule" | "checklist" | "none";
  /** Plain words for the person. */
  says: string;
  ask: PaperToAskFor;
  /** Other trees for the treatment, best first. */
  others: KnownPolicy[];
};

/**
 * Chooses by the order of authority. Only a national or local determination whose text was verified whole binds, and
 * only Medicare plans; everything else is a checklist until the user hands in the policy that the denial cites.
 */
export function bestPolicyFor(question: PolicyQuestion, known: KnownPolicies): PolicyChoice {
  const family = familyOf(question.planKind ?? null);
  const ranked = known.policies
    .filter(
      (policy) => policy.treatments.includes(question.treatmentId) && concerns(policy, question, family),
    )
    .sort((a, b) => place(a, question, known) - place(b, question, known));
  const [policy = null, ...others] = ranked;
  const ask = known.ask.find(({ when }) => when === family) ?? known.ask[0]!;
  if (!policy)
    return {
      policy,
      use: "none",
      says: "We know no criteria for this treatment. Ask the plan for the policy it applied.",
      ask,
      others,
    };
  const row = known.authority.find(({ scope }) => scope === policy.scope);
  const binds =
    row?.use === "rule" &&
    (row.plans === "all" || family === "medicare") &&
    policy.currency === "verified" &&
    policy.completeness === "whole";
  return { policy, use: binds ? "rule" : "checklist", says: saying(policy, binds), ask, others };
}

function familyOf(plan: PlanKind | null): PaperToAskFor["when"] {
  if (plan?.startsWith("medicare")) return "medicare";
  return plan?.startsWith("medicaid") || plan === "chip" ? "medicaid" : "commercial";
}

/** Medicare's determinations and conditions concern Medicare; another payer's policy concerns its own members only. */
function concerns(policy: KnownPolicy, { payerId }: PolicyQuestion, family: PaperToAskFor["when"]): boolean {
  const ofMedicare = policy.scope === "law" && policy.payerId === "original_medicare";
  if (policy.scope === "ncd" || policy.scope === "lcd" || ofMedicare) return family === "medicare";
  if (policy.line === "medicaid")
    return family === "medicaid" && (!policy.payerId || policy.payerId === payerId);
  if (policy.line === "medicare-advantage") return family === "medicare" && policy.payerId === payerId;
  return policy.scope !== "payer-policy" || !policy.payerId || policy.payerId === payerId || !payerId;
}

/** Rank of the source; the payer's own before another's, old versions last. */
function place(policy: KnownPolicy, { payerId }: PolicyQuestion, { authority }: KnownPolicies): number {
  const rank = authority.find(({ scope }) => scope === policy.scope)?.rank ?? 99;
  const old = policy.currency === "historic" || policy.currency === "superseded" ? 50 : 0;
  const foreign = policy.scope === "payer-policy" && policy.payerId !== payerId ? 3.5 : 0;
  return rank + old + foreign;
}

const coverage: Record<KnownPolicy["completeness"], string> = {
  whole: "its whole text was read",
  excerpt: "only an excerpt was seen",
  "excerpt-and-recall": "an excerpt was seen and the rest written from memory",
  recall: "it was written from memory",
};

function saying(policy: KnownPolicy, binds: boolean): string {
  const name = `${policy.title}${policy.effective ? ` (${policy.effective})` : ""}`;
  if (binds) return `${name} binds this plan.`;
  const old =
    policy.currency === "historic" || policy.currency === "superseded" ? " It is no longer in force." : "";
  return `${name} is used as a checklist only: ${coverage[policy.completeness]}, and nobody has checked that it is in force.${old} It is not quoted as the plan's policy.`;
}
