import type { GroundId } from "#base";

export type Language = "en" | "es";

/** A piece of running text. `source` is the number of a row of the page's sources. */
export type Inline =
  | string
  | { source: number }
  | { strong: string }
  | { href: string; words: string }
  | { english: string };
export type Text = Inline[];

export type Block =
  | { kind: "paragraph"; text: Text }
  | { kind: "list"; style: "bullets" | "numbers" | "boxes"; items: Text[] }
  /** The first cell of each row is its heading. Empty cells are to be filled in by hand.
   * `marker`: the source of all rows; `{ source: 0 }` in them stands for it, so that the same rows serve many pages. */
  | { kind: "table"; caption: string; head: string[]; rows: Text[][]; marker?: number }
  | { kind: "details"; summary: string; blocks: Block[] }
  | { kind: "note"; tone: "urgent" | "due" | "plain"; text: Text };

/** `shared`: the same object stands on many pages, and is rendered once. */
export type Section = { id: string; heading: string; blocks: Block[]; shared?: true };

/** How much of a source we have read; it is said beside the source. */
export type ReadState = "whole" | "part" | "summary" | "not-read";

/** A row of the page's sources. Two dates: that of the text, and that of our last look. */
export type Source = {
  number: number;
  label: string;
  url: string | null;
  usedFor: string;
  textDated: string | null;
  checked: string | null;
  read: ReadState;
  confidence: "A" | "B" | "C" | "D";
  /** Ids of knowledge records and law rules that this source stands for. */
  records: string[];
};

/** Which guide this is. Payer and reason are absent on broader pages. */
export type GuideKey = {
  kind:
    | "payer-treatment-reason"
    | "treatment-reason"
    | "treatment"
    | "payer"
    | "reason"
    | "state"
    | "plan"
    | "how-to"
    | "plans"
    | "states";
  payer?: string;
  treatment?: string;
  reason?: GroundId;
  state?: string;
  plan?: string;
  howTo?: string;
};

/** Listed: in the sitemap. Composed: reachable, canonical elsewhere, not for search engines. Refused: not made. */
export type Standing =
  | { state: "listed" }
  | { state: "composed"; canonical: string; why: string }
  | { state: "refused"; nearest: string; why: string };

export type Related = { href: string; words: string; why: string };
export type Crumb = { href: string; words: string };

/** A guide as data; rendering adds nothing to it. */
export type Guide = {
  key: GuideKey;
  path: string;
  language: Language;
  /** At most 60 characters. */
  title: string;
  heading: string;
  /** At most 160 characters. */
  description: string;
  /** Day on which the least recently checked of its facts was checked. */
  checked: string;
  /** Earliest day on which one of its facts must be looked at again. */
  checkAgainBy: string;
  /** The same page in the other language, where there is one. */
  twin: string | null;
  canonical: string;
  listed: boolean;
  crumbs: Crumb[];
  sections: Section[];
  related: Related[];
  sources: Source[];
  /** schema.org data of the page. */
  data: Record<string, unknown>;
};
