import type { Citation, GroundId, Issue, PlanKind, Timing } from "#base";

/** Plain values in: what is known of the plan, the request and its dates (the public input of `rights`). */
export type Situation = {
  plan: PlanKind | PlanKind[];
  state?: string;
  timing?: Timing;
  urgent?: boolean;
  item?: "service" | "part-b-drug" | "part-d-drug" | "essential-benefit-drug" | "covered-outpatient-drug";
  grounds?: GroundId[];
  levels?: 1 | 2;
  funding?: "self-funded" | "insured";
  sponsor?: "employer" | "individual";
  request?: "coverage" | "exception" | "extension";
  priorAuthorization?: boolean;
  setting?: "hospital" | "snf" | "home-health" | "corf" | "hospice";
  amount?: number;
  advanceNotice?: boolean;
  suspensions?: string[];
  zone?: string;
  /** Dates, or local date-times where a clock runs in hours; event ids of the contract. */
  events: Record<string, string>;
  printed?: { within?: { n: number; unit: "days" | "months" }; by?: string };
  asOf: string;
};

/** A day with its derivation. */
export type Deadline = {
  /** The last legal day, where the trigger date is known. */
  lastDay: string | null;
  /** A day that is in time whatever is still unknown. */
  safeDay: string | null;
  hours?: number;
  at?: string;
  steps: { text: string; date: string | null; cite?: Citation }[];
};

export type RightStatus = "open" | "not-yet" | "expired" | "unknown" | "not-available";

/** One right: who decides it, what the claimant owes, what the other side owes, and what would settle the unknown. */
export type Right = {
  kind: string;
  plan: PlanKind;
  status: RightStatus;
  decidedBy: string;
  cite: Citation[];
  file: Deadline | null;
  decision: Deadline | null;
  ask: string[];
  /** The minimum in dispute for this step, or what may be claimed so far (document penalty). */
  amount?: { usd: number | null; year?: number };
  /** The other side's last day has passed and no decision is told. */
  overdue?: true;
  /** Why the right is not available. */
  why?: string;
};

/** The public answer of `rights`. */
export type RightsAnswer = { rights: Right[]; issues: Issue[] };
