/**
 * @module base — dates, numbers in words, spans, issues, three-valued truth and the shared word lists. Imports nothing.
 */
export * from "./dates.ts";
export * from "./number-words.ts";
export * from "./spans.ts";
export * from "./truth.ts";
export * from "./vocabulary.ts";
