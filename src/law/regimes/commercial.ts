/** Plans of employers, unions and individuals: who has which rights. 29 CFR 2560.503-1; PHSA 2719; ERISA 104(b)(4). */
import { daysBetween } from "#base";
import { type Case, dayOf, fundingOf, isErisa, stateOf, told } from "../case.ts";
import { duty } from "../phase.ts";
import { countRight, type Step } from "../step.ts";
import { courtStep, internalSteps, notUrgentNow, planIsLate, stateLawAppeal } from "./commercial-internal.ts";
import { externalSteps } from "./external-review.ts";
import { stepTherapy } from "./step-therapy.ts";

const documents: Step[] = [
  duty("claim-file", "your health plan", [], { listed: () => true, timeless: () => true }),
  duty("plan-documents", "the plan administrator (usually the employer)", [], {
    listed: (c) => isErisa(c.plan) && bindsErisa(c),
    answered: ["documents-furnished"],
    timeless: () => true,
  }),
  {
    kind: "document-penalty",
    decidedBy: "federal court (ERISA section 502(c)(1))",
    listed: (c) => told(c, "documents-requested") && isErisa(c.plan),
    barred: (c) =>
      told(c, "documents-furnished") && daysLate(c) === 0 ? "The papers came within the 30 days." : null,
    ready: (c) => daysLate(c) > 0,
    file: null,
    decision: null,
    amount: (c) => (daysLate(c) > 0 ? { usd: daysLate(c) * 110 } : undefined),
  },
  duty("parity-analysis", "the plan administrator", ["parity-analysis-requested"], { timeless: () => true }),
];

/** Days between the end of the 30 days and the day the papers came, or today. 29 USC 1132(c)(1); 29 CFR 2575.502c-1. */
function daysLate(c: Case): number {
  const due = countRight(c, "plan-documents", "decision")?.outer;
  return due ? Math.max(0, daysBetween(due, dayOf(c, "documents-furnished") ?? c.asOf)) : 0;
}

const continuation: Step = {
  kind: "continuation-of-benefits",
  decidedBy: "your health plan",
  listed: (c) => c.situation.timing !== undefined,
  barred: (c) =>
    c.situation.timing === "concurrent"
      ? null
      : "Only for an approved treatment that is going on and is cut.",
  file: null,
  timeless: () => true,
};

const smallGroupOnly = "Is it a policy for an individual or a small employer (not grandfathered)?";
const drugBarred = (c: Case) =>
  fundingOf(c) === "self-funded"
    ? "The exception process of 45 CFR 156.122(c) binds individual and small-group insurance."
    : null;
const drugUnsettled = (c: Case) => (c.plan === "individual" ? null : smallGroupOnly);
const essentialDrug = (c: Case) => c.situation.item === "essential-benefit-drug";
const asked = (c: Case) => c.situation.request === "exception";

const drugs: Step[] = [
  duty("drug-exception", "your health plan", [], {
    listed: (c) => essentialDrug(c) && c.situation.urgent !== true,
    barred: drugBarred,
    unsettled: drugUnsettled,
    decision: (c) => (asked(c) ? countRight(c, "drug-exception", "decision") : null),
  }),
  duty("expedited-drug-exception", "your health plan", [], {
    listed: (c) => essentialDrug(c) && c.situation.urgent === true,
    barred: (c) => drugBarred(c) ?? notUrgentNow(c),
    unsettled: drugUnsettled,
    decision: (c) => (asked(c) ? countRight(c, "expedited-drug-exception", "decision") : null),
  }),
  duty("drug-exception-review", "an independent review organization", ["exception-review-received"], {
    barred: drugBarred,
    unsettled: drugUnsettled,
  }),
];

const protections: Step[] = [
  {
    kind: "new-evidence-response",
    decidedBy: "your health plan",
    listed: (c) =>
      told(c, "appeal-filed", "appeal-received-by-plan") &&
      !told(c, "final-decision-received") &&
      !planIsLate(c),
    file: null,
    decision: null,
  },
  duty("continuity-of-care", "your health plan", ["provider-termination-notice"], { endsWithDecision: true }),
  duty("rescission-notice", "your health plan", ["rescission-effective"]),
  { kind: "language-assistance", decidedBy: "your health plan", file: null, decision: null },
  {
    kind: "denial-reason",
    decidedBy: "your health plan",
    listed: (c) => c.plan === "individual" && c.situation.timing === "pre-service",
    unsettled: () => "Was the policy bought on the federal Exchange (HealthCare.gov)?",
    file: null,
    decision: null,
  },
];

const complaint: Step = {
  kind: "regulator-complaint",
  decidedBy: (c) => {
    const office = stateOf(c)?.department;
    if (c.plan.includes("self-funded") || (isErisa(c.plan) && !c.plan.includes("insured")))
      return "the U.S. Department of Labor, Employee Benefits Security Administration (EBSA)";
    return office ? `${office.name}, ${office.phone}` : "the State's insurance department";
  },
  file: null,
  decision: null,
};

const bindsErisa = (c: Case) => c.plan !== "excepted-benefit" || c.situation.sponsor === "employer";
const acaPlans = [
  "erisa-self-funded",
  "erisa-insured",
  "individual",
  "governmental-self-funded",
  "governmental-insured",
  "church",
];

const [externalReview] = externalSteps;
const kept = protections.filter(({ kind }) => kind === "rescission-notice" || kind === "continuity-of-care");
const acaSteps: Step[] = [
  ...internalSteps,
  ...externalSteps,
  continuation,
  ...documents,
  courtStep,
  ...drugs,
  stepTherapy,
  ...protections,
  complaint,
];
const claimsRuleOnly = [...internalSteps, externalReview!, ...documents, courtStep];
const stateLawOnly: Step[] = [
  stateLawAppeal,
  { ...externalReview!, barred: () => "Federal external review does not reach this kind of coverage." },
];
// Grandfathered coverage keeps these two; short-term, excepted and retiree-only coverage is outside PHSA title XXVII
// parts A and D and ERISA part 7 (42 USC 300gg-21, 300gg-91(b)(5); 29 USC 1191a).
const withProtections = (steps: Step[]): [Step[], Step[]] => [
  [...steps, complaint],
  [...steps, ...kept, complaint],
];
const [limited, grandfathered] = withProtections(claimsRuleOnly);
const [bare, grandfatheredBare] = withProtections(stateLawOnly);

/** The steps of a commercial plan, in their order. */
export function commercialSteps(c: Case): Step[] {
  if (acaPlans.includes(c.plan)) return acaSteps;
  const old = c.plan.startsWith("grandfathered");
  if (bindsErisa(c) && isErisa(c.plan)) return old ? grandfathered : limited;
  return old ? grandfatheredBare : bare;
}
