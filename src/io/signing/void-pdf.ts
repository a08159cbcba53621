import { degrees, PDFDocument, rgb, StandardFonts } from "@cantoo/pdf-lib";

const words = "NO LONGER HOLDS: the letter changed after this signature";

/**
 * A signed file whose letter has changed since: every page says so. The words are an update behind the signed bytes, so a
 * reader still finds the signature, and that something was added after it.
 */
export async function voidedPdf(signed: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(signed, { updateMetadata: false, forIncrementalUpdate: true });
  const font = await document.embedFont(StandardFonts.HelveticaBold);
  const red = rgb(0.7, 0.1, 0.1);
  for (const page of document.getPages()) {
    const { width, height } = page.getSize();
    page.drawText(words, { x: 36, y: height - 26, size: 13, font, color: red });
    page.drawText("NO LONGER HOLDS", {
      x: width * 0.14,
      y: height * 0.24,
      size: 58,
      font,
      color: red,
      opacity: 0.25,
      rotate: degrees(50),
    });
  }
  return document.commit({ useObjectStreams: false });
}
