/** Situation → rights: each plan kind runs its regime, step by step. */
import type { Issue, PlanKind } from "#base";
import type { Law } from "#knowledge";
import { type Case, indexOf, told } from "./case.ts";
import { checkSituation } from "./check.ts";
import { printedStep } from "./printed.ts";
import { commercialSteps } from "./regimes/commercial.ts";
import { federalEmployeeSteps } from "./regimes/federal-employees.ts";
import { chipSteps, feeForServiceSteps, managedCareSteps } from "./regimes/medicaid.ts";
import { medicareAdvantageSteps } from "./regimes/medicare-advantage.ts";
import { originalMedicareSteps } from "./regimes/original-medicare.ts";
import { partDSteps } from "./regimes/part-d.ts";
import { tricareSteps } from "./regimes/tricare.ts";
import { vaSteps } from "./regimes/va.ts";
import { filingDay, rightOf, type Step } from "./step.ts";
import type { Right, RightsAnswer, Situation } from "./types.ts";

const regimes: Partial<Record<PlanKind, Step[]>> = {
  "medicare-advantage": medicareAdvantageSteps,
  "medicare-part-d": partDSteps,
  "medicare-original": originalMedicareSteps,
  "medicaid-managed-care": managedCareSteps,
  "medicaid-fee-for-service": feeForServiceSteps,
  chip: chipSteps,
  fehb: federalEmployeeSteps,
  pshb: federalEmployeeSteps,
  tricare: tricareSteps,
  va: vaSteps,
};

/** Every right of every plan that is still possible, the earliest filing day first; and what is wrong with the facts. */
export function rightsFor(given: Situation, law: Law): RightsAnswer {
  const { situation, plans, events, asOf, issues } = checkSituation(given, law);
  if (asOf === null) return { rights: [], issues };
  const rights = plans.flatMap((plan) => {
    const c: Case = { situation, plan, asOf, events, law, index: indexOf(law), issues, counted: new Map() };
    factIssues(c);
    return rightsOfPlan(c);
  });
  if (plans.length > 0 && !rights.some(hasDay) && (events.size === 0 || rights.some(lacksItsTrigger)))
    issues.push({
      severity: "information",
      code: "missing-event",
      text: "events: no date that starts a clock is told. Give the date of the latest notice, and the day it came.",
    });
  return { rights: byUrgency(rights), issues: once(issues) };
}

function rightsOfPlan(c: Case): Right[] {
  const steps = regimes[c.plan] ?? commercialSteps(c);
  const printed = printedStep(c, steps);
  return steps
    .filter((step) => step.listed?.(c) ?? true)
    .map(
      (step) =>
        [
          step,
          rightOf(c, step, step === printed || (printed !== null && step.notice === printed.notice)),
        ] as const,
    )
    .filter(([step, right]) => !isBehind(c, step, right))
    .map(([, right]) => right);
}

/** A step that was answered long ago and of which no day can be told only raises questions that no longer matter. */
function isBehind(c: Case, step: Step, right: Right): boolean {
  return (
    right.status === "unknown" && step.answered !== undefined && told(c, ...step.answered) && !hasDay(right)
  );
}

function factIssues({ situation, plan, issues }: Case): void {
  if (plan === "individual" && situation.levels === 2)
    issues.push({
      severity: "warning",
      code: "levels-not-allowed",
      text: "levels: an individual policy may require one internal appeal only (45 CFR 147.136(b)(3)(ii)(G)).",
    });
  if (situation.urgent === true && situation.timing === "post-service")
    issues.push({
      severity: "warning",
      code: "urgent-not-applicable",
      text: "urgent: the care has been received already, so no expedited step applies.",
    });
}

const hasDay = ({ file, decision }: Right) =>
  [file?.lastDay, file?.safeDay, decision?.lastDay, decision?.safeDay].some(
    (day) => day !== null && day !== undefined,
  );

/** A right to be used now whose time cannot be counted because a date is asked for. */
const lacksItsTrigger = ({ status, file }: Right) =>
  status === "unknown" && (file?.steps.some(({ text }) => text.startsWith("Not told: ")) ?? false);

/** Open rights with a filing day come first, the earliest first; the rest keep the order of the law. */
function byUrgency(rights: Right[]): Right[] {
  const place = (right: Right) => (right.status === "open" && filingDay(right)) || "9999";
  return rights.toSorted((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

/** Several plans may notice the same thing. */
function once(issues: Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.text}`, issue])).values()];
}
