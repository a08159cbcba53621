import type { Citation, Confidence, PlanKind, StateCode } from "#base";
import { loadArea } from "./load.ts";

/** The law as the engine uses it: every rule, duty, state row, amount and suspension, compiled from knowledge/. */
export type Law = {
  rules: LawRule[];
  duties: LawDuty[];
  elements: LawElement[];
  wrongBodies: LawWrongBody[];
  states: StateLaw[];
  amounts: AmountInControversy[];
  suspensions: Suspension[];
  /** Sections in the order of the files, for the coverage page. */
  sections: LawSection[];
};

/** One literate file: where its text stands, and when we last looked at it. */
export type LawSection = { file: string; section: string; title: string; url: string; verifiedOn: string };

/** What a situation must say for a rule to apply. Absent keys do not matter; a key not told leaves it open. */
export type LawConditions = {
  timing?: string[] | undefined;
  urgent?: boolean | undefined;
  item?: string[] | undefined;
  levels?: 1 | 2 | undefined;
  request?: string[] | undefined;
  setting?: string[] | undefined;
  priorAuthorization?: boolean | undefined;
  advanceNotice?: boolean | undefined;
  /** Who bears the risk, where the plan kind alone does not tell. */
  funding?: "self-funded" | "insured" | undefined;
  state?: string[] | undefined;
  told?: string[] | undefined;
  notTold?: string[] | undefined;
};

export type ClockUnit = "hours" | "days" | "business-days" | "months" | "years";

/** How a period is counted. The day of the event is day 0 unless `firstDayCounts`. */
export type LawClock = {
  n: number;
  unit: ClockUnit;
  /** Events that start it; the first that is told counts. */
  from: string[];
  /** Events before which the trigger cannot lie: they give a safe day when the trigger is not told. */
  safeFrom: string[];
  /** The law's own presumption of receipt: so many days after the first of these events that is told. */
  presumed: { days: number; after: string[] } | null;
  rounding: "last-of-month" | "first-of-next" | "none" | null;
  roll: "federal-holiday" | "va-workday" | null;
  /** Added when the event is told. */
  extension: { n: number; on: string } | null;
  /** Counted backwards from the event. */
  before: boolean;
  firstDayCounts: boolean;
  /** The period ends at noon of the last day. */
  noon: boolean;
  /** A minimum: a longer printed period binds the plan. */
  floor: boolean;
};

export type LawRule = {
  /** The citation address, e.g. `29-cfr-2560.503-1#h-3-i`. */
  id: string;
  title: string;
  cite: Citation;
  also: Citation[];
  right: string;
  side: "file" | "decision" | "scope";
  /** The rule says that these plans do not have the right, or may not ask for it. */
  rulesOut: boolean;
  plans: PlanKind[];
  when: LawConditions;
  clock: LawClock | null;
  /** Name of the function that computes what a clock cannot say. */
  function: string | null;
  inForce: { from: string | null; to: string | null; on: string[] };
  confidence: Confidence;
  note: string | null;
  file: string;
  line: number;
  cases: LawCase[];
};

/** What the reviewer of the next step must do; a letter prints it with its citation. */
export type LawDuty = {
  id: string;
  text: string;
  cite: Citation;
  plans: PlanKind[];
  stages: string[];
  confidence: Confidence;
};

/** What a notice must say; `needs` names what the reader of notices can see of it, or `words`: one of `says` is in its text. */
export type LawElement = {
  id: string;
  text: string;
  cite: Citation;
  plans: PlanKind[];
  stages: string[];
  /** Only notices about care at this point of time; empty: all. */
  timing: string[];
  needs:
    | "appeal-period"
    | "where-to-send"
    | "reason"
    | "criterion"
    | "expedited"
    | "external-review"
    | "words";
  says: NoticeWords | null;
};

/** Words by which a notice sends people to the wrong body or names a right of another kind of plan. */
export type LawWrongBody = {
  id: string;
  text: string;
  cite: Citation;
  plans: PlanKind[];
  stages: string[];
  /** Only where the denial rests on one of these grounds; empty: all. */
  grounds: string[];
  /** Only where a State's own external review governs. */
  stateProcess: boolean;
  says: NoticeWords;
};

/** Phrases as regular-expression sources, to be used with the flag `i` on one sentence at a time. */
export type NoticeWords = {
  says: string;
  /** Words of the same sentence that take it back. */
  unless: string | null;
  /** Words anywhere in the notice that take it back. */
  unlessAnywhere: string | null;
};

/** An example beside its rule, in the words of the public contract. */
export type LawCase = {
  situation: Record<string, unknown>;
  expect: Record<string, unknown>[];
  issues?: string[] | undefined;
  line: number;
};

export type StateWindow = {
  n: number;
  unit: "days" | "months";
  from: "receipt" | "decision-date";
};

export type StateLaw = {
  code: StateCode;
  name: string;
  externalReview: {
    process: "state" | "federal" | "unknown";
    window: StateWindow | null;
    /** A shorter period that the State's own text gives. */
    safeWindow: StateWindow | null;
    cite: Citation;
    agency: string;
    /** Days for the decision when the State says other than 45, and the event that starts them. */
    decision: { n: number; from: string } | null;
    hhs: boolean;
    overdueFromDueDay: boolean;
    confidence: Confidence;
    note: string | null;
  };
  stepTherapy: {
    cite: Citation;
    grounds: string[];
    standard: StateClock | null;
    urgent: StateClock | null;
    from: string;
    banned: boolean;
    bannedFrom: string | null;
    confidence: Confidence;
    note: string | null;
  } | null;
  department: { name: string; phone: string; url: string | null; confidence: Confidence } | null;
  hearing: { n: number; cite: Citation; confidence: Confidence; program: string }[];
};

export type StateClock = { n: number; unit: "hours" | "days" | "business-days" };

export type AmountInControversy = {
  year: number;
  alj: number | null;
  court: number | null;
  confidence: Confidence;
};

export type Suspension = {
  id: string;
  name: string;
  from: string;
  to: string;
  /** At most so many months of any one period are disregarded. */
  capMonths: number | null;
  plans: PlanKind[];
  confidence: Confidence;
};

/** Loads knowledge/law, knowledge/states and knowledge/calendars. */
export function loadLaw(): Promise<Law> {
  return loadArea({
    name: "law",
    paths: ["law", "states", "calendars"],
    compile: async () => (await import("./law-schema.ts")).compileLaw,
  });
}
