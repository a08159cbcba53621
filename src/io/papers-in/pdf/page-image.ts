/** A PDF page as a picture. */
import type { Pdfium } from "./pdfium.ts";

/** Raw pixels, 4 bytes each (RGBA), row by row. */
export type Pixels = { pixels: Uint8Array; width: number; height: number };

/** Draws a loaded page at `dpi` dots per inch on white, annotations and form fields included. */
export function drawPage(pdfium: Pdfium, page: number, dpi: number): Pixels {
  const inches = (points: number) => Math.max(1, Math.round((points * dpi) / 72));
  const width = inches(pdfium.FPDF_GetPageWidthF(page));
  const height = inches(pdfium.FPDF_GetPageHeightF(page));
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw new RangeError("the page is too large to draw");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    const [annotations, bgrToRgb] = [0x01, 0x10];
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, annotations | bgrToRgb);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const heap = pdfium.pdfium.HEAPU8;
    return { pixels: heap.slice(start, start + stride * height), width, height };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}
