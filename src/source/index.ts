/**
 * @module source — a document as pages of text with positions; finding and proving spans.
 */

export { allSpansProve, findAll, findQuote, spanAt, spanOfMatch } from "./find-span.ts";
export type * from "./types.ts";
