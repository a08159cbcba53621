/**
 * @module intake — which paper is what, whose it is, and what must be set aside.
 */
export { type SortKnowledge, sortPapers } from "./sort-papers.ts";
export type * from "./types.ts";
