import type { LetterKind, LetterRow } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { jeopardy } from "./choose.ts";
import { groundRows } from "./grounds.ts";
import { addHead } from "./letter-head.ts";
import { type Draft, fill, formal, joined, newDraft, type Slots } from "./passages.ts";
import { addReferenceBlock } from "./reference-block.ts";
import { memberLine, physicianLine } from "./signatures.ts";
import type { Letter } from "./types.ts";
import { missingOf } from "./wanted.ts";

/** To whom a letter goes when it is not the address for appeals of the notice. */
const addressees: Record<string, string> = {
  administrator: "Plan Administrator (usually the employer). Address: ____________",
  provider: "Medical records department. Address: ____________",
  prescriber: "Prescriber. Address: ____________",
  billing: "Billing department. Address: ____________",
  regulator:
    "State insurance department, or for a self-funded employer plan the Employee Benefits Security Administration. Address: ____________",
  external: "External review, as the notice names it. Address: ____________",
  qio: "Quality Improvement Organization named on the notice. Telephone: ____________",
  opm: "Office of Personnel Management, Healthcare and Insurance. Address: ____________",
  state: "State hearing office named on the notice. Address: ____________",
};

/** A letter whose words are all rows of knowledge. */
export function draftFromRows(desk: Desk, kind: LetterKind): Letter {
  const draft = newDraft();
  const outside = addressees[kind.to];
  if (outside) {
    draft.add("sender", desk.slots.member);
    draft.add("date", formal("Date: ____________"));
    if (kind.to === "external" && desk.slots.externalBody) {
      draft.add("recipient", desk.slots.externalBody);
      draft.add("delivery", formal("Address, as the notice prints it: ____________"));
    } else
      draft.add(
        "recipient",
        joined([kind.to === "provider" ? desk.slots.provider : null, formal(outside)], ", "),
      );
    draft.add("title", formal(kind.title));
  } else addHead(draft, desk, kind.title);
  addReferenceBlock(draft, desk.input, desk.slots);
  for (const row of kind.rows) addRow(draft, desk, row);
  draft.close();
  return {
    kind: kind.id,
    file: kind.file,
    title: kind.title,
    language: "en",
    passages: draft.passages,
    issues: kind.issue ? [{ severity: "information", code: `${kind.id}-ready`, text: kind.issue }] : [],
  };
}

function addRow(draft: Draft, desk: Desk, row: LetterRow): void {
  if (row.heading) {
    draft.close();
    draft.open(row.heading);
  } else if (row.signature) draft.add("signature", signatureOf(desk, row.signature));
  else if (row["law-only"])
    for (const sentence of desk.law.sentences(row["law-only"])) draft.add("text", sentence);
  else if (row.each)
    for (const slots of listOf(desk, row.each))
      draft.add("item", fill(row.item ?? row.text ?? "", { ...desk.slots, ...slots }));
  else addWords(draft, desk, row);
}

/** A row of words, with its sentence of law where one binds, or its other wording where a slot is empty. */
function addWords(draft: Draft, desk: Desk, row: LetterRow): void {
  const pattern = row.text ?? row.item ?? row.attestation ?? "";
  const filled = fill(pattern, desk.slots) ?? (row.else ? fill(row.else, desk.slots) : null);
  if (!filled) return;
  const law = row.law ? desk.law.sentences(row.law)[0] : undefined;
  draft.add(row.text ? "text" : row.item ? "item" : "attestation", joined([filled, law]));
}

function signatureOf(desk: Desk, who: NonNullable<LetterRow["signature"]>) {
  if (who === "member") return memberLine(desk);
  if (who === "physician") return physicianLine(desk);
  return formal("Representative ______________________ Date __________");
}

/** The lists over which a row is repeated. */
function listOf(desk: Desk, name: string): Slots[] {
  if (name === "missing") return missingOf(desk).map((item) => ({ item }));
  if (name === "requests")
    return groundRows(desk).flatMap((ground) => ground.requests.map((text) => ({ item: formal(text) })));
  if (name === "defects")
    return (desk.input.denial?.issues ?? [])
      .filter((issue) => issue.code.startsWith("notice-"))
      .map((issue) => ({
        item: { text: issue.text, rests: issue.cite ? [{ law: issue.cite }] : [{ form: true as const }] },
      }));
  if (name === "urgency") return jeopardy(desk).map((hit) => hit.slots);
  const cue = desk.knowledge.cues.find((row) => row.id === name);
  return cue ? desk.search.find(cue).map((hit) => hit.slots) : [];
}
