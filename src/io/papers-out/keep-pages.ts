import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
} from "@cantoo/pdf-lib";
import { type Bookmark, bookmarksIn, setOutline } from "./outline.ts";
import { labelsFrom } from "./page-labels.ts";

const name = PDFName.of;

/**
 * Leaves only some pages of a file, with their tags, bookmarks, labels, and the links that lead to one another. What
 * nothing leads to any more is deleted, so that no other page stays hidden inside.
 */
export function keepPages(pdf: PDFDocument, from: number, to: number): void {
  const all = pdf.getPages();
  const kept = new Set(all.slice(from, to).map((page) => page.ref.tag));
  const links = dropLinks(pdf, from, to, kept);
  pruneTags(pdf, kept, links);
  const bookmarks = bookmarksIn(pdf).flatMap((one) => bookmarkWithin(one, kept));
  pdf.catalog.delete(name("Outlines"));
  if (bookmarks.length > 0) setOutline(pdf, bookmarks);
  labelsFrom(pdf, from, to);
  for (let index = all.length - 1; index >= 0; index--)
    if (index < from || index >= to) pdf.removePage(index);
  sweep(pdf);
}

/** Takes away links whose page is not kept; answers those that stay. */
function dropLinks(pdf: PDFDocument, from: number, to: number, kept: ReadonlySet<string>): Set<string> {
  const stay = new Set<string>();
  for (const page of pdf.getPages().slice(from, to)) {
    const old = page.node.Annots();
    const list = PDFArray.withContext(pdf.context);
    for (const entry of old?.asArray() ?? []) {
      const annotation = pdf.context.lookup(entry, PDFDict);
      const target = annotation.lookupMaybe(name("Dest"), PDFArray)?.get(0);
      if (target && !kept.has(target.toString())) continue;
      list.push(entry);
      stay.add(entry.toString());
    }
    if (old) page.node.set(name("Annots"), list);
  }
  return stay;
}

function bookmarkWithin(bookmark: Bookmark, kept: ReadonlySet<string>): Bookmark[] {
  const parts = (bookmark.parts ?? []).flatMap((part) => bookmarkWithin(part, kept));
  const here = kept.has(bookmark.dest.get(0).toString());
  if (here) return [{ ...bookmark, parts }];
  return parts.length > 0 ? [{ ...bookmark, dest: parts[0]!.dest, parts }] : [];
}

type Kept = { pages: ReadonlySet<string>; links: ReadonlySet<string>; elements: Set<string> };

/** Leaves the elements that speak of kept pages, and in the tables the entries that lead to them. */
function pruneTags(pdf: PDFDocument, pages: ReadonlySet<string>, links: ReadonlySet<string>): void {
  const tree = pdf.catalog.lookupMaybe(name("StructTreeRoot"), PDFDict);
  if (!tree) return;
  const kept: Kept = { pages, links, elements: new Set() };
  pruneKids(pdf, tree, undefined, kept);
  const inUse = new Set<number>();
  const note = (value: PDFObject | undefined) => value instanceof PDFNumber && inUse.add(value.asNumber());
  for (const page of pdf.getPages()) {
    if (!pages.has(page.ref.tag)) continue;
    note(page.node.get(name("StructParents")));
    for (const entry of page.node.Annots()?.asArray() ?? [])
      note(pdf.context.lookup(entry, PDFDict).get(name("StructParent")));
  }
  const numbers = tree.lookup(name("ParentTree"), PDFDict);
  keepPairs(pdf, numbers, "Nums", (key) => key instanceof PDFNumber && inUse.has(key.asNumber()));
  const ids = tree.lookupMaybe(name("IDTree"), PDFDict);
  if (ids) keepPairs(pdf, ids, "Names", (_, value) => kept.elements.has(value.toString()));
}

/** Leaves the kids that speak of something kept; false where there were some and none is left. */
function pruneKids(pdf: PDFDocument, element: PDFDict, above: PDFObject | undefined, kept: Kept): boolean {
  const page = element.get(name("Pg")) ?? above;
  const given = element.get(name("K"));
  if (given === undefined) return true;
  const held = pdf.context.lookup(given);
  const kids = held instanceof PDFArray ? held.asArray() : [given];
  if (kids.length === 0) return true;
  const empty: PDFObject[] = [];
  const stay = kids.filter((kid) => {
    const inner = pdf.context.lookup(kid);
    if (!(inner instanceof PDFDict)) return page !== undefined && kept.pages.has(page.toString());
    if (inner.get(name("Type")) === name("OBJR")) return kept.links.has(String(inner.get(name("Obj"))));
    if (inner.get(name("Type")) === name("MCR")) return kept.pages.has(String(inner.get(name("Pg")) ?? page));
    if (!pruneKids(pdf, inner, page, kept)) return false;
    if (speaks(pdf, inner)) kept.elements.add(kid.toString());
    else empty.push(kid);
    return true;
  });
  // An empty cell goes with its row; alone it keeps nothing.
  const said = stay.filter((kid) => !empty.includes(kid));
  const left = said.length > 0 ? stay : [];
  for (const kid of left) if (empty.includes(kid)) kept.elements.add(kid.toString());
  element.set(name("K"), pdf.context.obj(left));
  // A way that leads to a page of another part leads nowhere here: its words stay, as words.
  const isLink = element.get(name("S")) === name("Link");
  if (isLink && left.length < kids.length) element.set(name("S"), name("Span"));
  const pageOfOwn = element.get(name("Pg"));
  if (pageOfOwn && !kept.pages.has(pageOfOwn.toString())) element.delete(name("Pg"));
  return left.length > 0;
}

/** True where an element has kids at all. */
function speaks(pdf: PDFDocument, element: PDFDict): boolean {
  const kids = pdf.context.lookup(element.get(name("K")));
  return kids !== undefined && !(kids instanceof PDFArray && kids.size() === 0);
}

/** Leaves pairs of a number or name tree that is one list. */
function keepPairs(
  pdf: PDFDocument,
  tree: PDFDict,
  key: "Nums" | "Names",
  holds: (key: PDFObject, value: PDFObject) => boolean,
): void {
  const list = tree.lookupMaybe(name(key), PDFArray)?.asArray() ?? [];
  const pairs: PDFObject[] = [];
  for (let at = 0; at + 1 < list.length; at += 2)
    if (holds(list[at]!, list[at + 1]!)) pairs.push(list[at]!, list[at + 1]!);
  tree.set(name(key), pdf.context.obj(pairs));
}

/** Deletes the objects that nothing leads to from the document's root. */
function sweep(pdf: PDFDocument): void {
  const { context } = pdf;
  const seen = new Set<PDFRef>();
  const open: PDFObject[] = [
    context.trailerInfo.Root,
    context.trailerInfo.Info,
    context.trailerInfo.ID,
  ].filter((one) => one !== undefined);
  for (let object = open.pop(); object; object = open.pop()) {
    if (object instanceof PDFRef) {
      if (seen.has(object)) continue;
      seen.add(object);
      const held = context.lookup(object);
      if (held) open.push(held);
    } else if (object instanceof PDFArray) open.push(...object.asArray());
    else if (object instanceof PDFStream) open.push(object.dict);
    else if (object instanceof PDFDict) open.push(...object.values());
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!seen.has(ref)) context.delete(ref);
}
