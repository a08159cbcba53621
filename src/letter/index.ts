/**
 * @module letter — findings and rights → passages that each say what they rest on.
 */
export type * from "./types.ts";
