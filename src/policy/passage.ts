import type { Span } from "#base";
import type { Page } from "#source";

/** A stretch of one page that stands at `at` in the passage's text. */
type Part = { page: Page; start: number; end: number; at: number };

/**
 * Words of a document as one text, even when they cross lines, columns and pages, and the way back: every
 * stretch of `text` knows its places on the pages. Between parts stands one blank that belongs to no page.
 */
export type Passage = { document: string; text: string; parts: Part[] };

/** A passage made of stretches of pages, in reading order. */
export function passageOf(
  document: string,
  stretches: { page: Page; start: number; end: number }[],
): Passage {
  let text = "";
  const parts: Part[] = [];
  for (const { page, start, end } of stretches) {
    const words = page.text.slice(start, end);
    const lead = words.length - words.trimStart().length;
    const kept = words.trim();
    if (!kept) continue;
    if (text) text += " ";
    parts.push({ page, start: start + lead, end: start + lead + kept.length, at: text.length });
    text += kept.replace(/[\n\r\t\u00a0]/g, " ");
  }
  return { document, text, parts };
}

/** The passage between two offsets of its text, trimmed of white space. */
export function slice(passage: Passage, from: number, to: number = passage.text.length): Passage {
  const stretches = passage.parts.flatMap(({ page, start, end, at }) => {
    const first = Math.max(from, at);
    const last = Math.min(to, at + end - start);
    return first < last ? [{ page, start: start + first - at, end: start + last - at }] : [];
  });
  return passageOf(passage.document, stretches);
}

/** One passage after another. */
export function join(passages: readonly Passage[]): Passage {
  const first = passages[0];
  if (!first) return { document: "", text: "", parts: [] };
  return passageOf(
    first.document,
    passages.flatMap(({ parts }) => parts),
  );
}

/** Where the passage stands. Lines that follow each other on the page, with nothing between, are one span. */
export function spansOf(passage: Passage): Span[] {
  const spans: { page: Page; start: number; end: number }[] = [];
  for (const { page, start, end } of passage.parts) {
    const last = spans.at(-1);
    if (last && last.page === page && start >= last.end && !page.text.slice(last.end, start).trim())
      last.end = end;
    else spans.push({ page, start, end });
  }
  return spans.map(({ page, start, end }) => ({
    document: passage.document,
    page: page.page,
    start,
    end,
    quote: page.text.slice(start, end),
  }));
}
