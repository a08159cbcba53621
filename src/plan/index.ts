/**
 * @module plan — papers and answers → the set of plan kinds still possible.
 */
export type * from "./types.ts";
