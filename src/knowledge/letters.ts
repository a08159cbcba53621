import type { Confidence, PlanKind, StateCode } from "#base";
import { loadArea } from "./load.ts";

/** Families of plans that share their law of appeals; `other` has none that we print. */
export const lawFamilies = [
  "erisa",
  "aca",
  "medicare-advantage",
  "medicare-part-d",
  "medicare-original",
  "medicaid",
  "chip",
  "fehb",
  "tricare",
  "other",
] as const;
export type LawFamily = (typeof lawFamilies)[number];

/** A sentence of law as a letter prints it; `role` is what it is for. */
export type LawSentence = {
  id: string;
  label: string;
  for: LawFamily[];
  role: string;
  says: string;
  quote?: string | undefined;
  url: string;
  verified: string;
  confidence: "A" | "B" | "C" | "D";
};

/** A pattern of argument: printed once for each sentence of the named papers that answers the cue. */
export type ArgumentRow = {
  id: string;
  find: "denial" | "policy" | "record" | "approval" | "plan-document" | "any";
  cue: string;
  text: string;
  most: number;
  missing?: string | undefined;
  /** Told to the user when a sentence is found. */
  found?: string | undefined;
};

/** How a ground of denial is answered. */
export type GroundRow = { id: string; name: string; argue: ArgumentRow[]; requests: string[]; again: string };

/** One row of a letter; exactly one of `text`, `item`, `heading`, `attestation`, `request`, `signature`, `law-only` is given. */
export type LetterRow = {
  text?: string | undefined;
  item?: string | undefined;
  heading?: string | undefined;
  attestation?: string | undefined;
  request?: string | undefined;
  signature?: "member" | "physician" | "representative" | undefined;
  "law-only"?: string | undefined;
  /** Printed only where this is so; the names are those of src/letter/choose.ts. */
  only?: string | undefined;
  law?: string | undefined;
  /** Other wordings, tried in order where a slot of the row is empty. */
  else?: string[] | undefined;
  each?: string | undefined;
};
export type LetterKind = {
  id: string;
  file: string;
  title: string;
  to: string;
  when: string;
  /** Told to the user when the letter is made. */
  issue?: string | undefined;
  rows: LetterRow[];
};
/**
 * Levels of decision: the plan's first and second, an independent reviewer outside it, a judge's hearing, a council above
 * the judge.
 */
export const appealLevels = ["first", "second", "external", "hearing", "council"] as const;
export type AppealKind = {
  id: string;
  title: string;
  for: LawFamily[];
  level: (typeof appealLevels)[number];
  /** Kinds of right (as the law names them) that this letter uses; the first that is open decides between letters. */
  step: string[];
  /** Who decides, where that is not the plan: addressed by this name. */
  body?: string | undefined;
  salutation?: string | undefined;
  asks: string;
  /** The first words of the summary and those before the reason, where not as the level says them. */
  opening?: string | undefined;
  reason?: string | undefined;
  /** What this body calls the member's number, the number of the case and the decision that it reviews. */
  names: { member?: string | undefined; case?: string | undefined; notice?: string | undefined };
  /** What the body's own rules want stated and the notice's numbers do not hold; a line to fill where no page says it. */
  particulars: Particular[];
  law: string[];
  /** What this body is asked for, beside the request itself, each with the purpose of law that gives the right to it. */
  requests: { ask: string; law?: string | undefined }[];
  /** Asked where the case is urgent. */
  urgent?: string | undefined;
  /** False where the body weighs the record as it stands: then no physician attests anew. */
  attested: boolean;
  /** The first request, where it is not that the decision be reversed. */
  reverse?: string | undefined;
  /** What is said instead where the decision in hand is a dismissal. */
  dismissal?: DismissalWords | undefined;
};
/** A letter about an appeal that was refused unread: it asks that the case be heard, and not that the care be covered. */
export type DismissalWords = Pick<AppealKind, "title" | "asks" | "opening" | "law" | "requests"> & {
  reverse: string;
};
/** A cause for which appeals are refused unread: how the notice says it, and what is asked for it. */
export type DismissalCause = {
  id: string;
  notice: string;
  ask: string;
  law?: string | undefined;
  blank?: string | undefined;
};
/** What may stand in a particular, found in the papers. */
export const particularSlots = [
  "payer",
  "medicareNumber",
  "serviceDates",
  "amountInDispute",
  "provider",
  "sponsor",
  "brochure",
] as const;
/** A line of the reference block: `slot` fills it, else `blank` is printed, which the member fills. */
export type Particular = {
  label: string;
  slot?: (typeof particularSlots)[number] | undefined;
  blank?: string | undefined;
};

/** Words that find sentences which are not tied to one ground. */
export type CueRow = { id: string; find: ArgumentRow["find"]; cue: string; most: number };

/** An office outside the plan: what it decides, whom it serves, and where a letter reaches it. */
export type Office = {
  id: string;
  name: string;
  /** Other names under which a notice knows it. */
  named: string[];
  /** Kinds of right that it answers. */
  decides: string[];
  /** Whom it serves; `null`: everybody. */
  plans: PlanKind[] | null;
  states: StateCode[] | null;
  /** Meant only where the notice names it. */
  onlyNamed: boolean;
  address: string | null;
  phone: string | null;
  fax: string | null;
  portal: string | null;
  /** Where its address is found, when we have none. */
  look: string | null;
  source: string;
  /** A row at D is never printed. */
  confidence: Confidence;
  checked: string;
};

/** A refusal that is a matter of the bill: how a notice says it, what in the record bears on it, what the billing office is asked. */
export type BillingError = {
  id: string;
  notice: string;
  shows: { find: "record" | "any"; cue: string; says: string; most: number }[];
  ask: string;
  /** Asked instead where the record bears out what was billed. */
  agrees?: string | undefined;
};
export type BillingKnowledge = {
  errors: BillingError[];
  /** What one billing unit of a code is: "10 mg". */
  units: Record<string, string>;
  /** Codes whose size was read in a reprint, not in the release. */
  reprinted: string[];
  unitSource: { label: string; url: string; verifiedOn: string };
};

/** A kind of paper that plans ask for: how a notice names it, and how a page that is it, or what stands in its place, reads. */
export type AskedPaperKind = {
  id: string;
  asked: string;
  shown: string;
  instead?: string | undefined;
  /** Taken only where no other kind fits. */
  general: boolean;
};

export type LetterKnowledge = {
  billing: BillingKnowledge;
  askedPapers: AskedPaperKind[];
  offices: Office[];
  law: LawSentence[];
  cues: CueRow[];
  grounds: GroundRow[];
  kinds: LetterKind[];
  appeals: AppealKind[];
  dismissals: DismissalCause[];
};

/** The patterns of letters, and the offices they go to: knowledge/letters with two tables of States. */
export const loadLetters = () =>
  loadArea<LetterKnowledge>({
    name: "letters",
    paths: ["letters", "states/insurance-departments.yaml", "states/medicaid-agencies.yaml"],
    compile: async () => (await import("./letters-schema.ts")).compileLetters,
  });
