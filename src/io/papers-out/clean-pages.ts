import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFPage } from "@cantoo/pdf-lib";
import { leaveDrawnOnly } from "../layers/drawn-only.ts";

const name = PDFName.of;
/** Keys of a page that lead to other pages or to nothing that is seen; copied, they would drag those pages along. */
const leadingOn = ["AA", "B", "PieceInfo", "StructParents", "Thumb", "Metadata", "TransparencyHack"];
/** What of an annotation is seen. Its notes, authors, replies, attached files and ties to others stay behind. */
const seenKeys = ["Type", "Rect", "AS", "F"];
/** Bits of an annotation's flags that keep it from view (ISO 32000-1, table 165). */
const unseen = { hidden: 2, noView: 32 };

/**
 * Makes pages fit for copying into another file: what is seen stays, links and form ties go. A link that is copied
 * would carry its target page, hidden, into the packet, and that page may be another person's.
 */
export function cleanPages(pdf: PDFDocument, pages: PDFPage[]): void {
  flattenForm(pdf);
  for (const page of pages) {
    leaveDrawnOnly(page);
    for (const key of leadingOn) page.node.delete(name(key));
    const kept = PDFArray.withContext(pdf.context);
    const annotations = page.node.Annots();
    for (let index = 0; index < (annotations?.size() ?? 0); index++) {
      const annotation = annotations!.lookupMaybe(index, PDFDict);
      if (!annotation || !isSeen(annotation)) continue;
      kept.push(pdf.context.register(pictureOf(pdf, annotation)));
    }
    if (kept.size() > 0) page.node.set(name("Annots"), kept);
    else page.node.delete(name("Annots"));
  }
}

/** Marks that people see: not links, pop-ups, attached files, or what is hidden. */
function isSeen(annotation: PDFDict): boolean {
  const kind = annotation.lookupMaybe(name("Subtype"), PDFName)?.asString() ?? "";
  const flags = annotation.lookupMaybe(name("F"), PDFNumber)?.asNumber() ?? 0;
  const hidden = (flags & (unseen.hidden | unseen.noView)) !== 0;
  return (
    !/^\/(Link|Popup|FileAttachment|Sound|Movie|Screen|3D|RichMedia)$/.test(kind) &&
    !hidden &&
    annotation.has(name("AP"))
  );
}

/** An annotation as a stamp that only shows its normal look. */
function pictureOf(pdf: PDFDocument, annotation: PDFDict): PDFDict {
  const copy = pdf.context.obj({ Subtype: "Stamp" });
  for (const key of seenKeys.map(name)) {
    const value = annotation.get(key);
    if (value) copy.set(key, value);
  }
  const look = annotation.lookupMaybe(name("AP"), PDFDict)?.get(name("N"));
  copy.set(name("AP"), pdf.context.obj(look ? { N: look } : {}));
  return copy;
}

/** Writes the values of form fields into their pages, where the form allows it. */
function flattenForm(pdf: PDFDocument): void {
  if (!pdf.catalog.has(name("AcroForm"))) return;
  try {
    pdf.getForm().flatten({ updateFieldAppearances: false });
  } catch {
    // A form that cannot be flattened keeps the appearance of its fields.
  }
}
