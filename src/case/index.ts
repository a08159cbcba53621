/**
 * @module case — the life of a case: the pipeline, append-only events, review, signature, sending.
 */

export { calendarFor } from "#law";
export type { Checklist } from "./checklist.ts";
export { citeCalls } from "./cite-calls.ts";
export * from "./events.ts";
export { expeditedFaxes } from "./expedited-fax.ts";
export { type BundleOptions, documentBundleOf } from "./fhir-bundle.ts";
export { questionnaireResponseOf } from "./fhir-questionnaire-response.ts";
export * from "./guide-choice.ts";
export * from "./later-events.ts";
export { editLetters } from "./letter-edits.ts";
export {
  type Anchor,
  citedWords,
  draftedPlace,
  endOfSection,
  isOwn,
  isTableHead,
  oneStep,
} from "./letter-places.ts";
export * from "./level-events.ts";
export * from "./next-date.ts";
export { isNpi } from "./npi.ts";
export * from "./physician.ts";
export {
  afterPhysician,
  type OtherMark,
  type PhysicianWord,
  signedDocument,
} from "./physician-words.ts";
export { type CaseInput, type CaseKnowledge, prepareCase } from "./prepare-case.ts";
export * from "./pricing.ts";
export * from "./review.ts";
export * from "./sending.ts";
export * from "./signature.ts";
export * from "./store-types.ts";
export { answersOf } from "./told-answers.ts";
export * from "./tracking.ts";
export type * from "./types.ts";
export {
  answerEvents,
  endOfTheRoad,
  nextLevel,
  type Thing,
  whatNext,
  whenOverdue,
} from "./what-next.ts";
export { wordDiff } from "./word-diff.ts";
