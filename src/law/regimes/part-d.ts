/** Part D: coverage determination, redetermination, IRE (to be asked for), hearing. 42 CFR 423 subparts M and U. */
import { addDays, type PlainDate } from "#base";
import { type Case, told } from "../case.ts";
import { noDay } from "../count.ts";
import { addHours } from "../hours.ts";
import { duty, type Phase, phaseOf } from "../phase.ts";
import { type Counted, countRight, type Step } from "../step.ts";
import { aljAnswered, councilStep, courtStep, heard, withAmount } from "./medicare.ts";

const plan = "your Part D plan";
const ireName = "the Independent Review Entity (IRE)";
const denial = ["notice-dated", "notice-received", "oral-decision-given"];
const appealed = ["appeal-filed", "appeal-received-by-plan"];
const redetermined = [
  "redetermination-dated",
  "redetermination-received",
  "appeal-decision-dated",
  "appeal-decision-received",
];
const ireDecided = [
  "ire-decision-dated",
  "ire-decision-received",
  "reconsideration-dated",
  "reconsideration-received",
];

const post = (c: Case) => c.situation.timing === "post-service";
const urgent = (c: Case) => c.situation.urgent === true && !post(c);
const expedited = (c: Case) => urgent(c) && !told(c, "expedite-refused");
const exception = (c: Case) => c.situation.request === "exception";
const paid = (c: Case) => (post(c) ? "A drug already received is never expedited." : null);
const urgencyAsked = (c: Case) =>
  c.situation.urgent === undefined
    ? "Does the prescriber say that waiting could seriously harm the patient?"
    : null;

const initialKind = (c: Case) =>
  exception(c)
    ? expedited(c)
      ? "expedited-drug-exception"
      : "drug-exception"
    : expedited(c)
      ? "expedited-initial-decision"
      : "initial-decision";
const initialDue = (c: Case) => countRight(c, initialKind(c), "decision");
const initialPhase = (c: Case): Phase =>
  phaseOf(c, ["claim-received-by-plan"], [...denial, ...appealed, ...redetermined, ...ireDecided], () =>
    initialDue(c),
  );
const appealDue = (c: Case) => countRight(c, urgent(c) ? "expedited-appeal" : "redetermination", "decision");
const appealPhase = (c: Case): Phase =>
  phaseOf(c, appealed, [...redetermined, ...ireDecided], () => appealDue(c));

/** 42 CFR 423.568(h), 423.572(d), 423.590: a missed decision goes to the IRE within 24 hours of the end of its time. */
function forwarding(c: Case): Counted | null {
  const rule = c.index.byRight.get(`${c.plan} ire-forwarding decision`)?.[0];
  const due = appealPhase(c) === "overdue" ? appealDue(c) : initialDue(c);
  if (!rule || !due?.deadline.lastDay)
    return rule
      ? {
          deadline: noDay("Not told: when the plan's time ended.", rule),
          rules: [rule],
          open: [],
          unverified: false,
          outer: null,
        }
      : null;
  const day = due.deadline.lastDay as PlainDate;
  const time = due.deadline.at?.slice(11, 16) ?? null;
  const sent = time ? addHours({ day, time }, 24, c.situation.zone) : { day: addDays(day, 1), at: null };
  const steps = [
    ...due.deadline.steps,
    {
      text: "The plan did not decide: within 24 hours it sends the request to the IRE.",
      date: sent.day,
      cite: rule.cite,
    },
  ];
  return {
    deadline: { lastDay: sent.day, safeDay: sent.day, hours: 24, ...(sent.at ? { at: sent.at } : {}), steps },
    rules: [rule, ...due.rules],
    open: [],
    unverified: false,
    outer: sent.day,
  };
}

const late = (c: Case) => initialPhase(c) === "overdue" || appealPhase(c) === "overdue";

function fileUnlessLate(c: Case, kind: string, overdue: boolean): Counted | null {
  const counted = countRight(c, kind, "file");
  if (!overdue || !counted) return counted;
  return {
    ...counted,
    open: [],
    deadline: noDay(
      "The plan is late and must itself send the case to the IRE: no notice came, so no time has begun.",
    ),
  };
}

const initial: Step[] = [
  duty("initial-decision", plan, [], {
    listed: (c) => told(c, "claim-received-by-plan") && initialKind(c) === "initial-decision",
  }),
  duty("expedited-initial-decision", plan, [], {
    listed: (c) =>
      told(c, "claim-received-by-plan") &&
      !exception(c) &&
      c.situation.urgent === true &&
      !told(c, "expedite-refused"),
    barred: paid,
  }),
  duty("drug-exception", plan, [], { listed: (c) => exception(c) && initialKind(c) === "drug-exception" }),
  duty("expedited-drug-exception", plan, [], {
    listed: (c) => exception(c) && c.situation.urgent === true && !told(c, "expedite-refused"),
    barred: paid,
  }),
  duty("ire-forwarding", plan, [], {
    listed: (c) => told(c, "claim-received-by-plan", ...appealed) && !told(c, ...ireDecided),
    ready: late,
    decision: forwarding,
  }),
];

const redetermination: Step = {
  kind: "redetermination",
  decidedBy: plan,
  ready: (c) => initialPhase(c) !== "pending",
  file: (c) => fileUnlessLate(c, "redetermination", initialPhase(c) === "overdue"),
  timeless: (c) => initialPhase(c) === "overdue",
  // Filed on the day the sponsor receives it: 42 CFR 423.582(b)(2).
  used: ["appeal-received-by-plan", "appeal-filed"],
  answered: [...redetermined, "ire-request-received", ...ireDecided, ...heard],
  notice: { dated: ["notice-dated"], received: ["notice-received"] },
};

const expeditedAppeal: Step = {
  ...redetermination,
  kind: "expedited-appeal",
  listed: (c) => c.situation.urgent !== false,
  barred: paid,
  unsettled: urgencyAsked,
};

const ire: Step = {
  kind: "ire",
  decidedBy: ireName,
  ready: (c) => told(c, ...redetermined, ...ireDecided, "ire-request-received", ...heard) || late(c),
  file: (c) => fileUnlessLate(c, "ire", late(c)),
  timeless: late,
  used: ["ire-request-received"],
  answered: [...ireDecided, ...heard],
  notice: {
    dated: ["redetermination-dated", "appeal-decision-dated"],
    received: ["redetermination-received", "appeal-decision-received"],
  },
};

const expeditedIre: Step = {
  ...ire,
  kind: "expedited-ire",
  file: (c) => fileUnlessLate(c, "expedited-ire", late(c)),
  listed: (c) => c.situation.urgent !== false,
  barred: paid,
  unsettled: urgencyAsked,
};

const alj: Step = {
  kind: "alj",
  decidedBy: "an administrative law judge (OMHA)",
  ready: (c) => told(c, ...ireDecided, ...heard),
  answered: aljAnswered,
  notice: {
    dated: ["ire-decision-dated", "reconsideration-dated"],
    received: ["ire-decision-received", "reconsideration-received"],
  },
  used: ["alj-filed"],
  ...withAmount("alj"),
};

const expeditedAlj: Step = {
  ...alj,
  kind: "expedited-alj",
  listed: (c) => c.situation.urgent === true,
  barred: (c) => paid(c) ?? alj.barred!(c),
};

const effectuation = duty("effectuation", plan, ["reversal-received"], {});

export const partDSteps: Step[] = [
  ...initial,
  redetermination,
  expeditedAppeal,
  ire,
  expeditedIre,
  alj,
  expeditedAlj,
  councilStep,
  courtStep,
  effectuation,
];
