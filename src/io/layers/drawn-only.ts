import { type PDFContext, PDFDict, PDFName, type PDFPage, PDFStream } from "@cantoo/pdf-lib";
import { contentOf, unpacked } from "./content-streams.ts";

const name = PDFName.of;
/** What a list of resources may hold that shows something. */
const kinds = ["XObject", "Pattern", "Shading"] as const;

/**
 * Leaves of a page's resources what its content names, and of its drawings' likewise. Programs let many pages share one
 * list: copied with one page, the pictures of all the others would come along unseen.
 */
export function leaveDrawnOnly(page: PDFPage): void {
  const resources = page.node.Resources();
  if (!resources || drawingsIn(resources).length === 0) return;
  try {
    page.node.set(name("Resources"), drawnOf(resources, contentOf(page), page.doc.context, new Set()));
  } catch {
    // What cannot be unpacked keeps all it has.
  }
}

const listOf = (resources: PDFDict, kind: string) => resources.lookupMaybe(name(kind), PDFDict);

/** Forms and patterns: what has content of its own. */
const drawingsIn = (resources: PDFDict): PDFStream[] =>
  kinds.flatMap((kind) => {
    const list = listOf(resources, kind);
    return (list?.keys() ?? []).map((key) => list!.lookup(key)).filter((one) => one instanceof PDFStream);
  });

const isPicture = ({ dict }: PDFStream) => dict.lookup(name("Subtype")) === name("Image");

function drawnOf(resources: PDFDict, content: Buffer, context: PDFContext, seen: Set<PDFStream>): PDFDict {
  const drawings = drawingsIn(resources).filter((one) => !isPicture(one));
  // A drawing without resources uses those of the page.
  const borrowing = drawings.filter(({ dict }) => !dict.has(name("Resources"))).map(unpacked);
  const text = Buffer.concat([content, ...borrowing]).toString("latin1");
  const said = new Set(text.match(/\/[^\s/()<>[\]{}%]+/g));
  // A name may be written with codes for some of its signs; then everything stays.
  const isSpelled = [...said].some((one) => /#[0-9a-f]{2}/i.test(one));
  const own = resources.clone(context);
  for (const kind of isSpelled ? [] : kinds) {
    const list = listOf(resources, kind);
    if (!list) continue;
    const kept = context.obj({});
    for (const [key, value] of list.entries()) if (said.has(key.asString())) kept.set(key, value);
    own.set(name(kind), kept);
  }
  for (const drawing of drawingsIn(own)) {
    const inner = drawing.dict.lookupMaybe(name("Resources"), PDFDict);
    if (isPicture(drawing) || !inner || seen.has(drawing) || drawingsIn(inner).length === 0) continue;
    seen.add(drawing);
    drawing.dict.set(name("Resources"), drawnOf(inner, unpacked(drawing), context, seen));
  }
  return own;
}
