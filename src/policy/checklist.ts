import type { KnownPolicy } from "#knowledge";
import type { Criterion, Policy } from "./types.ts";

/**
 * A policy that we know of, as criteria to go through. Its words are ours and stand on no page, so that nothing in it
 * can be quoted as the plan's.
 */
export function checklistOf(known: KnownPolicy): Policy {
  const dated = known.effective ? `, of ${known.effective}` : "";
  const whole = known.completeness === "whole" ? "" : " It is not complete.";
  return {
    title: null,
    number: null,
    payer: null,
    effective: null,
    treatmentIds: [...known.treatments],
    criteria: known.criteria as Criterion,
    exclusions: null,
    issues: [
      {
        severity: "warning",
        code: "policy-is-checklist",
        text: `“${known.title}”${known.payer ? ` (${known.payer})` : ""}${dated} is a checklist in our own words${known.currency === "verified" ? "" : ", and whether it is still in force is not known"}.${whole} Ask the plan for the policy that it applied, and compare.`,
      },
    ],
  };
}
