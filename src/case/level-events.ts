/** What happened at each level of a case, in the words of the law's events, so that clocks and next rights are right. */
import type { Denial } from "#denial";
import type { Afterwards, ParcelState } from "./later-events.ts";
import type { Answers } from "./types.ts";

type Levels = Pick<Afterwards, "levels" | "parcels">;
type Names = { filed?: string; received?: string };

const plan: Names = { filed: "appeal-filed", received: "appeal-received-by-plan" };
const hearing: Names = { filed: "hearing-requested" };
const review: Names = { filed: "external-review-filed", received: "external-review-received-by-plan" };
const entity: Names = { received: "ire-request-received" };
const judge: Names = { filed: "alj-filed", received: "alj-request-received" };

/**
 * The events of filing a step and of its arrival, by the kind of right that the step uses, and the event of receiving
 * its decision, or of its date where the law counts from that alone. A step that the law counts nothing from has none.
 */
const eventNames: Record<string, Names & { decided?: string }> = {
  "internal-appeal": { ...plan, decided: "appeal-decision-received" },
  "expedited-appeal": { ...plan, decided: "appeal-decision-received" },
  reconsideration: { ...plan, decided: "reconsideration-received" },
  redetermination: { ...plan, decided: "redetermination-received" },
  "tricare-reconsideration": { ...plan, decided: "reconsideration-received" },
  "tricare-expedited-reconsideration": { ...plan, decided: "reconsideration-received" },
  "va-board-appeal": { filed: "appeal-filed" },
  "va-clinical-appeal": { filed: "appeal-filed" },
  "internal-appeal-2": {
    filed: "second-appeal-filed",
    received: "second-appeal-received-by-plan",
    decided: "final-decision-received",
  },
  "external-review": { ...review, decided: "iro-decision-received" },
  "expedited-external-review": { ...review, decided: "iro-decision-received" },
  ire: { ...entity, decided: "ire-decision-received" },
  "expedited-ire": { ...entity, decided: "ire-decision-received" },
  "state-fair-hearing": { ...hearing, decided: "hearing-decision-received" },
  "chip-review": { ...hearing, decided: "hearing-decision-received" },
  "tricare-hearing": hearing,
  "opm-review": { received: "opm-request-received", decided: "opm-decision-dated" },
  alj: { ...judge, decided: "alj-decision-received" },
  "expedited-alj": { ...judge, decided: "alj-decision-received" },
  council: { received: "council-request-received", decided: "council-decision-received" },
  "tricare-formal-review": {
    received: "formal-review-request-received",
    decided: "formal-review-dated",
  },
  "tricare-second-reconsideration": { decided: "second-reconsideration-dated" },
};

/** The second step of Original Medicare has the name of the first step elsewhere; what came before tells them apart. */
const contractor: Names & { decided?: string } = {
  received: "reconsideration-request-received",
  decided: "reconsideration-received",
};

/** Steps that somebody outside the plan decides. */
const outsideSteps = new Set([
  "external-review",
  "expedited-external-review",
  "ire",
  "expedited-ire",
  "alj",
  "expedited-alj",
  "council",
  "opm-review",
  "state-fair-hearing",
  "chip-review",
  "tricare-formal-review",
  "tricare-second-reconsideration",
  "tricare-hearing",
]);

/** True for a step whose decision comes from outside the plan; `before`: the steps that were taken first. */
export function isDecidedOutside(step: string, before: readonly (string | null)[] = []): boolean {
  return outsideSteps.has(step) || (step === "reconsideration" && before.includes("redetermination"));
}

/** The step that a level's parcels took: what was sent says it; older logs, which do not, sent first appeals. */
export function stepOf(parcels: readonly ParcelState[]): string | null {
  const sent = parcels.filter(({ receipt }) => receipt !== null);
  return sent.length === 0 ? null : (sent.find(({ step }) => step)?.step ?? "internal-appeal");
}

/** The steps that were taken, level by level; `null` where nothing was sent. */
export function stepsTaken({ levels, parcels }: Levels): (string | null)[] {
  return [...levels.map((level) => stepOf(level.parcels)), stepOf(parcels)];
}

function namesOf(step: string | null, before: readonly (string | null)[]) {
  if (step === "reconsideration" && before.includes("redetermination")) return contractor;
  return step ? (eventNames[step] ?? {}) : {};
}

/**
 * The event of receiving the decision of a step, where the law counts from it. Of an appeal to the plan it is the final one,
 * save where a second appeal to the plan follows.
 */
export function decidedEvent(
  step: string,
  before: readonly (string | null)[],
  commercial: boolean,
): string | null {
  const { decided } = namesOf(step, before);
  return commercial && decided === "appeal-decision-received" ? "final-decision-received" : (decided ?? null);
}

