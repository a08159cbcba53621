/** The parts of a Word file, and short ways through its XML. */
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { unzipSync } from "fflate";
import { Swollen } from "../refusals.ts";
import { decodeText } from "./read-plain.ts";

/** All parts together, bytes. */
const MOST = 100_000_000;

export type DocxParts = { part: (name: string) => XmlElement | null; main: string; names: string[] };

/** Unpacks the parts that hold text. */
export function openDocx(bytes: Uint8Array): DocxParts {
  let total = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/^(?:_rels\/\.rels|word\/[^/]+\.xml)$/.test(name)) return false;
      total += originalSize;
      if (total > MOST) throw new Swollen("parts of a Word file");
      return true;
    },
  });
  const part = (name: string) => (files[name] ? (parseXml(decodeText(files[name])).root ?? null) : null);
  const relations = part("_rels/.rels");
  const office =
    relations && children(relations).find((entry) => /\/officeDocument$/.test(attribute(entry, "Type")));
  const main = office ? attribute(office, "Target").replace(/^\//, "") : "word/document.xml";
  return { part, main: files[main] ? main : "word/document.xml", names: Object.keys(files).sort() };
}

export function children(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (node): node is XmlElement => node instanceof XmlElement && (name === undefined || node.name === name),
  );
}

export function child(element: XmlElement | null | undefined, name: string): XmlElement | undefined {
  return element?.children.find(
    (node): node is XmlElement => node instanceof XmlElement && node.name === name,
  );
}

export function attribute(element: XmlElement | undefined, name: string): string {
  return element?.attributes[name] ?? "";
}

/** The `w:val` of a child, or undefined when there is no such child. */
export function value(element: XmlElement | null | undefined, name: string): string | undefined {
  const found = child(element, name);
  return found && attribute(found, "w:val");
}

/** A switch such as `w:b`: present and not turned off. */
export function isOn(element: XmlElement | undefined, name: string): boolean | undefined {
  const found = child(element, name);
  return found && !["0", "false", "off", "none"].includes(attribute(found, "w:val"));
}
