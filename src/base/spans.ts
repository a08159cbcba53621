/** Where a value was read. `pageText.slice(start, end) === quote`, always; offsets are UTF-16 units. */
export type Span = {
  /** File name as given by the person who handed it in. */
  document: string;
  /** From 1; 1 for formats without pages. */
  page: number;
  start: number;
  end: number;
  quote: string;
};

/** A value taken from a document, with the places it was taken from and who took it. */
export type Reading<T> = { value: T; from: Span[]; by: "rule" | "model" | "person" };

/** A paragraph of law, and when we last looked at its text. */
export type Citation = { id: string; label: string; quote?: string; url?: string; verifiedOn?: string };

/** Something the user should know: data, collected, shown beside its place; never thrown. */
export type Issue = {
  severity: "error" | "warning" | "information";
  /** `noun-problem`, e.g. `notice-date-missing`. */
  code: string;
  /** Plain words that say what is wrong and what to do. */
  text: string;
  at?: Span;
  cite?: Citation;
};

/** A value and what was noticed on the way to it. */
export type Outcome<T> = { value: T; issues: Issue[] };

/** True when the quote really stands at its place in the page's text. */
export function proves(span: Span, pageText: string): boolean {
  return span.start >= 0 && span.end > span.start && pageText.slice(span.start, span.end) === span.quote;
}

/** True when two spans of the same page share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.document === b.document && a.page === b.page && a.start < b.end && b.start < a.end;
}
