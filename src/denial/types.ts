import type {
  CodeSystem,
  GroundId,
  Issue,
  NoticeOutcome,
  PlanKind,
  Reading,
  Span,
  Stage,
  Timing,
} from "#base";

/** A number by which the payer knows this request, claim or appeal. */
export type Reference = Reading<string> & { kind: "claim" | "authorization" | "case" | "reference" };

/** One line that the notice decides. Dates are dates of service or requested dates. */
export type DeniedService = {
  description: Reading<string>;
  codes: (Reading<string> & { system: CodeSystem })[];
  /** Id in knowledge/treatments. */
  treatmentId: string | null;
  from?: string;
  to?: string;
  /** US dollars, as charged. */
  amount?: Reading<number>;
};

/** Why the plan says no; `codes` as printed: "CARC 50", "RARC N115", "NCPDP 75". */
export type Ground = { id: GroundId; from: Span[]; codes: string[] };

/** Where the next step may be sent. */
export type SendTo = {
  address: Reading<string> | null;
  fax: Reading<string> | null;
  phone: Reading<string> | null;
  email: Reading<string> | null;
  portal: Reading<string> | null;
};

/** What the notice itself says about rights; what the law says is computed in `#law`. */
export type RightsStated = {
  appealWithin: Reading<{ n: number; unit: "days" | "months" | "hours" }> | null;
  appealBy: Reading<string> | null;
  sendTo: SendTo;
  expedited: Reading<boolean> | null;
  externalReview: Reading<boolean> | null;
};

/** The adverse benefit determination as the notice states it (the public shape of `read denial`). */
export type Denial = {
  payer: Reading<string> | null;
  payerId: string | null;
  memberName: Reading<string> | null;
  memberId: Reading<string> | null;
  groupNumber: Reading<string> | null;
  references: Reference[];
  noticeDate: Reading<string> | null;
  stage: Reading<Stage> | null;
  /** Who decided above the plan's reviewer, where the head of the paper says it. */
  decidedBy?: Reading<"judge" | "council">;
  /** Where a decision on a first appeal offers a second one to the plan. */
  secondAppeal?: Reading<true>;
  timing: Reading<Timing> | null;
  urgent: Reading<boolean> | null;
  outcome: Reading<NoticeOutcome> | null;
  /** The day from which care already approved is cut or ends, where the notice says it. */
  actionDay?: Reading<string>;
  services: DeniedService[];
  diagnoses: (Reading<string> & { system: "icd-10-cm" | "text" })[];
  provider: Reading<string> | null;
  grounds: Ground[];
  criteriaCited: { title: Reading<string>; number: Reading<string> | null }[];
  rightsStated: RightsStated;
  planHints: { kind: PlanKind; from: Span[] }[];
  issues: Issue[];
};
