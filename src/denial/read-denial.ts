import type { Issue, Reading } from "#base";
import type { DenialCodes, DenialPhrases, Payer, Treatment } from "#knowledge";
import type { SourceDocument } from "#source";
import { chooseNotice } from "./choose-notice.ts";
import { emptyDenial } from "./empty-denial.ts";
import { type Fact, FactReader } from "./facts.ts";
import { payerOfAddress } from "./payer-in-prose.ts";
import { readActionDay } from "./read-action-day.ts";
import { readDiagnoses, readProvider } from "./read-clinical.ts";
import { readCriteria } from "./read-criteria.ts";
import { readGrounds } from "./read-grounds.ts";
import { readPayer } from "./read-payer.ts";
import { readGroupNumber, readMemberId, readMemberName } from "./read-person.ts";
import { readPrintedCodes } from "./read-reason-codes.ts";
import { readNoticeDate, readReferences } from "./read-references.ts";
import { readRights } from "./read-rights.ts";
import { readServices } from "./read-services.ts";
import {
  readImpliedRefusal,
  readOutcome,
  readPending,
  readPlanHints,
  readStage,
  readTiming,
  readUrgency,
  withPaidLine,
  withReason,
} from "./read-standing.ts";
import { withRemarkKeys } from "./remark-keys.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import { readingAt, type Sheet, sheetOf } from "./sheet.ts";
import { readStructuredDenial } from "./structured.ts";
import { withTickBoxes } from "./tick-boxes.ts";
import type { Denial } from "./types.ts";

/** What the reader of denials must know. */
export type DenialKnowledge = {
  payers: readonly Payer[];
  treatments: readonly Treatment[];
  codes: DenialCodes;
  phrases: DenialPhrases;
};

/** The notice among the papers, as it states its decision. What is not said is `null`. */
export function readDenial(documents: readonly SourceDocument[], knowledge: DenialKnowledge): Denial {
  const { notice, issues } = chooseNotice(documents, knowledge.phrases);
  if (!notice) return { ...emptyDenial(), issues };
  const denial =
    notice.structured === undefined ? readLetter(notice, knowledge) : readStructuredDenial(notice, knowledge);
  const shown = addressed(denial, notice) ? denial : emptyDenial();
  return { ...shown, issues: [...issues, ...shown.issues, ...missing(shown)] };
}

/** A notice is about somebody or some number; a policy or a booklet that speaks of denials in general is not. */
function addressed(denial: Denial, notice: SourceDocument): boolean {
  if (notice.structured !== undefined) return true;
  const numbered = denial.references.length > 0;
  if (notice.pages.length >= 8) return numbered || denial.memberId !== null;
  return numbered || denial.memberName !== null || denial.noticeDate !== null;
}

