/** What the Medicare regimes share: hearing, Council, court, amounts, and the QIO. 42 CFR parts 405, 422, 423. */
import { addDays, partsOf } from "#base";
import { type Case, dayOf, told } from "../case.ts";
import { chooseRule } from "../choose.ts";
import { noDay } from "../count.ts";
import { withOffset } from "../hours.ts";
import { duty } from "../phase.ts";
import type { Counted, Step } from "../step.ts";
import { questionFor } from "../words.ts";

/** The amount for the year in which the step is filed. 42 CFR 405.1006; 42 USC 1395ff(b)(1)(E). */
export function amountOf(c: Case, step: "alj" | "court"): { usd: number | null; year: number } {
  const filed = dayOf(c, step === "alj" ? "alj-filed" : "court-filed") ?? c.asOf;
  const { year } = partsOf(filed);
  const usd = c.law.amounts.find((row) => row.year === year)?.[step] ?? null;
  if (usd === null) {
    c.issues.push({
      severity: "warning",
      code: "law-unverified",
      text: `The amount in controversy for ${year} could not be verified: read it in the notice of the decision.`,
    });
  }
  return { usd, year };
}

/** Why the amount in dispute is too small, where both numbers are known. */
export function belowThreshold(c: Case, kind: string, usd: number | null): string | null {
  const { amount } = c.situation;
  if (usd === null || amount === undefined || amount >= usd) return null;
  const text = `The amount in dispute (${dollars(amount)}) is below the ${dollars(usd)} that this step needs.`;
  c.issues.push({
    severity: "warning",
    code: "amount-below-threshold",
    text: `${kind}: ${text} Add other claims on the same question if you can.`,
  });
  return text;
}

const dollars = (n: number) => `$${n.toLocaleString("en-US")}`;

/** The minimum in dispute of the ALJ hearing or of court, and what it rules out. */
export const withAmount = (step: "alj" | "court"): Partial<Step> => ({
  amount: (c) => amountOf(c, step),
  barred: (c) => (c.situation.amount === undefined ? null : belowThreshold(c, step, quietAmount(c, step))),
});

const quietAmount = (c: Case, step: "alj" | "court") => amountOf({ ...c, issues: [] }, step).usd;

/** What shows that the hearing was asked for or held. */
export const heard = [
  "alj-filed",
  "alj-request-received",
  "alj-decision-dated",
  "alj-decision-received",
  "council-request-received",
  "council-decision-dated",
  "council-decision-received",
];
/** What answers the request for a hearing. */
export const aljAnswered = heard.slice(2);

export const councilStep: Step = {
  kind: "council",
  decidedBy: "the Medicare Appeals Council",
  ready: (c) =>
    told(
      c,
      "alj-decision-dated",
      "alj-decision-received",
      "council-request-received",
      "council-decision-dated",
      "council-decision-received",
    ),
  notice: { dated: ["alj-decision-dated"], received: ["alj-decision-received"] },
  used: ["council-request-received"],
  answered: ["council-decision-dated", "council-decision-received"],
};

export const courtStep: Step = {
  kind: "court",
  decidedBy: "the federal district court",
  ready: (c) => told(c, "council-decision-dated", "council-decision-received"),
  notice: { dated: ["council-decision-dated"], received: ["council-decision-received"] },
  used: ["court-filed"],
  ...withAmount("court"),
};

const concurrent = (c: Case) => c.situation.timing === "concurrent";
export const inHospital = (c: Case) => c.situation.setting === "hospital";

/** 42 CFR 422.626, 405.1202: the regulation counts from the notice, the form from the end of the service. */
function fastTrackFile(c: Case): Counted | null {
  const rule = chooseRule(c, "fast-track-qio", "file").rule;
  if (!rule) return null;
  const notice = dayOf(c, "termination-notice-received");
  const ends = dayOf(c, "service-ends");
  const byNotice = notice ? addDays(notice, 1) : null;
  const byForm = ends ? addDays(ends, -1) : null;
  const settled = c.situation.setting !== undefined || notice !== null;
  const lawDay = !settled ? null : c.plan === "medicare-original" ? byNotice : byForm;
  if (!byNotice && !byForm) {
    const deadline = noDay("Not told: when the termination notice came and when the service ends.", rule);
    return {
      deadline,
      rules: [rule],
      open: ["termination-notice-received", "service-ends"],
      unverified: false,
      outer: null,
    };
  }
  const safeDay = [byNotice, byForm].filter((day) => day !== null).toSorted()[0]!;
  const steps = [
    ...(byNotice
      ? [{ text: "Noon of the day after the notice came.", date: byNotice, cite: rule.cite }]
      : []),
    ...(byForm
      ? [
          {
            text: "Noon of the day before the service ends, as the form prints.",
            date: byForm,
            cite: rule.cite,
          },
        ]
      : []),
  ];
  const at = lawDay ? { at: withOffset({ day: lawDay, time: "12:00" }, c.situation.zone) } : {};
  return {
    deadline: { lastDay: lawDay, safeDay, ...at, steps },
    rules: [rule],
    open: lawDay || !settled ? [] : [notice ? "service-ends" : "termination-notice-received"],
    unverified: false,
    outer: null,
  };
}

/** Reviews by the Quality Improvement Organization when care that is going on is to end. */
export const qioSteps: Step[] = [
  duty("termination-notice", "the provider, for the plan", [], {
    listed: (c) => concurrent(c) && told(c, "service-ends") && !inHospital(c),
  }),
  {
    kind: "fast-track-qio",
    decidedBy: "the Quality Improvement Organization (QIO)",
    listed: (c) =>
      !inHospital(c) && (told(c, "termination-notice-received") || (concurrent(c) && !told(c, "discharge"))),
    ask: (c) => (c.situation.setting === undefined ? [questionFor("setting")] : []),
    file: fastTrackFile,
    decision: null,
  },
  {
    kind: "hospital-discharge-qio",
    decidedBy: "the Quality Improvement Organization (QIO)",
    listed: (c) => told(c, "discharge") || (inHospital(c) && concurrent(c)),
    decision: null,
  },
];
