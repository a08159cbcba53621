/**
 * @module denial — the notice → Denial. Layout zones before phrases, so that boilerplate is not a ground.
 */
export { type DenialKnowledge, readDenial } from "./read-denial.ts";
export type * from "./types.ts";
