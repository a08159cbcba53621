/** Medicaid and CHIP: plan appeal, fair hearing, benefits that go on. 42 CFR 438 subpart F; 431 subpart E; 457. */
import { addDays } from "#base";
import { type Case, dayOf, told } from "../case.ts";
import { noDay } from "../count.ts";
import { duty, type Phase, phaseOf } from "../phase.ts";
import { type Counted, countRight, type Step } from "../step.ts";
import { heard, hearingRow, printedWindow, windowIssue, windowQuestion } from "./hearing-window.ts";

const plan = "your Medicaid plan";
const agency = "the State Medicaid agency";
const denial = ["notice-dated", "notice-received", "notice-sent", "oral-decision-given"];
const appealed = ["appeal-filed", "appeal-received-by-plan"];
const resolved = [
  "appeal-decision-dated",
  "appeal-decision-received",
  "appeal-decision-made",
  "final-decision-received",
];

const post = (c: Case) => c.situation.timing === "post-service";
const urgent = (c: Case) => c.situation.urgent === true && !post(c);
const expedited = (c: Case) => urgent(c) && !told(c, "expedite-refused");
const concurrent = (c: Case) => c.situation.timing === "concurrent";
const drug = (c: Case) => c.situation.item === "covered-outpatient-drug";
const paid = (c: Case) =>
  post(c) ? "The care has been received already, so nothing is urgent in the law's sense." : null;

const initialKind = (c: Case) =>
  expedited(c) && !drug(c) ? "expedited-initial-decision" : "initial-decision";
const initialPhase = (c: Case): Phase =>
  phaseOf(c, ["claim-received-by-plan"], [...denial, ...appealed, ...resolved], () =>
    countRight(c, initialKind(c), "decision"),
  );
const appealPhase = (c: Case): Phase =>
  phaseOf(c, appealed, [...resolved, "hearing-requested"], () =>
    countRight(c, expedited(c) ? "expedited-appeal" : "internal-appeal", "decision"),
  );

const initial: Step[] = [
  duty("initial-decision", plan, [], {
    listed: (c) => told(c, "claim-received-by-plan") && initialKind(c) === "initial-decision",
  }),
  duty("expedited-initial-decision", plan, [], {
    listed: (c) =>
      told(c, "claim-received-by-plan") &&
      c.situation.urgent === true &&
      !drug(c) &&
      !told(c, "expedite-refused"),
    barred: paid,
  }),
  {
    kind: "deemed-denial",
    decidedBy: plan,
    listed: (c) => c.plan !== "medicaid-fee-for-service" && ["pending", "overdue"].includes(initialPhase(c)),
    ready: (c) => initialPhase(c) === "overdue",
    file: null,
    decision: null,
  },
  { kind: "emergency-drug-supply", decidedBy: plan, listed: drug, file: null, decision: null },
  duty("termination-notice", agency, [], {
    listed: (c) => concurrent(c) && told(c, "service-ends", "action-effective"),
    unsettled: () => "How many days of notice does the State require before a cut?",
  }),
];

const internalAppeal: Step = {
  kind: "internal-appeal",
  decidedBy: plan,
  ready: (c) => initialPhase(c) !== "pending",
  file: (c) => {
    const counted = countRight(c, "internal-appeal", "file");
    if (initialPhase(c) !== "overdue" || !counted) return counted;
    return {
      ...counted,
      open: [],
      deadline: noDay(
        "The plan is late, which is a denial. No notice came, so no time has begun: appeal at once.",
      ),
    };
  },
  timeless: (c) => initialPhase(c) === "overdue",
  used: appealed,
  answered: resolved,
  notice: { dated: ["notice-dated"], received: ["notice-received"] },
};

const expeditedAppeal: Step = {
  ...internalAppeal,
  kind: "expedited-appeal",
  listed: (c) => c.situation.urgent !== false,
  barred: paid,
  unsettled: (c) =>
    c.situation.urgent === undefined
      ? "Does a doctor say that waiting could seriously harm the patient?"
      : null,
};

const deemedExhaustion: Step = {
  kind: "deemed-exhaustion",
  decidedBy: agency,
  listed: (c) => ["pending", "overdue"].includes(appealPhase(c)),
  ready: (c) => appealPhase(c) === "overdue",
  file: null,
  decision: null,
};

