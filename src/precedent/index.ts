/**
 * @module precedent — published independent-review decisions: read in their published layouts, counted, never odds.
 */
export * from "./precedent.ts";
