import type { Stage } from "#base";
import type { AppealKind, LetterKind } from "#knowledge";
import type { Right } from "#law";
import type { Desk } from "./appeal.ts";
import { comparedNumbers } from "./billing-numbers.ts";
import { defectsOf } from "./defects.ts";
import { forDismissal, isDismissal } from "./dismissal.ts";
import { isStateReview, matterOf } from "./external-route.ts";
import { isMedical } from "./grounds.ts";
import { familiesOf, plansOf } from "./law-sentences.ts";
import { missingOf } from "./wanted.ts";

/** The appeal that fits regime and level; none for an approval, or when every step to the plan is over. */
export function chooseAppeal(desk: Desk): AppealKind | null {
  const { input, knowledge } = desk;
  if (input.denial?.outcome?.value === "approved") return null;
  const families = familiesOf(input);
  const family =
    families.length === 1
      ? families[0]!
      : families.every((one) => one === "erisa" || one === "aca") && families.length > 0
        ? "erisa"
        : "other";
  const fitting = knowledge.appeals.filter((row) => row.for.includes(family));
  const kind =
    (isEnding(desk) ? fitting.find(({ step }) => step.includes("fast-track-qio")) : undefined) ??
    nextOf(
      fitting.filter(({ step }) => !step.includes("fast-track-qio")),
      desk,
    ) ??
    fitting[0] ??
    knowledge.appeals.at(-1) ??
    null;
  return kind && forDismissal(kind, input);
}

const levels: AppealKind["level"][] = ["first", "second", "external", "hearing", "council"];

/** True where somebody outside the plan decides: then the plan is spoken of, not to. */
export const isOutside = (kind: AppealKind): boolean => kind.level !== "first" && kind.level !== "second";

/** The lowest level at which a decision of each stage can be appealed. */
const lowest: Record<Stage, number> = {
  initial: 0,
  "internal-appeal": 1,
  "final-internal": 2,
  "external-review": 3,
};

/** Decisions of bodies outside the plan that a person told of, and the lowest level above each. */
const decided: Record<string, number> = { "ire-decision": 3, "alj-decision": 4 };
/** What a person told to have asked for; a notice that came later answers it. */
const asked: Record<string, number> = { "ire-filed": 3, "alj-filed": 4, "alj-request-received": 4 };

/** The lowest level that is still above every decision in hand or told of. */
function lowestOf(desk: Desk): number {
  const { denial, situation } = desk.input;
  const events = Object.entries(situation?.events ?? {});
  const on = denial?.noticeDate?.value ?? "";
  const level = (of: Record<string, number>, name: string) =>
    Math.max(0, ...Object.entries(of).map(([start, above]) => (name.startsWith(start) ? above : 0)));
  const told = events.map(([name, day]) =>
    Math.max(level(decided, name), day.slice(0, 10) <= on ? level(asked, name) : 0),
  );
  return Math.max(lowest[denial?.stage?.value ?? "initial"], passedBy(desk), ...told);
}

/** An appeal that the plan leaves unanswered beyond its time is not made a second time where the way outside is open. */
const passedBy = (desk: Desk): number =>
  isOverdue(desk) &&
  ["external-review", "state-fair-hearing", "opm-review-after-silence"].some((kind) =>
    has(desk, kind, "open"),
  )
    ? lowest["final-internal"]
    : 0;

/** True where the decision in hand is the plan's own; one from outside the plan is not answered to the plan any more. */
export const isByPlan = (desk: Desk): boolean => lowestOf(desk) < lowest["external-review"];

/**
 * Of the levels above the decision in hand the lowest whose step is open; where none is known to be, the lowest of all. A
 * plan kind whose law has no first step goes to the one that it has: an agency's own refusal goes to the hearing.
 */
