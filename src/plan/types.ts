import type { Issue, PlanKind, Reading, Span, StateCode } from "#base";

/** The set of plan kinds still possible, and the words that decided; never a guess. */
export type Plan = {
  possible: PlanKind[];
  /** Each piece of evidence: which kinds it leaves possible, and where it stands. */
  settledBy: { kinds: PlanKind[]; from: Span[]; why: string; by: "rule" | "person" }[];
  state: Reading<StateCode> | null;
  /** The questions that would narrow the set, most telling first. */
  ask: string[];
  issues: Issue[];
};
