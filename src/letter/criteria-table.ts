import type { FindingStatus } from "#finding";
import type { Desk } from "./appeal.ts";
import { type CriterionRow, criterionWords } from "./criteria.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { type ExhibitRef, meet } from "./exhibits.ts";
import { study } from "./measurements.ts";
import { type Draft, formal, joined, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { printedQuote } from "./sentences.ts";
import { tellingWords } from "./telling-words.ts";
import { tellingOutcomes } from "./tried-drugs.ts";

const words: Record<FindingStatus, string> = {
  met: "Met",
  "not-met": "Not met; not claimed",
  unknown: "Not shown in the records enclosed; not claimed",
  conflicting: "The records differ; both are shown",
  "not-applicable": "Does not apply",
};

/** "Criterion 3", or the first words of one that has no number. */
export function criterionName(row: CriterionRow): Slot {
  const rests = [{ criterion: row.criterion.id }];
  if (row.number) return { text: `Criterion ${row.number}`, rests };
  const first = criterionWords(row.criterion).split(" ").slice(0, 8).join(" ");
  return { text: `The criterion “${printedQuote(first)} …”`.replace("“The", "“The"), rests };
}

/** "3." or, for a part, "Criterion 3a."; a reader of numbers must not take the label for a value. */
const rowLabel = (row: CriterionRow) =>
  row.number ? `${/^\d+$/.test(row.number) ? row.number : `Criterion ${row.number}`}. ` : "";

const quotedCriterion = (row: CriterionRow): Slot => ({
  text: `${rowLabel(row)}“${printedQuote(criterionWords(row.criterion))}”`,
  rests: [{ criterion: row.criterion.id }],
});

/** More trials than these stand in the table of drugs. */
export const mostTrials = 4;

/** The first evidence of each drug whose trial ended with an outcome that counts. */
export function oneOfEach(row: CriterionRow, desk: Desk): CriterionRow["for"] {
  const facts = new Map(desk.input.facts.map((fact) => [fact.id, fact]));
  const byDrug = new Map<string, CriterionRow["for"][number]>();
  for (const entry of row.for) {
    const fact = facts.get(entry.fact ?? "");
    if (fact?.course?.outcome && tellingOutcomes.has(fact.course.outcome) && !byDrug.has(fact.concept))
      byDrug.set(fact.concept, entry);
  }
  return byDrug.size > 1 ? [...byDrug.values()] : [];
}

/** Of several pages the one whose words are most the criterion's own; of equals the first. */
export function tellingMost(row: CriterionRow, shown: PrintedEvidence[]): PrintedEvidence | undefined {
  const about = [...tellingWords(criterionWords(row.criterion))];
  const shared = ({ span }: PrintedEvidence) => {
    const words = [...tellingWords(span.quote)].map((word) => word.slice(0, 5));
    return about.filter((word) => words.includes(word.slice(0, 5))).length;
  };
  return [...shown].sort((one, other) => shared(other) - shared(one))[0];
}

/** The table: criterion words · status · evidence · exhibit. */
export function addCriteriaTable(draft: Draft, desk: Desk, rows: CriterionRow[]): void {
  if (rows.length === 0) return;
  draft.open("Every criterion of the policy, and what the record says");
  draft.row([
    formal("Criterion, as the policy words it"),
    formal("Status"),
    formal("Evidence: document, date, quoted words"),
    formal("Exhibit"),
  ]);
  for (const row of rows) draft.row(cellsOf(row, desk));
  draft.close();
}

function cellsOf(row: CriterionRow, desk: Desk): Slot[] {
  const { input, cite } = desk;
  const open = row.status === "unknown";
  const shown = row.group ? [] : bestShown(row, desk, row.contested ? 3 : 2);
  const contrary = row.group
    ? []
    : printEvidence(row.against, input, cite, row.status === "conflicting" ? 2 : 1);
  const near = row.group
    ? []
    : open
      ? nearPages(row, desk, Math.max(0, 2 - shown.length))
      : measured(row, desk, shown);
  // The study's own figure stands first; of those who repeat it one is enough. An earlier page of the same paper is none.
  const isStudy = near[0] && shown[0] && cite.exhibitOf(near[0].span) !== cite.exhibitOf(shown[0].span);
  const printed = row.status === "met" && isStudy ? [...near, ...shown.slice(0, 1)] : [...shown, ...near];
  const said = [
    ...printed.map((entry) => entry.said),
    ...contrary.map((entry) => joined([formal("Against:"), entry.said])!),
    ...(open && !row.group && near.length + shown.length === 0
      ? [formal("No page is relied on for it.")]
      : []),
  ];
  const places = [...printed, ...contrary].map((entry) => entry.place);
  const pages = places.filter(
    (slot, index) => places.findIndex((other) => other.text === slot.text) === index,
  );
  return [
    quotedCriterion(row),
    { text: statusOf(row, shown.length + near.length > 0), rests: [{ criterion: row.criterion.id }] },
    joined(said, "; ") ?? formal(row.group ? "See the rows below." : ""),
    joined(pages, "; ") ?? formal(""),
  ];
}

/** What is printed for a criterion; against a threshold the study's own figure stands before what others say of it. */
export function bestShown(
  row: CriterionRow,
  desk: Desk,
  most: number,
  characters?: number,
): PrintedEvidence[] {
  const each = oneOfEach(row, desk);
  const evidence = [...each, ...row.for.filter((entry) => !each.includes(entry))];
  const all = printEvidence(
    evidence,
    desk.input,
    desk.cite,
    Math.max(most, Math.min(each.length, mostTrials)) + (/\d/.test(criterionWords(row.criterion)) ? 6 : 2),
    characters,
  );
  if (each.length > 1) return all.slice(0, Math.max(most, Math.min(each.length, mostTrials)));
  if (!/\d/.test(criterionWords(row.criterion))) return all.slice(0, most);
  const rank = ({ span }: PrintedEvidence) => {
    const exhibit = desk.cite.exhibitOf(span);
    return Number(study.test(`${exhibit?.title.text} ${exhibit?.recordKind ?? ""}`) && /\d/.test(span.quote));
  };
  return [...all].sort((one, other) => rank(other) - rank(one)).slice(0, most);
}

/** Papers in which others repeat what clinicians found; they decide nothing and are not quoted for an open criterion. */
const secondHand =
  /\b(telephone|phone|fax|form|authorization|request|portal|message|log|handout|instructions)\b/i;

export const isSecondHand = ({ title, recordKind }: ExhibitRef): boolean =>
  secondHand.test(`${title.text} ${recordKind ?? ""}`);

/** Letterheads, page heads and heads of tables say nothing. */
const furniture = /\b(MRN|DOB|Tel|Fax)\b|^[^\d.:]*\b(Qty|Days|Strength|Prescriber)\b[^\d.:]*$/;

/**
 * Pages that bear on an open criterion: what a clinician states, not what a form repeats, nor a bare "no" that a
 * later page may have overtaken.
 */
export function nearPages(row: CriterionRow, desk: Desk, most: number) {
  const about = new Set([...tellingWords(criterionWords(row.criterion))].filter((word) => !weak.test(word)));
  // What answers the notice on the same words bears on the criterion too, by whatever name the record has it.
  const least = Math.min(2, about.size);
  const told = reasonAnswers(desk)
    .filter(({ clause }) => least > 0 && (row.contested || sharedWith(about, clause.quote) >= least))
    .flatMap(({ clause, said }) =>
      said.filter(
        ({ span }) => Math.max(sharedWith(about, clause.quote), sharedWith(about, span.quote)) >= least,
      ),
    );
  const spans = told.map(({ span }) => span);
  const stated = [
    ...told,
    ...printEvidence(row.candidates, desk.input, desk.cite, 6).filter(
      (entry) =>
        !meet(spans, [entry.span]) &&
        isStated(entry, desk) &&
        !notDone.test(entry.span.quote) &&
        (row.status === "met" || sharesOne(about, tellingWords(entry.span.quote))) &&
        /\d|.{45}/s.test(entry.span.quote),
    ),
  ];
  const counts = /\d|\b(one|two|three|four|six|eight|twelve)\b/i.test(criterionWords(row.criterion));
  const rank = (entry: PrintedEvidence) =>
    sharedWith(about, entry.span.quote) +
    (counts && /\d/.test(entry.span.quote) ? 1.5 : 0) +
    (told.includes(entry) ? 2 : 0);
  return [...stated].sort((one, other) => rank(other) - rank(one)).slice(0, most);
}

/** How many words a sentence has in common with a criterion, whatever their ending; hours are told in minutes too. */
function sharedWith(about: Set<string>, quote: string): number {
  const told = [...tellingWords(quote)].map((word) => word.slice(0, 5));
  const hours = about.has("hours") && told.includes("minut") ? 1 : 0;
  return hours + [...about].filter((word) => told.includes(word.slice(0, 5))).length;
}

/** Words of criteria that stand in every note and say nothing of this one. */
export const weak =
  /^(?:expect|reasonabl|suffic|appropriat|adequat|requir|need|likely|able|least|take|part|using|used|result|days?|weeks?)/;

/** What a clinician states of the patient: no letterhead, no form that repeats others, no bare "no". */
export function isStated({ span }: PrintedEvidence, desk: Desk): boolean {
  const exhibit = desk.cite.exhibitOf(span);
  return (
    desk.search.usable(span) &&
    !furniture.test(span.quote) &&
    !(exhibit && isSecondHand(exhibit)) &&
    !/^(no|not|denies|without)\b/i.test(span.quote.trim())
  );
}

/** What was never done is no page to weigh. */
const notDone = /\b(not|never) (yet |been )?(tried|used|taken|started|done|performed|obtained|attempted)\b/i;

export const mostNear = 6;

/** Words in common, whatever their ending ("trained", "training"). */
const sharesOne = (some: Set<string>, others: Set<string>): boolean =>
  [...some].some((word) => [...others].some((other) => other.slice(0, 5) === word.slice(0, 5)));

/** The page that decides a criterion: the study's own figure against a threshold, else the best that it rests on. */
export const decidingPage = (
  row: CriterionRow,
  desk: Desk,
  characters: number,
): PrintedEvidence | undefined => measured(row, desk, [])[0] ?? bestShown(row, desk, 1, characters)[0];

/** For a criterion with a threshold whose evidence shows no unit: the nearest page that gives the measurement with one. */
function measured(row: CriterionRow, desk: Desk, shown: PrintedEvidence[]): PrintedEvidence[] {
  const unit = /\d\s?(%|mm\b|cm2?\b|mL\b|mmHg\b|ms\b|mg\b|g\/|kg\b)/;
  if (row.status !== "met" || shown.length > 2 || !/\d/.test(row.criterion.text)) return [];
  const near = nearPages(row, desk, 3).filter(({ span }) => unit.test(span.quote));
  return near.filter(({ span }) => !shown.some((other) => meet([other.span], [span]))).slice(0, 1);
}

/** The status in words. Unknown is never "met", and not "missing" either where pages bear on it. */
function statusOf(row: CriterionRow, pagesBearOnIt: boolean): string {
  const word =
    row.status === "unknown" && (row.group || pagesBearOnIt)
      ? "Not claimed as met; for you to weigh"
      : words[row.status];
  return `${word}${row.branch ? `, by criterion ${row.branch}` : ""}${row.contested && row.depth === 0 ? " (contested)" : ""}`;
}
