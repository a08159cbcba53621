import { placesOf } from "#packet";
import type { Box } from "#source";
import type { PlacedWord } from "../papers-in/layout/placed-word.ts";
import { affineOf } from "../papers-in/pdf/affine.ts";
import { openPdf, type Pdfium } from "../papers-in/pdf/pdfium.ts";
import { wordsOfPage } from "../papers-in/pdf/words.ts";

/** A word to blacken on a page (from 1), and where it stands, in points from the top left as the page is seen. */
export type WordOnPage = { page: number; word: string; box: Box };

/**
 * Where pages show words to blacken: their own text, and what stands on them in notes, stamps and form fields, which is
 * written into the page before it is searched.
 */
export async function wordsOnPages(bytes: Uint8Array, words: readonly string[]): Promise<WordOnPage[]> {
  const open = await openPdf(bytes);
  if ("error" in open) throw new Error("pages to blacken could not be searched");
  try {
    return Array.from({ length: open.pages }, (_, index) =>
      found(textOf(open.pdfium, open.document, index), index + 1, words),
    ).flat();
  } finally {
    open.close();
  }
}

function textOf(pdfium: Pdfium, document: number, index: number): PlacedWord[] {
  const asShown = 0;
  const marked = pdfium.FPDF_LoadPage(document, index);
  if (marked === 0) return [];
  pdfium.FPDFPage_Flatten(marked, asShown);
  pdfium.FPDF_ClosePage(marked);
  const page = pdfium.FPDF_LoadPage(document, index);
  if (page === 0) return [];
  try {
    const [width, height] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    return wordsOfPage(pdfium, page, affineOf(pdfium, page, width, height)).words;
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

/** The boxes of all pieces that a word touches: rather too much is black than a letter too little. */
function found(pieces: readonly PlacedWord[], page: number, words: readonly string[]): WordOnPage[] {
  const starts: number[] = [];
  let text = "";
  for (const { text: piece } of pieces) {
    starts.push(text.length);
    text += `${piece} `;
  }
  return placesOf(text, words).flatMap(({ start, end, word }) =>
    pieces
      .filter((piece, at) => starts[at]! < end && starts[at]! + piece.text.length > start)
      .map(({ box }) => ({ page, word, box })),
  );
}
