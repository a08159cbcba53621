/**
 * @module io — the outside, by subject. Implements function types that pure modules declare.
 */
export { readFiles } from "./papers-in/read-files.ts";
export { openStore, type StoreOptions } from "./store/open-store.ts";
