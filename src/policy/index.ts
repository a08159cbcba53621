/**
 * @module policy — policy document → tree of criteria.
 */

export { bestPolicyFor, type PolicyChoice, type PolicyQuestion } from "./best-policy.ts";
export { checklistOf } from "./checklist.ts";
export { policyFromMarkdown, policyToMarkdown } from "./policy-markdown.ts";
export { type PolicyKnowledge, readPolicy } from "./read-policy.ts";
export type * from "./types.ts";
