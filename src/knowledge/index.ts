/**
 * @module knowledge — loads and checks knowledge/; an error names file and line; wrong knowledge fails the build.
 */

export {
  type Clinical,
  type ClinicalConcept,
  type ClinicalDiagnosis,
  type ClinicalDrug,
  type ClinicalProcedure,
  type ConceptKind,
  type ContextRow,
  loadClinical,
  type SectionRow,
  type TrialNorm,
} from "./clinical.ts";
export { type DenialCode, type DenialCodes, loadCodes } from "./denials-codes.ts";
export { loadPaperSorts, type PaperSort } from "./denials-papers.ts";
export {
  type DenialPhrases,
  type LabelRow,
  loadDenialPhrases,
  type PhraseRow,
  type PhraseSubject,
} from "./denials-phrases.ts";
export {
  type GuideFix,
  type GuideHowTo,
  type GuideNames,
  type GuidePlan,
  type GuideProof,
  type GuideReason,
  type GuideTwist,
  type GuideWords,
  loadGuideSettles,
  loadGuideWords,
  type PaperHolder,
} from "./guides.ts";
export { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
export {
  type AmountInControversy,
  type Law,
  type LawCase,
  type LawClock,
  type LawConditions,
  type LawDuty,
  type LawElement,
  type LawRule,
  type LawSection,
  type LawWrongBody,
  loadLaw,
  type NoticeWords,
  type StateLaw,
  type Suspension,
} from "./law.ts";
export {
  type AppealKind,
  type ArgumentRow,
  type AskedPaperKind,
  type BillingError,
  type DismissalCause,
  type GroundRow,
  type LawFamily,
  type LawSentence,
  type LetterKind,
  type LetterKnowledge,
  type LetterRow,
  loadLetters,
  type Office,
} from "./letters.ts";
export { type Area, loadArea, packageRoot } from "./load.ts";
export {
  type DrugKind,
  loadMatching,
  type Matching,
  type Settles,
  type SpokenStatement,
} from "./matching.ts";
export { loadPayers, type Payer, type PayerKind } from "./payers.ts";
export { loadPlanWords, type PlanPaper, type PlanWord, type PlanWords } from "./plans.ts";
export {
  type AuthorityRow,
  type KnownCriterion,
  type KnownPolicies,
  type KnownPolicy,
  loadPolicies,
  type PaperToAskFor,
  type PolicyScope,
  type SeenPolicy,
} from "./policies.ts";
export {
  type Clue,
  type DocumentRow,
  loadPolicyWords,
  type PolicyWords,
  type Predicate,
} from "./policy-words.ts";
export { loadReasons, type Reason } from "./reasons.ts";
export { loadTreatments, type Treatment, type TreatmentDrug, type TreatmentKind } from "./treatments.ts";
