import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";

/** A bookmark; its parts are folded until opened. */
export type Bookmark = { title: string; dest: PDFArray; parts?: Bookmark[] };

/** The bookmarks that a file has already, with their places. */
export function bookmarksIn(pdf: PDFDocument): Bookmark[] {
  const root = pdf.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict);
  return root ? partsOf(root) : [];
}

function partsOf(above: PDFDict): Bookmark[] {
  const found: Bookmark[] = [];
  let item = above.lookupMaybe(PDFName.of("First"), PDFDict);
  for (; item; item = item.lookupMaybe(PDFName.of("Next"), PDFDict)) {
    const title = item.lookup(PDFName.of("Title"));
    const dest = item.lookup(PDFName.of("Dest"));
    if (dest instanceof PDFArray && (title instanceof PDFString || title instanceof PDFHexString))
      found.push({ title: title.decodeText(), dest, parts: partsOf(item) });
  }
  return found;
}

/** Replaces the document's bookmarks. */
export function setOutline(pdf: PDFDocument, bookmarks: Bookmark[]): void {
  const root = pdf.context.nextRef();
  const { first, last } = addLevel(pdf, root, bookmarks);
  const dict = pdf.context.obj({ Type: "Outlines", Count: bookmarks.length });
  dict.set(PDFName.of("First"), first);
  dict.set(PDFName.of("Last"), last);
  pdf.context.assign(root, dict);
  pdf.catalog.set(PDFName.of("Outlines"), root);
  pdf.catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
}

function addLevel(pdf: PDFDocument, parent: PDFRef, bookmarks: Bookmark[]): { first: PDFRef; last: PDFRef } {
  const refs = bookmarks.map(() => pdf.context.nextRef());
  bookmarks.forEach((bookmark, index) => {
    const dict: PDFDict = pdf.context.obj({ Title: PDFHexString.fromText(bookmark.title) });
    dict.set(PDFName.of("Parent"), parent);
    dict.set(PDFName.of("Dest"), bookmark.dest);
    if (index > 0) dict.set(PDFName.of("Prev"), refs[index - 1]!);
    if (index + 1 < refs.length) dict.set(PDFName.of("Next"), refs[index + 1]!);
    if (bookmark.parts?.length) {
      const { first, last } = addLevel(pdf, refs[index]!, bookmark.parts);
      dict.set(PDFName.of("First"), first);
      dict.set(PDFName.of("Last"), last);
      dict.set(PDFName.of("Count"), PDFNumber.of(-bookmark.parts.length));
    }
    pdf.context.assign(refs[index]!, dict);
  });
  return { first: refs[0]!, last: refs.at(-1)! };
}
