/**
 * @module law — Situation → Right[] with Deadline and derivation. Knows no documents, reads no files.
 */
export type * from "./types.ts";
