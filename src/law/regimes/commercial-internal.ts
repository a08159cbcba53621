/** Inside the plan: first decision, internal appeals, court. 29 CFR 2560.503-1; 45 CFR 147.136(b). */
import type { PlainDate } from "#base";
import { type Case, isErisa, stateOf, told } from "../case.ts";
import { noDay } from "../count.ts";
import { duty, type Phase, phaseOf } from "../phase.ts";
import { type Counted, countRight, type Step } from "../step.ts";

const plan = "your health plan";
const denial = ["notice-dated", "notice-received", "notice-sent", "oral-decision-given"];
const appealed = ["appeal-filed", "appeal-received-by-plan"];
const decided = [
  "final-decision-received",
  "appeal-decision-dated",
  "appeal-decision-received",
  "appeal-decision-made",
];
export const externalBegun = [
  "external-review-filed",
  "external-review-received-by-plan",
  "external-review-received-by-iro",
  "iro-assigned",
  "iro-notice-received",
  "incomplete-notice-received",
  "iro-decision-given",
  "iro-decision-dated",
  "iro-decision-received",
];

/** 45 CFR 147.136(c)(2)(xi), (d)(2)(iii)(B)(7)(v): the decision binds, so there is one review and not a second. */
export const reviewed = (c: Case) =>
  told(c, "iro-decision-dated", "iro-decision-received")
    ? "The independent reviewer has decided. The decision binds both sides, save for what law outside this review still gives."
    : null;

const post = (c: Case) => c.situation.timing === "post-service";
/** Urgency is for care not yet received. 29 CFR 2560.503-1(m)(1). */
export const urgent = (c: Case) => c.situation.urgent === true && !post(c);
export const notUrgentNow = (c: Case) =>
  post(c) ? "The care has been received already, so nothing is urgent in the law's sense." : null;

const initialDue = (c: Case) =>
  countRight(c, urgent(c) ? "expedited-initial-decision" : "initial-decision", "decision");
export const initialPhase = (c: Case): Phase =>
  phaseOf(c, ["claim-received-by-plan"], [...denial, ...appealed, ...decided, ...externalBegun], () =>
    initialDue(c),
  );

const appealDue = (c: Case) => countRight(c, urgent(c) ? "expedited-appeal" : "internal-appeal", "decision");
const firstAppealPhase = (c: Case): Phase =>
  phaseOf(c, appealed, [...decided, ...externalBegun], () => appealDue(c));

const second = ["second-appeal-filed", "second-appeal-received-by-plan"];
const twoLevels = (c: Case) => c.plan !== "individual" && (c.situation.levels === 2 || told(c, ...second));

/** The phase of the whole internal process: over with the final decision, overdue when the plan is late. */
export function internalPhase(c: Case): Phase {
  if (told(c, "final-decision-received", ...externalBegun)) return "over";
  if (!twoLevels(c)) return firstAppealPhase(c);
  if (told(c, ...second)) {
    const ended = ["final-decision-received", "appeal-decision-dated", "appeal-decision-made"];
    const laterDecision = told(c, "appeal-decision-received") ? [ended[0]!] : ended;
    return phaseOf(c, second, laterDecision, () => countRight(c, "internal-appeal-2", "decision"));
  }
  const first = firstAppealPhase(c);
  return first === "over" ? "not-begun" : first;
}

/** The plan is past its last day without a decision, on the claim or on the appeal. */
export const planIsLate = (c: Case) => internalPhase(c) === "overdue" || initialPhase(c) === "overdue";
export const readyAfterInternal = (c: Case) => internalPhase(c) === "over" || planIsLate(c);

/** When the plan's decision was due, where it is late. */
export function lateSince(c: Case): PlainDate | null {
  if (internalPhase(c) === "overdue")
    return (
      (twoLevels(c) && told(c, ...second) ? countRight(c, "internal-appeal-2", "decision") : appealDue(c))
        ?.outer ?? null
    );
  return initialPhase(c) === "overdue" ? (initialDue(c)?.outer ?? null) : null;
}

function appealFile(c: Case): Counted | null {
  const counted = countRight(c, "internal-appeal", "file");
  if (initialPhase(c) !== "overdue" || !counted) return counted;
  return {
    ...counted,
    open: [],
    deadline: noDay("The plan is late and gave no notice, so no time to appeal has begun: appeal at once."),
  };
}

const appealNotice = { dated: ["notice-dated"], received: ["notice-received"] };

