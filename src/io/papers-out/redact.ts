import type { PDFDocument } from "@cantoo/pdf-lib";
import type { Box } from "#source";
import { drawPage } from "../papers-in/pdf/page-image.ts";
import { openPdf } from "../papers-in/pdf/pdfium.ts";

const dpi = 200;

/**
 * Blackens boxes so that nothing is left beneath: each page concerned becomes a picture of itself with the boxes
 * painted over, which takes text, scan and hidden layers alike. Boxes are points from the top left, as pages are seen.
 */
export async function redactPages(
  pdf: PDFDocument,
  bytes: Uint8Array,
  boxes: ReadonlyMap<number, Box[]>,
): Promise<void> {
  const open = await openPdf(bytes);
  if ("error" in open) throw new Error("a page to redact could not be drawn");
  try {
    for (const [number, list] of boxes) {
      if (number < 1 || number > open.pages) continue;
      const page = open.pdfium.FPDF_LoadPage(open.document, number - 1);
      try {
        await replacePage(pdf, number - 1, drawPage(open.pdfium, page, dpi), list);
      } finally {
        open.pdfium.FPDF_ClosePage(page);
      }
    }
  } finally {
    open.close();
  }
}

async function replacePage(
  pdf: PDFDocument,
  index: number,
  drawn: { pixels: Uint8Array; width: number; height: number },
  boxes: Box[],
): Promise<void> {
  const { default: sharp } = await import("sharp");
  const scale = dpi / 72;
  const margin = 1;
  const black = boxes.map((box) => {
    const left = Math.max(0, Math.floor((box.x - margin) * scale));
    const top = Math.max(0, Math.floor((box.y - margin) * scale));
    const width = Math.min(drawn.width - left, Math.ceil((box.width + 2 * margin) * scale));
    const height = Math.min(drawn.height - top, Math.ceil((box.height + 2 * margin) * scale));
    return { left, top, input: { create: { width, height, channels: 4 as const, background: "black" } } };
  });
  const jpeg = await sharp(drawn.pixels, { raw: { width: drawn.width, height: drawn.height, channels: 4 } })
    .composite(black)
    .flatten({ background: "white" })
    .jpeg({ quality: 80 })
    .toBuffer();
  const image = await pdf.embedJpg(jpeg);
  const size: [number, number] = [drawn.width / scale, drawn.height / scale];
  pdf.removePage(index);
  pdf.insertPage(index, size).drawImage(image, { x: 0, y: 0, width: size[0], height: size[1] });
}
