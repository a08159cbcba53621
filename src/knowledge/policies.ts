import type { Confidence } from "#base";
import { loadArea } from "./load.ts";

/** Where criteria come from; the order of authority is in `authority.yaml`. */
export const policyScopes = [
  "law",
  "ncd",
  "lcd",
  "plan-document",
  "cited-policy",
  "payer-policy",
  "program",
  "label",
  "guideline",
  "evidence",
  "archetype",
] as const;
export type PolicyScope = (typeof policyScopes)[number];

/** The test of a leaf; the fields are those of `Test` in the policy module. */
export type KnownTest = { kind: string; [field: string]: unknown };

/** A node of a known policy. Its words are ours: a paraphrase that is never quoted as the policy's text. */
export type KnownCriterion = { id: string; text: string; from: []; note?: string } & (
  | { all: KnownCriterion[] }
  | { any: KnownCriterion[] }
  | { atLeast: number; of: KnownCriterion[] }
  | { not: KnownCriterion }
  | { when: KnownCriterion; then: KnownCriterion }
  | { test: KnownTest }
  | { judgment: true }
);

/** A policy that we know of, as a tree, with how far it can be relied upon. */
export type KnownPolicy = {
  id: string;
  title: string;
  treatments: string[];
  scope: PolicyScope;
  payer?: string;
  payerId?: string;
  /** Line of business, where the policy is of one only. */
  line?: "medicaid" | "medicare-advantage";
  number?: string;
  /** As the source prints it; several dates where there are several versions. */
  effective?: string;
  /** `verified`: the text in force was read; all others may have changed since. */
  currency: "verified" | "as-of-source" | "under-reconsideration" | "superseded" | "historic";
  status?: string;
  source: string[];
  /** How much of the policy was seen. */
  completeness: "whole" | "excerpt" | "excerpt-and-recall" | "recall";
  confidence: Confidence;
  approvedFor?: string;
  criteria: KnownCriterion;
  renewal?: KnownCriterion;
  notes?: string;
};

/** A policy that is known to exist and whose criteria were not read: it can be asked for, and pre-fills nothing. */
export type SeenPolicy = {
  id: string;
  payer: string;
  payerId?: string;
  line?: "medicaid" | "medicare-advantage";
  number?: string;
  title: string;
  /** The date that was seen on it, with what it is the date of. */
  dated?: string;
  historic?: boolean;
  treatments: string[];
  seen: "title" | "part" | "summary";
  link?: string;
  /** What was seen, for people. */
  says: string;
  confidence: Confidence;
};

export type AuthorityRow = {
  rank: number;
  scope: PolicyScope;
  use: "rule" | "checklist";
  plans: "all" | "medicare";
  means: string;
};
/** What to ask the plan for. */
export type PaperToAskFor = { when: "commercial" | "medicare" | "medicaid"; paper: string; why: string };

export type KnownPolicies = {
  policies: KnownPolicy[];
  /** Absent where nobody looked. */
  seen?: SeenPolicy[];
  authority: AuthorityRow[];
  ask: PaperToAskFor[];
  /** National coverage determinations: number and title. */
  ncds: { number: string; title: string }[];
};

/** Loads knowledge/policies. Throws `KnowledgeError` when a tree is wrong. */
export function loadPolicies(): Promise<KnownPolicies> {
  return loadArea<KnownPolicies>({
    name: "policies",
    paths: [
      "policies/trees",
      "policies/seen.yaml",
      "policies/authority.yaml",
      "policies/ncds.yaml",
      "clinical/predicates.yaml",
    ],
    compile: async () => (await import("./policies-schema.ts")).compilePolicies,
  });
}