/** 42 CFR 438.408(f)(2): the State's window, 90 to 120 days from the date of the plan's notice of resolution. */
function managedHearingFile(c: Case): Counted | null {
  const rule = c.index.byRight.get(`${c.plan} state-fair-hearing file`)?.[0];
  if (!rule) return null;
  const base = { rules: [rule], open: [] as string[], unverified: false, outer: null };
  if (appealPhase(c) === "overdue")
    return {
      ...base,
      deadline: noDay(
        "The plan is late: its appeal counts as exhausted. No notice came, so no time has begun.",
        rule,
      ),
    };
  const from = dayOf(c, "appeal-decision-dated");
  if (!from)
    return {
      ...base,
      open: ["appeal-decision-dated"],
      deadline: noDay("Not told: the date of the plan's notice of resolution.", rule),
    };
  const start = { text: "The date of the plan's notice of resolution.", date: from };
  const window = printedWindow(c, from) ?? hearingRow(c);
  const safe = { text: "90 days at the least, in every State.", date: addDays(from, 90), cite: rule.cite };
  if (window === null) {
    const open = { text: "The State's window (90 to 120 days) is not told.", date: null, cite: rule.cite };
    return { ...base, deadline: { lastDay: null, safeDay: safe.date, steps: [start, open, safe] } };
  }
  if (window < 90 || window > 120) {
    windowIssue(
      c,
      `A hearing window of ${window} days is outside the 90 to 120 days of 42 CFR 438.408(f)(2).`,
    );
    return {
      ...base,
      deadline: { lastDay: null, safeDay: addDays(from, Math.min(window, 90)), steps: [start, safe] },
    };
  }
  const lastDay = addDays(from, window);
  return {
    ...base,
    deadline: {
      lastDay,
      safeDay: lastDay,
      steps: [start, { text: `The State's window: ${window} days.`, date: lastDay, cite: rule.cite }],
    },
  };
}

/** 42 CFR 431.221(d): the State's window, at most 90 days from the day the notice was mailed. */
function agencyHearingFile(c: Case): Counted | null {
  const rule = c.index.byRight.get(`${c.plan} state-fair-hearing file`)?.[0];
  if (!rule) return null;
  const base = { rules: [rule], open: [] as string[], unverified: false, outer: null };
  const from = dayOf(c, "notice-sent", "notice-dated");
  if (!from)
    return {
      ...base,
      open: ["notice-sent"],
      deadline: noDay("Not told: the day the notice was mailed.", rule),
    };
  const window = printedWindow(c, from) ?? hearingRow(c);
  if (window === null)
    return {
      ...base,
      deadline: noDay("The State sets the window, at most 90 days; it is not told. Read the notice.", rule),
    };
  if (window > 90) {
    windowIssue(c, `A hearing window of ${window} days is longer than the 90 days of 42 CFR 431.221(d).`);
    return {
      ...base,
      deadline: noDay("The printed window cannot be right, and the State's own is not told.", rule),
    };
  }
  const lastDay = addDays(from, window);
  const steps = [
    { text: "The notice was mailed.", date: from },
    { text: `The State's window: ${window} days.`, date: lastDay, cite: rule.cite },
  ];
  return { ...base, deadline: { lastDay, safeDay: lastDay, steps } };
}

const managedHearing: Step = {
  kind: "state-fair-hearing",
  decidedBy: agency,
  barred: heard,
  ready: (c) => told(c, ...resolved, "hearing-requested") || appealPhase(c) === "overdue",
  file: managedHearingFile,
  timeless: (c) => appealPhase(c) === "overdue",
  used: ["hearing-requested"],
  notice: { dated: ["appeal-decision-dated"], received: [] },
  readsPrint: true,
  ask: windowQuestion,
};

const agencyHearing: Step = {
  kind: "state-fair-hearing",
  decidedBy: agency,
  barred: heard,
  ready: (c) => initialPhase(c) !== "pending",
  file: agencyHearingFile,
  used: ["hearing-requested"],
  notice: { dated: ["notice-sent", "notice-dated"], received: ["notice-received"] },
  readsPrint: true,
  ask: windowQuestion,
};

const chipReview: Step = {
  kind: "chip-review",
  decidedBy: "the State's CHIP review",
  barred: heard,
  ready: (c) => told(c, ...resolved) || appealPhase(c) === "overdue",
  decision: null,
};

const continuation: Step = {
  kind: "continuation-of-benefits",
  decidedBy: plan,
  listed: (c) => c.situation.timing !== undefined,
  barred: (c) => {
    if (c.plan === "chip") return "CHIP leaves out 42 CFR 438.420: benefits do not go on during an appeal.";
    return concurrent(c) ? null : "Only for an authorized service that is cut, never for a first denial.";
  },
  used: ["hearing-requested"],
  decision: null,
};

const reinstatement: Step = {
  kind: "reinstatement-of-services",
  decidedBy: agency,
  listed: concurrent,
  used: ["hearing-requested"],
  decision: null,
};

const shared: Step[] = [
  duty("effectuation", plan, ["reversal-received"]),
  {
    kind: "epsdt",
    decidedBy: agency,
    listed: (c) => c.plan !== "chip",
    unsettled: () => "Is the patient under 21?",
    file: null,
    decision: null,
  },
];

export const managedCareSteps: Step[] = [
  ...initial,
  internalAppeal,
  expeditedAppeal,
  deemedExhaustion,
  managedHearing,
  continuation,
  ...shared,
];
export const chipSteps: Step[] = [
  ...initial,
  internalAppeal,
  expeditedAppeal,
  deemedExhaustion,
  chipReview,
  continuation,
  shared[0]!,
];
export const feeForServiceSteps: Step[] = [
  ...initial,
  agencyHearing,
  { ...continuation, decidedBy: agency },
  reinstatement,
  ...shared,
];
