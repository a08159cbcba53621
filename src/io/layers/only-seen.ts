/** Takes out of a PDF what its pages hold and do not show. */
import {
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from "@cantoo/pdf-lib";
import { contentOf, unpacked } from "./content-streams.ts";
import { type Operation, operationsIn } from "./content-tokens.ts";
import { hiddenLayers, type IsHidden } from "./optional-content.ts";

const name = PDFName.of;

type Work = {
  pdf: PDFDocument;
  hidden: IsHidden;
  spoken: boolean;
  done: Set<PDFObject>;
  /** What goes once every page is done: until then another page may ask what a name stands for. */
  after: (() => void)[];
};

/**
 * Takes everything off the pages that lies in a layer which is switched off; with `spoken` also words that only a reading
 * voice would say (ActualText, Alt), which may be others than those that are seen. Answers the pages (from 0) whose
 * content could not be taken apart.
 */
export function leaveOnlySeen(pdf: PDFDocument, { spoken = false } = {}): number[] {
  const hidden = hiddenLayers(pdf);
  if (!hidden && !spoken) return [];
  const work: Work = { pdf, hidden: hidden ?? (() => false), spoken, done: new Set(), after: [] };
  const unclear = pdf.getPages().flatMap((page, index) => {
    try {
      cleanPage(page, work);
      return [];
    } catch {
      return [index];
    }
  });
  for (const take of work.after) take();
  return unclear;
}

function cleanPage(page: PDFPage, work: Work): void {
  const { pdf } = work;
  const resources = page.node.Resources() ?? pdf.context.obj({});
  const content = contentOf(page);
  const left = rewritten(content, resources, work);
  if (left) page.node.set(name("Contents"), pdf.context.register(pdf.context.flateStream(left)));
  cleanDrawings(resources, resources, work);
  const marks = page.node.Annots();
  if (!marks) return;
  const seen = marks.asArray().filter((one) => !isMarkHidden(pdf.context.lookup(one), work));
  page.node.set(name("Annots"), pdf.context.obj(seen));
  for (const mark of seen) {
    const looks = pdf.context.lookup(mark, PDFDict).lookupMaybe(name("AP"), PDFDict);
    for (const look of looks?.values() ?? []) cleanLook(look, resources, work);
  }
}

const isMarkHidden = (mark: PDFObject | undefined, { hidden }: Work): boolean =>
  mark instanceof PDFDict && hidden(mark.get(name("OC")));

/** The look of a mark: one drawing, or one for each of its states. */
function cleanLook(look: PDFObject, around: PDFDict, work: Work): void {
  const held = work.pdf.context.lookup(look);
  if (held instanceof PDFDict) for (const state of held.values()) cleanDrawing(state, around, work);
  else cleanDrawing(look, around, work);
}

/** Every drawing that the resources name: forms, patterns, masks. Those in a hidden layer go. */
function cleanDrawings(resources: PDFDict, around: PDFDict, work: Work): void {
  if (work.done.has(resources)) return;
  work.done.add(resources);
  const { context } = work.pdf;
  const forms = resources.lookupMaybe(name("XObject"), PDFDict);
  for (const key of forms?.keys() ?? []) {
    const form = context.lookup(forms!.get(key));
    if (!(form instanceof PDFStream)) continue;
    // Other pictures in its place, each for a layer of its own.
    form.dict.delete(name("Alternates"));
    if (work.hidden(form.dict.get(name("OC")))) work.after.push(() => forms!.delete(key));
    else cleanDrawing(forms!.get(key)!, around, work);
  }
  for (const pattern of resources.lookupMaybe(name("Pattern"), PDFDict)?.values() ?? [])
    cleanDrawing(pattern, around, work);
  for (const state of resources.lookupMaybe(name("ExtGState"), PDFDict)?.values() ?? []) {
    const held = context.lookup(state);
    const mask = held instanceof PDFDict ? held.lookup(name("SMask")) : undefined;
    if (mask instanceof PDFDict && mask.has(name("G"))) cleanDrawing(mask.get(name("G"))!, around, work);
  }
  const properties = resources.lookupMaybe(name("Properties"), PDFDict);
  for (const key of properties?.keys() ?? []) {
    const held = properties!.lookup(key);
    const isLayer = held instanceof PDFDict && /^\/OC(G|MD)$/.test(String(held.lookup(name("Type"))));
    if (isLayer || work.spoken) work.after.push(() => properties!.delete(key));
  }
}

function cleanDrawing(drawing: PDFObject, around: PDFDict, work: Work): void {
  const stream = work.pdf.context.lookup(drawing);
  if (!(stream instanceof PDFRawStream) || !(drawing instanceof PDFRef) || work.done.has(stream)) return;
  work.done.add(stream);
  const isPicture = stream.dict.lookup(name("Subtype")) === name("Image");
  if (isPicture) return;
  const resources = stream.dict.lookupMaybe(name("Resources"), PDFDict) ?? around;
  stream.dict.delete(name("OC"));
  const left = rewritten(unpacked(stream), resources, work);
  if (left) {
    const made = work.pdf.context.flateStream(left);
    for (const [key, value] of stream.dict.entries())
      if (!["/Length", "/Filter", "/DecodeParms"].includes(key.asString())) made.dict.set(key, value);
    work.pdf.context.assign(drawing, made);
  }
  cleanDrawings(resources, resources, work);
}

/** What paints, and what stands in its place where it must not: state goes on, so that what follows looks the same. */
const painting: Record<string, string> = Object.fromEntries([
  ...["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"].map((one) => [one, "n"]),
  ...["Tj", "TJ", "Do", "sh", "BI", "EI", "MP", "DP"].map((one) => [one, ""]),
  ["'", "T*"],
]);

/** The content without what is hidden; `null` where it shows everything it holds. */
function rewritten(content: Uint8Array, resources: PDFDict, work: Work): Buffer | null {
  const out: Buffer[] = [];
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const open: boolean[] = [];
  let [copied, changed] = [0, false];
  const put = (operation: Operation, words: string) => {
    out.push(bytes.subarray(copied, operation.start), Buffer.from(words, "latin1"));
    copied = operation.end;
    changed = true;
  };
  for (const operation of operationsIn(bytes)) {
    const { operator, operands } = operation;
    const operand = (at: number) =>
      operands[at] ? bytes.subarray(operands[at][0], operands[at][1]).toString("latin1") : "";
    if (operator === "BMC") open.push(false);
    else if (operator === "BDC") {
      const layer = operand(0) === "/OC";
      const isOff = layer && work.hidden(named(resources, "Properties", operand(1)));
      open.push(isOff);
      // The names of layers stay behind with the list that says which are shown.
      if (layer || work.spoken || open.includes(true)) put(operation, `${layer ? "/Span" : operand(0)} BMC`);
    } else if (operator === "EMC") open.pop();
    else if (open.includes(true)) {
      if (operator === '"') put(operation, `${operand(0)} Tw ${operand(1)} Tc T*`);
      else if (painting[operator] !== undefined) put(operation, painting[operator]);
    } else if (operator === "Do" && isInHidden(resources, operand(0), work)) put(operation, "");
  }
  return changed ? Buffer.concat([...out, bytes.subarray(copied)]) : null;
}

function isInHidden(resources: PDFDict, operand: string, { pdf, hidden }: Work): boolean {
  const form = pdf.context.lookup(named(resources, "XObject", operand));
  return form instanceof PDFStream && hidden(form.dict.get(name("OC")));
}

/** What a name in the content stands for. */
function named(resources: PDFDict, kind: string, operand: string): PDFObject | undefined {
  if (!operand.startsWith("/")) return undefined;
  const list = resources.lookupMaybe(name(kind), PDFDict);
  const plain = operand
    .slice(1)
    .replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return list?.get(name(plain)) ?? list?.get(name(operand.slice(1)));
}
