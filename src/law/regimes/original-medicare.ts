/** Original Medicare: MAC, QIC, hearing, Council, court; and going up when a level is late. 42 CFR 405 subpart I. */
import { type Case, dayOf, told } from "../case.ts";
import { noDay } from "../count.ts";
import { phaseOf } from "../phase.ts";
import { countRight, type Step } from "../step.ts";
import { aljAnswered, councilStep, courtStep, heard, inHospital, qioSteps, withAmount } from "./medicare.ts";

const redetermined = [
  "redetermination-dated",
  "redetermination-received",
  "appeal-decision-dated",
  "appeal-decision-received",
];
const reconsidered = ["reconsideration-dated", "reconsideration-received"];
const aljDecided = ["alj-decision-dated", "alj-decision-received"];
const councilDecided = ["council-decision-dated", "council-decision-received"];

const qicPhase = (c: Case) =>
  phaseOf(c, ["reconsideration-request-received"], [...reconsidered, ...aljDecided], () =>
    countRight(c, "reconsideration", "decision"),
  );
const aljPhase = (c: Case) =>
  phaseOf(c, ["alj-request-received"], [...aljDecided, ...councilDecided], () =>
    countRight(c, "alj", "decision"),
  );
const councilPhase = (c: Case) =>
  phaseOf(c, ["council-request-received"], councilDecided, () => countRight(c, "council", "decision"));

/** A late level opens the next one without a notice, hence without a filing day. */
const escalated = (step: Step, late: (c: Case) => boolean, ready: string[]): Step => ({
  ...step,
  ready: (c) => told(c, ...ready) || late(c),
  file: (c) => {
    const counted = countRight(c, step.kind, "file");
    if (!counted || told(c, ...ready) || !late(c)) return counted;
    return {
      ...counted,
      open: [],
      deadline: noDay(
        "The level below is late: the case may go up at once, and no filing time has begun.",
        counted.rules[0],
      ),
    };
  },
  timeless: (c) => !told(c, ...ready) && late(c),
});

const redetermination: Step = {
  kind: "redetermination",
  decidedBy: "the Medicare Administrative Contractor (MAC)",
  // Filed on the day the contractor receives it: 42 CFR 405.942(a)(2).
  used: ["appeal-received-by-plan", "appeal-filed"],
  answered: [...redetermined, "reconsideration-request-received", ...reconsidered, ...heard],
  notice: { dated: ["notice-dated"], received: ["notice-received"] },
};

const reconsideration: Step = {
  kind: "reconsideration",
  decidedBy: "the Qualified Independent Contractor (QIC)",
  ready: (c) => told(c, ...redetermined, ...reconsidered, "reconsideration-request-received", ...heard),
  used: ["reconsideration-request-received"],
  answered: [...reconsidered, ...heard],
  notice: {
    dated: ["redetermination-dated", "appeal-decision-dated"],
    received: ["redetermination-received", "appeal-decision-received"],
  },
};

const alj: Step = escalated(
  {
    kind: "alj",
    decidedBy: "an administrative law judge (OMHA)",
    used: ["alj-filed", "alj-request-received"],
    answered: aljAnswered,
    notice: { dated: ["reconsideration-dated"], received: ["reconsideration-received"] },
    ...withAmount("alj"),
  },
  (c) => qicPhase(c) === "overdue",
  [...reconsidered, ...heard],
);

const council = escalated(councilStep, (c) => aljPhase(c) === "overdue", [
  ...aljDecided,
  "council-request-received",
  ...councilDecided,
]);
const court = escalated(courtStep, (c) => councilPhase(c) === "overdue", councilDecided);

const running = (c: Case) => [qicPhase(c), aljPhase(c), councilPhase(c)];

const others: Step[] = [
  {
    kind: "escalation",
    decidedBy: "the next level",
    listed: (c) => running(c).some((phase) => phase === "pending" || phase === "overdue"),
    ready: (c) => running(c).includes("overdue"),
    file: null,
    decision: null,
  },
  {
    kind: "fast-track-qic",
    decidedBy: "the Qualified Independent Contractor (QIC)",
    listed: (c) => told(c, "qio-decision-notified"),
    decision: null,
  },
  {
    kind: "hospital-discharge-qio-late",
    decidedBy: "the Quality Improvement Organization (QIO)",
    listed: (c) => told(c, "discharge"),
    ready: (c) => c.asOf >= dayOf(c, "discharge")!,
    decision: null,
  },
  {
    kind: "hospital-status-appeal",
    decidedBy: "the Medicare contractor",
    listed: inHospital,
    decision: null,
  },
];

export const originalMedicareSteps: Step[] = [
  redetermination,
  reconsideration,
  alj,
  council,
  court,
  ...qioSteps,
  ...others,
];
