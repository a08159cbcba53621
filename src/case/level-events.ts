/** What happened at each level of a case, in the words of the law's events, so that clocks and next rights are right. */
import type { Denial } from "#denial";
import type { Afterwards, ParcelState } from "./later-events.ts";
import type { Answers } from "./types.ts";

type Names = { filed?: string; received?: string };

const plan: Names = { filed: "appeal-filed", received: "appeal-received-by-plan" };
const hearing: Names = { filed: "hearing-requested" };

/** The events of filing a step and of its arrival, by the kind of right that the step uses. */
const eventNames: Record<string, Names> = {
  "internal-appeal": plan,
  "expedited-appeal": plan,
  reconsideration: plan,
  redetermination: plan,
  "tricare-reconsideration": plan,
  "internal-appeal-2": { filed: "second-appeal-filed", received: "second-appeal-received-by-plan" },
  "external-review": { filed: "external-review-filed", received: "external-review-received-by-plan" },
  "expedited-external-review": {
    filed: "external-review-filed",
    received: "external-review-received-by-plan",
  },
  ire: { received: "ire-request-received" },
  "state-fair-hearing": hearing,
  "chip-review": hearing,
  "opm-review": { received: "opm-request-received" },
  alj: { filed: "alj-filed", received: "alj-request-received" },
  council: { received: "council-request-received" },
  "tricare-formal-review": { received: "formal-review-request-received" },
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
]);

/** The step that a level's parcels took: what was sent says it; older logs, which do not, sent first appeals. */
export function stepOf(parcels: readonly ParcelState[]): string | null {
  const sent = parcels.filter(({ receipt }) => receipt !== null);
  return sent.length === 0 ? null : (sent.find(({ step }) => step)?.step ?? "internal-appeal");
}

/**
 * The days of one level: filed on the day of the first receipt, received on the day a delivery was confirmed. A mere
 * acceptance by a mail server proves filing, not receipt.
 */
export function eventsOfLevel(parcels: readonly ParcelState[]): Record<string, string> {
  const step = stepOf(parcels);
  const names = step ? (eventNames[step] ?? plan) : {};
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

/** The events of all levels, earlier ones first. */
export function happened({
  levels,
  parcels,
}: Pick<Afterwards, "levels" | "parcels">): Record<string, string> {
  return Object.assign({}, ...[...levels.map((level) => level.parcels), parcels].map(eventsOfLevel));
}

/** The answers with what the case itself knows to have happened; a day that a person told counts more. */
export function withHappened(answers: Answers, afterwards: Pick<Afterwards, "levels" | "parcels">): Answers {
  const events = { ...happened(afterwards), ...answers.events };
  return Object.keys(events).length > 0 ? { ...answers, events } : answers;
}

/**
 * The notice at the level the case has reached. A letter that answers an appeal and does not say so is taken for what it
 * must be; where the newest notice is still the one that was appealed, the new one is missing, and that is said.
 */
export function atLevel(denial: Denial, { levels }: Pick<Afterwards, "levels">): Denial {
  const last = levels.at(-1);
  const step = last ? stepOf(last.parcels) : null;
  if (!last) return denial;
  const filed = Object.values(eventsOfLevel(last.parcels))[0] ?? null;
  const dated = denial.noticeDate?.value ?? null;
  if (dated === null || (filed !== null && dated < filed)) {
    const text =
      "The newest denial among the papers is still the one you appealed. Hand in the new letter: the next appeal answers it, and its days count from it.";
    return {
      ...denial,
      issues: [...denial.issues, { severity: "error", code: "denial-missing-new", text }],
    };
  }
  if (denial.stage && denial.stage.value !== "initial") return denial;
  const value = outsideSteps.has(step ?? "")
    ? "external-review"
    : step === "internal-appeal-2"
      ? "final-internal"
      : "internal-appeal";
  return { ...denial, stage: { value, from: [], by: "person" } };
}
