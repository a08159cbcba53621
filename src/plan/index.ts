/**
 * @module plan — papers and answers → the set of plan kinds still possible.
 */
export type { PlanWords as PlanKnowledge } from "#knowledge";
export { findPlans, type PlanInput, type PlanNotice } from "./find-plans.ts";
export type * from "./types.ts";
