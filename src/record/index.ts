/**
 * @module record — notes, FHIR, C-CDA → Fact[] with assertion, date and span.
 */

export { type ReadRecordOptions, readRecord } from "./read-record.ts";
export * from "./types.ts";