/** The event by which the other side has this step in hand, where the law counts from it. */
export function receivedEvent(step: string, before: readonly (string | null)[]): string | null {
  return namesOf(step, before).received ?? null;
}

/**
 * The days of one level: filed on the day of the first receipt, received on the day a delivery was confirmed. A mere
 * acceptance by a mail server proves filing, not receipt. `before`: the steps of the levels before it.
 */
export function eventsOfLevel(
  parcels: readonly ParcelState[],
  before: readonly (string | null)[] = [],
): Record<string, string> {
  const names = namesOf(stepOf(parcels), before);
  const receipts = parcels
    .flatMap(({ receipt }) => (receipt ? [receipt] : []))
    .sort((a, b) => a.at.localeCompare(b.at));
  const filed = receipts[0]?.at.slice(0, 10);
  const received = receipts.find(({ status }) => status === "delivered")?.at.slice(0, 10);
  return {
    ...(names.filed && filed ? { [names.filed]: filed } : {}),
    ...(names.received && received ? { [names.received]: received } : {}),
  };
}

/** What was filed at all levels, earlier ones first, and what a person told about the earlier ones. */
export function happened({ levels, parcels }: Levels): Record<string, string> {
  const all = [...levels.map((level) => level.parcels), parcels];
  const steps = all.map(stepOf);
  const filed = all.map((one, index) => eventsOfLevel(one, steps.slice(0, index)));
  const told = levels.map((level) => withoutReceipt(level.told ?? {}));
  return Object.assign({}, ...filed.flatMap((one, index) => [one, told[index] ?? {}]));
}

/** When a notice came is told of the notice in hand, under one name at every level; of those before it is known otherwise. */
function withoutReceipt(told: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(told).filter(([name]) => name !== "notice-received"));
}

/**
 * When each decision before the one in hand came: under the law's names, so that a step behind us is not taken for one that
 * still waits for its answer.
 */
export function decidedBefore({ levels }: Pick<Afterwards, "levels">): Record<string, string> {
  const steps = levels.map(({ parcels }) => stepOf(parcels));
  const decisions = levels.slice(0, -1).flatMap(({ answeredOn }, index) => {
    const step = steps[index];
    const event =
      step &&
      decidedEvent(step, steps.slice(0, index), /^(expedited-)?external/.test(steps[index + 1] ?? ""));
    return event && answeredOn && !event.endsWith("-dated") ? [[event, answeredOn] as const] : [];
  });
  return Object.fromEntries(decisions);
}

/** The answers with what the case itself knows to have happened; a day that a person told counts more. */
export function withHappened(
  answers: Answers,
  afterwards: Levels & Partial<Pick<Afterwards, "asked">>,
): Answers {
  const asked = afterwards.asked?.at(-1);
  const question = asked && !asked.answered ? { "information-requested": asked.on } : {};
  const events = { ...happened(afterwards), ...question, ...answers.events };
  const past = decidedBefore(afterwards);
  return {
    ...answers,
    ...(Object.keys(events).length > 0 ? { events } : {}),
    ...(Object.keys(past).length > 0 ? { past } : {}),
    ...(afterwards.levels.at(-1)?.after === "dismissed" ? { dismissed: true as const } : {}),
  };
}

/**
 * The notice at the level the case has reached. A letter that answers an appeal and does not say so is taken for what it
 * must be; where the newest notice is still the one that was appealed, the new one is missing, and that is said.
 */
export function atLevel(denial: Denial, { levels }: Pick<Afterwards, "levels">): Denial {
  const last = levels.at(-1);
  if (!last) return denial;
  const steps = levels.map(({ parcels }) => stepOf(parcels));
  const step = steps.at(-1) ?? "";
  const filed = Object.values(eventsOfLevel(last.parcels, steps.slice(0, -1)))[0] ?? null;
  const dated = denial.noticeDate?.value ?? null;
  if (dated === null || (filed !== null && dated < filed)) {
    const text =
      "The newest denial among the papers is still the one you appealed. Hand in the new letter: the next appeal answers it, and its days count from it.";
    return {
      ...denial,
      issues: [...denial.issues, { severity: "error", code: "denial-missing-new", text }],
    };
  }
  const outside = isDecidedOutside(step, steps.slice(0, -1));
  const read = denial.stage?.value ?? "initial";
  // Who was asked decides: a reviewer's letter speaks of the plan's last decision, and is easily taken for it.
  const fits = outside ? read === "external-review" : read !== "initial";
  if (denial.stage?.by === "person" || fits) return denial;
  const value = outside
    ? "external-review"
    : step === "internal-appeal-2"
      ? "final-internal"
      : "internal-appeal";
  return { ...denial, stage: { value, from: [], by: "person" } };
}
