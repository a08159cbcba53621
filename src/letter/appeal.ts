import type { Span } from "#base";
import type { AppealKind, ArgumentRow, GroundRow, LetterKnowledge } from "#knowledge";
import { answeredDrugs, unansweredIssues } from "./alternatives.ts";
import { saidByPages } from "./asked-papers.ts";
import { isOutside, isUrgent } from "./choose.ts";
import { namesACriterion } from "./contested.ts";
import { addCourses } from "./courses.ts";
import { type CriterionRow, criterionRows } from "./criteria.ts";
import { addCriteriaTable, isSecondHand } from "./criteria-table.ts";
import { addDefects } from "./defects.ts";
import { addDismissed } from "./dismissal.ts";
import { addErrors } from "./errors.ts";
import { usedFor } from "./exhibit-use.ts";
import { type Citer, meet } from "./exhibits.ts";
import { isStateReview } from "./external-route.ts";
import {
  argued,
  groundRows,
  isCriterion,
  isEmergencyBill,
  isMedical,
  isSaidByDrug,
  leadOnce,
  onDrugs,
  onException,
  onLevel,
  onSteps,
  saidByPapers,
  spokenTo,
} from "./grounds.ts";
import type { LetterInput } from "./input.ts";
import type { LawBook } from "./law-sentences.ts";
import { addLeftOut } from "./left-out.ts";
import { addHead } from "./letter-head.ts";
import { addMeasurements } from "./measurements.ts";
import { emergencyIssues, openPoints } from "./open-points.ts";
import { addParticulars, namesFor } from "./particulars.ts";
import { type Draft, fill, form, formal, joined, newDraft, type Slot } from "./passages.ts";
import { addReferenceBlock, type CommonSlots } from "./reference-block.ts";
import { addRequests, citedInRequests } from "./requests.ts";
import type { Hit, Searcher } from "./search.ts";
import { addSignatures, signerIssues } from "./signatures.ts";
import { spelledDates } from "./spelled-dates.ts";
import { addSummary } from "./summary.ts";
import { addTimeliness } from "./timeliness.ts";
import { addTriedDrugs } from "./tried-drugs.ts";
import type { Letter } from "./types.ts";
import { usualEvidence } from "./usual-evidence.ts";
import { addWeakPoints } from "./weak-points.ts";

/** Words by which a sentence of the notice goes on giving reasons. */
export const reasonCue = (knowledge: LetterKnowledge): string | undefined =>
  knowledge.cues.find((row) => row.id === "reason")?.cue;

/** Everything a letter is made with: the case, its papers found and labelled, the law that binds, the patterns. */
export type Desk = {
  input: LetterInput;
  cite: Citer;
  search: Searcher;
  law: LawBook;
  knowledge: LetterKnowledge;
  slots: CommonSlots;
};

/** The appeal of this regime and level: page one carries the case, the rest proves it. */
export function draftAppeal(desk: Desk, kind: AppealKind): Letter {
  const { input, slots } = desk;
  const draft = newDraft();
  const rows = criterionRows(input);
  const issues: Letter["issues"] = [];
  addHead(draft, desk, kind.title, kind, issues);
  addReferenceBlock(draft, input, slots, namesFor(desk, kind));
  addParticulars(draft, desk, kind);
  draft.add("salutation", formal(kind.salutation ?? salutations[kind.level]));
  const used = addSummary(draft, desk, kind, rows, issues);
  addReasonAnswered(draft, desk, kind, rows, used, issues);
  addDismissed(draft, desk, kind, issues);
  if (kind.level !== "first") addLeftOut(draft, desk, kind, rows);
  addErrors(draft, desk, kind, rows);
  addDefects(draft, desk, isOutside(kind));
  addWeakPoints(draft, desk, rows);
  addLaw(draft, desk, kind);
  addRequests(draft, desk, kind, rows);
  issues.push(...openPoints(rows, namesACriterion(input)));
  addTimeliness(draft, desk, kind, issues);
  issues.push(...signerIssues(desk), ...emergencyIssues(desk));
  addSignatures(draft, desk, isMedical(desk) && kind.attested, isOutside(kind) && isUrgent(desk));
  // What proves the letter stands behind the signatures: two pages are read, the rest is looked up.
  if (onSteps(desk)) addTriedDrugs(draft, desk, answeredDrugs(desk));
  addCriteriaTable(draft, desk, rows);
  addCourses(draft, desk);
  addMeasurements(draft, desk);
  if (onDrugs(desk) && !onSteps(desk)) addTriedDrugs(draft, desk);
  addQuoted(draft, desk, "conclusions", "What the notes and studies conclude");
  addQuoted(draft, desk, "need", "What the record says about the need");
  addExhibits(draft, desk, rows);
  return {
    kind: kind.id,
    file: "appeal-letter",
    title: kind.title,
    language: "en",
    passages: draft.passages,
    issues,
  };
}

