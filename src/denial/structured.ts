import type { SourceDocument } from "#source";
import { emptyDenial } from "./empty-denial.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import type { Denial } from "./types.ts";

/** FHIR ClaimResponse, ExplanationOfBenefit, X12 835/277/278: read by structure. */
export function readStructuredDenial(_notice: SourceDocument, _knowledge: DenialKnowledge): Denial {
  return emptyDenial();
}
