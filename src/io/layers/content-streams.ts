import {
  decodePDFRawStream,
  PDFArray,
  PDFFlateStream,
  type PDFPage,
  PDFRawStream,
  PDFStream,
} from "@cantoo/pdf-lib";

/** The streams that make up what a page draws. */
export function streamsOf(page: PDFPage): PDFStream[] {
  const contents = page.node.Contents();
  if (contents instanceof PDFStream) return [contents];
  if (!(contents instanceof PDFArray)) return [];
  return contents
    .asArray()
    .map((entry) => page.node.context.lookup(entry))
    .filter((entry) => entry instanceof PDFStream);
}

/** Streams of a file are packed as the file says; those that were made here know their own words. */
export function unpacked(stream: PDFStream): Buffer {
  if (stream instanceof PDFRawStream) return Buffer.from(decodePDFRawStream(stream).decode());
  return Buffer.from(stream instanceof PDFFlateStream ? stream.getUnencodedContents() : stream.getContents());
}

/** What a page draws, unpacked and joined. */
export const contentOf = (page: PDFPage): Buffer =>
  Buffer.concat(streamsOf(page).flatMap((stream) => [unpacked(stream), Buffer.from("\n")]));
