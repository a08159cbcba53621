import type { Issue } from "#base";
import type { LetterKind, LetterRow } from "#knowledge";
import { answeredDrugs, unansweredDrugs } from "./alternatives.ts";
import type { Desk } from "./appeal.ts";
import { billingAsks, billingShown } from "./billing-errors.ts";
import { jeopardy, rowConditions } from "./choose.ts";
import { clockSlots } from "./clocks.ts";
import { defectsOf } from "./defects.ts";
import { rightSlots } from "./external-route.ts";
import { groundRows } from "./grounds.ts";
import type { NamedDrug } from "./input.ts";
import { addHead, addOutside, sender } from "./letter-head.ts";
import { addDelivery, officeFor, officeName, providerAddress } from "./offices.ts";
import { groupPlan, keptUntil } from "./particulars.ts";
import { type Draft, fill, formal, fromPages, joined, newDraft, type Slot, type Slots } from "./passages.ts";
import { addReferenceBlock } from "./reference-block.ts";
import type { Hit } from "./search.ts";
import { printedQuote, withLeaning } from "./sentences.ts";
import { memberLine, physicianLine, physicianName } from "./signatures.ts";
import type { Letter } from "./types.ts";
import { unitCounts } from "./unit-conversion.ts";
import { unitMixUps } from "./unit-mix-up.ts";
import { missingOf } from "./wanted.ts";

/** Who is written to when it is neither the plan nor an office: everybody on the provider's side and the plan's administrator. */
const parties: Record<string, string> = {
  administrator: "Plan Administrator",
  provider: "Medical records department",
  prescriber: "Prescriber",
  billing: "Billing department",
};

/** The kinds of right whose office a letter goes to; which office that is stands in knowledge/letters/offices.yaml. */
const offices: Record<string, string[]> = {
  regulator: ["regulator-complaint"],
  external: ["external-review", "expedited-external-review"],
  qio: ["fast-track-qio", "hospital-discharge-qio"],
  opm: ["opm-review"],
  state: ["state-fair-hearing", "chip-review"],
};

/** A letter whose words are all rows of knowledge. */
export function draftFromRows(desk: Desk, kind: LetterKind): Letter {
  const draft = newDraft();
  const issues: Issue[] = kind.issue
    ? [{ severity: "information", code: `${kind.id}-ready`, text: kind.issue }]
    : [];
  addAddressee(draft, desk, kind, issues);
  addReferenceBlock(draft, desk.input, desk.slots, { notice: "Notice" });
  for (const row of kind.rows) addRow(draft, desk, row);
  draft.close();
  return {
    kind: kind.id,
    file: kind.file,
    title: kind.title,
    language: "en",
    passages: draft.passages,
    issues,
  };
}

/** Sender, date, whom it goes to and how, and the title. */
function addAddressee(draft: Draft, desk: Desk, kind: LetterKind, issues: Issue[]): void {
  const party = parties[kind.to];
  const decides = offices[kind.to];
  if (!party && !decides) {
    addHead(draft, desk, kind.title);
    return;
  }
  draft.add("sender", sender(desk));
  draft.add("date", formal("Date: ____________"));
  if (party) {
    const theirs =
      kind.to === "administrator"
        ? groupPlan(desk)
        : kind.to === "provider" || kind.to === "billing"
          ? desk.slots.provider
          : null;
    draft.add("recipient", joined([formal(party), theirs], ", "));
    // Some notices print the provider with its address.
    if (!/\d{5}$/.test(theirs?.text ?? "")) {
      const address = theirs && kind.to !== "administrator" ? providerAddress(desk) : null;
      draft.add(
        "delivery",
        joined([formal("Address:"), address ?? formal("______________________________")]),
      );
    }
  } else if (kind.to === "regulator" || kind.to === "qio") {
    // An address that the notice prints for the next step is not that of these.
    const office = officeFor(desk, decides!);
    draft.add("recipient", office && officeName(office));
    addDelivery(draft, desk, office, issues);
  } else addOutside(draft, desk, decides!, kind.to === "external" ? desk.slots.externalBody : null, issues);
  draft.add("title", formal(kind.title));
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
  const physician = physicianName(desk);
  const slots = { ...desk.slots, ...rightSlots(desk.input), ...clockSlots(desk), physician };
  const filled = [pattern, ...(row.else ?? [])].map((words) => fill(words, slots)).find(Boolean);
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
  if (name === "conversion") return unitCounts(desk).map(({ item }) => ({ item }));
  if (name === "billing-shown") return billingShown(desk).map((item) => ({ item }));
  if (name === "billing-asks") return billingAsks(desk).map((item) => ({ item }));
  if (name === "mismatch") return unitMixUps(desk).map(({ item }) => ({ item }));
  if (name === "missing")
    return missingOf(desk).map(({ text, rests }) => ({
      item: { text: `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}.`.replace(/\.\.$/, "."), rests },
    }));
  if (name === "requests")
    return groundRows(desk).flatMap((ground) => ground.requests.map((text) => ({ item: formal(text) })));
  if (name === "defects") return defectsOf(desk).map((item) => ({ item }));
  if (name === "drugs") {
    const drugs = answeredDrugs(desk).map(({ name, said, place }) =>
      fill("{name}: {said} ({place}).", { name, said, place }),
    );
    return drugs.length > 0 ? drugs.map((item) => ({ item })) : hitsOf(desk, "steps").map(asItem);
  }
  if (name === "unanswered") return unansweredDrugs(desk).map((drug) => ({ item: drugAsked(desk, drug) }));
  // A sentence that is quoted as the reason is not quoted twice.
  if (name === "cut")
    return hitsOf(desk, name)
      .filter(({ span }) => !desk.slots.reason?.text.includes(printedQuote(span.quote)))
      .map((hit) => hit.slots);
  if (name === "kept") return keptUntil(desk);
  if (name === "still-needed") return hitsOf(desk, name).map((hit) => wholeHit(desk, hit));
  if (name === "urgency") return jeopardy(desk).map((hit) => hit.slots);
  return hitsOf(desk, name).map((hit) => hit.slots);
}

/** A sentence with those after it that lean on it: "She lives alone …". */
function wholeHit(desk: Desk, hit: Hit): Slots {
  const source = desk.cite.sources.get(hit.span.document);
  const span = source ? withLeaning(source, hit.span, 300) : hit.span;
  return { ...hit.slots, quote: fromPages(`“${printedQuote(span.quote)}”`, span) };
}

/** A drug that no page answers, with what the record says of it, which the prescriber completes. */
function drugAsked(desk: Desk, { from, names }: NamedDrug): Slot {
  const name = fromPages(printedQuote(from.quote), from);
  const words = names.map((one) => one.replace(/[^\w -]/g, "."));
  const [hit] = desk.search.find({ find: "record", cue: `\\b(${words.join("|")})\\b`, most: 1 });
  return (hit && fill("{name} (the record: {quote}, {place})", { name, ...hit.slots })) ?? name;
}

/** The sentences of a cue of knowledge; where one page holds most of them, more of that page. */
function hitsOf(desk: Desk, name: string): Hit[] {
  const cue = desk.knowledge.cues.find((row) => row.id === name);
  if (!cue) return [];
  const hits = desk.search.find(cue);
  const room = cue.most - hits.length;
  return room > 0
    ? [
        ...hits,
        ...desk.search.find(
          { ...cue, most: room },
          hits.map(({ span }) => span),
        ),
      ]
    : hits;
}

const asItem = (hit: Hit): Slots => ({ item: fill("{source}: {quote} ({place}).", hit.slots) });
