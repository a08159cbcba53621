import type { FindingStatus } from "#finding";
import type { Situation } from "#law";
import type { Passage } from "#letter";
import type { GuideChoice } from "./guide-choice.ts";
import { type Afterwards, afterwards, isLater, type LaterBody, nothingYet } from "./later-events.ts";
import { editsAfter } from "./letter-edits.ts";
import type { Anchor, Kin } from "./letter-places.ts";
import { answersOf } from "./told-answers.ts";

/** One part of a draft that can be taken home; `blob` is where its bytes are kept. */
export type DraftPart = { name: string; mediaType: string; blob: string; bytes: number; sha256: string };

/** Exhibit pages that a person's words name, so that the words follow when the papers are labelled anew. */
type Cites = NonNullable<Passage["cites"]>;

/** What happened, without when and by whom. Kinds are added, never changed: an old case must always fold. */
export type EventBody =
  /** `asOf` sets a worked example on a day of its own, so that its days do not pass. */
  | { kind: "opened"; title: string; example?: string; asOf?: string }
  /** The guide that the case was begun from: ids of its payer, treatment and reason. */
  | ({ kind: "guide-chosen" } & GuideChoice)
  | { kind: "paper-added"; paper: string; name: string; bytes: number; sha256: string; blob: string }
  | { kind: "paper-refused"; name: string; why: "too-large" | "interrupted" }
  | { kind: "paper-removed"; paper: string }
  /** `reading` is the blob of what the readers made of the paper; `documents` the names its spans carry. */
  | { kind: "paper-read"; paper: string; reading: string; documents: string[]; pages: number }
  /** `null` is "I don't know": the question is not asked again, and nothing is assumed. */
  | { kind: "answer-given"; question: string; answer: string | null }
  | { kind: "reading-corrected"; field: string; value: string; was: string | null }
  | { kind: "reading-confirmed"; field: string }
  | { kind: "finding-judged"; criterion: string; status: FindingStatus; why: string }
  /** `was` holds the drafted words, so that the change is found again when the letter is drafted anew. */
  | {
      kind: "passage-edited";
      letter: string;
      passage: string;
      text: string;
      was?: string;
      /** The columns of a row of a table. */
      cells?: string[];
      cites?: Cites;
      kin?: Kin;
    }
  | { kind: "passage-dropped"; letter: string; passage: string; was: string }
  /** `places` down the letter, up when negative; where `behind` is given, it stands behind that passage, wherever it is. */
  | {
      kind: "passage-moved";
      letter: string;
      passage: string;
      was: string;
      places: number;
      behind?: Anchor;
      from?: Anchor;
      kin?: Kin;
    }
  /** A passage of the person's own, behind the one whose words are `was`. */
  | {
      kind: "passage-added";
      letter: string;
      passage: string;
      was: string;
      text: string;
      behind?: Anchor;
      cites?: Cites;
    }
  /** Takes back what was done to a passage: everything, or one kind of change. */
  | { kind: "passage-restored"; letter: string; passage: string; op?: "edit" | "drop" | "move" | "add" }
  /** The pipeline ran over everything up to event `upTo`. */
  | ({ kind: "drafted" } & Draft)
  | { kind: "draft-failed"; upTo: number }
  | { kind: "downloaded"; part: string; sha256: string }
  | LaterBody;

/** One line of the append-only log of a case. `at` is an instant, `by` an account id. */
export type CaseEvent = EventBody & { number: number; at: string; by: string };

export type Paper = {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  blob: string;
  addedAt: string;
  reading: { blob: string; documents: string[]; pages: number } | null;
};

export type Correction = { field: string; value: string; was: string | null };
export type Judgement = { criterion: string; status: FindingStatus; why: string; by: string };
/** A change to a letter; `op` is missing where words were changed in place. `was`: drafted words of the passage, or of the one before. */
export type PassageEdit = {
  letter: string;
  passage: string;
  text: string;
  by: string;
  /** Instant of the change; older changes carry none. */
  at?: string;
  op?: "drop" | "move" | "add";
  was?: string;
  places?: number;
  cells?: string[];
  cites?: Cites;
  kin?: Kin;
  /** What an added or moved passage stands behind, and what a moved one stood behind as drafted. */
  behind?: Anchor;
  from?: Anchor;
};

/** What people decided on top of what was read; the pipeline applies it each time it runs. */
export type Review = { corrections: Correction[]; judgements: Judgement[]; edits: PassageEdit[] };

/** `glance`: what a list of many cases shows without opening each one's papers; older drafts have none. */
export type Draft = { file: string; parts: DraftPart[]; upTo: number; asOf: string; glance?: Glance };

/** What the law needs to know of a case; `over` when the last review has decided. */
export type Glance = { situation: Situation | null; over: boolean };

/** The present of a case: the fold of its events. */
export type CaseState = {
  title: string;
  example: string | null;
  asOf: string | null;
  openedAt: string;
  chosen: GuideChoice | null;
  papers: Paper[];
  refused: { name: string; why: "too-large" | "interrupted" }[];
  answers: Record<string, string | null>;
  review: Review;
  confirmed: string[];
  draft: Draft | null;
  /** Number of the last event that changes what the pipeline makes. */
  changedAt: number;
  failedAt: number | null;
  last: number;
  /** The physician's review, sending and what followed. */
  afterwards: Afterwards;
};

