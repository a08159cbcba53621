/** Medicare Advantage: organization determination, plan, IRE (sent by the plan itself), hearing. 42 CFR 422 subpart M. */
import type { PlainDate } from "#base";
import { type Case, momentOf, told } from "../case.ts";
import { hoursAfter, noDay } from "../count.ts";
import { duty, type Phase, phaseOf } from "../phase.ts";
import { type Counted, countRight, type Step } from "../step.ts";
import { aljAnswered, councilStep, courtStep, heard, qioSteps, withAmount } from "./medicare.ts";

const plan = "your Medicare Advantage plan";
const ireName = "the Independent Review Entity (IRE)";
const denial = ["notice-dated", "notice-received", "oral-decision-given"];
const appealed = ["appeal-filed", "appeal-received-by-plan"];
const decided = [
  "reconsideration-dated",
  "reconsideration-received",
  "appeal-decision-dated",
  "appeal-decision-received",
  "appeal-decision-made",
  "final-decision-received",
];
const ireDecided = ["ire-decision-dated", "ire-decision-received"];

const post = (c: Case) => c.situation.timing === "post-service";
const urgent = (c: Case) => c.situation.urgent === true && !post(c);
const expedited = (c: Case) => urgent(c) && !told(c, "expedite-refused");

const initialKind = (c: Case) => (expedited(c) ? "expedited-initial-decision" : "initial-decision");
const initialPhase = (c: Case): Phase =>
  phaseOf(c, ["claim-received-by-plan"], [...denial, ...appealed, ...decided, ...ireDecided], () =>
    countRight(c, initialKind(c), "decision"),
  );

const appealKind = (c: Case) => (expedited(c) ? "expedited-appeal" : "reconsideration");
const appealPhase = (c: Case): Phase =>
  phaseOf(c, appealed, [...decided, ...ireDecided], () => countRight(c, appealKind(c), "decision"));

function appealFile(c: Case): Counted | null {
  const counted = countRight(c, "reconsideration", "file");
  if (initialPhase(c) !== "overdue" || !counted) return counted;
  return {
    ...counted,
    open: [],
    deadline: noDay(
      "The plan is late, which counts as a denial. No notice came, so no time has begun: appeal at once.",
    ),
  };
}

const reconsideration: Step = {
  kind: "reconsideration",
  decidedBy: plan,
  ready: (c) => initialPhase(c) !== "pending",
  file: appealFile,
  timeless: (c) => initialPhase(c) === "overdue",
  used: appealed,
  answered: [...decided, "ire-request-received", ...ireDecided, ...heard],
  notice: { dated: ["notice-dated"], received: ["notice-received"] },
};

const expeditedAppeal: Step = {
  ...reconsideration,
  kind: "expedited-appeal",
  listed: (c) => c.situation.urgent !== false,
  barred: (c) => (post(c) ? "A request for payment is never expedited." : null),
  unsettled: (c) =>
    c.situation.urgent === undefined
      ? "Does a doctor say that waiting could seriously harm the patient?"
      : null,
};

