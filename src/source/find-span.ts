import { type Issue, proves, type Span } from "#base";
import type { Page, SourceDocument } from "./types.ts";

/** The span of `[start, end)` on a page, trimmed of white space at both ends. */
export function spanAt(document: string, page: Page, start: number, end: number): Span {
  const text = page.text;
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return { document, page: page.page, start: from, end: to, quote: text.slice(from, to) };
}

/** The span of a regular-expression match, or of one of its named or numbered groups (needs the `d` flag). */
export function spanOfMatch(
  document: string,
  page: Page,
  match: RegExpExecArray,
  group?: string | number,
): Span {
  if (group === undefined) return spanAt(document, page, match.index, match.index + match[0].length);
  const at = typeof group === "string" ? match.indices?.groups?.[group] : match.indices?.[group];
  if (!at)
    throw new TypeError("the group did not take part in the match, or the expression lacks the d flag");
  return spanAt(document, page, at[0], at[1]);
}

/** Every match of a global expression over a document's pages. */
export function* findAll(
  source: SourceDocument,
  pattern: RegExp,
): Generator<{ page: Page; match: RegExpExecArray; span: Span }> {
  for (const page of source.pages) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(page.text); match !== null; match = pattern.exec(page.text)) {
      if (match[0] === "") pattern.lastIndex++;
      else yield { page, match, span: spanOfMatch(source.document, page, match) };
    }
  }
}

/**
 * Finds a quotation, allowing only for white space (line breaks, columns): the door through which readings
 * proposed by a model or typed by a person must pass. `null` when the words are not there.
 */
export function findQuote(source: SourceDocument, quote: string, onPage?: number): Span | null {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"));
  for (const page of source.pages) {
    if (onPage !== undefined && page.page !== onPage) continue;
    const match = pattern.exec(page.text);
    if (match) return spanOfMatch(source.document, page, match);
  }
  return null;
}

/** Issues for every span whose quote does not stand at its place. Empty when all is proven. */
export function allSpansProve(spans: Iterable<Span>, documents: readonly SourceDocument[]): Issue[] {
  const pages = new Map<string, string>();
  for (const source of documents)
    for (const page of source.pages) pages.set(`${source.document}\n${page.page}`, page.text);
  const issues: Issue[] = [];
  for (const span of spans) {
    const text = pages.get(`${span.document}\n${span.page}`);
    if (text !== undefined && proves(span, text)) continue;
    const at = `${span.document}, page ${span.page}`;
    issues.push({
      severity: "error",
      code: "span-mismatch",
      text: `A quotation does not stand at its place in ${at}; it was left out.`,
    });
  }
  return issues;
}
