import type { Span } from "#base";
import type { CaseFile, CaseState } from "#case";
import type { SourceDocument } from "#source";
import type { PaperPage } from "./pages/paper-page.ts";

/** Which paper of the case a document came from, and its place in it. */
export function paperOf(state: CaseState, document: string): { paper: string; index: number } | null {
  for (const paper of state.papers) {
    const index = paper.reading?.documents.indexOf(document) ?? -1;
    if (index >= 0) return { paper: paper.id, index };
  }
  return null;
}

export function sourceOf(file: CaseFile, document: string): SourceDocument | null {
  return file.documents.find((source) => source.document === document) ?? null;
}

/** The page a span stands on, with the span (and others on that page) marked. */
export function pageOf(
  caseId: string,
  state: CaseState,
  file: CaseFile,
  span: Span,
  marks: readonly Span[] = [span],
): PaperPage | null {
  const place = paperOf(state, span.document);
  const source = sourceOf(file, span.document);
  return place && source ? { caseId, ...place, source, page: span.page, marks } : null;
}

/** Address of the page with the words marked. Offsets only: no word of a paper is ever in an address. */
export function addressOf(caseId: string, state: CaseState, span: Span): string | null {
  const place = paperOf(state, span.document);
  if (!place) return null;
  return `/cases/${caseId}/papers/${place.paper}/${place.index}/${span.page}?mark=${span.start}-${span.end}`;
}