function nextOf(fitting: AppealKind[], desk: Desk): AppealKind | null {
  const lowest = lowestOf(desk);
  const above = fitting.filter((row) => levels.indexOf(row.level) >= lowest);
  const exists = (row: AppealKind) =>
    row.step.some((kind) => has(desk, kind, "open", "unknown", "not-yet", "expired"));
  const open = above.filter((row) => row.step.some((kind) => has(desk, kind, "open")));
  const first = above[0];
  if (lowest === 0 && first && (exists(first) || open.length === 0)) return first;
  return open[0] ?? first ?? fitting.at(-1) ?? null;
}

/** Care that goes on is to end, and nobody has reviewed that yet: a late request is taken up as well. */
const isEnding = (desk: Desk): boolean =>
  lowestOf(desk) === 0 &&
  (has(desk, "fast-track-qio", "open", "expired") ||
    has(desk, "hospital-discharge-qio", "open", "expired") ||
    has(desk, "hospital-discharge-qio-late", "open"));

const has = (desk: Desk, kind: string, ...status: Right["status"][]) =>
  desk.input.rights.rights.some((right) => right.kind === kind && status.includes(right.status));

/** When each letter made of rows is called for; the names are those of `when` in kinds.yaml. */
const conditions: Record<string, (desk: Desk) => boolean> = {
  representative: (desk) => !isMedicare(desk),
  "medicare-representative": (desk) => isMedicare(desk),
  "claim-file": (desk) => !approved(desk) && isByPlan(desk),
  "plan-documents": (desk) =>
    plansOf(desk.input).some((plan) => plan.includes("erisa") || plan === "retiree-only"),
  "policy-absent": (desk) =>
    desk.input.policy === null && !approved(desk) && isByPlan(desk) && !isDismissal(desk.input),
  expedited: (desk) => isUrgent(desk) && !goesOutside(desk),
  "external-review": (desk) => has(desk, "external-review", "open") && !isStateReview(desk.input),
  "state-external-review": (desk) => has(desk, "external-review", "open") && isStateReview(desk.input),
  // A late request is taken up as well.
  "fast-track": (desk) => isEnding(desk),
  "fair-hearing": (desk) => has(desk, "state-fair-hearing", "open"),
  "chip-review": (desk) => has(desk, "chip-review", "open", "unknown"),
  continuation: (desk) => has(desk, "continuation-of-benefits", "open"),
  opm: (desk) => has(desk, "opm-review", "open") || has(desk, "opm-review-after-silence", "open"),
  "step-therapy-exception": (desk) =>
    has(desk, "step-therapy-exception", "open") ||
    (onGround(desk, "step-therapy") && isDrug(desk) && isByPlan(desk)),
  "formulary-exception": (desk) =>
    has(desk, "drug-exception", "open") || (onGround(desk, "formulary-exclusion") && isByPlan(desk)),
  overdue: (desk) => isOverdue(desk),
  complaint: (desk) => !approved(desk) && ((defectsOf(desk).length > 0 && isByPlan(desk)) || isOverdue(desk)),
  "missing-records": (desk) => missingOf(desk).length > 0,
  billing: (desk) => isOfBill(desk),
};

/** Where a row of a letter is printed; the names are those of `only` in kinds.yaml. */
export const rowConditions: Record<string, (desk: Desk) => boolean> = {
  experimental: (desk) => onGround(desk, "experimental") || onGround(desk, "off-label"),
  urgent: (desk) => isUrgent(desk),
  medical: (desk) => isMedical(desk),
  paid: (desk) => isPostService(desk),
  overdue: (desk) => isOverdue(desk),
  answered: (desk) => !isOverdue(desk),
  // Severe pain makes a claim urgent under 29 CFR 2560.503-1(m)(1)(i)(B); other programs do not name it.
  private: (desk) => familiesOf(desk.input).every((family) => family === "erisa" || family === "aca"),
  "treated-before": (desk) => has(desk, "continuation-of-benefits", "open", "unknown"),
  cut: (desk) => isCut(desk),
  "matter-unknown": (desk) => matterOf(desk.input) === null,
  finished: (desk) => isFinished(desk),
  unfinished: (desk) => !isFinished(desk),
};

