import { answeredDrugs } from "./alternatives.ts";
import type { Desk } from "./appeal.ts";
import { isUrgent } from "./choose.ts";
import { isClinicalStatement } from "./clinical-statement.ts";
import { criterionRows } from "./criteria.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { onDrugs, strongestHits } from "./grounds.ts";
import { addHead } from "./letter-head.ts";
import { fill, formal, fromPerson, joined, newDraft, type Slot } from "./passages.ts";
import { reasonAnswers } from "./reason-evidence.ts";
import { addReferenceBlock } from "./reference-block.ts";
import type { Hit } from "./search.ts";
import { physicianLine, physicianName } from "./signatures.ts";
import type { Letter } from "./types.ts";
import { usualEvidence } from "./usual-evidence.ts";
import { missingOf } from "./wanted.ts";

const marks = "T ☐  C ☐  X ☐";
/** More statements than this are not read; the rest stand in the appeal's table. */
const most = 20;

/**
 * The physician's letter as a draft to confirm, statement by statement. Nothing in it is the physician's until marked;
 * every statement is the record's own words with their page.
 */
export function draftPhysicianLetter(desk: Desk): Letter {
  const draft = newDraft();
  addHead(draft, desk, "Letter of medical necessity");
  addReferenceBlock(draft, desk.input, desk.slots);
  draft.add(
    "note",
    formal(
      "Draft to confirm. Nothing below is the physician's statement until it is marked. T: true. C: correct as written in the margin. X: strike. Only T and C lines are sent.",
    ),
  );
  const statements = statementsOf(desk).filter(({ said }) => isClinicalStatement(quotedIn(said.text)));
  if (statements.length > 0) {
    draft.open("Statements from the record");
    draft.row([formal("Statement"), formal("Rests on"), formal("Mark")]);
    for (const statement of statements) draft.row([statement.said, statement.place, formal(marks)]);
    draft.close();
  }
  draft.open("Not in the record: write or leave blank");
  for (const question of questionsOf(desk)) draft.add("request", question);
  draft.close();
  const name = physicianName(desk)?.text ?? "treating physician";
  draft.add(
    "attestation",
    fromPerson(
      "I am the treating physician. The statements I marked T, and those I corrected, are true to the best of my knowledge and agree with the medical record.",
      `${name}, not yet signed`,
    ),
  );
  draft.add("signature", physicianLine(desk));
  return {
    kind: "physician-letter",
    file: "physician-letter",
    title: "Letter of medical necessity",
    language: "en",
    passages: draft.passages,
    issues: [
      {
        severity: "warning",
        code: "physician-letter-unsigned",
        text: `The physician letter is a draft: ${name} must confirm each statement and sign. An appeal with a signed letter of the treating physician is stronger.`,
      },
    ],
  };
}

/** The record's own words in a statement, without its source and date. */
const quotedIn = (text: string): string => /“(.*)”/s.exec(text)?.[1] ?? text;

/** The words that decide each criterion, then what the record says about the need; each page's words once. */
function statementsOf(desk: Desk): { said: Slot; place: Slot }[] {
  const chosen: PrintedEvidence[] = [];
  // First what answers the plan's own words; who sent what is not the physician's to confirm.
  for (const entry of reasonAnswers(desk).flatMap(({ said }) => said))
    if (!sending.test(entry.span.quote) && !chosen.some((other) => meet([other.span], [entry.span])))
      chosen.push(entry);
  for (const row of criterionRows(desk.input))
    if (!row.group && (row.status === "met" || row.status === "conflicting"))
      for (const entry of printEvidence(row.for, desk.input, desk.cite, row.contested ? 4 : 2))
        if (!chosen.some((other) => meet([other.span], [entry.span]))) chosen.push(entry);
  for (const { all } of onDrugs(desk) ? answeredDrugs(desk) : [])
    for (const entry of all)
      if (!chosen.some((other) => meet([other.span], [entry.span]))) chosen.push(entry);
  for (const entry of usualEvidence(desk, most))
    if (!chosen.some((other) => meet([other.span], [entry.span]))) chosen.push(entry);
  const cue = desk.knowledge.cues.find((row) => row.id === "need");
  const hits = cue
    ? desk.search.find(
        { ...cue, about: 0.8 },
        chosen.map((entry) => entry.span),
      )
    : [];
  const known = [...chosen, ...printed(hits)];
  // Without criteria: what the appeal itself quotes from the record to answer the reason.
  const answers = () =>
    strongestHits(desk)
      .map(({ hit }) => hit)
      .filter(({ exhibit }) => exhibit.kind === "record");
  if (criterionRows(desk.input).length > 0 && known.length > 0) return known.slice(0, most);
  const told = [...chosen, ...hits].map(({ span }) => span);
  return [...known, ...printed(answers().filter(({ span }) => !meet(told, [span])))].slice(0, most);
}

const sending = /\b(fax(ed)?|result:? ok|transmission|telephone|portal|spoke with|member services)\b/i;

function printed(hits: readonly Hit[]): { said: Slot; place: Slot }[] {
  return hits.flatMap(({ slots }) => {
    const said = fill("{source}: {quote}", slots);
    return said && slots.place ? [{ said, place: slots.place }] : [];
  });
}

/** What only the physician can say. Urgency is asked, never assumed. */
function questionsOf(desk: Desk): (Slot | null)[] {
  const line = " ____________________";
  return [
    formal(`Has anything in the treatment or the condition changed since the last note enclosed?${line}`),
    ...missingOf(desk)
      .slice(0, 5)
      .map(
        ({ text, rests }): Slot => ({
          text: `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}:${line}`,
          rests,
        }),
      ),
    fill(
      `In your own words: why {service} is needed now, and what you expect from it (any study you choose):${line}`,
      desk.slots,
    ),
    joined([
      formal(
        "☐ I determine that the time for a standard decision could seriously jeopardize the patient's life, health or ability to regain maximum function. Mark only if it is so.",
      ),
      isUrgent(desk) ? desk.law.sentences("urgent-deference")[0] : null,
    ]),
  ];
}
