import { type PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFObject } from "@cantoo/pdf-lib";

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
