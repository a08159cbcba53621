/**
 * @module record — notes, FHIR, C-CDA → Fact[] with assertion, date and span.
 */
export * from "./types.ts";