/** The plan's own appeals are over: its answer to an appeal is in hand, and no second one is open. */
const isFinished = (desk: Desk): boolean =>
  lowestOf(desk) >= lowest["final-internal"] ||
  (lowestOf(desk) === lowest["internal-appeal"] &&
    !has(desk, "internal-appeal-2", "open", "unknown", "not-yet"));

/** The letter to somebody outside the plan asks itself that the decision be quick. */
function goesOutside(desk: Desk): boolean {
  const appeal = chooseAppeal(desk);
  return appeal !== null && isOutside(appeal);
}

const billGrounds = ["coding", "quantity-limit", "duplicate", "timely-filing", "coordination-of-benefits"];

/**
 * A refused bill that the provider may mend: by its ground, by an approval whose number the claim may lack, or by a member
 * number that was mistyped.
 */
const isOfBill = (desk: Desk): boolean =>
  isPostService(desk) &&
  (billGrounds.some((ground) => onGround(desk, ground)) ||
    (onGround(desk, "prior-authorization") && desk.cite.exhibits.some(({ kind }) => kind === "approval")) ||
    (onGround(desk, "eligibility") && comparedNumbers(desk).some(({ row }) => row === "member-number")));

/** The plan's decision on an appeal is late, or by its lateness the way outside is open. */
const isOverdue = (desk: Desk): boolean =>
  has(desk, "deemed-exhaustion", "open") || desk.input.rights.rights.some((right) => right.overdue);
const isMedicare = (desk: Desk) => {
  const families = familiesOf(desk.input);
  return families.length > 0 && families.every((family) => family.startsWith("medicare"));
};
const approved = (desk: Desk) => desk.input.denial?.outcome?.value === "approved";
const onGround = (desk: Desk, id: string) =>
  desk.input.denial?.grounds.some((ground) => ground.id === id) ?? false;
const isPostService = (desk: Desk) => desk.input.denial?.timing?.value === "post-service";
const isDrug = (desk: Desk) =>
  /\b(mg|mcg|tablets?|capsules?|injection|pen|vial|units?)\b/i.test(desk.slots.service?.text ?? "") ||
  (desk.input.denial?.services.some((service) =>
    service.codes.some((code) => code.system === "ndc" || /^[JQ]\d/.test(code.value)),
  ) ??
    false);

/** True where the notice reduces or ends care that was given, by its outcome or in its own words. */
function isCut(desk: Desk): boolean {
  if (has(desk, "continuation-of-benefits", "open", "unknown")) return true;
  const outcome = desk.input.denial?.outcome?.value;
  if (outcome === "reduced" || outcome === "terminated") return true;
  const cue =
    "\\b(reduc(e[ds]?|ing|tion)|decreas(e[ds]?|ing)|terminat(e[ds]?|ing|ion)|suspend(s|ed|ing)?|suspension|(to|will) (end|stop))\\b.{0,60}\\b(your|the|his|her|services?|hours|visits|benefits?|takes? effect)\\b";
  return (
    desk.search.find({ find: "denial", cue, most: 1, not: "\\b(if|may|can|right|continue)\\b" }).length > 0
  );
}

/** Urgent by the notice, by an answer, or because a page of the record speaks of jeopardy; never for care already given. */
export function isUrgent(desk: Desk): boolean {
  if (isPostService(desk) || approved(desk)) return false;
  if (desk.input.denial?.urgent?.value === true || desk.input.situation?.urgent === true) return true;
  return jeopardy(desk).length > 0;
}

/** Sentences of the record that speak of serious jeopardy or an end of supply. */
export function jeopardy(desk: Desk) {
  const cue = "\\b(seriously jeopardi[sz]e|jeopardi[sz]es?|life-?threatening|status epilepticus)\\b";
  return desk.search.find({ find: "record", cue, most: 3 });
}

/** The letters made of rows that this case calls for, in the order of knowledge/letters/kinds.yaml. */
export function chooseKinds(desk: Desk): LetterKind[] {
  return desk.knowledge.kinds.filter((kind) => conditions[kind.when]?.(desk) ?? false);
}
