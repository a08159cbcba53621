/** Page furniture: headers, footers, page numbers and fax banners, found by coming back page after page. */
import type { PlacedWord } from "./placed-word.ts";
import { rowsOf, textOf } from "./segments.ts";

export type FurnishedPage = { words: PlacedWord[]; height: number };
export type Furniture = { top: PlacedWord[]; bottom: PlacedWord[] };

/** Share of the page's height, from each end, in which furniture stands. */
const MARGIN = 0.13;
/** Furniture comes back at the same height, give or take points. */
const SAME_HEIGHT = 8;

/** A row of print near an end of the page, outermost first. */
type EdgeRow = { words: PlacedWord[]; text: string; like: string; height: number };
type Edges = { top: EdgeRow[]; bottom: EdgeRow[] };

const pageNumber =
  /^(?:[-–—|\s]*(?:page|pg\.?|p\.?)?\s*\d{1,4}\s*(?:(?:of|\/|-)\s*\d{1,4})?[-–—|\s]*|(?:page|pg\.?)\s+\d{1,4}\s*(?:of\s*\d{1,4})?)$/i;
/** A fax machine's line: a time or date, a telephone number and a page count. */
const faxBanner = /(?=.*\d{1,2}:\d{2})(?=.*\b(?:p(?:age|g)?\.?\s*\d|\d{1,3}\s*\/\s*\d{1,3}|fax))/i;

/** The words of each page that are furniture, above and below. */
export function furnitureOf(pages: readonly FurnishedPage[]): Furniture[] {
  const edges = pages.map(edgesOf);
  return pages.map((_, index) => ({
    top: outermost(edges[index]!.top, (row) => isFurniture(row, index, edges, "top")),
    bottom: outermost(edges[index]!.bottom, (row) => isFurniture(row, index, edges, "bottom")),
  }));
}

function edgesOf({ words, height }: FurnishedPage): Edges {
  const near = words.filter(({ at }) => at.y < MARGIN * height || at.y + at.height > (1 - MARGIN) * height);
  const rows = rowsOf(near).map((row): EdgeRow => {
    const text = row.map(textOf).join(" ");
    return {
      words: row.flatMap((segment) => segment.words),
      text,
      like: likeness(text),
      height: row[0]!.top,
    };
  });
  const top = rows.filter((row) => row.height < MARGIN * height);
  const bottom = rows.filter((row) => row.height >= MARGIN * height).reverse();
  return { top: top.slice(0, 6), bottom: bottom.slice(0, 6) };
}

/** Texts that differ in numbers only are alike. */
function likeness(text: string): string {
  return text
    .toLowerCase()
    .replace(/\d+/g, "#")
    .replace(/[^\p{L}#]+/gu, "");
}

/** Furniture is what lies outside of the first row that is not. */
function outermost(rows: EdgeRow[], test: (row: EdgeRow) => boolean): PlacedWord[] {
  const end = rows.findIndex((row) => !test(row));
  return (end === -1 ? rows : rows.slice(0, end)).flatMap((row) => row.words);
}

function isFurniture(row: EdgeRow, index: number, pages: Edges[], side: "top" | "bottom"): boolean {
  if (
    pageNumber.test(row.text) ||
    (side === "top" && faxBanner.test(row.text) && /\d{3}.?\d{4}/.test(row.text))
  )
    return true;
  if (row.like.length < 2) return false;
  let found = 0;
  for (let other = Math.max(0, index - 4); other <= index + 4 && other < pages.length; other++) {
    if (other === index) continue;
    if (
      pages[other]![side].some(
        (entry) => entry.like === row.like && Math.abs(entry.height - row.height) < SAME_HEIGHT,
      )
    )
      found++;
  }
  return found > 0 && found >= Math.min(2, pages.length - 1);
}