const empty: CaseState = {
  title: "",
  example: null,
  asOf: null,
  openedAt: "",
  chosen: null,
  papers: [],
  refused: [],
  answers: {},
  review: { corrections: [], judgements: [], edits: [] },
  confirmed: [],
  draft: null,
  changedAt: 0,
  failedAt: null,
  last: 0,
  afterwards: nothingYet,
};

/** Kinds after which the letters must be drafted again. */
const changing = new Set<EventBody["kind"]>([
  "paper-added",
  "paper-removed",
  "answer-given",
  "reading-corrected",
  "finding-judged",
  "passage-edited",
  "passage-dropped",
  "passage-moved",
  "passage-added",
  "passage-restored",
  "letter-signed",
  "signature-set-aside",
  "call-noted",
  "decision-overdue",
  "information-asked",
  "level-began",
]);

/** True when the pipeline has to run again after this event. */
export function asksForDraft(kind: EventBody["kind"]): boolean {
  return changing.has(kind);
}

/** The state of a case after all of its events. */
export function fold(events: readonly CaseEvent[]): CaseState {
  return events.reduce(apply, empty);
}

/** The state after one more event. */
export function apply(state: CaseState, event: CaseEvent): CaseState {
  const next = { ...state, last: event.number };
  if (asksForDraft(event.kind)) next.changedAt = event.number;
  if (isLater(event)) {
    const after = afterwards(state.afterwards, event, event.at);
    if (event.kind !== "level-began") return { ...next, afterwards: after };
    return { ...next, ...forNewNotice(state), afterwards: withTold(after, state.answers) };
  }
  switch (event.kind) {
    case "opened":
      return {
        ...next,
        title: event.title,
        example: event.example ?? null,
        asOf: event.asOf ?? null,
        openedAt: event.at,
      };
    case "guide-chosen": {
      const { payer, treatment, reason } = event;
      const chosen = { ...(payer && { payer }), ...(treatment && { treatment }), ...(reason && { reason }) };
      return { ...next, chosen };
    }
    case "paper-added":
      return { ...next, papers: [...state.papers, paperOf(event)] };
    case "paper-refused":
      return { ...next, refused: [...state.refused, { name: event.name, why: event.why }] };
    case "paper-removed":
      return { ...next, papers: state.papers.filter((paper) => paper.id !== event.paper) };
    case "paper-read":
      return {
        ...next,
        papers: state.papers.map((paper) => (paper.id === event.paper ? read(paper, event) : paper)),
      };
    case "answer-given":
      return { ...next, answers: { ...state.answers, [event.question]: event.answer } };
    case "drafted":
      return { ...next, failedAt: null, draft: draftOf(event) };
    case "draft-failed":
      return { ...next, failedAt: event.upTo };
    case "downloaded":
      return next;
    case "passage-dropped":
    case "passage-moved":
    case "passage-added":
    case "passage-restored":
      return { ...next, review: { ...state.review, edits: editsAfter(state.review.edits, event) } };
    default:
      return reviewed(next, event);
  }
}

/** What was said about the old notice is not said about the new one: its days and its corrected fields are asked again. */
function forNewNotice({ answers, review, afterwards: { outcome } }: CaseState): Partial<CaseState> {
  const kept: [string, string | null][] = Object.entries(answers).filter(
    ([question]) => !question.startsWith("event:"),
  );
  // The day on which the answer reached them was told with the answer itself.
  if (outcome) kept.push(["event:notice-received", outcome.on]);
  return { answers: Object.fromEntries(kept), review: { ...review, corrections: [] }, confirmed: [] };
}

/** The level that is over keeps the days that were told about it: later clocks and letters still need them. */
function withTold(after: Afterwards, answers: CaseState["answers"]): Afterwards {
  const told = answersOf(answers).events;
  const last = after.levels.at(-1);
  return told && last ? { ...after, levels: [...after.levels.slice(0, -1), { ...last, told }] } : after;
}

type ReviewEvent = CaseEvent & {
  kind: "reading-corrected" | "reading-confirmed" | "finding-judged" | "passage-edited";
};

function reviewed(state: CaseState, event: ReviewEvent): CaseState {
  const { review } = state;
  const { by } = event;
  switch (event.kind) {
    case "reading-confirmed":
      return {
        ...state,
        confirmed: [...state.confirmed.filter((field) => field !== event.field), event.field],
      };
    case "reading-corrected": {
      const { field, value, was } = event;
      const kept = review.corrections.filter((other) => other.field !== field);
      return {
        ...state,
        confirmed: [...state.confirmed.filter((other) => other !== field), field],
        review: { ...review, corrections: [...kept, { field, value, was }] },
      };
    }
    case "finding-judged": {
      const { criterion, status, why } = event;
      const kept = review.judgements.filter((other) => other.criterion !== criterion);
      return { ...state, review: { ...review, judgements: [...kept, { criterion, status, why, by }] } };
    }
    case "passage-edited": {
      return { ...state, review: { ...review, edits: editsAfter(review.edits, event) } };
    }
  }
}

function paperOf(event: CaseEvent & { kind: "paper-added" }): Paper {
  const { paper: id, name, bytes, sha256, blob, at: addedAt } = event;
  return { id, name, bytes, sha256, blob, addedAt, reading: null };
}

function read(paper: Paper, event: CaseEvent & { kind: "paper-read" }): Paper {
  return { ...paper, reading: { blob: event.reading, documents: event.documents, pages: event.pages } };
}

function draftOf(event: CaseEvent & { kind: "drafted" }): Draft {
  const { file, parts, upTo, asOf, glance } = event;
  return { file, parts, upTo, asOf, ...(glance ? { glance } : {}) };
}
