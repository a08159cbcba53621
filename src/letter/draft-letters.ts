import type { Issue } from "#base";
import type { LetterKnowledge } from "#knowledge";
import { type Desk, draftAppeal, reasonCue } from "./appeal.ts";
import { chooseAppeal, chooseKinds, isByPlan } from "./choose.ts";
import { draftDeadlineSheet } from "./deadline-sheet.ts";
import { citer, labelExhibits } from "./exhibits.ts";
import { checkGrounding, lawDays as daysOf, lawSteps } from "./grounding.ts";
import { isCounted, isMedical, onDrugs } from "./grounds.ts";
import type { LetterInput } from "./input.ts";
import { lawBook } from "./law-sentences.ts";
import { draftPeerToPeer } from "./peer-to-peer.ts";
import { draftPhysicianLetter } from "./physician-letter.ts";
import { commonSlots } from "./reference-block.ts";
import { draftFromRows } from "./rows.ts";
import { searcher } from "./search.ts";
import { draftSupplyAnnex } from "./supply-annex.ts";
import type { Letter } from "./types.ts";

/** Sets the desk: papers labelled, search ready, binding law chosen. */
export function setDesk(input: LetterInput, knowledge: LetterKnowledge): Desk {
  const cite = citer(labelExhibits(input), input.documents);
  const cueOf = (id: string) => knowledge.cues.find((row) => row.id === id)?.cue ?? "(?!)";
  return {
    input,
    cite,
    search: searcher(input, cite, { notAFact: cueOf("not-a-fact"), againstUs: cueOf("against-us") }),
    law: lawBook(input, knowledge.law),
    knowledge,
    slots: commonSlots(input, cite, reasonCue(knowledge)),
  };
}

/**
 * Every letter that this case calls for, the appeal first. A passage that fails the grounding check is taken out and
 * becomes an issue of its letter: what is not supported is not said.
 */
export function draftLetters(input: LetterInput, knowledge: LetterKnowledge): Letter[] {
  if (!input.denial) return [];
  const desk = setDesk(input, knowledge);
  const appeal = chooseAppeal(desk);
  const letters = [...(appeal ? [draftAppeal(desk, appeal)] : []), ...companions(desk)];
  return letters.map((letter) => onlyGrounded(letter, input));
}

/** The letters beside the appeal, most needed first. None of the physician's for an approval. */
function companions(desk: Desk): Letter[] {
  const rows = chooseKinds(desk).map((kind) => draftFromRows(desk, kind));
  const sheet = draftDeadlineSheet(desk);
  if (desk.input.denial?.outcome?.value === "approved") return [sheet, ...rows];
  const [first, ...rest] = rows;
  const annex = onDrugs(desk) || isCounted(desk) ? draftSupplyAnnex(desk) : null;
  // A question of bookkeeping is none for a physician.
  const physician = isMedical(desk) ? [draftPhysicianLetter(desk)] : [];
  if (physician.length > 0 && isByPlan(desk)) physician.push(draftPeerToPeer(desk));
  return [...(first ? [first] : []), ...physician, sheet, ...(annex ? [annex] : []), ...rest];
}

/** Takes out what the checker refuses. */
function onlyGrounded(letter: Letter, input: LetterInput): Letter {
  const refused = checkGrounding(letter, input.documents, {
    policy: input.policy,
    lawDays: lawDays(input),
    lawSteps: lawSteps(input.rights),
    asOf: input.asOf,
  });
  if (refused.length === 0) return letter;
  const ids = new Set(refused.map(({ passage }) => passage));
  const issues: Issue[] = refused.map(({ passage: _passage, ...issue }) => ({
    ...issue,
    severity: "warning",
  }));
  return {
    ...letter,
    passages: letter.passages.filter((passage) => !ids.has(passage.id)),
    issues: [...letter.issues, ...issues],
  };
}

/** Every day that the law's answer of a case derives. */
export const lawDays = (input: Pick<LetterInput, "rights">): string[] => daysOf(input.rights);
