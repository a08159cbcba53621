import type { PlanKind, Stage } from "#base";
import type { Denial } from "#denial";
import type { Situation } from "#law";
import type { Plan } from "#plan";
import type { Answers } from "./types.ts";

/** What the law needs beyond the notice: whether the service is a drug, and whether a physician calls it urgent. */
export type CaseFacts = { drug: boolean; urgentByPhysician: boolean; asOf: string };

/** The plan kinds whose first level is called by another name, and what the decision on it is called there. */
const decisionEvent: Partial<Record<PlanKind, string>> = {
  "medicare-advantage": "reconsideration",
  "medicare-part-d": "redetermination",
  "medicare-original": "redetermination",
  fehb: "reconsideration",
  pshb: "reconsideration",
  tricare: "reconsideration",
};

/**
 * The situation for the law: what the notice says, what the person answered, nothing invented. Answers win over
 * readings, because the person can see the envelope and we cannot. `null` when no plan kind is possible.
 */
export function situationOf(
  denial: Denial,
  plan: Plan,
  answers: Answers,
  facts: CaseFacts,
): Situation | null {
  const kinds = plan.possible;
  if (kinds.length === 0) return null;
  const { signer: _signer, said: _said, events, plan: _plan, ...told } = answers;
  const situation: Situation = {
    plan: kinds.length === 1 ? kinds[0]! : [...kinds],
    ...readings(denial, plan, facts),
    ...told,
    events: { ...eventsOf(denial, kinds), ...moved(events ?? {}, denial.stage?.value ?? "initial", kinds) },
    asOf: facts.asOf,
  };
  const printed = printedPeriod(denial);
  if (printed && !situation.printed) situation.printed = printed;
  return situation;
}

function readings(denial: Denial, plan: Plan, facts: CaseFacts): Partial<Situation> {
  const grounds = [...new Set(denial.grounds.map((ground) => ground.id))];
  const urgent = denial.urgent?.value === true || facts.urgentByPhysician ? true : denial.urgent?.value;
  return {
    ...(plan.state ? { state: plan.state.value } : {}),
    ...(denial.timing || cuts(denial) ? { timing: cuts(denial) ? "concurrent" : denial.timing!.value } : {}),
    ...(urgent !== undefined && denial.timing?.value !== "post-service" ? { urgent } : {}),
    ...(grounds.length > 0 ? { grounds } : {}),
    ...drugItem(plan.possible, facts.drug),
  };
}

/** Only what the plan kind makes certain; an insured or individual drug is left for the question to settle. */
function drugItem(kinds: readonly PlanKind[], drug: boolean): Partial<Situation> {
  if (kinds.every((kind) => kind === "medicare-part-d")) return { item: "part-d-drug" };
  if (drug && kinds.every((kind) => kind.startsWith("medicaid"))) return { item: "covered-outpatient-drug" };
  return {};
}

/** Care already approved is cut or ended from a day on: a concurrent decision, whatever number the notice carries. */
function cuts({ outcome, actionDay }: Denial): boolean {
  return actionDay !== undefined && (outcome?.value === "reduced" || outcome?.value === "terminated");
}

/** The date on the notice, under the name that its stage gives it, and the day on which care ends or is cut. */
function eventsOf(denial: Denial, kinds: readonly PlanKind[]): Record<string, string> {
  return { ...datedEvents(denial, kinds), ...endEvents(denial, kinds) };
}

function endEvents(denial: Denial, kinds: readonly PlanKind[]): Record<string, string> {
  const day = denial.actionDay?.value;
  if (!day || !(cuts(denial) || denial.timing?.value === "concurrent")) return {};
  return {
    "service-ends": day,
    ...(kinds.includes("medicaid-fee-for-service") ? { "action-effective": day } : {}),
  };
}

function datedEvents(denial: Denial, kinds: readonly PlanKind[]): Record<string, string> {
  const on = denial.noticeDate?.value;
  if (!on) return {};
  const stage = denial.stage?.value ?? "initial";
  if (stage === "initial") return { "notice-dated": on };
  const names = new Set(kinds.map((kind) => `${decisionEvent[kind] ?? "appeal-decision"}-dated`));
  return Object.fromEntries([...names].map((name) => [name, on]));
}

/** A person answers "when did it reach you?" about the letter in hand; after an appeal that is another event. */
function moved(
  events: Record<string, string>,
  stage: Stage,
  kinds: readonly PlanKind[],
): Record<string, string> {
  const received = events["notice-received"];
  if (received === undefined || stage === "initial") return events;
  const rest = Object.fromEntries(Object.entries(events).filter(([name]) => name !== "notice-received"));
  const names = new Set(kinds.map((kind) => receivedEvent(kind, stage)));
  return { ...Object.fromEntries([...names].map((name) => [name, received])), ...rest };
}

function receivedEvent(kind: PlanKind, stage: Stage): string {
  if (kind === "medicare-advantage" || kind === "medicare-part-d" || kind === "medicare-original") {
    return `${decisionEvent[kind]}-received`;
  }
  return stage === "final-internal" ? "final-decision-received" : "appeal-decision-received";
}

function printedPeriod(denial: Denial): Situation["printed"] | null {
  const { appealWithin, appealBy } = denial.rightsStated;
  const within = appealWithin?.value;
  const inDays = within && within.unit !== "hours" ? { n: within.n, unit: within.unit } : null;
  if (!inDays && !appealBy) return null;
  return { ...(inDays ? { within: inDays } : {}), ...(appealBy ? { by: appealBy.value } : {}) };
}
