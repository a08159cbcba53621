/**
 * @module finding — Criterion × Fact[] → Finding: three-valued, strict, with evidence for and against.
 */
export { type Attested, type MatchInput, matchPolicy } from "./match-policy.ts";
export { policyFromJson } from "./policy-json.ts";
export { type TimelineInput, timelineSvg } from "./timeline.ts";
export { childrenOf } from "./tree.ts";
export type * from "./types.ts";
