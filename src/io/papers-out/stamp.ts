import {
  degrees,
  PDFArray,
  type PDFDocument,
  type PDFFont,
  PDFName,
  type PDFPage,
  type PDFRef,
  PDFString,
  rgb,
} from "@cantoo/pdf-lib";

/** Height of the strip added below each exhibit page, in points; stamps never cover what the page says. */
const strip = 24;

export type Stamp = { left: string; right: string; back: { words: string; dest: PDFArray } | null };

/**
 * Adds a strip below the page as people see it, and writes the exhibit's name, the way back and the running number
 * into it, whatever the page's rotation.
 */
export function stampPage(pdf: PDFDocument, page: PDFPage, font: PDFFont, stamp: Stamp): void {
  const turn = (((page.getRotation().angle % 360) + 360) % 360) as 0 | 90 | 180 | 270;
  const box = page.getCropBox();
  const edges = { x0: box.x, y0: box.y, x1: box.x + box.width, y1: box.y + box.height };
  if (turn === 0) edges.y0 -= strip;
  if (turn === 90) edges.x1 += strip;
  if (turn === 180) edges.y1 += strip;
  if (turn === 270) edges.x0 -= strip;
  page.setMediaBox(edges.x0, edges.y0, edges.x1 - edges.x0, edges.y1 - edges.y0);
  page.setCropBox(edges.x0, edges.y0, edges.x1 - edges.x0, edges.y1 - edges.y0);
  const width = turn % 180 === 0 ? edges.x1 - edges.x0 : edges.y1 - edges.y0;
  const at = (vx: number, vy: number) => {
    if (turn === 90) return { x: edges.x1 - vy, y: edges.y0 + vx };
    if (turn === 180) return { x: edges.x1 - vx, y: edges.y1 - vy };
    if (turn === 270) return { x: edges.x0 + vy, y: edges.y1 - vx };
    return { x: edges.x0 + vx, y: edges.y0 + vy };
  };
  const size = 9;
  const write = (words: string, vx: number, color = rgb(0.1, 0.1, 0.1)) =>
    page.drawText(words, { ...at(vx, 8), size, font, color, rotate: degrees(turn) });
  const start = at(0, strip - 1);
  const end = at(width, strip - 1);
  page.drawLine({ start, end, thickness: 0.5, color: rgb(0.6, 0.6, 0.6) });
  write(stamp.left, 14);
  write(stamp.right, width - 14 - font.widthOfTextAtSize(stamp.right, size));
  if (stamp.back) {
    const length = font.widthOfTextAtSize(stamp.back.words, size);
    const vx = (width - length) / 2;
    write(stamp.back.words, vx, rgb(0.07, 0.25, 0.48));
    const a = at(vx - 2, 3);
    const b = at(vx + length + 2, strip - 4);
    addLink(
      pdf,
      page,
      [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)],
      stamp.back.dest,
      stamp.back.words,
    );
  }
}

/** A place inside the packet: the top of a page, or a height on it. */
export function placeOn(pdf: PDFDocument, page: PDFRef, top: number | null = null): PDFArray {
  const dest = PDFArray.withContext(pdf.context);
  dest.push(page);
  dest.push(PDFName.of(top === null ? "Fit" : "XYZ"));
  if (top !== null) {
    dest.push(pdf.context.obj(null));
    dest.push(pdf.context.obj(top));
    dest.push(pdf.context.obj(null));
  }
  return dest;
}

function addLink(pdf: PDFDocument, page: PDFPage, rect: number[], dest: PDFArray, words: string): void {
  const annotation = pdf.context.obj({
    Type: "Annot",
    Subtype: "Link",
    Rect: rect,
    Border: [0, 0, 0],
    F: 4,
    Contents: PDFString.of(words),
  });
  annotation.set(PDFName.of("Dest"), dest);
  page.node.addAnnot(pdf.context.register(annotation));
}
