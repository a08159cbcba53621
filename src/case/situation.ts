import type { PlanKind } from "#base";
import type { Denial } from "#denial";
import type { Situation } from "#law";
import type { Plan } from "#plan";
import type { Answers } from "./types.ts";

type Events = Record<string, string>;

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

/** Decisions above the plan, where the law counts from each by its own name; of Medicare the name of the first of them. */
const outsideDecision: Partial<Record<PlanKind, string>> = {
  "medicare-advantage": "ire-decision",
  "medicare-part-d": "ire-decision",
  "medicare-original": "reconsideration",
  fehb: "opm-decision",
  pshb: "opm-decision",
  "medicaid-managed-care": "hearing-decision",
  "medicaid-fee-for-service": "hearing-decision",
  chip: "hearing-decision",
  tricare: "second-reconsideration",
};

/** Decisions whose law counts from their date alone. */
const countedFromDate = new Set(["opm-decision", "second-reconsideration", "formal-review"]);

/** What was filed above the plan, newest first, and the decision that answers it. */
const answeredBy: [filed: string[], decision: string][] = [
  [["council-request-received"], "council-decision"],
  [["alj-filed", "alj-request-received"], "alj-decision"],
  [["formal-review-request-received"], "formal-review"],
];

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
  // The day that was told is that of the new letter, which is not here yet: no clock of the old one starts with it.
  const waits = denial.issues.some(({ code }) => code === "denial-missing-new");
  const { signer: _signer, said: _said, past, dismissed, events: given, plan: _plan, ...told } = answers;
  const { "notice-received": received, ...rest } = given ?? {};
  const events = received !== undefined && !waits ? { ...rest, "notice-received": received } : rest;
  const situation: Situation = {
    plan: kinds.length === 1 ? kinds[0]! : [...kinds],
    ...readings(denial, plan, facts),
    ...told,
    events: ofLastLevel(
      denial,
      dismissal(
        { ...past, ...eventsOf(denial, kinds, events), ...moved(events, denial, kinds) },
        dismissed === true || isDismissed(denial),
        kinds,
      ),
    ),
    asOf: facts.asOf,
  };
  const printed = printedPeriod(denial);
  if (printed && !situation.printed) situation.printed = printed;
  return situation;
}

/**
 * The law knows the date of one appeal decision. Of two it is that of the last, and then the second appeal cannot be told
 * beside it: the receipt of the final decision says the same and more.
 */
function ofLastLevel(denial: Denial, events: Events): Events {
  const second = ["second-appeal-filed", "second-appeal-received-by-plan"];
  if (denial.stage?.value !== "final-internal" || !second.some((name) => events[name])) return events;
  const less = events["final-decision-received"]
    ? ["appeal-decision-dated"]
    : [...second, "appeal-decision-received"];
  return Object.fromEntries(Object.entries(events).filter(([name]) => !less.includes(name)));
}

const isDismissed = ({ grounds }: Denial): boolean =>
  grounds.length > 0 && grounds.every(({ id }) => id === "appeal-dismissed");

/**
 * A dismissal has a review of its own. Of Medicare Advantage it is counted from its date, and is no decision that the plan
 * must send on; of Original Medicare the time to ask for it is shorter than after a decision.
 */
function dismissal(events: Events, dismissed: boolean, kinds: readonly PlanKind[]): Events {
  if (!dismissed) return events;
  if (kinds.every((kind) => kind === "medicare-advantage")) {
    const { "reconsideration-dated": dated, "reconsideration-received": _received, ...rest } = events;
    return dated ? { ...rest, "dismissal-dated": dated } : events;
  }
  const above = kinds.every((kind) => kind === "medicare-original")
    ? (events["reconsideration-dated"] ?? events["redetermination-dated"])
    : kinds.every((kind) => kind === "medicare-part-d")
      ? events["ire-decision-dated"]
      : undefined;
  return above ? { ...events, "dismissal-dated": above } : events;
}

