/**
 * The whole way, from papers to letters and packet: every step a function of plain values, every doubt an issue. Nothing
 * here reads a file or a clock.
 */
import { type Issue, type PlainDate, parseDate } from "#base";
import { type Denial, type DenialKnowledge, readDenial } from "#denial";
import { type Attested, type Findings, matchPolicy, timelineSvg } from "#finding";
import { type SortedPapers, type SortKnowledge, sortPapers } from "#intake";
import type { Clinical, KnownPolicies, Law, LetterKnowledge, Matching } from "#knowledge";
import { dutiesOf, noticeDefects, type RightsAnswer, rightsFor } from "#law";
import { draftLetters } from "#letter";
import { planPacket } from "#packet";
import { findPlans, type PlanKnowledge } from "#plan";
import { type Policy, type PolicyKnowledge, readPolicy } from "#policy";
import { readRecord } from "#record";
import type { SourceDocument } from "#source";
import { checklistFor } from "./checklist.ts";
import { choosePolicy, hasCriteria } from "./choose-policy.ts";
import { findContradictions } from "./contradictions.ts";
import { findDateConflicts } from "./date-conflicts.ts";
import { withAnswer, withNotice } from "./find-notice.ts";
import { namePapers } from "./name-papers.ts";
import { namedDrugs } from "./named-drugs.ts";
import { reviewsOver } from "./reviews-over.ts";
import { sameNames } from "./same-names.ts";
import { situationOf } from "./situation.ts";
import type { Answers, CaseFile } from "./types.ts";
import { findStayBeingCut, findUrgency } from "./urgency.ts";

/** Everything known beside the papers; the edges load it. */
export type CaseKnowledge = {
  intake: SortKnowledge;
  denial: DenialKnowledge;
  plan: PlanKnowledge;
  law: Law;
  policy: PolicyKnowledge;
  /** Criteria that we know of, for cases without the policy itself. */
  policies: KnownPolicies;
  clinical: Clinical;
  matching: Matching;
  letters: LetterKnowledge;
  /** Generic names by treatment, for treatments that are drugs. */
  drugsOf: ReadonlyMap<string, readonly string[]>;
};

/** What a case is prepared from. `correct` applies what people decided on top of what was read. */
export type CaseInput = {
  documents: SourceDocument[];
  answers: Answers;
  asOf: string;
  /** What already went wrong while reading. */
  issues: Issue[];
  attested?: Attested;
  correct?: (denial: Denial) => Denial;
  /** Papers that were handed in since the answer to the last appeal came: one of them should be that answer. */
  handedIn?: readonly string[];
  /** What each paper is, where that is known already: they are not sorted again. */
  sorted?: SortedPapers;
};

/** Reads, sorts, computes, matches and drafts. What the papers cannot carry is `null` or empty, and an issue says why. */
export function prepareCase(input: CaseInput, knowledge: CaseKnowledge): CaseFile {
  const { documents, answers, asOf } = input;
  const found =
    input.sorted ?? withNotice(sortPapers(documents, knowledge.intake), documents, knowledge.denial);
  const sorted = withAnswer(found, documents, input.handedIn ?? [], knowledge.denial);
  const notices = of(documents, sorted, "denial").map((paper) => readDenial([paper], knowledge.denial));
  const denial = denialOf(notices, input.correct);
  const { policy, issues: policyIssues } = choosePolicy(policiesOf(documents, sorted, knowledge), denial);
  const records = of(documents, sorted, "record", "support-letter");
  const read = readRecord(records, knowledge.clinical, { exclude: sorted.foreign });
  const urgency = findUrgency(sorted, documents);
  const plan = findPlans({ denial, documents, answers }, knowledge.plan);
  const requested = (denial?.services ?? []).flatMap(
    ({ treatmentId }) => knowledge.drugsOf.get(treatmentId ?? "") ?? [],
  );
  const drug = requested.length > 0;
  const situation =
    denial && situationOf(denial, plan, answers, { drug, urgentByPhysician: urgency.spans.length > 0, asOf });
  const rights: RightsAnswer = situation ? rightsFor(situation, knowledge.law) : { rights: [], issues: [] };
  const said = of(documents, sorted, "denial").flatMap(({ pages }) => pages.map(({ text }) => text));
  const defects = denial ? noticeDefects(denial, plan.possible, rights, knowledge.law, said.join("\n")) : [];
  const contradictions = denial
    ? [
        ...findContradictions(denial, of(documents, sorted, "denial"), of(documents, sorted, "policy")),
        ...findDateConflicts(denial, records),
      ]
    : [];
  const matched = (asked: Policy) =>
    match(input, asked, read.facts, records, sorted, denial, requested, knowledge);
  const findings = policy && hasCriteria(policy) ? matched(policy) : null;
  const checklist =
    findings || !denial ? null : checklistFor(denial, plan.possible, knowledge.policies, matched);
  const draft = {
    asOf,
    answers,
    documents,
    sorted: namePapers(sorted, [...(denial ? [denial] : []), ...notices], policy),
    denial,
    plan,
    situation,
    rights,
    policy,
    facts: read.facts,
    findings,
    checklist,
  };
  const [only, ...others] = plan.possible;
  const duties =
    denial && only && others.length === 0
      ? dutiesOf(only, denial.stage?.value ?? "initial", knowledge.law)
      : undefined;
  const notice = of(documents, sorted, "denial");
  const alternatives =
    denial && drug ? namedDrugs(denial, notice, knowledge.clinical, knowledge.matching) : [];
  const synonyms = sameNames(notice, knowledge.clinical);
  const over = denial ? reviewsOver(denial, rights, situation?.events ?? {}) : null;
  const drafted = denial
    ? draftLetters(
        { ...draft, alternatives, synonyms, defects, ...(duties ? { duties } : {}) },
        knowledge.letters,
      )
    : [];
  // After the last review there is nobody left to send an appeal to; the other letters still have their use.
  const letters = over ? drafted.filter(({ file }) => file !== "appeal-letter") : drafted;
  const packet = letters.length > 0 && !over ? planPacket(draft, letters) : null;
  const issues = unique([
    ...input.issues,
    ...sorted.issues,
    ...(denial?.issues ?? [noDenial(sorted)]),
    ...(denial ? policyIssues : []),
    ...(policy?.issues ?? []),
    ...plan.issues,
    ...(over ? [] : receiptIssues(denial, answers)),
    ...urgency.issues,
    ...(denial ? findStayBeingCut(denial, rights, asOf) : []),
    ...(over ? [over] : []),
    ...rights.issues,
    ...defects,
    ...contradictions,
    ...read.issues,
    ...(findings?.issues ?? []),
    ...(checklist?.policy.issues ?? []),
    ...letters.flatMap((letter) => letter.issues),
    ...(packet?.issues ?? []),
  ]);
  const timeline = timelineSvg({ facts: read.facts, findings, policy, asOf });
  return { ...draft, letters, packet, timeline, issues };
}