/** 42 CFR 422.590: the plan itself sends an upheld or late case on, by the day of its decision (expedited: 24 hours). */
function forwarding(c: Case): Counted | null {
  const rule = c.index.byRight.get(`${c.plan} ire-forwarding decision`)?.[0];
  const made = momentOf(c, "appeal-decision-made");
  const due = countRight(c, appealKind(c), "decision");
  if (!rule || !due) return null;
  if (expedited(c)) {
    const from =
      made ??
      (due.deadline.lastDay
        ? { day: due.deadline.lastDay as PlainDate, time: due.deadline.at?.slice(11, 16) ?? null }
        : null);
    if (!from)
      return {
        deadline: noDay("Not told: when the plan received the appeal.", rule),
        rules: [rule],
        open: [],
        unverified: false,
        outer: null,
      };
    const sent = hoursAfter(c, from, 24);
    const steps = [
      { text: made ? "The plan decided." : "The plan's time to decide ends.", date: from.day },
      { text: "The plan sends the case to the IRE within 24 hours.", date: sent.day, cite: rule.cite },
    ];
    return {
      deadline: {
        lastDay: sent.day,
        safeDay: sent.day,
        hours: 24,
        ...(sent.at ? { at: sent.at } : {}),
        steps,
      },
      rules: [rule],
      open: [],
      unverified: false,
      outer: sent.day,
    };
  }
  const steps = [
    ...due.deadline.steps,
    {
      text: "By the same day the plan sends an upheld or late case to the IRE.",
      date: due.deadline.lastDay,
      cite: rule.cite,
    },
  ];
  const { lastDay, safeDay } = due.deadline;
  return {
    deadline: { lastDay, safeDay, steps },
    rules: [rule, ...due.rules],
    open: due.open,
    unverified: due.unverified,
    outer: due.outer,
  };
}

/** Reversals: only the expedited case that the IRE reversed has a time whose text was read. */
const ireReversedUrgent = (c: Case) =>
  urgent(c) && !told(c, "alj-decision-dated", "alj-decision-received", "council-decision-dated");

const initial: Step[] = [
  duty("initial-decision", plan, [], {
    answered: [...denial, ...appealed],
    listed: (c) => told(c, "claim-received-by-plan") && !expedited(c),
  }),
  duty("expedited-initial-decision", plan, [], {
    listed: (c) =>
      told(c, "claim-received-by-plan") && c.situation.urgent === true && !told(c, "expedite-refused"),
    barred: (c) => (post(c) ? "A request for payment is never expedited." : null),
  }),
  {
    kind: "deemed-denial",
    decidedBy: plan,
    listed: (c) => ["pending", "overdue"].includes(initialPhase(c)),
    ready: (c) => initialPhase(c) === "overdue",
    file: null,
    decision: null,
  },
  duty("decision-notice", plan, ["oral-decision-given"]),
];

const ire: Step[] = [
  duty("ire-forwarding", plan, [...appealed, "appeal-decision-made"], { decision: forwarding }),
  {
    kind: "ire",
    decidedBy: ireName,
    ready: (c) =>
      told(c, ...ireDecided, "ire-request-received", ...heard) ||
      ["over", "overdue"].includes(appealPhase(c)),
    file: null,
    decision: null,
  },
  {
    kind: "ire-dismissal-review",
    decidedBy: ireName,
    listed: (c) => told(c, "dismissal-dated"),
    decision: null,
    notice: { dated: ["dismissal-dated"], received: [] },
  },
];

const alj: Step = {
  kind: "alj",
  decidedBy: "an administrative law judge (OMHA)",
  ready: (c) => told(c, ...ireDecided, ...heard),
  answered: aljAnswered,
  notice: { dated: ["ire-decision-dated"], received: ["ire-decision-received"] },
  used: ["alj-filed"],
  ...withAmount("alj"),
};

const effectuation: Step = duty("effectuation", plan, ["reversal-received"], {
  decision: (c) => countRight(c, ireReversedUrgent(c) ? "effectuation" : "effectuation-other", "decision"),
});

/** A dual plan whose Medicare and Medicaid appeals are one. 42 CFR 422.629-422.634. */
const integrated: Step = {
  kind: "integrated-appeal",
  decidedBy: plan,
  listed: (c) => Array.isArray(c.situation.plan) && c.situation.plan.includes("medicaid-managed-care"),
  unsettled: () =>
    "Is it a dual-eligible plan whose Medicare and Medicaid appeals are one (applicable integrated plan)?",
  file: () => null,
  decision: null,
};

export const medicareAdvantageSteps: Step[] = [
  ...initial,
  ...qioSteps,
  reconsideration,
  expeditedAppeal,
  ...ire,
  alj,
  councilStep,
  courtStep,
  effectuation,
  integrated,
];
