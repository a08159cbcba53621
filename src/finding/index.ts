/**
 * @module finding — Criterion × Fact[] → Finding: three-valued, strict, with evidence for and against.
 */
export type * from "./types.ts";