/** Why there is nothing to appeal: an approval, or papers none of which is a denial; each is named with what it seems. */
function noDenial(sorted: SortedPapers): Issue {
  const approval = sorted.papers.find(({ kind }) => kind === "approval");
  if (approval) {
    const text = `${approval.document} approves the request; there is nothing to appeal in it. If only part was approved, or another letter denies something, add that letter.`;
    return { severity: "error", code: "notice-approves", text };
  }
  const others = sorted.papers.filter(({ kind }) => kind === "noise").map(({ document }) => document);
  const seen =
    others.length > 0 ? ` Not recognised as a paper of a health plan or a clinic: ${others.join(", ")}.` : "";
  const text = `There is no health plan's denial letter among these papers.${seen} Add the letter or notice in which the plan says no; without it there is nothing to appeal and no date to count from.`;
  return { severity: "error", code: "denial-missing", text };
}

/** The notice in hand: the newest, where there are several. */
function denialOf(notices: readonly Denial[], correct: CaseInput["correct"]): Denial | null {
  if (notices.length === 0) return null;
  const newest = notices.reduce((best, next) => (dayOf(next) > dayOf(best) ? next : best));
  return correct ? correct(newest) : newest;
}

function dayOf(denial: Denial): PlainDate | "" {
  return parseDate(denial.noticeDate?.value ?? "") ?? "";
}

/** Documents of these kinds, cut to the pages that are that paper: a combined scan can hold several. */
function of(
  documents: readonly SourceDocument[],
  sorted: SortedPapers,
  ...kinds: string[]
): SourceDocument[] {
  return documents.flatMap((document) => {
    const parts = sorted.papers.filter(
      (paper) => paper.document === document.document && kinds.includes(paper.kind),
    );
    if (parts.length === 0) return [];
    const pages = document.pages.filter(({ page }) =>
      parts.some((part) => page >= part.pages.from && page <= part.pages.to),
    );
    return [{ ...document, pages }];
  });
}

function policiesOf(
  documents: readonly SourceDocument[],
  sorted: SortedPapers,
  knowledge: CaseKnowledge,
): Policy[] {
  return of(documents, sorted, "policy").map((document) => readPolicy(document, knowledge.policy));
}

function match(
  input: CaseInput,
  policy: Policy,
  facts: CaseFile["facts"],
  records: SourceDocument[],
  sorted: SortedPapers,
  denial: Denial | null,
  requested: readonly string[],
  knowledge: CaseKnowledge,
): Findings {
  return matchPolicy({
    policy,
    facts,
    documents: records,
    asOf: input.asOf,
    requestedOn: denial?.noticeDate?.value,
    clinical: knowledge.clinical,
    matching: knowledge.matching,
    attested: input.attested,
    exclude: sorted.foreign,
    ...(requested.length > 0 ? { requested } : {}),
  });
}

/** The one question nearly every clock hangs on. */
function receiptIssues(denial: Denial | null, answers: Answers): Issue[] {
  const told = Object.keys(answers.events ?? {}).some((event) => event.endsWith("-received"));
  if (!denial || told) return [];
  return [
    {
      severity: "warning",
      code: "receipt-unknown",
      text: "The day you received the letter is not known. Many last days count from it: look at the envelope or the portal's message. Until then a safe day is given, counted from the date of the letter.",
    },
  ];
}

function unique(issues: Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ code, text }) => !seen.has(`${code}\n${text}`) && seen.add(`${code}\n${text}`));
}
