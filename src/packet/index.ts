/**
 * @module packet — letters and exhibits → labels, contents, stamps, manifest.
 */
export type * from "./types.ts";
