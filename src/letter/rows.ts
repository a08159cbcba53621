import type { LetterKind, LetterRow } from "#knowledge";
import { answeredDrugs, unansweredDrugs } from "./alternatives.ts";
import type { Desk } from "./appeal.ts";
import { jeopardy, rowConditions } from "./choose.ts";
import { defectsOf } from "./defects.ts";
import { rightSlots } from "./external-route.ts";
import { groundRows } from "./grounds.ts";
import { addHead } from "./letter-head.ts";
import {
  type Draft,
  fill,
  form,
  formal,
  fromPages,
  joined,
  lawSupport,
  newDraft,
  type Slot,
  type Slots,
} from "./passages.ts";
import { memberAddress } from "./people.ts";
import { addReferenceBlock } from "./reference-block.ts";
import type { Hit } from "./search.ts";
import { printedQuote } from "./sentences.ts";
import { memberLine, physicianLine, senderName } from "./signatures.ts";
import type { Letter } from "./types.ts";
import { unitConversions } from "./unit-conversion.ts";
import { unitMixUps } from "./unit-mix-up.ts";
import { missingOf } from "./wanted.ts";

/** To whom a letter goes when it is not the address for appeals of the notice: the right whose body it is, else these words. */
const addressees: Record<string, { rights: string[]; words: string }> = {
  administrator: { rights: [], words: "Plan Administrator (usually the employer)" },
  provider: { rights: [], words: "Medical records department" },
  prescriber: { rights: [], words: "Prescriber" },
  billing: { rights: [], words: "Billing department" },
  regulator: { rights: ["regulator-complaint"], words: "State insurance department" },
  external: { rights: [], words: "External review" },
  qio: { rights: [], words: "Quality Improvement Organization" },
  opm: { rights: [], words: "Office of Personnel Management, Healthcare and Insurance" },
  state: { rights: [], words: "State Medicaid agency, hearing office" },
};

/** Who oversees a public programme's plans; a State's insurance department does not. */
const overseers: [RegExp, string][] = [
  [/^(?:medicaid|chip)/, "State Medicaid agency"],
  [/^medicare/, "Centers for Medicare & Medicaid Services"],
  [/^(?:fehb|pshb)$/, "Office of Personnel Management, Healthcare and Insurance"],
  [/^tricare$/, "Defense Health Agency"],
];

function overseer({ input }: Desk): string | null {
  const kinds = input.plan.possible;
  const found = overseers.find(([program]) => kinds.length > 0 && kinds.every((kind) => program.test(kind)));
  return found?.[1] ?? null;
}

/** A letter whose words are all rows of knowledge. */
export function draftFromRows(desk: Desk, kind: LetterKind): Letter {
  const draft = newDraft();
  const outside = addressees[kind.to];
  if (outside) {
    const { provider } = desk.slots;
    draft.add("sender", joined([senderName(desk), memberAddress(desk)], ", "));
    draft.add("date", formal("Date: ____________"));
    const review = kind.to === "external" ? desk.slots.externalBody : null;
    const above = kind.to === "regulator" ? overseer(desk) : null;
    const body = review ?? bodyOf(desk, outside.rights) ?? formal(above ?? outside.words);
    const place = kind.to === "provider" || kind.to === "billing" ? provider : null;
    draft.add("recipient", joined([place, body], ", "));
    draft.add("delivery", formal("Address: ______________________________"));
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

/** The body that the law's answer names for a step. */
function bodyOf(desk: Desk, kinds: string[]): Slot | null {
  const right = desk.input.rights.rights.find(
    (entry) => kinds.includes(entry.kind) && entry.status !== "not-available",
  );
  if (!right) return null;
  const words = right.decidedBy.replace(/^(an?|the) /, "");
  const rests = right.cite[0] ? [lawSupport(right.cite[0])] : [];
  return {
    text: `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`,
    rests: rests.length > 0 ? rests : [form],
  };
}

function addRow(draft: Draft, desk: Desk, row: LetterRow): void {
  if (row.only && !rowConditions[row.only]?.(desk)) return;
  if (row.heading) {
    draft.close();
    draft.open(row.heading);
  } else if (row.signature) draft.add("signature", signatureOf(desk, row.signature));
  else if (row["law-only"])
    for (const sentence of desk.law.sentences(row["law-only"])) draft.add("text", sentence);
  else if (row.each)
    for (const slots of listOf(desk, row.each))
      draft.add(roleOf(row), fill(patternOf(row), { ...desk.slots, ...slots }));
  else addWords(draft, desk, row);
}

/** A row of words, with its sentence of law where one binds, or its other wording where a slot is empty. */
function addWords(draft: Draft, desk: Desk, row: LetterRow): void {
  const pattern = patternOf(row);
  const slots = { ...desk.slots, ...rightSlots(desk.input) };
  const filled = fill(pattern, slots) ?? (row.else ? fill(row.else, slots) : null);
  if (!filled) return;
  const law = row.law ? desk.law.sentences(row.law)[0] : undefined;
  draft.add(roleOf(row), joined([filled, law]));
}

const patternOf = (row: LetterRow): string => row.text ?? row.item ?? row.attestation ?? row.request ?? "";
const roleOf = (row: LetterRow) =>
  row.text ? "text" : row.item ? "item" : row.request ? "request" : "attestation";

function signatureOf(desk: Desk, who: NonNullable<LetterRow["signature"]>) {
  if (who === "member") return memberLine(desk);
  if (who === "physician") return physicianLine(desk);
  return formal("Representative ______________________ Date __________");
}

/** The lists over which a row is repeated. */
function listOf(desk: Desk, name: string): Slots[] {
  // A lead is printed once, where its list has anything.
  if (name.endsWith("-lead")) return listOf(desk, name.replace("-lead", "")).length > 0 ? [{}] : [];
  if (name === "conversion") return unitConversions(desk).map((item) => ({ item }));
  if (name === "mismatch") return unitMixUps(desk).map(({ item }) => ({ item }));
  if (name === "missing")
    return missingOf(desk).map(({ text, rests }) => ({
      item: { text: `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}.`.replace(/\.\.$/, "."), rests },
    }));
  if (name === "requests")
    return groundRows(desk).flatMap((ground) => ground.requests.map((text) => ({ item: formal(text) })));
  if (name === "defects") return defectsOf(desk.input).map((item) => ({ item }));
  if (name === "drugs") {
    const drugs = answeredDrugs(desk).map(({ name, said, place }) =>
      fill("{name}: {said} ({place}).", { name, said, place }),
    );
    return drugs.length > 0 ? drugs.map((item) => ({ item })) : hitsOf(desk, "steps").map(asItem);
  }
  if (name === "unanswered")
    return unansweredDrugs(desk).map(({ from }) => ({ item: fromPages(printedQuote(from.quote), from) }));
  if (name === "urgency") return jeopardy(desk).map((hit) => hit.slots);
  return hitsOf(desk, name).map((hit) => hit.slots);
}

/** The sentences of a cue of knowledge. */
function hitsOf(desk: Desk, name: string): Hit[] {
  const cue = desk.knowledge.cues.find((row) => row.id === name);
  return cue ? desk.search.find(cue) : [];
}

const asItem = (hit: Hit): Slots => ({ item: fill("{source}: {quote} ({place}).", hit.slots) });
