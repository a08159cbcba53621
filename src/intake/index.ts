/**
 * @module intake — which paper is what, whose it is, and what must be set aside.
 */
export type * from "./types.ts";