function readLetter(notice: SourceDocument, { payers, treatments, codes, phrases }: DenialKnowledge): Denial {
  const sheet = sheetOf(notice);
  const sentences = withTickBoxes(sheet, withRemarkKeys(sheet, sentencesOf(sheet, phrases.zones)));
  const facts = new FactReader(phrases.labels).read(sheet);
  const pending = readPending(sheet, sentences, phrases);
  const told = pending ? null : readOutcome(sheet, sentences, phrases);
  const unspoken = told || pending ? null : unspokenRefusal(sheet, sentences, phrases);
  const spoken = told ?? unspoken?.refusal ?? null;
  const refused = spoken !== null && spoken.value !== "approved";
  const reasons = pending
    ? []
    : readGrounds(sheet, facts, sentences, phrases, readPrintedCodes(sheet, codes), refused);
  // Without a word of refusal only a reason shows one.
  const said = withReason(told ?? (reasons.length > 0 || unspoken?.alone ? spoken : null), reasons);
  const approved = said?.value === "approved";
  const grounds = approved ? [] : reasons;
  // A table that gives its reasons without the word "denied" denies all the same.
  const outcome = withPaidLine(
    sheet,
    said ?? (grounds[0]?.from[0] ? { value: "denied", from: grounds[0].from.slice(0, 1), by: "rule" } : null),
  );
  // A decision that does not speak of an earlier one is the first.
  const stage: Denial["stage"] =
    (pending ? null : readStage(sheet, sentences, phrases)) ??
    (outcome ? { ...outcome, value: "initial" } : null);
  const later = stage !== null && stage.value !== "initial";
  const rightsStated = readRights(sheet, sentences, phrases, later);
  const named = readPayer(sheet, payers);
  const references = readReferences(sheet, facts);
  const number =
    references.find(({ kind }) => kind === "claim") ??
    references.find(({ kind }) => kind === "authorization");
  const byNumber: Denial["timing"] = number
    ? { value: number.kind === "claim" ? "post-service" : "pre-service", from: number.from, by: number.by }
    : null;
  const services = readServices({ sheet, facts, sentences, treatments });
  // A claim with its charge was for care that was given, whatever the form says of authorizations.
  const charged =
    byNumber?.value === "post-service" &&
    services.some(({ amount }) => amount) &&
    !references.some(({ kind }) => kind === "authorization")
      ? byNumber
      : null;
  const actionDay = approved ? null : readActionDay(sheet);
  // What is reduced or stopped was running.
  const running: Denial["timing"] =
    outcome && (outcome.value === "reduced" || outcome.value === "terminated")
      ? { ...outcome, value: "concurrent" }
      : null;
  return {
    ...named,
    payer: named.payer ?? (later ? null : payerOfAddress(sheet, rightsStated.sendTo.address)),
    memberName: readMemberName(sheet, facts),
    memberId: readMemberId(sheet, facts),
    groupNumber: readGroupNumber(sheet, facts),
    references,
    noticeDate: readNoticeDate(sheet, facts),
    stage,
    // A claim number means that the care was given, an authorization number that it was asked for.
    timing:
      charged ??
      readTiming(sheet, sentences, phrases) ??
      running ??
      byNumber ??
      (outcome ? asked(sheet, facts) : null),
    urgent: readUrgency(sheet, sentences, phrases),
    outcome,
    ...(actionDay ? { actionDay } : {}),
    services,
    diagnoses: readDiagnoses(sheet, facts, sentences),
    provider: readProvider(sheet, facts, sentences),
    grounds,
    criteriaCited: approved ? [] : readCriteria(sheet, facts, sentences),
    rightsStated: approved || !outcome ? emptyDenial().rightsStated : rightsStated,
    planHints: readPlanHints(sheet, sentences, phrases),
    issues: pending ? [notDecided(pending)] : [],
  };
}

/** A letter that opens an appeal has refused something, also where it only tells what is missing. */
function unspokenRefusal(
  sheet: Sheet,
  sentences: Sentence[],
  phrases: DenialPhrases,
): ReturnType<typeof readImpliedRefusal> {
  const { appealWithin, appealBy } = readRights(sheet, sentences, phrases, false);
  return (appealWithin ?? appealBy) ? readImpliedRefusal(sheet, sentences, phrases) : null;
}

/** A notice that names a drug or a service, but no claim and no day on which it was given, answers a request. */
function asked(sheet: Sheet, facts: readonly Fact[]): Denial["timing"] {
  const given = facts.some(
    ({ field }) => field === "service-date" || field === "claim" || field === "amount",
  );
  const service = facts.find(({ field, rank }) => field === "service" && rank > 4);
  if (given || !service) return null;
  const { labelStart, start } = service;
  return readingAt(sheet, "pre-service", labelStart, Math.max(labelStart + service.label.length, start));
}

function notDecided(pending: Reading<true>): Issue {
  return {
    severity: "warning",
    code: "not-decided",
    text: "The plan has not decided yet: it asks for papers or takes more time. Send what it asks for by its day; there is nothing to appeal so far.",
    ...(pending.from[0] ? { at: pending.from[0] } : {}),
  };
}

/** What a denial must say and this one does not, or what we could not read. */
function missing(denial: Denial): Issue[] {
  const issues: Issue[] = [];
  const ask = (code: string, text: string): void => void issues.push({ severity: "warning", code, text });
  if (denial.outcome?.value === "approved")
    issues.push({
      severity: "information",
      code: "not-a-denial",
      text: "This notice approves the request; there is nothing to appeal in it.",
    });
  else if (denial.issues.some(({ code }) => code === "not-decided")) return issues;
  else if (denial.outcome === null && denial.grounds.length === 0)
    return [
      {
        severity: "error",
        code: "not-a-denial",
        text: "No denial was found in this paper. Hand in the letter in which the plan says no.",
      },
    ];
  if (denial.noticeDate === null)
    ask("notice-date-missing", "The date of the notice was not found. Enter the date printed on the letter.");
  if (denial.payer === null)
    ask("payer-missing", "The payer was not recognised. Enter the name at the head of the letter.");
  return issues;
}
