import { recogniseWords } from "./ocr.ts";
import { layOutPages, type UnreadPage } from "./page-layout.ts";
import { fromOcr, type PageDone, type ReadPages } from "./read-pdf.ts";

/** A picture, or each page of a multi-page TIFF, through OCR. */
export async function readPicture(
  bytes: Uint8Array,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const { default: sharp } = await import("sharp");
  const { pages = 1 } = await sharp(bytes).metadata();
  const read: UnreadPage[] = [];
  for (let index = 0; index < pages; index++) {
    signal?.throwIfAborted();
    const { data, info } = await sharp(bytes, { page: index })
      .rotate()
      .grayscale()
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true });
    const dpi = Math.round(Math.max(info.width, info.height) / 11);
    const words = await recogniseWords({ image: data, dpi: Math.max(dpi, 70) }, signal);
    read.push(
      fromOcr(words, { page: index + 1, width: (info.width * 72) / dpi, height: (info.height * 72) / dpi }),
    );
    done(index + 1, pages, "ocr");
  }
  return { pages: layOutPages(read), issues: [] };
}
