/**
 * @module source — a document as pages of text with positions; finding and proving spans.
 */

export { allSpansProve, findAll, findQuote, spanAt, spanOfMatch } from "./find-span.ts";
export { type Flow, type FlowLine, flow } from "./flow.ts";
export { LARGEST_FILE } from "./limits.ts";
export type * from "./types.ts";
export { boxesOf, wordsIn } from "./word-boxes.ts";
export { datesIn, type Written } from "./written-dates.ts";
