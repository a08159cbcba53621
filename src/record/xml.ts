import { type XmlDocument, XmlElement, XmlText } from "@rgrove/parse-xml";

/** Child elements of a name, whatever prefix they carry. */
export function kids(element: XmlElement | XmlDocument | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).filter(
    (child): child is XmlElement => child instanceof XmlElement && localName(child) === name,
  );
}

/** The first element at the end of a path of names. */
export function kid(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = kids(at, name)[0];
  return at;
}

/** Every element at the end of a path of names. */
export function all(element: XmlElement | undefined, ...path: string[]): XmlElement[] {
  let found = element ? [element] : [];
  for (const name of path) found = found.flatMap((one) => kids(one, name));
  return found;
}

export const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(":") + 1);

/** Text nodes below an element, in order. */
export function textsIn(element: XmlElement): XmlText[] {
  return element.children.flatMap((child) =>
    child instanceof XmlText ? [child] : child instanceof XmlElement ? textsIn(child) : [],
  );
}

/** Where an attribute's value stands in the file. */
export function attributePlace(
  element: XmlElement,
  name: string,
  raw: string,
): { start: number; end: number } | null {
  const value = element.attributes[name];
  if (value === undefined || value === "") return null;
  const tag = raw.slice(element.start, raw.indexOf(">", element.start) + 1);
  const match = new RegExp(`\\s${name}\\s*=\\s*(["'])([\\s\\S]*?)\\1`).exec(tag);
  if (!match) return null;
  const start = element.start + match.index + match[0].length - 1 - match[2]!.length;
  return { start, end: start + match[2]!.length };
}

/** The longest piece of running text below an element, and its place. */
export function textPlace(element: XmlElement): { text: string; start: number; end: number } | null {
  const texts = textsIn(element).filter(({ text }) => text.trim() !== "");
  const longest = texts.sort((a, b) => b.text.trim().length - a.text.trim().length)[0];
  return longest
    ? { text: longest.text.replace(/\s+/g, " ").trim(), start: longest.start, end: longest.end }
    : null;
}
