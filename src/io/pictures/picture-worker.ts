/** Draws pages of papers in a thread of its own: a hostile file can stop this thread, not the server. */
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import type { PaperFile } from "#source";
import { filesOfZip } from "../papers-in/formats/read-zip.ts";
import { picturesOfHeic } from "../papers-in/ocr/heic.ts";
import { drawPage } from "../papers-in/pdf/page-image.ts";
import { openPdf } from "../papers-in/pdf/pdfium.ts";
import { recognise } from "../papers-in/recognise.ts";

export type PictureAsk = { id: number; paper: PaperFile; document: string; page: number; dpi: number };
export type PictureAnswer = { id: number; png: Uint8Array | null };

/** Longest side of a picture in pixels: a poster must not fill the memory. */
const LONGEST = 4000;

parentPort!.on("message", async ({ id, paper, document, page, dpi }: PictureAsk) => {
  const png = await picture(paper, document, page, dpi).catch(() => null);
  parentPort!.postMessage({ id, png } satisfies PictureAnswer);
});

async function picture(
  paper: PaperFile,
  document: string,
  page: number,
  dpi: number,
): Promise<Uint8Array | null> {
  const format = recognise(paper.bytes);
  if (format === "zip" && document !== paper.name) {
    const inner = filesOfZip(paper).files.find((file) => file.name === document);
    return inner ? picture(inner, document, page, dpi) : null;
  }
  if (format === "pdf") return pdfPage(paper.bytes, page, dpi);
  if (format === "heic") return heicPicture(paper.bytes, page);
  if (!["jpeg", "png", "tiff", "webp", "gif"].includes(format)) return null;
  return sharp(paper.bytes, { page: page - 1 })
    .rotate()
    .resize({ width: 1400, withoutEnlargement: true })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

async function heicPicture(bytes: Uint8Array, number: number): Promise<Uint8Array | null> {
  const gray = (await picturesOfHeic(bytes))[number - 1];
  if (!gray) return null;
  const raw = { width: gray.width, height: gray.height, channels: 1 as const };
  return sharp(gray.data, { raw }).resize({ width: 1400, withoutEnlargement: true }).png().toBuffer();
}

async function pdfPage(bytes: Uint8Array, number: number, dpi: number): Promise<Uint8Array | null> {
  const opened = await openPdf(bytes);
  if ("error" in opened) return null;
  const { pdfium, document, pages, close } = opened;
  try {
    if (number > pages) return null;
    const page = pdfium.FPDF_LoadPage(document, number - 1);
    const longest = Math.max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page));
    const drawn = drawPage(pdfium, page, Math.min(dpi, (LONGEST * 72) / longest));
    pdfium.FPDF_ClosePage(page);
    const raw = { width: drawn.width, height: drawn.height, channels: 4 as const };
    return await sharp(drawn.pixels, { raw }).removeAlpha().png({ palette: true, effort: 2 }).toBuffer();
  } finally {
    close();
  }
}
