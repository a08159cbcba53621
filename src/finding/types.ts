import type { Issue, Span } from "#base";

export type FindingStatus = "met" | "not-met" | "unknown" | "conflicting" | "not-applicable";

/** A passage that bears on a criterion; `fact` is a fact id where one carries it. */
export type Evidence = { fact: string | null; from: Span[]; why: string };

/** What the record says to one criterion (the public shape of `match`). */
export type Finding = {
  /** Criterion id. */
  criterion: string;
  status: FindingStatus;
  for: Evidence[];
  against: Evidence[];
  /** Passages that bear on it without deciding it, best first. */
  candidates: Evidence[];
  /** What would settle it, and who has it. */
  missing: string | null;
  /** Set when a person decided. */
  judgedBy?: string;
};

/** One way through the tree that the chart supports: the leaves it rests on, strongest route first. */
export type Route = { leaves: string[]; status: FindingStatus; strength: number };

/** A fact that hurts the case, shown before the insurer finds it. */
export type Harm = { criterion: string | null; evidence: Evidence; why: string };

export type Findings = {
  findings: Finding[];
  result: "met" | "not-met" | "unknown" | "conflicting";
  routes: Route[];
  harms: Harm[];
  issues: Issue[];
};
