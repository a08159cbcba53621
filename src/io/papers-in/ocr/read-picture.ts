import { layOutPages, type UnreadPage } from "../layout/page-layout.ts";
import type { PageDone, ReadPages } from "../pdf/read-pdf.ts";
import type { Gray } from "./gray.ts";
import { fromOcr } from "./ocr-page.ts";
import { readGray } from "./read-gray.ts";

/** A letter's longer side, inches: pictures are taken to show one page of paper. */
const PAPER = 11;

/** A picture, or each page of a multi-page TIFF, through OCR. */
export async function readPicture(
  bytes: Uint8Array,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const { default: sharp } = await import("sharp");
  const { pages = 1 } = await sharp(bytes).metadata();
  let finished = 0;
  const read = await Promise.all(
    Array.from({ length: pages }, async (_, index) => {
      const page = await readFrame(bytes, index, signal);
      done(++finished, pages, "ocr");
      return page;
    }),
  );
  return { pages: layOutPages(read), issues: [] };
}

async function readFrame(bytes: Uint8Array, index: number, signal?: AbortSignal): Promise<UnreadPage> {
  const { default: sharp } = await import("sharp");
  const frame = sharp(bytes, { page: index }).rotate().flatten({ background: "#ffffff" }).grayscale();
  const { data, info } = await frame.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  const gray: Gray = { data: new Uint8Array(data), width: info.width, height: info.height };
  const dpi = Math.max(30, Math.round(Math.max(info.width, info.height) / PAPER));
  const points = 72 / dpi;
  const facts = { page: index + 1, width: info.width * points, height: info.height * points };
  return fromOcr(await readGray(gray, dpi, signal), facts);
}
