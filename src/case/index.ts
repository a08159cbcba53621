/**
 * @module case — the life of a case: the pipeline, append-only events, review, signature, sending.
 */

export * from "./sending.ts";
export type * from "./types.ts";
