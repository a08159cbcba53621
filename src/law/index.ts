/**
 * @module law — Situation → Right[] with Deadline and derivation. Knows no documents, reads no files.
 */
export { type Checked, checkSituation } from "./check.ts";
export { rightsFor } from "./rights.ts";
export type * from "./types.ts";
