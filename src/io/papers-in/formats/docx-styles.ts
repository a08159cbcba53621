/** What a Word file's styles say of a paragraph: heading, bold, size, number. */
import type { XmlElement } from "@rgrove/parse-xml";
import { attribute, child, children, isOn, value } from "./docx-parts.ts";

export type Style = { heading: boolean; bold: boolean; size?: number; number?: XmlElement; indent?: number };
export type Styles = { of: (properties: XmlElement | undefined) => Style };

/** Twentieths of a point. */
const TWIP = 1 / 20;

/** Styles by id, each with what it takes over from the style it is based on. */
export function stylesOf(styles: XmlElement | null): Styles {
  const elements = new Map<string, XmlElement>();
  let usual = "";
  for (const style of styles ? children(styles, "w:style") : []) {
    elements.set(attribute(style, "w:styleId"), style);
    if (attribute(style, "w:default") === "1" && attribute(style, "w:type") === "paragraph")
      usual = attribute(style, "w:styleId");
  }
  const defaults = child(child(child(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr");
  const known = new Map<string, Style>();
  const resolve = (id: string, depth: number): Style => {
    const found = known.get(id);
    if (found) return found;
    const element = elements.get(id);
    const style =
      !element || depth > 20
        ? startOf(defaults)
        : styleOf(element, resolve(value(element, "w:basedOn") ?? "", depth + 1));
    known.set(id, style);
    return style;
  };
  return { of: (properties) => resolve(value(properties, "w:pStyle") ?? usual, 0) };
}

function startOf(defaults: XmlElement | undefined): Style {
  const size = value(defaults, "w:sz");
  return { heading: false, bold: false, ...(size ? { size: Number(size) / 2 } : {}) };
}

function styleOf(element: XmlElement, base: Style): Style {
  const style = { ...base };
  const paragraph = child(element, "w:pPr");
  const run = child(element, "w:rPr");
  const name = value(element, "w:name") ?? "";
  if (/^(?:heading \d|title$|subtitle$)/i.test(name)) style.heading = true;
  const level = value(paragraph, "w:outlineLvl");
  if (level !== undefined && Number(level) < 9) style.heading = true;
  style.bold = isOn(run, "w:b") ?? base.bold;
  const size = value(run, "w:sz");
  if (size) style.size = Number(size) / 2;
  const number = child(paragraph, "w:numPr");
  if (number) style.number = number;
  const indent = indentOf(paragraph);
  if (indent !== undefined) style.indent = indent;
  return style;
}

/** Left indent in points, where the paragraph (or list level) has one. */
export function indentOf(properties: XmlElement | undefined): number | undefined {
  const indent = child(properties, "w:ind");
  const left = attribute(indent, "w:left") || attribute(indent, "w:start");
  return left === "" ? undefined : Number(left) * TWIP;
}
