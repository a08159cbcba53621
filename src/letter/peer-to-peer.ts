import type { Span } from "#base";
import { answeredDrugs } from "./alternatives.ts";
import type { Desk } from "./appeal.ts";
import { courseLine, onProgress } from "./courses.ts";
import { type CriterionRow, criterionRows } from "./criteria.ts";
import { criterionName, nearPages, tellingMost } from "./criteria-table.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { onSteps, strongestHits } from "./grounds.ts";
import { type Draft, fill, formal, fromPages, joined, newDraft, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { reading } from "./reference-block.ts";
import { briefCharacters, printedQuote } from "./sentences.ts";
import type { Letter } from "./types.ts";
import { usualEvidence } from "./usual-evidence.ts";

/** One page holds these. */
const mostDrugs = 5;
const mostLimits = 4;
const mostUsual = 6;
const mostClauses = 5;
const mostPoints = 8;

/** One page for the call between the physician and the plan's doctor: say, prove, ask, do not say, write down. */
export function draftPeerToPeer(desk: Desk): Letter {
  const { input, slots } = desk;
  const draft = newDraft();
  const rows = criterionRows(input).filter((row) => row.depth === 0 || row.contested);
  draft.add("title", formal("Peer-to-peer sheet"));
  const phone = input.denial?.rightsStated.sendTo.phone;
  draft.add(
    "text",
    phone?.from.length
      ? fill("Call {phone}, the number on the notice; ask for the peer-to-peer line.", {
          phone: fromPages(phone.value, ...phone.from),
        })
      : formal("The notice prints no peer-to-peer number; ask member services for it."),
  );
  const first = joined(
    [
      slots.member,
      reading(input.denial?.memberId),
      ...(input.denial?.references ?? []).map((reference) => fromPages(reference.value, ...reference.from)),
      slots.service,
      joined([formal("denied"), slots.noticeDate]),
      slots.policy,
    ],
    "; ",
  );
  draft.add("text", fill("Say first: {first}.", { first }));
  draft.add(
    "text",
    formal("The call does not stop the time to appeal; the written appeal goes in all the same."),
  );
  addPoints(draft, desk, rows);
  draft.open("Ask");
  draft.add(
    "item",
    formal("Which criterion is still open, and which document would close it? Will you approve today?"),
  );
  draft.close();
  addLimits(draft, desk, rows);
  draft.add(
    "note",
    formal(
      "Write down: reviewer's name and specialty ____________ date and time ____________ reference ____________ outcome ____________",
    ),
  );
  return {
    kind: "peer-to-peer",
    file: "peer-to-peer-sheet",
    title: "Peer-to-peer sheet",
    language: "en",
    passages: draft.passages,
    issues: [],
  };
}

/** Contested criteria first, one line of evidence each; then the rest in one breath. */
function addPoints(draft: Draft, desk: Desk, rows: CriterionRow[]): void {
  const { input, cite } = desk;
  draft.open("Points, strongest first");
  const told: Span[] = [];
  const point = (name: Slot | null, { said, place, span }: PrintedEvidence) => {
    if (meet(told, [span])) return;
    const line = name
      ? fill("{name}: {said} ({place}).", { name, said, place })
      : fill("{said} ({place}).", { said, place });
    if (draft.add("request", line)) told.push(span);
  };
  const answers = [...reasonAnswers(desk)].sort((one, other) => Number(other.wrong) - Number(one.wrong));
  for (const { clause, said } of answers.slice(0, mostClauses))
    for (const evidence of said.slice(0, 1))
      point(fromPages(`To “${printedQuote(clause.quote)}”`, clause), evidence);
  const contested = rows.filter((row) => row.contested);
  const lead = (contested.length > 0 ? contested : rows)
    .filter((row) => row.status === "met" && !row.group)
    .slice(0, 6);
  for (const row of lead) {
    const best = tellingMost(row, printEvidence(row.for, input, cite, 4, briefCharacters));
    if (best) point(criterionName(row), best);
  }
  if (onSteps(desk)) for (const drug of answeredDrugs(desk).slice(0, mostDrugs)) point(drug.name, drug);
  for (const course of onProgress(desk)) {
    const line = courseLine(course, desk);
    if (line) point(null, line);
  }
  if (rows.length === 0) {
    for (const evidence of usualEvidence(desk, mostUsual)) point(null, evidence);
    for (const { hit } of strongestHits(desk)) {
      const { source, quote, place } = hit.slots;
      const said = joined([source, quote], ": ");
      if (said && place && told.length < mostPoints) point(null, { said, place, span: hit.span });
    }
  }
  const others = rows.filter((row) => !lead.includes(row) && row.depth === 0 && row.status === "met");
  const names = joined(
    others.map((row) => ({
      text: row.number || criterionName(row).text,
      rests: [{ criterion: row.criterion.id }],
    })),
    ", ",
  );
  draft.add("text", fill("Also met, see the table of the appeal: criteria {names}.", { names }));
  draft.close();
}

/** What the record does not carry, so that it is not said on the telephone. */
function addLimits(draft: Draft, desk: Desk, rows: CriterionRow[]): void {
  draft.open("Do not claim");
  for (const row of rows
    .filter((row) => !row.group && !row.spare)
    .filter(
      (row) => row.status === "not-met" || (row.status === "unknown" && nearPages(row, desk, 1).length === 0),
    )
    .slice(0, 4))
    draft.add("item", fill("{name}: the record does not show it.", { name: criterionName(row) }));
  const told = new Set<string>();
  for (const harm of desk.input.findings?.harms ?? []) {
    const concept = desk.input.facts.find(({ id }) => id === harm.evidence.fact)?.concept ?? harm.why;
    if (told.has(concept) || told.size >= mostLimits) continue;
    told.add(concept);
    const shown = printEvidence([harm.evidence], desk.input, desk.cite, 1, briefCharacters)[0];
    draft.add(
      "item",
      fill("No more than the page says: {said} ({place}).", { said: shown?.said, place: shown?.place }),
    );
  }
  draft.close();
}
