/** What a person does once an answer is there, or does not come: by how it ended, who decided, and what the law still gives. */
import type { PlanKind } from "#base";
import type { Right } from "#law";
import type { OutcomeId } from "./later-events.ts";

/** One thing to do: `id` names its words; `right` is the right it speaks of, `day` the last day of it where one is known. */
export type Thing = { id: ThingId; right?: Right; day?: string };

export const thingIds = [
  "late",
  "approved-written",
  "approved-binding",
  "approved-by",
  "approved-soon",
  "approved-money",
  "approved-ends",
  "approved-complain",
  "partly-take",
  "partly-rest",
  "sent-on",
  "level",
  "level-open",
  "level-up",
  "end-court",
  "end-again",
  "end-bill",
  "end-complaint",
  "end-papers",
  "dismissed-why",
  "dismissed-back",
  "dismissed-review",
  "withdrawn-again",
  "withdrawn-passed",
  "overdue-forwarded",
  "overdue-exhausted",
  "overdue-level",
  "overdue-ask",
] as const;
export type ThingId = (typeof thingIds)[number];

export type Ended = {
  outcome: OutcomeId;
  /** The kinds of right that were used so far, the one that was answered last. */
  used: readonly string[];
  /** True where somebody outside the plan decided. */
  outside: boolean;
  plans: readonly PlanKind[];
  /** The law's answer with the decision told. */
  rights: readonly Right[];
  /** The decision came after its last day. */
  late: boolean;
  /** The next day is counted from the date on the decision, and only its arrival is known: no day is given then. */
  undated?: boolean;
};

/** What follows an answer, the first thing first. */
export function whatNext(ended: Ended): Thing[] {
  const late: Thing[] = ended.late && ended.outcome !== "approved" ? [{ id: "late" }] : [];
  switch (ended.outcome) {
    case "approved":
      return afterApproval(ended);
    case "partly-approved":
      return [{ id: "partly-take" }, { id: "partly-rest" }, ...late, ...stepsLeft(ended)];
    case "denied-again":
      return [...late, ...stepsLeft(ended)];
    case "dismissed":
      return afterDismissal(ended);
    case "withdrawn":
      return afterWithdrawal(ended);
  }
}

function afterApproval({ outside, plans, rights }: Ended): Thing[] {
  const carried = rights.find(({ kind, decision }) => kind === "effectuation" && decision?.lastDay);
  const soon: Thing = carried
    ? { id: "approved-by", right: carried, day: carried.decision!.lastDay! }
    : { id: outside && plans.length > 0 && plans.every(isCommercial) ? "approved-binding" : "approved-soon" };
  return [
    { id: "approved-written" },
    soon,
    { id: "approved-money" },
    { id: "approved-ends" },
    complaint(rights, "approved-complain"),
  ];
}

/** A dismissal is answered with why it was wrong; of Medicare Advantage the independent reviewer looks at it too. */
function afterDismissal(ended: Ended): Thing[] {
  const review = ended.rights.find(({ kind }) => kind === "ire-dismissal-review");
  return [
    { id: "dismissed-why" },
    { id: "dismissed-back" },
    ...(review ? [{ id: "dismissed-review" as const, right: review }] : []),
  ];
}

function afterWithdrawal({ used, rights }: Ended): Thing[] {
  const right = rights.find(({ kind }) => kind === used.at(-1));
  const day = right?.file?.safeDay ?? right?.file?.lastDay ?? null;
  if (!right || right.status === "expired") return [{ id: "withdrawn-passed" }];
  return [{ id: "withdrawn-again", right, ...(day ? { day } : {}) }];
}

/** The next step to somebody who decides anew; at the end of the road what is left. */
function stepsLeft(ended: Ended): Thing[] {
  const { used, rights } = ended;
  // Of Medicare Advantage the plan itself sends an upheld case on: there is nothing to file.
  const entity = rights.find(
    ({ kind, status, file }) => kind === "ire" && status === "open" && file === null,
  );
  if (entity && !used.some((kind) => kind.includes("ire"))) return [{ id: "sent-on", right: entity }];
  // The VA's clinical appeal is one right with two levels: the facility, then the regional network.
  const clinical = rights.find(({ kind }) => kind === "va-clinical-appeal");
  if (clinical && used.filter((kind) => kind === clinical.kind).length === 1)
    return [{ id: "level-up", right: clinical }];
  const right = nextLevel(rights, used);
  if (!right) return endOfTheRoad(rights);
  const day = ended.undated ? null : (right.file?.safeDay ?? right.file?.lastDay ?? null);
  return [day ? { id: "level", right, day } : { id: "level-open", right }];
}

