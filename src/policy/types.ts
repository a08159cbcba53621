import type { Issue, Reading, Span } from "#base";

/**
 * A typed test: one predicate of the closed list documented in knowledge/clinical/predicates.yaml, with the
 * fields that predicate takes. A leaf becomes a test only where its meaning is certain.
 */
export type Test = {
  kind: string;
  /** Id in knowledge/clinical concepts, or a generic drug name, or a drug class. */
  concept?: string;
  concepts?: string[];
  cmp?: ">=" | ">" | "<=" | "<" | "between" | "in";
  value?: number;
  low?: number;
  high?: number;
  unit?: string;
  values?: string[];
  timing?: "pretreatment" | "on-treatment" | "any";
  /** Age of the evidence at the request date. */
  maxAgeDays?: number;
  /** Length of a trial, a disease or an interval. */
  minDays?: number;
  count?: number;
  distinctClasses?: boolean;
  outcomes?: ("inadequate-response" | "intolerance" | "contraindicated")[];
  dose?: "max-tolerated" | string;
  specialty?: string[];
  modality?: string[];
  /** A facility's or prescriber's statement suffices; the chart is not searched for it. */
  attest?: boolean;
  negated?: boolean;
};

/** One node of a policy's criteria. Each leaf keeps its own words and where they stand. */
export type Criterion = {
  id: string;
  text: string;
  from: Span[];
  /** Printed label, e.g. "2.a". */
  label?: string;
} & (
  | { all: Criterion[] }
  | { any: Criterion[] }
  | { atLeast: number; of: Criterion[] }
  | { not: Criterion }
  | { when: Criterion; then: Criterion }
  | { test: Test }
  | { judgment: true }
);

/** The payer's policy as a tree (the public shape of `read policy`). */
export type Policy = {
  title: Reading<string> | null;
  number: Reading<string> | null;
  payer: Reading<string> | null;
  effective: Reading<string> | null;
  treatmentIds: string[];
  criteria: Criterion;
  exclusions: Criterion | null;
  issues: Issue[];
};
