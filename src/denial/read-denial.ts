import type { Issue, Reading } from "#base";
import type { DenialCodes, DenialPhrases, Payer, Treatment } from "#knowledge";
import type { SourceDocument } from "#source";
import { chooseNotice } from "./choose-notice.ts";
import { emptyDenial } from "./empty-denial.ts";
import { FactReader } from "./facts.ts";
import { withOpenDoor } from "./open-door.ts";
import { payerOfAddress } from "./payer-in-prose.ts";
import { withProseBody } from "./prose-body.ts";
import { readActionDay } from "./read-action-day.ts";
import { readDiagnoses, readProvider } from "./read-clinical.ts";
import { readCriteria } from "./read-criteria.ts";
import { readDecider, readSecondAppeal, stageByNextStep } from "./read-decider.ts";
import { readGroupNumber, readMemberId } from "./read-member-number.ts";
import { readPayer } from "./read-payer.ts";
import { readMemberName } from "./read-person.ts";
import { readNoticeDate, readReferences } from "./read-references.ts";
import { readRights } from "./read-rights.ts";
import { readServices } from "./read-services.ts";
import { readPlanHints, readStage, readUrgency } from "./read-standing.ts";
import { withRemarkKeys } from "./remark-keys.ts";
import { sentencesOf } from "./sentences.ts";
import { settleOutcome } from "./settle-outcome.ts";
import { settleTiming } from "./settle-timing.ts";
import { sheetOf } from "./sheet.ts";
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
  const sentences = withOpenDoor(
    withProseBody(withTickBoxes(sheet, withRemarkKeys(sheet, sentencesOf(sheet, phrases.zones)))),
  );
  const facts = new FactReader(phrases.labels).read(sheet);
  const context = { sheet, sentences, facts, phrases };
  const { outcome, grounds, pending } = settleOutcome(context, codes);
  const approved = outcome?.value === "approved";
  // A decision that does not speak of an earlier one is the first.
  const second = readSecondAppeal(sheet);
  const told: Denial["stage"] = second
    ? { ...second, value: "internal-appeal" }
    : (stageByNextStep(sheet) ?? readStage(sheet, sentences, phrases));
  const stage: Denial["stage"] =
    (pending ? null : told) ?? (outcome ? { ...outcome, value: "initial" } : null);
  const later = stage !== null && stage.value !== "initial";
  const rightsStated = readRights(sheet, sentences, phrases, later);
  const named = readPayer(sheet, payers);
  const references = readReferences(sheet, facts);
  const services = readServices({ sheet, facts, sentences, treatments });
  const noticeDate = readNoticeDate(sheet, facts);
  const decidedBy = readDecider(sheet);
  const actionDay = approved ? null : readActionDay(sheet);
  return {
    ...named,
    payer: named.payer ?? (later ? null : payerOfAddress(sheet, rightsStated.sendTo.address)),
    memberName: readMemberName(sheet, facts),
    memberId: readMemberId(sheet, facts),
    groupNumber: readGroupNumber(sheet, facts),
    references,
    noticeDate,
    stage,
    ...(decidedBy ? { decidedBy } : {}),
    ...(second ? { secondAppeal: second } : {}),
    timing: settleTiming({ ...context, outcome, references, services, noticeDate }),
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