/** Steps of one ladder each; a step is above those before it. The quick form of a step is the step. */
const ladder = [
  "internal-appeal",
  "reconsideration",
  "redetermination",
  "tricare-reconsideration",
  "va-clinical-appeal",
  "va-board-appeal",
  "internal-appeal-2",
  "external-review",
  "ire",
  "state-fair-hearing",
  "chip-review",
  "opm-review",
  "tricare-formal-review",
  "tricare-second-reconsideration",
  "alj",
  "tricare-hearing",
  "council",
];

/** Rungs that stand side by side: whoever used one does not go on to the other. */
const beside = [
  ["tricare-formal-review", "tricare-second-reconsideration"],
  ["va-clinical-appeal", "va-board-appeal"],
];

/** The lowest step above all that were used that can be taken, or may be once a question is answered. */
export function nextLevel(rights: readonly Right[], used: readonly string[]): Right | null {
  const plain = used.map((kind) =>
    kind.replace(/^expedited-appeal$/, "internal-appeal").replace(/^expedited-|-expedited/, ""),
  );
  const contractor = plain.includes("redetermination");
  const reached = Math.max(-1, ...plain.map((kind) => rungOf(kind, contractor)));
  const shut = new Set([
    ...plain,
    ...beside.filter((pair) => pair.some((kind) => plain.includes(kind))).flat(),
  ]);
  if (contractor && !plain.includes("reconsideration")) shut.delete("reconsideration");
  const above = rights
    .filter(({ kind, status }) => (status === "open" || status === "unknown") && ladder.includes(kind))
    .filter(({ kind }) => !shut.has(kind) && rungOf(kind, contractor) > reached)
    .sort((a, b) => rungOf(a.kind, contractor) - rungOf(b.kind, contractor));
  return above.find(({ status }) => status === "open") ?? above[0] ?? null;
}

/** After a redetermination the reconsideration is the second step (Original Medicare), elsewhere it is the first. */
function rungOf(kind: string, contractor: boolean): number {
  return contractor && kind === "reconsideration" ? ladder.indexOf("ire") : ladder.indexOf(kind);
}

/** What is left when nobody outside a court decides again. */
export function endOfTheRoad(rights: readonly Right[]): Thing[] {
  const court = rights.find(
    ({ kind, status }) => kind === "court" && status !== "not-available" && status !== "not-yet",
  );
  const day = court?.file?.safeDay ?? court?.file?.lastDay ?? null;
  return [
    { id: "end-papers" },
    ...(court ? [{ id: "end-court" as const, right: court, ...(day ? { day } : {}) }] : []),
    { id: "end-again" },
    { id: "end-bill" },
    complaint(rights, "end-complaint"),
  ];
}

function complaint(rights: readonly Right[], id: "end-complaint" | "approved-complain"): Thing {
  const office = rights.find(({ kind }) => kind === "regulator-complaint");
  return office ? { id, right: office } : { id };
}

/** What a missed last day gives: the law's own answer, never more. `used`: the step whose answer is late. */
export function whenOverdue(rights: readonly Right[], used: readonly string[]): Thing {
  const forwarded = rights.find(({ kind }) => kind === "ire-forwarding");
  if (forwarded && !used.some((kind) => kind.includes("ire")))
    return { id: "overdue-forwarded", right: forwarded };
  const exhausted = rights.find(({ kind, status }) => kind === "deemed-exhaustion" && status === "open");
  const right = nextLevel(
    rights.filter(({ status }) => status === "open"),
    used,
  );
  const court = rights.find(({ kind, status }) => kind === "court" && status === "open");
  if (exhausted) return { id: "overdue-exhausted", right: right ?? court ?? exhausted };
  if (!right) return { id: "overdue-ask" };
  const day = right.file?.safeDay ?? right.file?.lastDay ?? null;
  return { id: "overdue-level", right, ...(day ? { day } : {}) };
}

/** Coverage of an employer or an individual, on which the federal external review is binding. */
function isCommercial(plan: PlanKind): boolean {
  return !/^(medicare|medicaid|chip|tricare|va|fehb|pshb|short-term|excepted)/.test(plan);
}

/**
 * The law's events of an answer that came on a day to the step that was taken: its receipt under its own name, and, for an
 * approval, that the plan has it. The date printed on the letter is not known before the letter is here.
 */
export function answerEvents(
  outcome: OutcomeId,
  decided: string | null,
  on: string,
  told: Readonly<Record<string, string>>,
): Record<string, string> {
  if (outcome === "withdrawn") return {};
  if (outcome === "dismissed") return { "dismissal-dated": on };
  const received = decided && told[decided] === undefined ? { [decided]: on } : {};
  return { ...received, ...(outcome === "approved" ? { "reversal-received": on } : {}) };
}
