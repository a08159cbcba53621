import { XmlElement, XmlText } from "@rgrove/parse-xml";
import type { Line, Page, SourceDocument } from "#source";
import { localName, textPlace } from "./xml.ts";

/** A section's narrative as a paper of its own whose page is the file itself, so that places found in it are places in the file. */
export function narrativePaper(
  source: SourceDocument,
  page: Page,
  title: XmlElement | undefined,
  narrative: XmlElement,
): SourceDocument {
  const lines: Line[] = [];
  const heading = title ? textPlace(title) : null;
  if (heading) lines.push({ start: heading.start, end: heading.end, indent: 0, kind: "heading" });
  new Lines(page.text, lines).block(narrative, {});
  const paper: SourceDocument = { ...source, pages: [{ ...page, lines }] };
  delete paper.structured;
  return paper;
}

type Place = Pick<Line, "kind" | "cell">;

class Lines {
  readonly #raw: string;
  readonly #lines: Line[];
  #table = 0;
  #open = false;

  constructor(raw: string, lines: Line[]) {
    this.#raw = raw;
    this.#lines = lines;
  }

  block(element: XmlElement, place: Place): void {
    const name = localName(element);
    if (name === "table") {
      this.#rows(element);
      return;
    }
    if (["paragraph", "item", "list", "caption", "br", "text"].includes(name)) this.#open = false;
    const inner: Place = name === "item" ? { kind: "item" } : place;
    for (const child of element.children) {
      if (child instanceof XmlText) this.#text(child, inner);
      else if (child instanceof XmlElement) this.block(child, inner);
    }
    if (["paragraph", "item", "list", "caption", "br"].includes(name)) this.#open = false;
  }

  #rows(table: XmlElement): void {
    this.#table++;
    let row = 0;
    const walk = (element: XmlElement): void => {
      if (localName(element) !== "tr") {
        for (const child of element.children) if (child instanceof XmlElement) walk(child);
        return;
      }
      let column = 0;
      for (const child of element.children)
        if (child instanceof XmlElement) {
          this.#open = false;
          this.block(child, { kind: "cell", cell: { table: this.#table, row, column: column++ } });
        }
      row++;
    };
    walk(table);
    this.#open = false;
  }

  /** Text that is wrapped in the file goes on in the same line. */
  #text(text: XmlText, place: Place): void {
    const raw = this.#raw.slice(text.start, text.end);
    for (const match of raw.matchAll(/[^\n\r]+/g)) {
      const lead = /^\s*/.exec(match[0])![0].length;
      const end = match[0].trimEnd().length;
      if (end <= lead) continue;
      this.#lines.push({
        start: text.start + match.index + lead,
        end: text.start + match.index + end,
        indent: 0,
        ...place,
        ...(this.#open ? { continues: true as const } : {}),
      });
      this.#open = true;
    }
  }
}
