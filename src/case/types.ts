import type { Issue } from "#base";
import type { Denial } from "#denial";
import type { Findings } from "#finding";
import type { SortedPapers } from "#intake";
import type { RightsAnswer, Situation } from "#law";
import type { Letter } from "#letter";
import type { PacketPlan } from "#packet";
import type { Plan } from "#plan";
import type { Policy } from "#policy";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";
import type { Checklist } from "./checklist.ts";

/** What the papers cannot say (`case.yaml`, or the answers given on screen), in the words of the `rights` input. */
export type Answers = Partial<Situation> & {
  signer?: { name: string; role: string };
  /** Any other words a person gave, by passage slot (e.g. "date-sent"). */
  said?: Record<string, string>;
  /** When each decision before the one in hand came, in the law's names. */
  past?: Record<string, string>;
  /** The letter in hand dismisses the appeal: nobody looked at it. */
  dismissed?: true;
  /** Words that are blackened in the packet's exhibits, with nothing left beneath. */
  redact?: string[];
};

/** Everything known about a case at one moment: the fold of its events through the pipeline. */
export type CaseFile = {
  asOf: string;
  answers: Answers;
  documents: SourceDocument[];
  sorted: SortedPapers;
  denial: Denial | null;
  plan: Plan;
  situation: Situation | null;
  rights: RightsAnswer;
  policy: Policy | null;
  facts: Fact[];
  findings: Findings | null;
  /** Where no policy with criteria is at hand: what such policies usually ask, beside the record. */
  checklist: Checklist | null;
  letters: Letter[];
  /** The letters before a person's changes, where there are any: what the changes are laid over. */
  drafted?: Letter[];
  packet: PacketPlan | null;
  /** Courses, doses and values over time as an SVG picture; `null` where there is nothing to draw. */
  timeline: string | null;
  issues: Issue[];
};
