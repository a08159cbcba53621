import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFPage,
  type PDFRef,
} from "@cantoo/pdf-lib";
import { marks } from "./stamp.ts";

/** A stamped page as the tags speak of it. `seen` is what a picture shows, in words; `null` where the page has text. */
export type TaggedSheet = {
  part: string;
  title: string;
  page: PDFPage;
  link: PDFRef;
  seen: string | null;
};

const name = PDFName.of;

/**
 * Adds the exhibits to the structure of the letter: without it a reading voice would pass over their pages in silence. A
 * part for each exhibit, in it each page as one block (a figure with the recognised words where it is a picture),
 * and its way back.
 */
export function tagExhibits(pdf: PDFDocument, sheets: readonly TaggedSheet[]): void {
  const tree = pdf.catalog.lookupMaybe(name("StructTreeRoot"), PDFDict);
  const top = tree && topOf(tree);
  if (!tree || !top) return;
  const numbers = numbersOf(pdf, tree);
  let part: Element | null = null;
  let said = "";
  for (const sheet of sheets) {
    if (!part || sheet.part !== said) part = elementIn(pdf, top, "Part", { T: sheet.part });
    said = sheet.part;
    tagSheet(pdf, part, sheet, numbers);
  }
  numbers.done();
}

/** Makes a sheet put before all others the first block that is read. */
export function tagFirstSheet(pdf: PDFDocument, page: PDFPage, title: string): void {
  const tree = pdf.catalog.lookupMaybe(name("StructTreeRoot"), PDFDict);
  const top = tree && topOf(tree);
  if (!tree || !top) return;
  const numbers = numbersOf(pdf, tree);
  const shown = elementIn(pdf, top, "P", { T: title });
  shown.dict.set(name("Pg"), page.ref);
  shown.dict.set(name("K"), PDFNumber.of(marks.page));
  const kids = top.dict.lookup(name("K"), PDFArray).asArray();
  top.dict.set(name("K"), pdf.context.obj([shown.ref, ...kids.slice(0, -1)]));
  page.node.set(name("StructParents"), numbers.next(pdf.context.obj([shown.ref])));
  numbers.done();
}

type Element = { ref: PDFRef; dict: PDFDict };

function tagSheet(pdf: PDFDocument, part: Element, sheet: TaggedSheet, numbers: Numbers): void {
  const { page, link, seen, title } = sheet;
  const { context } = pdf;
  const alt = seen === null ? {} : { Alt: seen };
  const shown = elementIn(pdf, part, seen === null ? "P" : "Figure", { T: title, ...alt });
  shown.dict.set(name("Pg"), page.ref);
  shown.dict.set(name("K"), PDFNumber.of(marks.page));
  const back = elementIn(pdf, elementIn(pdf, part, "P", {}), "Link", {});
  back.dict.set(name("Pg"), page.ref);
  const annotation = context.obj({ Type: "OBJR" });
  annotation.set(name("Obj"), link);
  back.dict.set(name("K"), context.obj([PDFNumber.of(marks.back), annotation]));
  page.node.set(name("StructParents"), numbers.next(context.obj([shown.ref, back.ref])));
  page.node.set(name("Tabs"), name("S"));
  context.lookup(link, PDFDict).set(name("StructParent"), numbers.next(back.ref));
}

/** A new element at the end of another. */
function elementIn(pdf: PDFDocument, parent: Element, type: string, words: Record<string, string>): Element {
  const dict = pdf.context.obj({ Type: "StructElem", S: type });
  for (const [key, value] of Object.entries(words)) dict.set(name(key), PDFHexString.fromText(value));
  dict.set(name("P"), parent.ref);
  const ref = pdf.context.register(dict);
  const kids = parent.dict.lookup(name("K"));
  if (kids instanceof PDFArray) kids.push(ref);
  else
    parent.dict.set(
      name("K"),
      pdf.context.obj(kids === undefined ? [ref] : [parent.dict.get(name("K"))!, ref]),
    );
  return { ref, dict };
}

/** The element that holds all others. */
function topOf(tree: PDFDict): Element | null {
  const kids = tree.lookup(name("K"));
  const ref = (kids instanceof PDFArray ? kids.get(0) : tree.get(name("K"))) as PDFRef | undefined;
  const dict = kids instanceof PDFArray ? kids.lookupMaybe(0, PDFDict) : tree.lookupMaybe(name("K"), PDFDict);
  return ref && dict ? { ref, dict } : null;
}

type Numbers = { next: (value: PDFArray | PDFRef) => PDFNumber; done: () => void };

/** The table from pages and links to elements, continued after its last number. */
function numbersOf(pdf: PDFDocument, tree: PDFDict): Numbers {
  const old = tree.lookup(name("ParentTree"), PDFDict);
  const list = old.lookupMaybe(name("Nums"), PDFArray);
  if (!list) throw new Error("the letter's tags are kept in a form that is not known here");
  let next =
    Math.max(-1, ...list.asArray().flatMap((one) => (one instanceof PDFNumber ? [one.asNumber()] : []))) + 1;
  return {
    next: (value) => {
      const number = PDFNumber.of(next++);
      list.push(number);
      list.push(value instanceof PDFArray ? pdf.context.register(value) : value);
      return number;
    },
    done: () => tree.set(name("ParentTreeNextKey"), PDFNumber.of(next)),
  };
}
