import { parseDate } from "#base";
import type { AppealKind } from "#knowledge";
import { type Desk, reasonCue } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import type { CriterionRow } from "./criteria.ts";
import { tellingMost } from "./criteria-table.ts";
import { printEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { type Draft, fill, formal, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { reasonSpans } from "./reasons.ts";
import { sourceSlot } from "./source-line.ts";
import { spelledDates } from "./spelled-dates.ts";
import { tellingWords } from "./telling-words.ts";

/** More papers than these are not named one by one. */
const most = 4;

/**
 * What the review had before it, in the notice's own words, and which papers on the contested criteria are older than the
 * decision and not among them. Its words, the record, the consequence; no motive.
 */
export function addErrors(draft: Draft, desk: Desk, kind: AppealKind, rows: CriterionRow[]): void {
  const cue = desk.knowledge.cues.find((row) => row.id === "reviewer-saw");
  if (!cue) return;
  draft.open(
    kind.level === "first" ? "What the first review had before it" : "What the review had before it",
  );
  const reasons = reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge));
  const hits = desk.search.find(cue);
  const listed = hits.map(({ span }) => span.quote).join(" ");
  const papers = hits.length > 0 ? unlisted(desk, rows, listed).slice(0, most) : [];
  const whose = isOutside(kind) ? "The plan's letter" : "Your letter";
  const fresh = hits.filter((hit) => !meet(reasons, [hit.span]));
  for (const hit of fresh) draft.add("text", fill(`${whose} says: {quote} ({place}).`, hit.slots));
  // What the reason has quoted already is named, and not quoted again.
  if (fresh.length === 0 && papers.length > 0)
    draft.add("text", fill(`${whose} names what the review had before it ({place}).`, hits[0]!.slots));
  for (const paper of papers) draft.add("item", paper);
  if (fresh.length + papers.length > 0)
    draft.add("text", formal("The exhibits are enclosed, so that all of them are weighed."));
  draft.close();
}

/** Papers that a contested criterion rests on, dated before the decision, of which the list of the review has no word. */
function unlisted(desk: Desk, rows: CriterionRow[], listed: string): Slot[] {
  const decided = parseDate(desk.input.denial?.noticeDate?.value ?? "");
  const words = tellingWords(listed);
  const days = new Set<string>(spelledDates(listed).map(({ date }) => date));
  const named = new Set<string>();
  const onRows = rows.flatMap((row) => {
    if (!row.contested || row.group || row.status !== "met") return [];
    return tellingMost(row, printEvidence(row.for, desk.input, desk.cite, 4)) ?? [];
  });
  const answering = reasonAnswers(desk).flatMap(({ said }) => said);
  return [...onRows, ...answering].flatMap((best) => {
    const exhibit = desk.cite.exhibitOf(best.span);
    const paper = exhibit ? sourceSlot(best.span, exhibit, desk.cite) : null;
    const day = spelledDates(paper?.text ?? "").at(-1)?.date;
    if (!exhibit || !paper || !day || !decided || day >= decided || days.has(day)) return [];
    const kind = [...tellingWords(`${exhibit.title.text} ${exhibit.recordKind ?? ""}`)];
    if (named.has(paper.text) || kind.some((word) => words.has(word))) return [];
    named.add(paper.text);
    const slots = { paper, place: { ...best.place, rests: [{ evidence: best.span }] } };
    return fill("Not in that list, though older than the decision: {paper} ({place}).", slots) ?? [];
  });
}
