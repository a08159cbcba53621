import type { SourceDocument } from "#source";
import { emptyDenial } from "./empty-denial.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import { readFhirDenial } from "./read-fhir.ts";
import { readX12Denial } from "./read-x12.ts";
import type { Denial } from "./types.ts";

/** FHIR ClaimResponse, ExplanationOfBenefit, X12 835/277/278: read by structure. */
export function readStructuredDenial(notice: SourceDocument, knowledge: DenialKnowledge): Denial {
  const denial =
    notice.structured === "x12"
      ? readX12Denial(notice, knowledge)
      : notice.structured === "fhir"
        ? readFhirDenial(notice, knowledge)
        : null;
  return denial ?? emptyDenial();
}
