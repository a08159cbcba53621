/** Layers of a PDF (ISO 32000-1, 8.11): which are shown when the file is opened as it stands. */
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef } from "@cantoo/pdf-lib";

const name = PDFName.of;

/** True for a layer, or a rule about layers, that is not shown. */
export type IsHidden = (layer: PDFObject | undefined) => boolean;

/** How the file says its layers are shown at first; `null` where no layer is switched off. */
export function hiddenLayers(pdf: PDFDocument): IsHidden | null {
  const properties = pdf.catalog.lookupMaybe(name("OCProperties"), PDFDict);
  const config = properties?.lookupMaybe(name("D"), PDFDict);
  if (!properties || !config) return null;
  const off = layersOff(pdf, properties, config);
  return off.size > 0 ? (layer) => isHidden(pdf, off, layer, 0) : null;
}

const refsIn = (dict: PDFDict, key: string): PDFRef[] =>
  (dict.lookupMaybe(name(key), PDFArray)?.asArray() ?? []).filter((one) => one instanceof PDFRef);

function layersOff(pdf: PDFDocument, properties: PDFDict, config: PDFDict): Set<PDFObject> {
  const all = refsIn(properties, "OCGs");
  const off = new Set<PDFObject>(config.lookup(name("BaseState")) === name("OFF") ? all : []);
  for (const ref of refsIn(config, "ON")) off.delete(ref);
  for (const ref of refsIn(config, "OFF")) off.add(ref);
  for (const entry of config.lookupMaybe(name("AS"), PDFArray)?.asArray() ?? []) {
    const usage = pdf.context.lookup(entry);
    if (!(usage instanceof PDFDict) || usage.lookup(name("Event")) !== name("View")) continue;
    for (const ref of refsIn(usage, "OCGs")) {
      const view = dictAt(dictAt(pdf.context.lookup(ref), "Usage"), "View");
      const state = view?.lookup(name("ViewState"));
      if (state === name("ON")) off.delete(ref);
      if (state === name("OFF")) off.add(ref);
    }
  }
  // A layer that is meant for another use than viewing hides nothing (8.11.2.1).
  for (const ref of off) if (!isForViewing(pdf.context.lookup(ref))) off.delete(ref);
  return off;
}

const dictAt = (from: PDFObject | undefined, key: string): PDFDict | undefined =>
  from instanceof PDFDict ? from.lookupMaybe(name(key), PDFDict) : undefined;

function isForViewing(layer: PDFObject | undefined): boolean {
  const intent = layer instanceof PDFDict ? layer.lookup(name("Intent")) : undefined;
  if (intent === undefined) return true;
  const all = intent instanceof PDFArray ? intent.asArray() : [intent];
  return all.some((one) => one === name("View") || one === name("All"));
}

function isHidden(
  pdf: PDFDocument,
  off: Set<PDFObject>,
  layer: PDFObject | undefined,
  deep: number,
): boolean {
  if (layer === undefined || deep > 20) return false;
  if (off.has(layer)) return true;
  const dict = pdf.context.lookup(layer);
  if (!(dict instanceof PDFDict) || dict.lookup(name("Type")) !== name("OCMD")) return false;
  const rule = dict.lookup(name("VE"));
  if (rule instanceof PDFArray) return !holds(pdf, off, rule, deep + 1);
  const given = dict.get(name("OCGs"));
  const held = pdf.context.lookup(given);
  const members = (held instanceof PDFArray ? held.asArray() : [given]).filter(
    (one): one is PDFRef => one instanceof PDFRef && pdf.context.lookup(one) instanceof PDFDict,
  );
  if (members.length === 0) return false;
  const isOff = (one: PDFObject) => off.has(one);
  switch (dict.lookup(name("P"))) {
    case name("AllOn"):
      return members.some(isOff);
    case name("AnyOff"):
      return !members.some(isOff);
    case name("AllOff"):
      return !members.every(isOff);
    default:
      return members.every(isOff);
  }
}

/** A visibility expression: And, Or, Not over layers (8.11.2.2). */
function holds(pdf: PDFDocument, off: Set<PDFObject>, rule: PDFArray, deep: number): boolean {
  if (deep > 20) return true;
  const [operator, ...parts] = rule.asArray();
  const each = parts.map((part) => {
    const held = pdf.context.lookup(part);
    return held instanceof PDFArray ? holds(pdf, off, held, deep + 1) : !off.has(part);
  });
  if (operator === name("Not")) return each[0] !== true;
  return operator === name("Or") ? each.some(Boolean) : each.every(Boolean);
}
