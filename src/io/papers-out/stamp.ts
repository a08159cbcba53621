import {
  degrees,
  drawText,
  PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
  rgb,
} from "@cantoo/pdf-lib";
import { pageAsForm } from "./page-as-form.ts";
import type { StampFont } from "./stamp-font.ts";

export type Stamp = { left: string; right: string; back: { words: string; dest: PDFArray } };

/** Numbers of the marks on every stamped page: what the page itself shows, and the way back. */
export const marks = { page: 0, back: 1 } as const;

/** Letter paper and the words below it, in points. */
const paper = { short: 612, long: 792 };
const line = { size: 9, height: 24, second: 12, side: 14, gap: 10 };

type Strip = { height: number; size: number; scale: number; rows: 1 | 2 };

/**
 * Adds a strip below the page as people see it, and writes the exhibit's name, the way back and the running number
 * into it, whatever the page's rotation or size. What the page shows stays clipped to its own box, so that nothing of
 * it lies under the strip. Answers the link, for the tags, and what the page no longer needs.
 */
export function stampPage(
  pdf: PDFDocument,
  page: PDFPage,
  font: StampFont,
  stamp: Stamp,
): { link: PDFRef; spent: PDFRef[] } {
  const turn = (((page.getRotation().angle % 360) + 360) % 360) as 0 | 90 | 180 | 270;
  const box = page.getCropBox();
  const drawn = pageAsForm(pdf, page, box);
  const upright = turn % 180 === 0;
  const seen = upright ? box : { width: box.height, height: box.width };
  const strip = stripFor(seen.width, seen.height, font, stamp);
  const edges = { x0: box.x, y0: box.y, x1: box.x + box.width, y1: box.y + box.height };
  if (turn === 0) edges.y0 -= strip.height;
  if (turn === 90) edges.x1 += strip.height;
  if (turn === 180) edges.y1 += strip.height;
  if (turn === 270) edges.x0 -= strip.height;
  page.setMediaBox(edges.x0, edges.y0, edges.x1 - edges.x0, edges.y1 - edges.y0);
  page.setCropBox(edges.x0, edges.y0, edges.x1 - edges.x0, edges.y1 - edges.y0);
  const at = (vx: number, vy: number) => {
    if (turn === 90) return { x: edges.x1 - vy, y: edges.y0 + vx };
    if (turn === 180) return { x: edges.x1 - vx, y: edges.y1 - vy };
    if (turn === 270) return { x: edges.x0 + vy, y: edges.y1 - vx };
    return { x: edges.x0 + vx, y: edges.y0 + vy };
  };
  if (drawn) drawForm(pdf, page, drawn.form);
  else
    page.node.wrapContentStreams(
      pdf.context.getPushGraphicsStateContentStream(),
      pdf.context.getPopGraphicsStateContentStream(),
    );
  const { size, scale } = strip;
  const side = line.side * scale;
  const key = page.node.newFontDictionary("Stamp", font.ref);
  const write = (words: string, vx: number, vy: number, color = rgb(0.1, 0.1, 0.1)) => {
    const { x, y } = at(vx, vy);
    const options = {
      color,
      font: key,
      size,
      x,
      y,
      rotate: degrees(turn),
      xSkew: degrees(0),
      ySkew: degrees(0),
    };
    page.pushOperators(...drawText(font.encode(words), options));
  };
  const widthOf = (words: string) => font.widthOf(words, size);
  const first = strip.height - 16 * scale;
  marked(page, "/Artifact", "<</Type /Pagination>>", () => {
    const height = strip.height - scale;
    const ends = { start: at(0, height), end: at(seen.width, height) };
    page.drawLine({ ...ends, thickness: 0.5 * scale, color: rgb(0.6, 0.6, 0.6) });
    write(stamp.left, side, first);
    write(stamp.right, seen.width - side - widthOf(stamp.right), first);
  });
  const length = widthOf(stamp.back.words);
  const left = (seen.width - length) / 2;
  const foot = strip.rows === 1 ? first : first - line.second * scale;
  marked(page, "/Link", `<</MCID ${marks.back}>>`, () =>
    write(stamp.back.words, left, foot, rgb(0.07, 0.25, 0.48)),
  );
  const a = at(left - 2, foot - 4 * scale);
  const b = at(left + length + 2, foot + 9 * scale);
  const rect = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return { link: addLink(pdf, page, rect, stamp.back), spent: drawn?.spent ?? [] };
}

/**
 * How high the strip is and how large its words. A sheet larger than letter paper is made smaller when printed, so its
 * words are larger by as much; on a narrow one (a receipt) the way back takes a line of its own.
 */
function stripFor(width: number, height: number, font: StampFont, stamp: Stamp): Strip {
  const long = Math.max(width, height) / paper.long;
  const scale = Math.max(1, long, Math.min(width, height) / paper.short);
  const lengths = [stamp.left, stamp.back.words, stamp.right].map((words) =>
    font.widthOf(words, line.size * scale),
  );
  const room = width - 2 * line.side * scale;
  // The way back stands in the middle, so the longer side counts twice.
  const inOneRow = lengths[1]! + 2 * (Math.max(lengths[0]!, lengths[2]!) + line.gap * scale);
  if (inOneRow <= room) return { height: line.height * scale, size: line.size * scale, scale, rows: 1 };
  const sides = lengths[0]! + lengths[2]! + line.gap * scale;
  const size = line.size * scale * Math.min(1, room / Math.max(sides, lengths[1]!));
  return { height: (line.height + line.second) * scale, size, scale, rows: 2 };
}

const name = PDFName.of;

/** Makes all that a page draws one block for the tags, under the mark {@link marks}.page. */
export function markWhole(pdf: PDFDocument, page: PDFPage): void {
  const drawn = pageAsForm(pdf, page, page.getMediaBox());
  if (!drawn) return;
  drawForm(pdf, page, drawn.form);
  for (const ref of drawn.spent) pdf.context.delete(ref);
}

/** Shows the page's own drawing under the mark that the tags speak of. */
function drawForm(pdf: PDFDocument, page: PDFPage, form: PDFRef): void {
  page.node.set(name("Resources"), pdf.context.obj({ XObject: { Page: form } }));
  marked(page, "/P", `<</MCID ${marks.page}>>`, () =>
    page.pushOperators(PDFOperator.of(PDFOperatorNames.DrawObject, [name("Page")])),
  );
}

function marked(page: PDFPage, tag: string, properties: string, draw: () => void): void {
  const { BeginMarkedContentSequence: begin, EndMarkedContent: end } = PDFOperatorNames;
  page.pushOperators(PDFOperator.of(begin, [tag, properties]));
  draw();
  page.pushOperators(PDFOperator.of(end));
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

function addLink(pdf: PDFDocument, page: PDFPage, rect: number[], to: Stamp["back"]): PDFRef {
  const annotation: PDFDict = pdf.context.obj({
    Type: "Annot",
    Subtype: "Link",
    Rect: rect,
    Border: [0, 0, 0],
    F: 4,
    Contents: PDFString.of(to.words),
  });
  annotation.set(name("Dest"), to.dest);
  const ref = pdf.context.register(annotation);
  page.node.addAnnot(ref);
  return ref;
}
