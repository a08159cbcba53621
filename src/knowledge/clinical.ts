import type { Confidence } from "#base";
import { loadArea } from "./load.ts";

/** Kinds of concepts. Measures, scores and ordinals carry a number; the other kinds are named or not named. */
export const conceptKinds = [
  "measure",
  "score",
  "ordinal",
  "derived",
  "lab",
  "imaging",
  "finding",
  "pathology",
  "category",
  "genetic",
  "function",
  "risk",
  "status",
  "event",
  "therapy",
  "device",
  "test",
  "screen",
  "assessment",
  "assertion",
  "diagnosis",
  "exclusion",
  "family",
  "safety",
  "history",
  "document",
  "provider",
  "facility",
  "dose",
  "plan",
] as const;
export type ConceptKind = (typeof conceptKinds)[number];

/** One thing a chart can say that coverage criteria ask about. */
export type ClinicalConcept = {
  id: string;
  label: string;
  kind: ConceptKind;
  /** The first unit is ours; values in the others are converted before the range is checked. */
  units: string[];
  /** Plausible values in our unit. */
  range?: [number, number];
  /** Plausible values in words, where they are no plain numbers ("I-IV"). */
  scale?: string;
  /** Names that suffice by themselves. */
  names: string[];
  /** Names that count only with a value beside them, in the case written. */
  short: string[];
  /** Words of which one must stand in the sentence for a short name of a concept without value to count. */
  near: string[];
  /** Longer phrases that contain a name and mean something else. */
  unless: string[];
  /** Related words that people use, not matched by themselves. */
  also: string[];
  forms: string[];
  traps: string[];
  loinc: string[];
  snomed: string[];
  icd10: string[];
  source: string;
  confidence: Confidence;
  note?: string;
};

/** An ingredient or fixed combination. */
export type ClinicalDrug = {
  generic: string;
  class: string;
  brands: string[];
  also: string[];
  withdrawn: string[];
  atc: string[];
  /** RxNorm ingredient codes. */
  rxnorm: string[];
  note?: string;
  source: string[];
  confidence: Confidence;
  brandConfidence: Confidence;
};

/** An ICD-10-CM code with the names clinicians use. */
export type ClinicalDiagnosis = {
  code: string;
  names: string[];
  /** Abbreviations that count only with one of the words of `near` in the sentence. */
  short?: string[];
  near?: string[];
  /** Longer phrases that contain a name and mean something else. */
  unless?: string[];
  /** Concept the diagnosis belongs to. */
  concept?: string;
  /** Coverage criteria ask about it. */
  asked: boolean;
};

export type ClinicalProcedure = {
  /** Treatment id, or `procedure:NAME`. */
  id: string;
  kind: "imaging" | "test" | "procedure" | "surgery" | "therapy";
  names: string[];
};

export const contextMeanings = [
  "absent",
  "possible",
  "historical",
  "hypothetical",
  "family",
  "planned",
  "asserted",
] as const;

/** Words that change what a mention asserts. */
export type ContextRow = {
  cues: string[];
  means: (typeof contextMeanings)[number];
  where: "before" | "after" | "either";
  /** How far it reaches: to the end of the clause unless said otherwise. */
  reach?: "long" | "next";
  /** Sentence in which the [bracketed] mention takes the meaning. */
  yes: string;
  /** Sentence in which it must not. */
  no: string;
};

/** What a heading makes of the mentions below it. */
export type SectionRow = { kind: string; names: string[] };

/** What usually counts as an adequate trial in a setting. */
export type TrialNorm = {
  context: string;
  class: string;
  drugs: Record<string, string>;
  trial: string;
  source: string;
  confidence: Confidence;
};

export type Clinical = {
  concepts: ClinicalConcept[];
  drugs: ClinicalDrug[];
  diagnoses: ClinicalDiagnosis[];
  /** Names of the code set itself, for diagnoses that no row names: code to names. */
  everyday: Record<string, string[]>;
  /** First letters of ICD-10-CM codes (without the dot) of diagnoses that last. */
  chronic: string[];
  /** Brands of several ingredients, with the generics that have rows. */
  combinations: { names: string[]; ingredients: string[] }[];
  procedures: ClinicalProcedure[];
  contexts: { stops: string[]; rows: ContextRow[] };
  sections: SectionRow[];
  /** SNOMED CT code to ICD-10-CM code. */
  snomed: Record<string, string>;
  /** HCPCS Level II and CVX codes to a generic drug name, a concept or a procedure. */
  billing: { hcpcs: Record<string, string>; cvx: Record<string, string> };
  /** SNOMED CT code of a smoking status to never, former or current. */
  smoking: Record<string, string>;
  trialNorms: TrialNorm[];
};

/** The clinical words: concepts, drugs, diagnoses, procedures, context words, headings and trial norms. */
export function loadClinical(): Promise<Clinical> {
  return loadArea({
    name: "clinical",
    paths: [
      "clinical/concepts",
      "clinical/drugs",
      "clinical/diagnoses",
      "clinical/diagnoses-chronic.yaml",
      "clinical/combinations.yaml",
      "clinical/procedures.yaml",
      "clinical/contexts.yaml",
      "clinical/sections.yaml",
      "clinical/codes.yaml",
      "clinical/codes-billing.yaml",
      "clinical/trial-norms.yaml",
    ],
    compile: async () => (await import("./clinical-schema.ts")).compileClinical,
  });
}
