/**
 * @module packet — letters and exhibits → labels, contents, stamps, manifest.
 */
export { planPacket } from "./plan-packet.ts";
export type * from "./types.ts";
export { blackenedText, placesOf, saysAny, wordsToBlacken } from "./words-to-blacken.ts";