const salutations: Record<AppealKind["level"], string> = {
  first: "To the appeals reviewer:",
  second: "To the appeals reviewer:",
  external: "To the independent reviewer:",
  hearing: "To the judge:",
  council: "To the members of the council:",
};

/** Each ground answered from the papers; a pattern that finds nothing becomes an open point. */
function addReasonAnswered(
  draft: Draft,
  desk: Desk,
  kind: AppealKind,
  rows: CriterionRow[],
  used: Span[],
  issues: Letter["issues"],
): void {
  const spans = [...used];
  const lead = leadOnce();
  const drugs = onSteps(desk) ? answeredDrugs(desk) : [];
  const papers = saidByPages(desk);
  // A disputed criterion that a page meets says more than pages that name the service.
  const settled = rows.some(({ contested, group, status }) => contested && !group && status === "met");
  const isSaidElsewhere = (row: ArgumentRow, ground: GroundRow) =>
    (drugs.length > 1 && isSaidByDrug(row, ground)) ||
    (papers && saidByPapers.has(row.id)) ||
    (settled && row.id === "now-enclosed");
  draft.open("The reason answered");
  for (const ground of groundRows(desk)) {
    for (const row of ground.argue) {
      if (isSaidElsewhere(row, ground)) continue;
      const hits = desk.search.find(argued(row, desk), spans).filter((hit) => !isCriterion(hit, desk));
      spans.push(...hits.map((hit) => hit.span));
      for (const hit of hits)
        draft.add("item", fill(lead(spokenTo(row.text, kind)), { ...desk.slots, ...hit.slots }));
      const answered = hits.length > 0 || used.length > 0;
      if (hits[0] && row.found)
        issues.push({ severity: "information", code: `${row.id}-found`, text: row.found, at: hits[0].span });
      if (!answered && row.missing)
        issues.push({ severity: "information", code: "argument-evidence-missing", text: row.missing });
    }
  }
  draft.close();
  if (onSteps(desk)) issues.push(...unansweredIssues(desk, rows));
}

/** The sentences of a cue in the record's own words, those not printed before. */
function addQuoted(draft: Draft, desk: Desk, cueId: string, heading: string): void {
  const cue = desk.knowledge.cues.find((row) => row.id === cueId);
  if (!cue) return;
  const printed = draft.passages.flatMap((passage) =>
    passage.rests.flatMap((rest) => ("evidence" in rest ? [rest.evidence] : [])),
  );
  draft.open(heading);
  if (cueId === "need") {
    const more = usualEvidence(desk, mostUsual).filter(({ span }) => !meet(printed, [span]));
    for (const { said, place, span } of more)
      if (draft.add("item", fill("{said} ({place}).", { said, place }))) printed.push(span);
  }
  for (const hit of newestStudies(desk.search.find({ ...cue, about: 0.8 }, printed)))
    if (!isSecondHand(hit.exhibit)) draft.add("item", fill("{source}: {quote} ({place}).", hit.slots));
  draft.close();
}

/** Passages on what policies usually ask, beside those of page one. */
const mostUsual = 10;

const study = /\b(mri|ct|pet|echo\w*|imaging|radiolog\w+|x-?ray|ultrasound|laborator\w+|labs?)\b/i;

