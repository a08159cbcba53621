import type { Citation, Issue, Span } from "#base";
import type { Denial } from "#denial";
import type { Findings } from "#finding";
import type { SortedPapers } from "#intake";
import type { RightsAnswer, Situation } from "#law";
import type { Plan } from "#plan";
import type { Policy } from "#policy";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";

/** A drug that the notice names beside the one it refuses, with the names and words for its class that a chart may use. */
export type NamedDrug = { ingredient: string; from: Span; names: string[]; classes: string[] };

/** What letters are drafted from: the part of a case that stands before its letters. A `CaseFile` fits. */
export type LetterInput = {
  /** The day on which the case is looked at. */
  asOf: string;
  answers: { signer?: { name: string; role: string }; said?: Record<string, string> };
  documents: SourceDocument[];
  sorted: SortedPapers;
  denial: Denial | null;
  plan: Plan;
  situation: Situation | null;
  rights: RightsAnswer;
  policy: Policy | null;
  facts: Fact[];
  findings: Findings | null;
  /**
   * What policies for this treatment usually ask, gone through with the record, while the plan's own is not at hand. Its
   * findings point at passages of the record; its words are ours and never printed as the plan's.
   */
  checklist?: { policy: Policy; findings: Findings } | null;
  /** The drugs that the notice names instead; each is answered, or the user is told that no page does. */
  alternatives?: NamedDrug[];
  /** Names of one and the same diagnosis or measure, for those that the notice names, in small letters. */
  synonyms?: string[][];
  /** What the law lays on whoever decides next, where the plan is settled (`dutiesOf`); printed before our own sentences. */
  duties?: { id: string; text: string; cite: Citation }[];
  /** What the notice lacks or gets wrong under the law of the plan (`noticeDefects`). */
  defects?: Issue[];
};
