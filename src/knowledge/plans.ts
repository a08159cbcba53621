import type { Confidence, PlanKind, StateCode } from "#base";
import { loadArea } from "./load.ts";

/** Which paper a word counts on. */
export type PlanPaper = "card" | "plan-document" | "notice";

/** Words that say what kind of plan it is. The expressions are the sources of regular expressions (flags `gis`). */
export type PlanWord = {
  id: string;
  /** 3: the paper names itself; 2: it follows from the words; 1: a sign. */
  rank: number;
  in: PlanPaper[];
  leaves: PlanKind[];
  /** Rows that lose their say when this one speaks. */
  over: string[];
  says: string[];
  unless: string[];
  state: StateCode | null;
  confidence: Confidence;
};

/** What the finding of plans knows. */
export type PlanWords = { words: PlanWord[]; regulators: { name: string; state: StateCode }[] };

/** Loads knowledge/plans and the names of the insurance departments. */
export function loadPlanWords(): Promise<PlanWords> {
  return loadArea({
    name: "plans",
    paths: ["plans", "states/insurance-departments.yaml"],
    compile: async () => (await import("./plans-schema.ts")).compilePlanWords,
  });
}
