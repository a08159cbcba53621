import type { Span } from "#base";
import type { Box, Page, SourceDocument, Word } from "./types.ts";

/** Words of a page that share a letter with `[start, end)`, in the order of the text. */
export function wordsIn(page: Page, start: number, end: number): Word[] {
  return (page.words ?? []).filter((word) => word.start < end && start < word.end);
}

/**
 * The boxes to mark on the page's picture for a span: one per line of print, points from the top left.
 * Empty where the page has no geometry.
 */
export function boxesOf(source: SourceDocument, span: Span): Box[] {
  const page = source.pages.find((entry) => entry.page === span.page);
  if (!page || source.document !== span.document) return [];
  const boxes: Box[] = [];
  for (const { box } of wordsIn(page, span.start, span.end)) {
    const last = boxes.at(-1);
    if (last && sameLine(last, box)) boxes[boxes.length - 1] = around(last, box);
    else boxes.push(box);
  }
  return boxes;
}

function sameLine(a: Box, b: Box): boolean {
  const overlap = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return overlap > Math.min(a.height, b.height) / 2 && b.x >= a.x && b.x - (a.x + a.width) < 3 * b.height;
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