/** Of a paper that holds studies only the newest speaks; older ones are superseded. Notes keep all their visits. */
function newestStudies(hits: Hit[]): Hit[] {
  const newest = new Map<string, string>();
  const dayOf = (hit: Hit) => spelledDates(hit.slots.source?.text ?? "").at(-1)?.date ?? "";
  for (const hit of hits)
    if ((newest.get(hit.exhibit.label) ?? "") < dayOf(hit)) newest.set(hit.exhibit.label, dayOf(hit));
  return hits.filter(
    (hit) =>
      !study.test(`${hit.exhibit.title.text} ${hit.exhibit.recordKind ?? ""}`) ||
      dayOf(hit) === newest.get(hit.exhibit.label),
  );
}

/** The duty towards the young has a sentence of its own, printed only for them. */
const epsdt = "42-usc-1396d#r-5";

/** A duty's words may name a second source; the letter prints the one that it is quoted from. */
const ownCitation = /\s*\(\d+ (?:USC|CFR) [^\s()]+(?:\([^)]*\))*\)/g;

/** What counts as relevant is said by asking for the file. */
const relevantPapers = "29 CFR 2560.503-1(m)(8)";
const claimFile = "29 CFR 2560.503-1(h)(2)(iii)";

/** Duties beyond these are cited at the requests that they carry. */
const mostDuties = 4;

/** Purposes of law that presume a medical judgment. */
const medicalLaw = new Set(["reviewer", "experts", "urgent-deference", "coverage-rules"]);

/** Only what binds this plan at this stage, one sentence each: the duties of the law files, else our own sentences. */
function addLaw(draft: Draft, desk: Desk, kind: AppealKind): void {
  const medical = isMedical(desk);
  if (isOutside(kind) && isStateReview(desk.input)) {
    draft.open("The law of this review");
    draft.add("text", fill("This review is asked for under {externalLaw}.", desk.slots));
    draft.close();
    return;
  }
  const requested = citedInRequests(desk, kind);
  const ownDuties = isOutside(kind) && !kind.for.includes("aca") ? [] : (desk.input.duties ?? []);
  const duties = ownDuties
    .filter((duty) => medical || !/\b(medical|professional|necessity)\b/i.test(duty.text))
    .filter((duty) => !duty.id.startsWith(epsdt) && !requested.has(duty.cite.label))
    .filter((duty) => duty.cite.label !== relevantPapers || !requested.has(claimFile))
    .slice(0, mostDuties)
    .map(
      (duty): Slot => ({
        text: `${duty.text.replace(ownCitation, "").replace(/\.$/, "")} (${duty.cite.label}).`,
        rests: [{ law: duty.cite }],
      }),
    );
  const own = kind.law
    .filter((purpose) => purpose !== "epsdt" && (purpose !== "exception" || onException(desk)))
    .filter((purpose) => medical || !medicalLaw.has(purpose))
    .flatMap((purpose) => desk.law.sentences(purpose));
  draft.open("The law that binds this review");
  for (const sentence of desk.law.sentences("epsdt")) draft.add("text", sentence);
  const special = [
    ...(onLevel(desk) ? desk.law.sentences("level-of-care") : []),
    ...(isEmergencyBill(desk) ? desk.law.sentences("emergency-billing") : []),
  ];
  draft.add("text", joined([...(duties.length > 0 ? duties : own), ...special]));
  draft.close();
}

/** The exhibits, with what each is used for. */
function addExhibits(draft: Draft, desk: Desk, rows: CriterionRow[]): void {
  draft.open("Exhibits");
  for (const exhibit of desk.cite.exhibits) {
    const used = usedFor(exhibit, rows, draft.passages);
    draft.add(
      "exhibit",
      joined(
        [
          formal(`Exhibit ${exhibit.label}`),
          exhibit.title,
          desk.cite.paperDay(exhibit) ?? undefined,
          { text: used, rests: [form] },
        ],
        " · ",
      ),
      [`Exhibit ${exhibit.label}`, exhibit.title.text, desk.cite.paperDay(exhibit)?.text ?? "", used],
    );
  }
  draft.close();
}
