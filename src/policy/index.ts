/**
 * @module policy — policy document → tree of criteria.
 */
export { type PolicyKnowledge, readPolicy } from "./read-policy.ts";
export type * from "./types.ts";
