import type { Span } from "#base";
import type { AppealKind } from "#knowledge";
import { answeredDrugs } from "./alternatives.ts";
import { addAnsweredReasons, stillToQuote } from "./answered-reasons.ts";
import { type Desk, reasonCue } from "./appeal.ts";
import { addApprovedUnits } from "./approved-units.ts";
import { addAskedPapers, saidByPages } from "./asked-papers.ts";
import { isOutside } from "./choose.ts";
import { courseLine, onProgress } from "./courses.ts";
import type { CriterionRow } from "./criteria.ts";
import { addSummaryAnswers, othersAnswered, showsNone } from "./criteria-answers.ts";
import { addDismissalAnswers, isDismissal } from "./dismissal.ts";
import { meet } from "./exhibits.ts";
import {
  isCriterion,
  isMedical,
  isSaidByDrug,
  leadOnce,
  onAuthorization,
  onSteps,
  saidByPapers,
  spokenTo,
  strongestHits,
} from "./grounds.ts";
import { clausesOf } from "./notice-clauses.ts";
import { type Draft, fill, formal, joined, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { reasonSpans } from "./reasons.ts";
import { withCare } from "./reference-block.ts";
import type { Hit } from "./search.ts";
import { printedQuote } from "./sentences.ts";
import { tellingWords } from "./telling-words.ts";
import type { Letter } from "./types.ts";
import { addUnitMixUp } from "./unit-mix-up.ts";
import { usualEvidence } from "./usual-evidence.ts";

const heading = "Summary";
/** Arguments on page one beside the answers to the criteria. */
const most = 4;

/** Drugs that the notice names are all answered on page one, up to this many. */
const mostNamed = 6;

const openings: Record<AppealKind["level"], string> = {
  first: "I appeal your decision",
  second: "I ask for a second review of your decision",
  external: "I ask for review of the decision",
  hearing: "I ask for a hearing on the decision",
  council: "I ask for review of the judge's decision",
};

/** Reason, answers, request: the page for the reviewer with ten minutes. Returns the words it used. */
export function addSummary(
  draft: Draft,
  desk: Desk,
  kind: AppealKind,
  rows: CriterionRow[],
  issues: Letter["issues"],
): Span[] {
  const { input, slots, cite } = desk;
  const outside = isOutside(kind);
  draft.open(heading);
  const opening = kind.opening ?? openings[kind.level];
  draft.add(
    "text",
    fill(`${opening} of {noticeDate} on {service}.`, slots) ??
      fill(`${opening} on {service}.`, slots) ??
      fill(`${opening} of {noticeDate}.`, slots),
  );
  if (kind.level === "second")
    draft.add("text", formal("What I sent before is in your file. This letter answers the decision on it."));
  const answers = reasonAnswers(desk);
  const clauses = clausesOf(desk);
  const reasons = reasonSpans(input, cite, reasonCue(desk.knowledge)).flatMap((span) =>
    stillToQuote(span, clauses, answers),
  );
  if (reasons.length > 0) {
    const quoted = reasons.map(
      (span): Slot => ({ text: `“${printedQuote(span.quote)}”`, rests: [{ evidence: span }] }),
    );
    draft.add(
      "text",
      fill(`${kind.reason ?? (outside ? "The reason given" : "The reason you gave")}: {quotes} ({place}).`, {
        quotes: joined(quoted, " "),
        place: cite.place(reasons[0]!),
      }),
    );
  }
  const told = [
    ...addAnsweredReasons(draft, desk, rows, answers, outside).flatMap(({ said }) => said),
    ...addAskedPapers(draft, desk, kind, issues),
  ].map(({ span }) => span);
  const courses = addProgress(draft, desk);
  const contrary = [
    ...told,
    ...courses,
    ...addContradiction(draft, desk, kind),
    ...addCounts(draft, desk, issues),
  ];
  const answered = addSummaryAnswers(draft, desk, rows, told, outside);
  const hits = answered ? contrary : [...contrary, ...addArguments(draft, desk, kind, contrary)];
  draft.add(
    "text",
    showsNone(rows)
      ? formal(
          "I do not claim that these pages show a criterion as met. They are enclosed so that they are weighed; please name the document that would close each open criterion, and speak with the treating physician before you decide.",
        )
      : othersAnswered(rows),
  );
  // The time for the decision stands with its law at the requests.
  draft.add("text", joined([formal("What I ask."), fill(asked(kind, desk), withCare(slots))]));
  draft.close();
  return hits;
}

/** Care that was given is not approved any more; it is paid for. */
const asked = (kind: AppealKind, desk: Desk): string =>
  desk.input.denial?.timing?.value === "post-service"
    ? kind.asks.replace("approve {service}", "process {service} for payment")
    : kind.asks;

/** Where the plan disputes progress: the figures that the record follows, the first and the last. */
function addProgress(draft: Draft, desk: Desk): Span[] {
  const lead = leadOnce();
  return onProgress(desk).flatMap((course) => {
    const line = courseLine(course, desk);
    if (!line) return [];
    const pattern = lead("The record measures it over time: {said} ({place}).");
    return draft.add("item", fill(pattern, { said: line.said, place: line.place })) ? line.span : [];
  });
}

/** Words of the policy that the notice itself cites and that say otherwise: no other answer is as strong. */
function addContradiction(draft: Draft, desk: Desk, kind: AppealKind): Span[] {
  const [first] = strongestHits(desk, (row) => row.find === "policy" && row.found !== undefined);
  if (!first) return [];
  draft.add("item", fill(spokenTo(first.pattern, kind), { ...desk.slots, ...first.hit.slots }));
  return [first.hit.span];
}

/** What was approved before for the refused codes, and a count of units that the record knows as another measure. */
function addCounts(draft: Draft, desk: Desk, issues: Letter["issues"]): Span[] {
  const from = draft.passages.length;
  if (onAuthorization(desk)) addApprovedUnits(draft, desk);
  addUnitMixUp(draft, desk, issues);
  return evidenceIn(draft, from);
}

/**
 * Where the table does not settle it: on drugs each drug with its course, else the pages that say what the plan did not
 * find, then those on what is usually asked, then the sentences that answer the grounds. `said` are the words already used.
 */
function addArguments(draft: Draft, desk: Desk, kind: AppealKind, said: Span[]): Span[] {
  if (isDismissal(desk.input)) return addDismissalAnswers(draft, desk, said);
  const before = [...said, ...evidenceIn(draft, 0)];
  const isNew = ({ span }: { span: Span }) => !meet(before, [span]);
  const drugs = drugsFirst(desk).filter(isNew);
  for (const { name, said, place } of drugs)
    draft.add("item", fill("{name}: {said} ({place}).", { name, said, place }));
  const printed = drugs.map(({ span }) => span);
  const room = () => most - printed.length - said.length;
  for (const { said, place, span } of usualEvidence(desk, most))
    if (room() > 0 && !meet([...before, ...printed], [span]))
      if (draft.add("item", fill("{said} ({place}).", { said, place }))) printed.push(span);
  const lead = leadOnce();
  const papers = saidByPages(desk);
  const hits = strongestHits(
    desk,
    (row, ground) =>
      (drugs.length < 2 || !isSaidByDrug(row, ground)) && !(papers && saidByPapers.has(row.id)),
  )
    .filter(({ hit }) => !meet([...before, ...printed], [hit.span]) && !isCriterion(hit, desk))
    .slice(0, Math.max(said.length > 0 ? 0 : 1, room() - 1));
  for (const { pattern, hit } of hits)
    draft.add("item", fill(lead(spokenTo(pattern, kind)), { ...desk.slots, ...hit.slots }));
  const answered = draft.passages.some(({ role, section }) => role === "item" && section === heading);
  return [
    ...printed,
    ...hits.map((entry) => entry.hit.span),
    ...(answered ? [] : addNeed(draft, desk, kind)),
  ];
}

/** On steps the drugs whose course the record tells, and all that the notice names. */
const drugsFirst = (desk: Desk) =>
  onSteps(desk)
    ? answeredDrugs(desk).slice(0, Math.max(most, Math.min(desk.input.alternatives?.length ?? 0, mostNamed)))
    : [];

/** The pages on which the arguments of page one rest, from a passage on. */
const evidenceIn = (draft: Draft, from: number): Span[] =>
  draft.passages
    .slice(from)
    .filter(({ role, section }) => role === "item" && section === heading)
    .flatMap(({ rests }) => rests.flatMap((rest) => ("evidence" in rest ? rest.evidence : [])));

/** Beginnings of words that stand in every reason and say nothing of this one. */
const general =
  /^(medic|necess|review|inform|clinic|requir|decisi|provid|plan|care|cover|support|physic|exceed|receiv|submit|reason|enough|level|benefit)/;

/** What the record says on the reason's own words, then of the need, then what the clinician says outright. */
function needHits(desk: Desk): Hit[] {
  const words = [...tellingWords(desk.slots.reason?.text ?? "")]
    .filter((word) => word.length > 5 && !general.test(word))
    .map((word) => word.slice(0, Math.max(6, word.length - 3)));
  const near = { id: "near", find: "record" as const, cue: `\\b(?:${words.join("|")})`, most: 2 };
  const named = ["need", "opinion", "steps"].flatMap(
    (id) => desk.knowledge.cues.find((row) => row.id === id) ?? [],
  );
  const measured = { ...near, cue: "{service}.{0,160}\\d|\\d.{0,160}{service}" };
  const short = [...tellingWords(desk.slots.reason?.text ?? "")].filter((word) => word.length <= 5);
  const brief = { ...near, cue: `\\b(?:${short.filter((word) => !general.test(word)).join("|") || "(?!)"})` };
  // Of care that is cut the first thing to say is what the person still cannot do alone.
  const still =
    desk.input.situation?.timing === "concurrent"
      ? desk.knowledge.cues.filter(({ id }) => id === "still-needed")
      : [];
  for (const cue of [...still, ...(words.length > 0 ? [near] : []), ...named, measured, brief]) {
    const hits = desk.search.find({ ...cue, most: 2 });
    if (hits.length > 0) return hits;
  }
  return [];
}

/** What is asked where neither the ground nor the need has a page. A reason that is not quoted is not pointed at. */
function unanswered(desk: Desk, kind: AppealKind): string {
  if (desk.slots.reason === null)
    return isOutside(kind)
      ? "The decision gives no reason that these pages could answer one by one. I ask that the whole record be weighed."
      : "Your letter gives no reason that these pages could answer one by one. I ask you to name it, with the page on which it rests.";
  return isOutside(kind)
    ? "I ask that it be shown on which page of the record this rests."
    : "I ask you to show on what this statement rests. The requests below name what is needed to answer it.";
}

/** Where no page answers the ground itself: what the record says of the need, or, on bookkeeping, what is asked for. */
function addNeed(draft: Draft, desk: Desk, kind: AppealKind): Span[] {
  const hits = isMedical(desk) ? needHits(desk) : [];
  for (const hit of hits) draft.add("item", fill("{source}: {quote} ({place}).", hit.slots));
  if (hits.length === 0) draft.add("text", formal(unanswered(desk, kind)));
  return hits.map(({ span }) => span);
}