function readings(denial: Denial, plan: Plan, facts: CaseFacts): Partial<Situation> {
  const grounds = [...new Set(denial.grounds.map((ground) => ground.id))];
  const urgent = denial.urgent?.value === true || facts.urgentByPhysician ? true : denial.urgent?.value;
  return {
    ...(plan.state ? { state: plan.state.value } : {}),
    ...(denial.timing || cuts(denial) ? { timing: cuts(denial) ? "concurrent" : denial.timing!.value } : {}),
    ...(urgent !== undefined && denial.timing?.value !== "post-service" ? { urgent } : {}),
    ...(grounds.length > 0 ? { grounds } : {}),
    ...(denial.secondAppeal ? { levels: 2 as const } : {}),
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
function eventsOf(denial: Denial, kinds: readonly PlanKind[], told: Events): Events {
  return { ...datedEvents(denial, kinds, told), ...endEvents(denial, kinds) };
}

function endEvents(denial: Denial, kinds: readonly PlanKind[]): Events {
  const day = denial.actionDay?.value;
  if (!day || !(cuts(denial) || denial.timing?.value === "concurrent")) return {};
  return {
    "service-ends": day,
    ...(kinds.includes("medicaid-fee-for-service") ? { "action-effective": day } : {}),
  };
}

/** Under which name the law knows the decision in hand; what a person told to have filed before it says whose it is. */
function decisionName(kind: PlanKind, denial: Denial, told: Events): string {
  if (denial.stage?.value !== "external-review") return decisionEvent[kind] ?? "appeal-decision";
  // A plan of an employer or an individual has one reviewer above it, whose decision is the last before a court.
  const outside = outsideDecision[kind] ?? (kind === "va" ? "appeal-decision" : "iro-decision");
  const on = denial.noticeDate?.value ?? "";
  const before = (name: string) => told[name] !== undefined && told[name] <= on;
  if (kind.startsWith("medicare") && denial.decidedBy)
    return denial.decidedBy.value === "judge" ? "alj-decision" : "council-decision";
  const higher = kind.startsWith("medicare") || kind === "tricare" ? answeredBy : [];
  return higher.find(([filed]) => filed.some(before))?.[1] ?? outside;
}

function datedEvents(denial: Denial, kinds: readonly PlanKind[], told: Events): Events {
  const on = denial.noticeDate?.value;
  if (!on) return {};
  const stage = denial.stage?.value ?? "initial";
  if (stage === "initial") return { "notice-dated": on };
  const names = new Set(kinds.map((kind) => `${decisionName(kind, denial, told)}-dated`));
  return Object.fromEntries([...names].map((name) => [name, on]));
}

/** A person answers "when did it reach you?" about the letter in hand; after an appeal that is another event. */
function moved(events: Events, denial: Denial, kinds: readonly PlanKind[]): Events {
  const stage = denial.stage?.value ?? "initial";
  const received = events["notice-received"];
  if (received === undefined || stage === "initial") return events;
  const rest = Object.fromEntries(Object.entries(events).filter(([name]) => name !== "notice-received"));
  const names = kinds.map((kind) => receivedEvent(kind, denial, events)).filter((name) => name !== null);
  return { ...Object.fromEntries(names.map((name) => [name, received])), ...rest };
}

/** `null` where the law counts nothing from the day a decision came. */
function receivedEvent(kind: PlanKind, denial: Denial, told: Events): string | null {
  const name = decisionName(kind, denial, told);
  if (denial.stage?.value === "external-review" || kind.startsWith("medicare"))
    return countedFromDate.has(name) ? null : `${name}-received`;
  return denial.stage?.value === "final-internal" ? "final-decision-received" : "appeal-decision-received";
}

function printedPeriod(denial: Denial): Situation["printed"] | null {
  const { appealWithin, appealBy } = denial.rightsStated;
  const within = appealWithin?.value;
  const inDays = within && within.unit !== "hours" ? { n: within.n, unit: within.unit } : null;
  if (!inDays && !appealBy) return null;
  return { ...(inDays ? { within: inDays } : {}), ...(appealBy ? { by: appealBy.value } : {}) };
}
