import { type Area, loadArea } from "./load.ts";

/** One row of phrases, compiled: regular-expression sources for the flag `i`. */
export type PhraseRow = {
  id: string;
  says: string;
  /** Words of the same sentence that take it back. */
  unless: string | null;
  /** `weak` rows count only where the notice gives its reason. */
  strength: "strong" | "weak";
  /** Grounds that give way to this one when both stand in one sentence. */
  over: string[];
  /** The higher one wins. */
  rank: number;
  /** `paragraph`: the row speaks for the whole paragraph. */
  scope: "sentence" | "paragraph";
};

/** Labels of one field, longest first. */
export type LabelRow = {
  field: string;
  rank: number;
  takes: "name" | "number" | "date" | "text" | "money";
  labels: string[];
};

/** Subjects on which notices speak, each with its phrase rows. */
export const phraseSubjects = [
  "grounds",
  "stories",
  "outcomes",
  "stages",
  "timings",
  "urgency",
  "rights",
  "plans",
  "zones",
] as const;
export type PhraseSubject = (typeof phraseSubjects)[number];

/** How notices put things: phrases by subject, and labels of facts. */
export type DenialPhrases = Record<PhraseSubject, PhraseRow[]> & { labels: LabelRow[] };

const area: Area<DenialPhrases> = {
  name: "denials-phrases",
  paths: ["denials/phrases", "denials/labels.yaml"],
  compile: async () => (await import("./denials-phrases-schema.ts")).compileDenialPhrases,
};

export function loadDenialPhrases(): Promise<DenialPhrases> {
  return loadArea(area);
}
