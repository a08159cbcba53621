/** Paragraphs that go on in the next column or on the next page. */
import type { Line, Page } from "#source";
import { startsWithMarker } from "./segments.ts";

const leadsOn =
  /(?:[\p{Ll},-]|\b(?:the|a|an|of|in|and|or|to|for|with|by|at|under|than|is|are|that|from|on))$/u;

/** Marks the first line of a column or page that goes on what the one before left open. Takes pages in order. */
export function pageJoiner(): (page: Page) => void {
  let last: { page: Page; line: Line } | null = null;
  return (page) => {
    for (const line of page.lines) {
      if (line.kind === "furniture") continue;
      const newRoom = last && (last.page !== page || last.line.column !== line.column);
      if (last && newRoom && !line.continues && goesOver(last, { page, line })) line.continues = true;
      last = { page, line };
    }
  };
}

function goesOver(above: { page: Page; line: Line }, below: { page: Page; line: Line }): boolean {
  if (below.line.kind === "heading" || below.line.kind === "cell" || above.line.kind === "cell") return false;
  if (above.line.kind === "heading") return false;
  if (Math.abs((above.line.size ?? 0) - (below.line.size ?? 0)) > 0.15 * (above.line.size ?? 10))
    return false;
  const before = above.page.text.slice(above.line.start, above.line.end);
  const next = below.page.text.slice(below.line.start, below.line.end);
  if (startsWithMarker(next) || /[.:;!?]["”)]?$/.test(before)) return false;
  return /^[\p{Ll}\d(]/u.test(next) ? before.length > 15 : before.length > 40 && leadsOn.test(before);
}
