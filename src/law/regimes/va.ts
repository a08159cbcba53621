/** VA: benefit decisions go to the Board, medical determinations to the clinical appeal. 38 CFR 20.104, 20.203. */
import type { GroundId } from "#base";
import type { Case } from "../case.ts";
import type { Step } from "../step.ts";

/** Grounds on which a clinician judged the need for or the fitness of care. */
const clinicalGrounds: GroundId[] = [
  "medical-necessity",
  "step-therapy",
  "quantity-limit",
  "experimental",
  "formulary-exclusion",
  "off-label",
  "site-of-care",
  "concurrent-stay",
  "level-of-care",
  "renewal-response",
  "preferred-product",
];

function clinical(c: Case): boolean | undefined {
  const grounds = c.situation.grounds ?? [];
  return grounds.length === 0 ? undefined : grounds.some((ground) => clinicalGrounds.includes(ground));
}

const question = "Was it a medical judgment about the care, or a decision on eligibility or payment?";
const benefitsOnly = (c: Case) =>
  clinical(c) ? "A medical determination is beyond the Board (38 CFR 20.104(b))." : null;
const whichKind = (c: Case) => (clinical(c) === undefined ? question : null);

export const vaSteps: Step[] = [
  {
    kind: "va-board-appeal",
    decidedBy: "the Board of Veterans' Appeals",
    barred: benefitsOnly,
    unsettled: whichKind,
    used: ["appeal-filed"],
    notice: { dated: ["notice-dated"], received: ["notice-received"] },
    decision: null,
  },
  {
    kind: "va-supplemental-claim",
    decidedBy: "the Veterans Benefits Administration or VHA",
    barred: benefitsOnly,
    unsettled: whichKind,
    decision: null,
  },
  {
    kind: "va-higher-level-review",
    decidedBy: "a senior reviewer of the VA",
    barred: benefitsOnly,
    unsettled: whichKind,
    decision: null,
  },
  {
    kind: "va-clinical-appeal",
    decidedBy: "the patient advocate of the facility, then the regional network (VISN)",
    barred: (c) =>
      clinical(c) === false ? "For medical determinations only; a benefit decision goes to the Board." : null,
    unsettled: whichKind,
    decision: null,
  },
];
