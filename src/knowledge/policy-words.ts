import { loadArea } from "./load.ts";

/** One clue row: words (a regular expression, case ignored) and what takes it back. */
export type Clue = {
  words: string;
  unless?: string | undefined;
  weight?: number | undefined;
  lead?: boolean | undefined;
};

/** A kind of test with its clues. */
export type Predicate = {
  kind: string;
  meaning: string;
  fields: string[];
  clues: Clue[];
  yes: string[];
  no: string[];
};

export type SectionRow = {
  role: "aside" | "exclusions" | "continuation" | "initial" | "common" | "limits" | "override" | "criteria";
  words: string;
  yes: string[];
  no: string[];
};

/** `drug-list`: formularies and code lists; `manual`: provider manuals and plan booklets; `member-guide`: brochures. */
export type DocumentRow = {
  kind: "payment-policy" | "bulletin" | "drug-list" | "manual" | "member-guide";
  where: "title" | "text";
  weight: number;
  words: string;
  yes: string[];
  no: string[];
};

/** The words by which coverage policies are read. */
export type PolicyWords = {
  sections: SectionRow[];
  documents: { threshold: number; rows: DocumentRow[] };
  predicates: Predicate[];
  /** Criteria of each kind as policies word them, for criteria that hold no clue. */
  examples: { kind: string; of: string[] }[];
};

/** Loads the reading words of policies and the list of predicates. Throws `KnowledgeError` when a row is wrong. */
export function loadPolicyWords(): Promise<PolicyWords> {
  return loadArea<PolicyWords>({
    name: "policy-words",
    paths: ["policies/reading", "clinical/predicates.yaml", "clinical/predicate-examples.yaml"],
    compile: async () => (await import("./policy-words-schema.ts")).compilePolicyWords,
  });
}
