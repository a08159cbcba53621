import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
} from "@cantoo/pdf-lib";

type Sheet = { exhibit: { label: string }; page: number; part: string };

/**
 * Names the pages as the letter cites them: cover and letter count from 1, exhibit pages are "A-1", "C-41". A reader's
 * page box then takes "C-41".
 */
export function setPageLabels(pdf: PDFDocument, frontPages: number, sheets: readonly Sheet[]): void {
  const nums: PDFObject[] = [];
  const from = (index: number, label: Record<string, PDFObject>) =>
    nums.push(PDFNumber.of(index), pdf.context.obj(label));
  const decimal = PDFName.of("D");
  from(0, { S: decimal });
  sheets.forEach((sheet, index) => {
    const before = sheets[index - 1];
    const goesOn =
      before?.exhibit.label === sheet.exhibit.label &&
      before.page + 1 === sheet.page &&
      !before.part &&
      !sheet.part;
    if (goesOn) return;
    const words = `${sheet.exhibit.label}-`;
    if (sheet.part)
      from(frontPages + index, { P: PDFHexString.fromText(`${words}${sheet.page}${sheet.part}`) });
    else
      from(frontPages + index, {
        S: decimal,
        P: PDFHexString.fromText(words),
        St: PDFNumber.of(sheet.page),
      });
  });
  pdf.catalog.set(PDFName.of("PageLabels"), pdf.context.obj({ Nums: nums }));
}

/** The labels of some of the pages, where only those are left. */
export function labelsFrom(pdf: PDFDocument, from: number, to: number): void {
  const list = pdf.catalog
    .lookupMaybe(PDFName.of("PageLabels"), PDFDict)
    ?.lookupMaybe(PDFName.of("Nums"), PDFArray);
  if (!list) return;
  const nums: PDFObject[] = [];
  for (let at = 0; at + 1 < list.size(); at += 2) {
    const start = list.lookup(at, PDFNumber).asNumber();
    const end = at + 2 < list.size() ? list.lookup(at + 2, PDFNumber).asNumber() : to;
    if (end <= from || start >= to) continue;
    const label = list.lookup(at + 1, PDFDict).clone(pdf.context);
    const first = label.lookupMaybe(PDFName.of("St"), PDFNumber)?.asNumber() ?? 1;
    const skipped = Math.max(0, from - start);
    if (label.has(PDFName.of("S"))) label.set(PDFName.of("St"), PDFNumber.of(first + skipped));
    nums.push(PDFNumber.of(Math.max(0, start - from)), label);
  }
  pdf.catalog.set(PDFName.of("PageLabels"), pdf.context.obj({ Nums: nums }));
}

/** Moves all labels up by a page that was put before them, which has the label given. */
export function labelFirst(pdf: PDFDocument, words: string): void {
  const held = pdf.catalog
    .lookupMaybe(PDFName.of("PageLabels"), PDFDict)
    ?.lookupMaybe(PDFName.of("Nums"), PDFArray);
  const old = held?.asArray() ?? [PDFNumber.of(0), pdf.context.obj({ S: PDFName.of("D") })];
  const moved = old.map((one) => (one instanceof PDFNumber ? PDFNumber.of(one.asNumber() + 1) : one));
  const first = pdf.context.obj({ P: PDFHexString.fromText(words) });
  pdf.catalog.set(PDFName.of("PageLabels"), pdf.context.obj({ Nums: [PDFNumber.of(0), first, ...moved] }));
}