const internalAppeal: Step = {
  kind: "internal-appeal",
  decidedBy: plan,
  ready: (c) => initialPhase(c) !== "pending",
  file: appealFile,
  timeless: (c) => initialPhase(c) === "overdue",
  used: appealed,
  answered: decided,
  notice: appealNotice,
};

const expeditedAppeal: Step = {
  ...internalAppeal,
  kind: "expedited-appeal",
  listed: (c) => c.situation.urgent !== false,
  barred: notUrgentNow,
  unsettled: (c) =>
    c.situation.urgent === undefined
      ? "Does a doctor say that waiting could seriously harm the patient?"
      : null,
};

const secondAppeal: Step = {
  kind: "internal-appeal-2",
  answered: ["final-decision-received"],
  file: (c) => {
    const rules = c.index.byRight.get(`${c.plan} internal-appeal-2 scope`) ?? [];
    const deadline = noDay("The plan itself sets the time for a second appeal; the law does not.", rules[0]);
    return { deadline, rules, open: [], unverified: false, outer: null };
  },
  decidedBy: plan,
  listed: (c) => twoLevels(c) || c.situation.levels === 2,
  barred: (c) =>
    c.plan === "individual" ? "An individual policy may require one internal appeal only." : null,
  ready: (c) => told(c, ...second) || ["over", "overdue"].includes(firstAppealPhase(c)),
  used: second,
  notice: { dated: ["appeal-decision-dated"], received: ["appeal-decision-received"] },
  ask: () => ["Which period does the plan give for the second appeal?"],
};

const firstDecisions: Step[] = [
  duty("filing-defect-notice", plan, ["defective-request-received-by-plan"]),
  duty("information-request", plan, ["claim-received-by-plan"], {
    listed: (c) => told(c, "claim-received-by-plan") && urgent(c),
  }),
  {
    kind: "information-submission",
    decidedBy: plan,
    listed: (c) =>
      told(c, "extension-notice-received") ||
      (told(c, "information-requested") && (urgent(c) || told(c, "extension-notice-sent"))),
    used: ["information-received"],
  },
  duty("initial-decision", plan, ["claim-received-by-plan"], {
    answered: [...denial, ...appealed, ...decided],
    listed: (c) => told(c, "claim-received-by-plan") && !urgent(c),
  }),
  duty("expedited-initial-decision", plan, ["claim-received-by-plan"], {
    answered: [...denial, ...appealed, ...decided],
    listed: (c) => told(c, "claim-received-by-plan") && c.situation.urgent === true,
    barred: notUrgentNow,
  }),
  duty("decision-notice", plan, ["oral-decision-given", "appeal-decision-made"], {
    listed: (c) =>
      told(c, "oral-decision-given") ||
      (told(c, "appeal-decision-made") && told(c, "board-meeting-1", "board-meeting-2", "board-meeting-3")),
  }),
];

const deemedExhaustion: Step = {
  kind: "deemed-exhaustion",
  decidedBy: (c) => (isErisa(c.plan) ? "you: go on to review or court at once" : "you: go on at once"),
  listed: (c) =>
    [initialPhase(c), internalPhase(c)].some((phase) => phase === "pending" || phase === "overdue"),
  ready: planIsLate,
  file: null,
  decision: null,
};

const court: Step = {
  kind: "court",
  decidedBy: (c) => (isErisa(c.plan) ? "federal court (ERISA section 502(a))" : "court, under State law"),
  ready: readyAfterInternal,
  file: (c) => {
    const rule = c.index.byRight.get(`${c.plan} court scope`)?.[0];
    return {
      deadline: noDay(
        "The limitation period is not in these rules: read the plan document, and ask a lawyer early.",
        rule,
      ),
      rules: rule ? [rule] : [],
      open: [],
      unverified: false,
      outer: null,
    };
  },
  decision: null,
  timeless: () => true,
};

/** The steps inside a plan that the federal claims rules govern, in their order. */
export const internalSteps: Step[] = [
  ...firstDecisions,
  internalAppeal,
  expeditedAppeal,
  secondAppeal,
  deemedExhaustion,
];
export const courtStep = court;

/** Short-term, individual grandfathered and individual excepted benefits: State law and the contract alone. */
export const stateLawAppeal: Step = {
  kind: "internal-appeal",
  decidedBy: plan,
  unsettled: (c) =>
    c.plan === "excepted-benefit" && c.situation.sponsor === undefined
      ? "Does an employer sponsor this coverage, or was it bought individually?"
      : "What does the policy itself say about appeals? Federal appeal rules do not reach it.",
  file: () => null,
  decision: () => null,
  ask: (c) => (stateOf(c)?.department ? [`What does the ${stateOf(c)!.department!.name} say?`] : []),
};
