/** TRICARE: contractor, then formal review (facts) or a second reconsideration (medical necessity), then a hearing. 32 CFR 199.10, 199.15. */
import { type Case, told } from "../case.ts";
import type { Step } from "../step.ts";
import { belowThreshold } from "./medicare.ts";

const contractor = "the TRICARE contractor";
const medicalGrounds = ["medical-necessity", "experimental", "level-of-care"];
const reconsidered = ["reconsideration-dated", "reconsideration-received", "appeal-decision-dated"];

const later = ["formal-review-request-received", "formal-review-dated", "second-reconsideration-dated"];

/** `undefined` while no ground is told. */
function medical(c: Case): boolean | undefined {
  const grounds = c.situation.grounds ?? [];
  return grounds.length === 0 ? undefined : grounds.some((ground) => medicalGrounds.includes(ground));
}

const eligibility = (c: Case) =>
  (c.situation.grounds?.length ?? 0) > 0 && c.situation.grounds!.every((ground) => ground === "eligibility")
    ? "Eligibility is not appealable under TRICARE (32 CFR 199.10(a)(6)): ask the service that keeps the record (DEERS)."
    : null;

const whichLadder = (c: Case) =>
  medical(c) === undefined && !told(c, "formal-review-dated", "second-reconsideration-dated")
    ? "Is the denial about medical necessity, or about coverage, coding or payment?"
    : null;

/** Fixed by the regulation: 32 CFR 199.10(a)(7), (c), (d). */
const FORMAL_REVIEW_USD = 50;
const HEARING_USD = 300;

export const tricareSteps: Step[] = [
  {
    kind: "tricare-reconsideration",
    decidedBy: contractor,
    barred: eligibility,
    used: ["appeal-filed"],
    answered: [...reconsidered, ...later],
    notice: { dated: ["notice-dated"], received: ["notice-received"] },
  },
  {
    kind: "tricare-expedited-reconsideration",
    decidedBy: contractor,
    listed: (c) => c.situation.urgent !== false,
    barred: (c) =>
      eligibility(c) ??
      (c.situation.timing === "post-service" ? "Only before admission or during a stay." : null),
    unsettled: (c) =>
      c.situation.urgent === undefined
        ? "Is it about an admission that waits, or a stay that is going on?"
        : null,
    used: ["appeal-filed"],
    answered: [...reconsidered, ...later],
    decision: null,
  },
  {
    kind: "tricare-formal-review",
    decidedBy: "the Defense Health Agency",
    barred: (c) =>
      eligibility(c) ??
      (medical(c)
        ? "A denial for medical necessity goes to the second reconsideration instead."
        : belowThreshold(c, "tricare-formal-review", FORMAL_REVIEW_USD)),
    unsettled: whichLadder,
    ready: (c) => told(c, ...reconsidered, "formal-review-request-received", "formal-review-dated"),
    used: ["formal-review-request-received"],
    answered: ["formal-review-dated"],
    notice: { dated: ["reconsideration-dated"], received: [] },
    amount: () => ({ usd: FORMAL_REVIEW_USD }),
  },
  {
    kind: "tricare-second-reconsideration",
    decidedBy: "the TRICARE Quality Monitoring Contractor",
    barred: (c) =>
      eligibility(c) ??
      (medical(c) === false ? "Only for a denial for medical necessity; others go to formal review." : null),
    unsettled: whichLadder,
    ready: (c) => told(c, ...reconsidered, "second-reconsideration-dated"),
    answered: ["second-reconsideration-dated"],
    decision: null,
    notice: { dated: ["reconsideration-dated"], received: [] },
  },
  {
    kind: "tricare-hearing",
    decidedBy: "a hearing officer of the Defense Health Agency",
    barred: (c) => eligibility(c) ?? belowThreshold(c, "tricare-hearing", HEARING_USD),
    ready: (c) => told(c, "formal-review-dated", "second-reconsideration-dated"),
    used: ["hearing-requested"],
    notice: { dated: ["formal-review-dated", "second-reconsideration-dated"], received: [] },
    decision: null,
    amount: () => ({ usd: HEARING_USD }),
  },
];
