/** What the law lays on whoever decides next, and what a paragraph says: for letters to cite. */
import type { Citation, PlanKind, Stage } from "#base";
import type { Law, LawDuty } from "#knowledge";
import { indexOf } from "./case.ts";

/** The duties of the reviewer of the next step, in the order of the law files. `stage` is that of the notice in hand. */
export function dutiesOf(plan: PlanKind, stage: Stage, law: Law): LawDuty[] {
  const next = nextStep[stage];
  return law.duties.filter((duty) => duty.plans.includes(plan) && duty.stages.includes(next));
}

/** A first denial is answered with an appeal, an appeal decision with the next appeal, a final one outside the plan. */
const nextStep: Record<Stage, string> = {
  initial: "internal-appeal",
  "internal-appeal": "internal-appeal",
  "final-internal": "external-review",
  "external-review": "external-review",
};

/** The citation of a rule, duty or State row by its id; `null` when there is none. */
export function citationOf(id: string, law: Law): Citation | null {
  const rule = indexOf(law).byId.get(id);
  if (rule) return rule.cite;
  const duty = law.duties.find((entry) => entry.id === id);
  if (duty) return duty.cite;
  const rows = law.states.flatMap((state) => [
    state.externalReview.cite,
    ...(state.stepTherapy ? [state.stepTherapy.cite] : []),
  ]);
  return (
    rows.find((cite) => cite.id === id) ??
    law.rules.flatMap(({ also }) => also).find((cite) => cite.id === id) ??
    null
  );
}
