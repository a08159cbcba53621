import type { Confidence, GroundId } from "#base";
import { type Area, loadArea } from "./load.ts";

/** One ground of denial: how letters put it and how people have answered it. */
export type Reason = {
  id: GroundId;
  name: string;
  /** How letters put it. */
  phrases: string[];
  carc: string[];
  ncpdp: string[];
  /** Medical judgment, contract, administrative … in words. */
  dispute: string;
  externalReview: string;
  whatWins: string[];
  documents: string[];
  argument: string[];
  pitfalls: string[];
  /** Pointers to rules; the rules themselves are in knowledge/law. */
  law: string[];
  /** What is quicker than an appeal. */
  fixFirst?: string[];
  source: string[];
  confidence: Confidence;
};

const area: Area<Reason[]> = {
  name: "reasons",
  paths: ["reasons"],
  compile: async () => (await import("./reasons-schema.ts")).compileReasons,
};

/** One row for every ground of the vocabulary. */
export function loadReasons(): Promise<Reason[]> {
  return loadArea(area);
}
