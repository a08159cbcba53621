import type { GroundId, PlanKind } from "#base";
import { loadArea } from "./load.ts";
import type { Settles } from "./matching.ts";
import type { TreatmentKind } from "./treatments.ts";

/** A quicker way than an appeal; `for` where it fits drugs only, or only what is no drug. */
export type GuideFix = { says: string; maybe: string; do: string; for?: "drug" | "other" };

/** What a guide says about a ground of denial, in plain words and without numbers. */
export type GuideReason = {
  id: GroundId;
  /** Completes "Your plan denied TREATMENT …". */
  phrase: string;
  /** The same for some kinds of care. */
  phraseFor?: Partial<Record<TreatmentKind, string>>;
  slug: string;
  means: string;
  meansFor?: Partial<Record<TreatmentKind, string>>;
  first: string;
  /** Set where laws that override step rules may reach it. */
  reach?: "drugs";
  /** Kinds of treatment for which this ground makes no sense. */
  never: TreatmentKind[];
  fixes: GuideFix[];
  sheet: { caption: string; columns: string[]; rows: string[] };
  gaps: string[];
  mistakes: string[];
} & GuideArgument;

/** How the letter is built for a ground, and which papers carry it. */
export type GuideArgument = {
  /** The ground in a title. */
  short: string;
  /** Whether outside reviewers take it: yes; only where medical judgment is in it; seldom. */
  outside: "medical" | "contract" | "paper";
  /** Kinds of policy lines that are about this ground. */
  lines: string[];
  argue: string[];
  papers: { paper: string; why: string; from: PaperHolder; for?: "drug" | "other" }[];
};

export type PaperHolder = "you" | "plan" | "clinic" | "pharmacy";

/** Which paper settles lines about these concepts or with these words, said more exactly than by kind. */
export type GuideProof = Settles & { concepts: string[]; words: string[]; es: Settles };

/** A row of the table of days. */
export type GuidePlan = {
  id: string;
  kind: PlanKind;
  label: string;
  /** What a person can see on card, letter or pay slip. */
  sign: string;
  first: string;
  next: { right: string; text: string };
  soldBy: "all" | "blue" | "medigap" | "medicare" | "tricare";
  only?: "drug";
};

/** Names as readers know them; see knowledge/guides/names.yaml. */
export type GuideNames = {
  /** A name that many companies share. */
  family: { id: string; name: string; names: string[] };
  payers: Record<string, string>;
  treatments: Record<string, string>;
  /** The same in Spanish. */
  spanish: Record<string, string>;
  /** What the care is, in a sentence or two, for people who do not know its name. */
  plain: Record<string, { en: string; es: string }>;
  /** A payer's name in titles, where the usual one is long. */
  shortPayers: Record<string, string>;
  /** Kinds of plan, by the ids of plans.yaml, of payers that do not sell all kinds. */
  sellsOnly: Record<string, string[]>;
  /** Payers besides the family's members that sell supplements to Original Medicare. */
  medigap: string[];
  /** State → members of the family that sell there. */
  blues: Record<string, string[]>;
  shortWords: Record<string, { en: string; es: string }>;
};

/** What is special about one treatment, under one ground or under all. */
export type GuideTwist = {
  treatment: string;
  reason?: GroundId;
  means?: string;
  first?: string;
  warning?: string;
  branches: { when: string; then: string }[];
  fixes: GuideFix[];
  fixFirst: boolean;
  /** The table to fill in, where this care needs its own. */
  sheet?: { caption: string; columns: string[]; rows: string[] };
  /** Treatments whose guides answer a next question, such as a step that must come first. */
  related: string[];
  /** Ids of policies that the words rest on. */
  cites: string[];
};

/** A page on how to do one thing; `clock` is a rule whose number is printed after the text. */
export type GuideHowTo = {
  id: string;
  title: string;
  description: string;
  sections: { heading: string; text?: string; steps?: string[]; clock?: string; cites: string[] }[];
};

export type GuideWords = {
  reasons: GuideReason[];
  plans: GuidePlan[];
  names: GuideNames;
  twists: GuideTwist[];
  howTos: GuideHowTo[];
  proofs: GuideProof[];
  /** What people type for an id where it is none of its names. */
  typed: Record<"payers" | "treatments" | "reasons", Record<string, string[]>>;
};

/** Loads knowledge/guides. Throws `KnowledgeError` when a ground is missing or said twice. */
export function loadGuideWords(language: "en" | "es" = "en"): Promise<GuideWords> {
  const suffix = language === "en" ? "" : `-${language}`;
  return loadArea<GuideWords>({
    name: `guides${suffix}`,
    paths: [
      `guides/reasons${suffix}.yaml`,
      `guides/plans${suffix}.yaml`,
      "guides/names.yaml",
      "guides/twists.yaml",
      "guides/how-to.yaml",
      `guides/arguments${suffix}.yaml`,
      "guides/proofs.yaml",
      "guides/typed.yaml",
    ],
    compile: async () => (await import("./guides-schema.ts")).compileGuideWords,
  });
}

/** Which paper settles a kind of criterion, and who has it, in Spanish; the English words are those of knowledge/matching. */
export async function loadGuideSettles(): Promise<Record<string, Settles>> {
  return loadArea<Record<string, Settles>>({
    name: "guides-settles-es",
    paths: ["guides/settles-es.yaml"],
    compile: async () => (await import("./guides-schema.ts")).compileGuideSettles,
  });
}
