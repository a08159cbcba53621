import { loadArea } from "./load.ts";

/** What settles a kind of criterion that the record leaves open, and who has it. */
export type Settles = { document: string; holder: string; attested?: boolean | undefined };

/** A drug that is put on the skin, in the strengths of one potency. */
export type Topical = {
  family: string;
  drug: string;
  strengths: string[];
  potency?: "low" | "medium" | "high" | "very high" | undefined;
};

/** A labeled use of a drug; ages in years. */
export type LabeledUse = {
  drug: string;
  names: string[];
  /** Of each group one word must stand in the same document. */
  with?: string[][] | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

/** A kind of drugs that criteria forbid together with another, and its names. */
export type DrugKind = {
  kind: string;
  names: string[];
  /** Taking nothing of one of these kinds is taking nothing of this one. */
  of?: string[] | undefined;
  /** Taking nothing of all of these kinds is taking nothing of this one. */
  parts?: string[] | undefined;
};

/** A statement that criteria ask for in words, and the ways in which notes say it or its contrary. */
export type SpokenStatement = {
  id: string;
  /** Phrases of criteria: the whole of what is asked. */
  asks: string[];
  /** Phrases of notes that say it; parts joined by " & " stand in one paper. */
  says: string[];
  /** Phrases of notes that say the contrary. */
  denies?: string[] | undefined;
  /** What a plan says counts too. */
  planned?: boolean | undefined;
  /** A criterion, notes that answer it, and notes much like them that do not: they run as tests. */
  example: { criterion: string; yes: string[]; no: string[] };
};

/** Words for comparing chart and criterion, and the papers that settle what is open. */
export type Matching = {
  /** Words that mean exactly the same: each row our name, then the other ways to say it. For verdicts. */
  same: string[][];
  /** Words for the same or a near thing, for ranking only. */
  equivalents: string[][];
  /** Findings that make a reader think of a disease; for ranking only, never for a verdict. */
  signs: Record<string, string[]>;
  /** Name of a group of drugs, lower case → classes of the drug list. */
  groups: Record<string, string[]>;
  /** Drugs for the skin by family; potency of corticosteroids in these strengths. */
  topical: Topical[];
  /** Labeled uses that a diagnosis and an age settle. */
  labels: LabeledUse[];
  /** Kinds of drugs that may not be taken together. */
  drugKinds: DrugKind[];
  statements: SpokenStatement[];
  /** By predicate kind. */
  settles: Record<string, Settles>;
};

/** Loads knowledge/matching. Throws `KnowledgeError` when a row is wrong. */
export function loadMatching(): Promise<Matching> {
  return loadArea<Matching>({
    name: "matching",
    paths: ["matching"],
    compile: async () => (await import("./matching-schema.ts")).compileMatching,
  });
}
