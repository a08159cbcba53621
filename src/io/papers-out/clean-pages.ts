import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFPage } from "@cantoo/pdf-lib";

const name = PDFName.of;
/** Keys of a page that lead to other pages or to nothing that is seen; copied, they would drag those pages along. */
const leadingOn = ["AA", "B", "PieceInfo", "StructParents", "Thumb", "Metadata", "TransparencyHack"];
/** Keys of an annotation that lead elsewhere. */
const tied = ["P", "Parent", "IRT", "Popup", "StructParent", "A", "AA", "Dest", "Kids"];

/**
 * Makes pages fit for copying into another file: what is seen stays, links and form ties go. A link that is copied
 * would carry its target page, hidden, into the packet, and that page may be another person's.
 */
export function cleanPages(pdf: PDFDocument, pages: PDFPage[]): void {
  flattenForm(pdf);
  for (const page of pages) {
    for (const key of leadingOn) page.node.delete(name(key));
    const kept = PDFArray.withContext(pdf.context);
    const annotations = page.node.Annots();
    for (let index = 0; index < (annotations?.size() ?? 0); index++) {
      const annotation = annotations!.lookupMaybe(index, PDFDict);
      if (!annotation || !isSeen(annotation)) continue;
      const copy = annotation.clone(pdf.context);
      for (const key of tied) copy.delete(name(key));
      kept.push(pdf.context.register(copy));
    }
    if (kept.size() > 0) page.node.set(name("Annots"), kept);
    else page.node.delete(name("Annots"));
  }
}

/** Marks that people see: not links, pop-ups and fields without a value. */
function isSeen(annotation: PDFDict): boolean {
  const kind = annotation.lookupMaybe(name("Subtype"), PDFName)?.asString();
  return kind !== "/Link" && kind !== "/Popup" && annotation.has(name("AP"));
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
