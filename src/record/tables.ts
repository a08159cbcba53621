import type { Flow } from "#source";
import type { Draft } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Table, Visit } from "./passages.ts";

/** Facts of a table. */
export function tableFacts(_table: Table, _flow: Flow, _lexicon: Lexicon, _visit: Visit): Draft[] {
  return [];
}
