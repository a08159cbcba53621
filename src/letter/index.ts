/**
 * @module letter — findings and rights → passages that each say what they rest on.
 */
export { draftLetters, lawDays } from "./draft-letters.ts";
export { exhibitUse } from "./exhibit-use.ts";
export { type ExhibitRef, exhibitLabel, labelExhibits } from "./exhibits.ts";
export {
  checkGrounding,
  criterionTexts,
  type GroundingOptions,
  type PassageIssue,
  supportText,
} from "./grounding.ts";
export type { LetterInput, NamedDrug } from "./input.ts";
export { caseNumber } from "./reference-block.ts";
export { carried } from "./restated.ts";
export type * from "./types.ts";
export { checkPassage, type GroundingCase, type WrittenPassage } from "./written-passage.ts";
