import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from "@cantoo/pdf-lib";

import { streamsOf, unpacked } from "../layers/content-streams.ts";

const name = PDFName.of;
type Box = { x: number; y: number; width: number; height: number };

/**
 * What a page draws, as one form object clipped to the page's own box. As a whole it can be marked for the tags; its own
 * marks, which spoke of a structure that was left behind, no longer count. `null` where the content is too damaged to
 * be taken apart: then it stays where it is. `spent` are the objects that held it, to delete once no page is left that shares them.
 */
export function pageAsForm(
  pdf: PDFDocument,
  page: PDFPage,
  box: Box,
): { form: PDFRef; spent: PDFRef[] } | null {
  const stream = contentOf(pdf, page);
  if (!stream) return null;
  const resources = page.node.Resources() ?? pdf.context.obj({});
  forgetMarks(resources);
  const { dict } = stream;
  dict.set(name("Type"), name("XObject"));
  dict.set(name("Subtype"), name("Form"));
  dict.set(name("BBox"), pdf.context.obj([box.x, box.y, box.x + box.width, box.y + box.height]));
  dict.set(name("Resources"), resources);
  const group = page.node.get(name("Group"));
  if (group) dict.set(name("Group"), group);
  const form = pdf.context.register(stream);
  const old = page.node.get(name("Contents"));
  for (const key of ["Contents", "Group"]) page.node.delete(name(key));
  return { form, spent: old ? refsIn(old, page) : [] };
}

/** The objects that held a page's content: one stream, or a list and its streams. */
function refsIn(contents: PDFObject, page: PDFPage): PDFRef[] {
  const own = contents instanceof PDFRef ? [contents] : [];
  const list = page.node.context.lookup(contents);
  return list instanceof PDFArray ? [...own, ...list.asArray().filter((one) => one instanceof PDFRef)] : own;
}

/** A page's content as one stream: a single one without marks as it is packed, everything else unpacked and joined. */
function contentOf(pdf: PDFDocument, page: PDFPage): PDFRawStream | null {
  const streams = streamsOf(page);
  const [only] = streams;
  try {
    const parts = streams.map(unpacked);
    if (only instanceof PDFRawStream && streams.length === 1 && !isMarked(parts[0]!))
      return PDFRawStream.of(packing(pdf, only.dict), only.contents);
    const joined = Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
    return pdf.context.flateStream(withoutMarks(joined));
  } catch {
    return null;
  }
}

/** How a stream is packed, without what else its dictionary says. */
function packing(pdf: PDFDocument, from: PDFDict): PDFDict {
  const dict = pdf.context.obj({});
  for (const key of ["Length", "Filter", "DecodeParms"].map(name)) {
    const value = from.get(key);
    if (value) dict.set(key, value);
  }
  return dict;
}

/** Marks that speak of a structure, and what they are renamed to, letter for letter, so that nobody takes them for ours. */
const foreign = [
  ["/MCID", "/MCIX"],
  ["/Artifact", "/Artefact"],
] as const;

const isMarked = (content: Buffer): boolean => foreign.some(([mark]) => content.includes(mark));

function withoutMarks(content: Buffer): Buffer {
  for (const [mark, other] of foreign)
    for (let at = content.indexOf(mark); at >= 0; at = content.indexOf(mark, at)) content.write(other, at);
  return content;
}

/** The same for numbers that stand in the page's resources. */
function forgetMarks(resources: PDFDict): void {
  const properties = resources.lookupMaybe(name("Properties"), PDFDict);
  for (const key of properties?.keys() ?? []) properties!.lookupMaybe(key, PDFDict)?.delete(name("MCID"));
}
