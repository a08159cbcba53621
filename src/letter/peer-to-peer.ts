import { answeredDrugs } from "./alternatives.ts";
import type { Desk } from "./appeal.ts";
import { type CriterionRow, criterionRows } from "./criteria.ts";
import { criterionName, tellingMost } from "./criteria-table.ts";
import { printEvidence } from "./evidence.ts";
import { onSteps } from "./grounds.ts";
import { type Draft, fill, formal, fromPages, joined, newDraft } from "./passages.ts";
import { reading } from "./reference-block.ts";
import { briefCharacters } from "./sentences.ts";
import type { Letter } from "./types.ts";
import { usualEvidence } from "./usual-evidence.ts";

/** One page holds these. */
const mostDrugs = 5;
const mostLimits = 4;
const mostUsual = 6;

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
  const contested = rows.filter((row) => row.contested);
  const lead = (contested.length > 0 ? contested : rows)
    .filter((row) => row.status === "met" && !row.group)
    .slice(0, 6);
  for (const row of lead) {
    const best = tellingMost(row, printEvidence(row.for, input, cite, 4, briefCharacters));
    draft.add(
      "request",
      fill("{name}: {best} ({place}).", { name: criterionName(row), best: best?.said, place: best?.place }),
    );
  }
  if (onSteps(desk))
    for (const { name, said, place } of answeredDrugs(desk).slice(0, mostDrugs))
      draft.add("request", fill("{name}: {said} ({place}).", { name, said, place }));
  if (rows.length === 0) {
    for (const { said, place } of usualEvidence(desk, mostUsual))
      draft.add("request", fill("{said} ({place}).", { said, place }));
    for (const ground of input.denial?.grounds ?? []) {
      const row = desk.knowledge.grounds.find((entry) => entry.id === ground.id);
      for (const argument of row?.argue ?? [])
        for (const hit of desk.search.find({ ...argument, most: 2 }))
          draft.add("request", fill("{source}: {quote} ({place}).", hit.slots));
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
    .filter((entry) => entry.status === "not-met" || entry.status === "unknown")
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
