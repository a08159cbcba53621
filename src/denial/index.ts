/**
 * @module denial — the notice → Denial. Layout zones before phrases, so that boilerplate is not a ground.
 */
export type * from "./types.ts";
