import type { Issue, Reading, Span } from "#base";

/** What a paper is, by what it says. */
export type PaperKind =
  | "denial"
  | "policy"
  | "record"
  | "plan-document"
  | "insurance-card"
  | "support-letter"
  | "approval"
  | "noise";

/** A file, or a run of pages of a combined scan, that is one paper. */
export type SortedPaper = {
  document: string;
  /** Pages of this part, from 1, both inclusive. */
  pages: { from: number; to: number };
  kind: PaperKind;
  /** For records: what sort (e.g. "progress-note", "echo-report", "laboratory", "pharmacy", "operative-report"). */
  recordKind?: string;
  /** A title a person would know it by, e.g. "Electrophysiology consultation". */
  title: Reading<string> | null;
  /** The date the paper itself carries. */
  date: Reading<string> | null;
  /** The words that decided. */
  from: Span[];
};

/** Who a page is about, as it says. */
export type Identity = {
  name: Reading<string> | null;
  birthDate: Reading<string> | null;
  numbers: Reading<string>[];
};

/** A page that belongs to somebody else; it must never be cited or enter a packet. */
export type ForeignPage = { document: string; page: number; identity: Identity; why: string };

/** Every paper sorted, the patient they are about, and the pages of others set aside. */
export type SortedPapers = {
  papers: SortedPaper[];
  patient: Identity;
  foreign: ForeignPage[];
  issues: Issue[];
};
