import type { Issue, Span } from "#base";

export const factTypes = [
  "condition",
  "observation",
  "medication",
  "procedure",
  "encounter",
  "allergy",
  "family-history",
  "document",
  "statement",
] as const;
export type FactType = (typeof factTypes)[number];

export const assertions = [
  "present",
  "absent",
  "possible",
  "historical",
  "hypothetical",
  "family",
  "planned",
] as const;
export type Assertion = (typeof assertions)[number];

/** One dated, attributed statement of the record (the public shape of `read record`). */
export type Fact = {
  id: string;
  type: FactType;
  /** Id in knowledge/clinical, a generic drug name, or a code. */
  concept: string;
  codes: { system: string; code: string }[];
  /** The mention, verbatim. */
  text: string;
  assertion: Assertion;
  value?: { low?: number; high?: number; unit?: string; text?: string };
  when: { earliest: string | null; latest: string | null };
  course?: {
    dose?: string;
    start?: string;
    stop?: string;
    status?: "active" | "stopped" | "planned";
    outcome?: "adequate-response" | "inadequate-response" | "intolerance" | "contraindicated" | "unspecified";
    reason?: string;
    /** Days' supply of one dispensing (pharmacy fills). */
    daysSupply?: number;
  };
  /** The day of the note that tells of a course which goes on: so long it has been taken. */
  noted?: string;
  author?: string;
  /** Specialty of the author, where stated. */
  specialty?: string;
  /** A diagnosis that lasts: "history of" it does not mean that it is over. */
  lasting?: true;
  /** What an allergy is to, as written. */
  substance?: string;
  /** Which relative, for family history. */
  relation?: string;
  from: Span[];
};

export type RecordFacts = { facts: Fact[]; issues: Issue[] };
