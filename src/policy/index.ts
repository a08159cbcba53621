/**
 * @module policy — policy document → tree of criteria.
 */
export type * from "./types.ts";
