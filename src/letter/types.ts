import type { Citation, Issue, Span } from "#base";

/** What a passage rests on. `form` is salutation, heading, courtesy, arithmetic on supported values: never a fact. */
export type Support =
  | { evidence: Span }
  | { law: Citation }
  | { criterion: string }
  | { person: string }
  | { form: true };

/** Where a passage stands in the letter; the renderers know these and nothing else. */
export type PassageRole =
  | "title"
  | "sender"
  | "date"
  | "recipient"
  | "delivery"
  | "reference"
  | "salutation"
  | "heading"
  | "text"
  | "item"
  | "row"
  | "request"
  | "exhibit"
  | "signature"
  | "attestation"
  | "note";

/**
 * One passage: the words as printed and what they rest on. `cells` holds the columns of a table row (then `text` is
 * their plain join); `cites` the places to link to: the words in `text` that name an exhibit page, and where that is.
 */
export type Passage = {
  id: string;
  role: PassageRole;
  text: string;
  rests: Support[];
  section?: string;
  cells?: string[];
  cites?: { words: string; at: Span }[];
  /** Who wrote it when it was not drafted by us. */
  by?: string;
};

export type Letter = {
  /** Kind id in knowledge/letters, e.g. "internal-appeal", "claim-file-request". */
  kind: string;
  /** File stem of its outputs, e.g. "appeal-letter". */
  file: string;
  title: string;
  language: "en" | "es";
  passages: Passage[];
  issues: Issue[];
};
