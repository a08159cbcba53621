/** Federal and postal employees: carrier, OPM, court. 5 CFR 890.105, 890.107, 890.1602. */
import { type Case, told } from "../case.ts";
import { noDay } from "../count.ts";
import { duty, phaseOf } from "../phase.ts";
import { type Counted, countRight, type Step } from "../step.ts";

const carrier = "the FEHB or PSHB carrier";
const appealed = ["appeal-filed", "appeal-received-by-plan"];
const affirmed = [
  "reconsideration-dated",
  "reconsideration-received",
  "appeal-decision-dated",
  "appeal-decision-received",
];

/** The carrier's 30 days, from receipt where it is told, else from the filing. */
function carrierPhase(c: Case) {
  return phaseOf(c, appealed, [...affirmed, "information-requested", "opm-decision-dated"], () =>
    countRight(c, "carrier-silence", "decision"),
  );
}

const asked = (c: Case) => told(c, "information-requested") && !told(c, ...affirmed);

/** 890.105(e)(1)(i)-(iii): 90 days after the affirmation; 120 after a silent carrier was asked; 120 after its own question. */
function opmFile(c: Case): Counted | null {
  if (told(c, ...affirmed)) return countRight(c, "opm-review", "file");
  if (asked(c)) return countRight(c, "opm-review-after-question", "file");
  return carrierPhase(c) === "overdue" ? afterSilence(c) : null;
}

/** The derivation says first when the carrier's own time ended. */
function afterSilence(c: Case): Counted | null {
  const counted = countRight(c, "opm-review-after-silence", "file");
  const silence = countRight(c, "carrier-silence", "decision");
  if (!counted || !silence) return counted;
  const { lastDay, steps } = silence.deadline;
  const ended = { text: "The carrier's time ended without an answer.", date: lastDay };
  const { deadline } = counted;
  return { ...counted, deadline: { ...deadline, steps: [...steps, ended, ...deadline.steps] } };
}

export const federalEmployeeSteps: Step[] = [
  {
    kind: "reconsideration",
    decidedBy: carrier,
    used: appealed,
    answered: affirmed,
    notice: { dated: ["notice-dated"], received: ["notice-received"] },
  },
  {
    kind: "information-submission",
    decidedBy: carrier,
    listed: (c) => told(c, "information-requested"),
    used: ["information-received"],
    decision: null,
  },
  {
    kind: "opm-review",
    decidedBy: "the Office of Personnel Management (OPM)",
    ready: (c) =>
      told(c, ...affirmed, "opm-request-received", "opm-decision-dated") ||
      asked(c) ||
      carrierPhase(c) === "overdue",
    file: (c) =>
      opmFile(c) ?? {
        deadline: noDay("Not told: the date of the carrier's decision."),
        rules: [],
        open: ["reconsideration-dated"],
        unverified: false,
        outer: null,
      },
    used: ["opm-request-received"],
    answered: ["opm-decision-dated"],
    notice: { dated: ["reconsideration-dated", "appeal-decision-dated"], received: [] },
  },
  {
    kind: "court",
    decidedBy: "the federal district court (suit against OPM)",
    ready: (c) => told(c, "opm-decision-dated"),
    used: ["court-filed"],
    decision: null,
  },
  duty("drug-appeal-of-part-d", "the Part D plan", [], {
    listed: (c) => c.plan === "pshb" && c.situation.item === "part-d-drug",
    unsettled: () => "Does the patient have Medicare? Then the drug appeal follows Part D (5 CFR 890.1602).",
  }),
];
