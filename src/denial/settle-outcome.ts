import type { Reading } from "#base";
import type { DenialCodes, DenialPhrases } from "#knowledge";
import type { Fact } from "./facts.ts";
import { pricedLines } from "./paid-lines.ts";
import { readGrounds } from "./read-grounds.ts";
import { readPrintedCodes } from "./read-reason-codes.ts";
import { readRights } from "./read-rights.ts";
import { readImpliedRefusal, readOutcome, readPending, withReason } from "./read-standing.ts";
import type { Sentence } from "./sentences.ts";
import type { Sheet } from "./sheet.ts";
import { toldGround } from "./told-grounds.ts";
import type { Denial, Ground } from "./types.ts";

type Outcome = Denial["outcome"];
type Context = { sheet: Sheet; sentences: Sentence[]; facts: readonly Fact[]; phrases: DenialPhrases };

/** What was decided and why; `pending` where the notice says that nothing is decided yet. */
export function settleOutcome(
  context: Context,
  codes: DenialCodes,
): { outcome: Outcome; grounds: Ground[]; pending: Reading<true> | null } {
  const { sheet, sentences, facts, phrases } = context;
  const pending = readPending(sheet, sentences, phrases);
  if (pending) return { outcome: null, grounds: [], pending };
  const told = readOutcome(sheet, sentences, phrases);
  const unspoken = told ? null : unspokenRefusal(context);
  const spoken = told ?? unspoken?.refusal ?? null;
  const refused = spoken !== null && spoken.value !== "approved";
  const reasons = readGrounds(sheet, facts, sentences, phrases, readPrintedCodes(sheet, codes), refused);
  // Without a word of refusal only a reason shows one, or the lines of a table, or the way to dispute.
  const said = withReason(told ?? (reasons.length > 0 || unspoken?.alone ? spoken : null), reasons);
  const grounds = said?.value === "approved" ? [] : reasons;
  const first = grounds[0]?.from[0];
  const shown: Outcome =
    said ??
    (first ? { value: "denied", from: [first], by: "rule" } : null) ??
    refusedLine(sheet) ??
    openDoor(context);
  const outcome = withPaidLine(sheet, shown);
  return { outcome, grounds: withStory(context, outcome, grounds), pending: null };
}

/** Where a refusal names no ground, or only that the stay ends, the story that it tells is the reason. */
function withStory({ sheet, sentences, phrases }: Context, outcome: Outcome, grounds: Ground[]): Ground[] {
  if (outcome === null || outcome.value === "approved") return grounds;
  if (grounds.length === 0) return toldGround(sheet, sentences, phrases);
  if (grounds.some(({ id }) => id !== "concurrent-stay")) return grounds;
  const clinical = phrases.stories.filter(({ id }) => id === "medical-necessity" || id === "level-of-care");
  const told = toldGround(sheet, sentences, { ...phrases, stories: clinical });
  const quoted = new Set(grounds.flatMap(({ from }) => from.map(({ start }) => start)));
  return told.some(({ from }) => from.some(({ start }) => quoted.has(start)))
    ? grounds
    : [...grounds, ...told];
}

/** A letter that opens an appeal has refused something, also where it only tells what is missing. */
function unspokenRefusal({ sheet, sentences, phrases }: Context): ReturnType<typeof readImpliedRefusal> {
  const { appealWithin, appealBy } = readRights(sheet, sentences, phrases, false);
  return (appealWithin ?? appealBy) ? readImpliedRefusal(sheet, sentences, phrases) : null;
}

/** A line of a table for which nothing was allowed and nothing paid. */
function refusedLine(sheet: Sheet): Outcome {
  const line = pricedLines(sheet).refused[0];
  return line ? { value: "denied", from: [line], by: "rule" } : null;
}

/** A table in which the plan paid for a line beside what it refused is a part denial. */
function withPaidLine(sheet: Sheet, outcome: Outcome): Outcome {
  const line = outcome?.value === "denied" ? pricedLines(sheet).paid[0] : undefined;
  return outcome && line ? { ...outcome, value: "partly-denied", from: [...outcome.from, line] } : outcome;
}

const otherLetter =
  /\b(?:acknowledg\w+|we (?:have )?(?:received|got) your (?:appeal|grievance|complaint|request)|welcome to|open enrollment|your premium|changed? (?:our|my) mind|good news|(?:is|are|was|were|been) (?:now )?(?:approved|authorized|covered)|we (?:can|will|agreed? to) (?:pay|cover|approve)|we paid|satisfaction survey)\b/i;

const disputing =
  /\b(?:appeals?|grievances?|reconsider\w*|hearing|disputes?|object|disagree|challenge|question (?:this|it)|review|apel\w+|look at it|look again|not suit|bring it up|write|writing|letter|go further|take (?:it|this) further)\b/i;

/**
 * A letter to one person about a claim or a request that tells how to dispute it, and says nothing of consent, of receipt
 * or of waiting, has refused it, in whatever words.
 */
function openDoor({ sheet, sentences, facts, phrases }: Context): Outcome {
  const written = /(?:^|\n)\s*(?:dear|hello|hi|aloha|estimad[oa]s?)\s+\S/i.test(sheet.flat);
  const about = facts.some(
    ({ field, marked }) =>
      marked && ["claim", "authorization", "service", "member-id", "case"].includes(field),
  );
  if (!(written || about) || sheet.flat.length > 15_000) return null;
  const spoken = sentences.filter(({ zone }) => zone === "head" || zone === "body" || zone === "reason");
  if (spoken.some(({ text }) => otherLetter.test(text)) || pricedLines(sheet).paid.length > 0) return null;
  if (!sentences.some(({ zone, text }) => zone === "rights" && disputing.test(text))) return null;
  const { appealWithin, appealBy } = readRights(sheet, sentences, phrases, false);
  const door = appealWithin ?? appealBy;
  return door ? { value: "denied", from: door.from, by: "rule" } : null;
}
