import type { XmlElement } from "@rgrove/parse-xml";
import type { Page } from "#source";
import { type LineMarks, PageText } from "../layout/page-text.ts";
import { type Numbering, numberingOf } from "./docx-numbering.ts";
import { attribute, child, children, openDocx, value } from "./docx-parts.ts";
import { runsOf } from "./docx-runs.ts";
import { indentOf, type Styles, stylesOf } from "./docx-styles.ts";

/** Points of indent of one list level. */
const LEVEL = 18;

/**
 * DOCX as one page: paragraphs are lines; automatic numbers are labels; table cells carry their address;
 * headers come first and footers last as furniture; footnotes stand after the text.
 */
export function readDocx(bytes: Uint8Array): Page {
  const { part, main, names } = openDocx(bytes);
  const writer = new DocxWriter(numberingOf(part("word/numbering.xml")), stylesOf(part("word/styles.xml")));
  const body = child(part(main), "w:body");
  if (!body) throw new SyntaxError("the file has no document");
  const margins = (kind: string) => names.filter((name) => new RegExp(`^word/${kind}\\d*\\.xml$`).test(name));
  writer.furniture(margins("header").map(part));
  writer.blocks(body, {});
  writer.notes(part("word/footnotes.xml"), "footnote");
  writer.notes(part("word/endnotes.xml"), "endnote");
  writer.furniture(margins("footer").map(part));
  return writer.page.page(1, { ocr: false });
}

class DocxWriter {
  readonly page = new PageText();
  readonly #numbering: Numbering;
  readonly #styles: Styles;
  readonly #notes: string[] = [];
  #tables = 0;
  #lastCell = "";

  constructor(numbering: Numbering, styles: Styles) {
    this.#numbering = numbering;
    this.#styles = styles;
  }

  /** Headers or footers: each text once, however many sections repeat it. */
  furniture(parts: (XmlElement | null)[]): void {
    const seen = new Set<string>();
    for (const part of parts) {
      const text = part?.text.trim() ?? "";
      if (!part || text === "" || seen.has(text)) continue;
      seen.add(text);
      this.blocks(part, { kind: "furniture" });
    }
  }

  /** Notes that the text refers to, in the order of the references. */
  notes(part: XmlElement | null, kind: "footnote" | "endnote"): void {
    for (const note of part ? children(part, `w:${kind}`) : []) {
      const place = this.#notes.indexOf(`${kind} ${attribute(note, "w:id")}`);
      if (place >= 0) this.blocks(note, { label: String(place + 1) });
    }
  }

  blocks(parent: XmlElement, marks: Partial<LineMarks>): void {
    for (const block of children(parent)) {
      if (block.name === "w:p") this.#paragraph(block, marks);
      else if (block.name === "w:tbl") this.#table(block, marks);
      else if (block.name === "w:sdt") this.blocks(child(block, "w:sdtContent") ?? block, marks);
      else if (["w:ins", "w:moveTo", "w:customXml", "w:smartTag"].includes(block.name))
        this.blocks(block, marks);
    }
  }

  #paragraph(paragraph: XmlElement, marks: Partial<LineMarks>): void {
    const properties = child(paragraph, "w:pPr");
    const style = this.#styles.of(properties);
    const { text, bold, size = style.size, boxes, notes } = runsOf(paragraph, style.bold);
    this.#notes.push(...notes);
    const number = this.#numbering.next(child(properties, "w:numPr"), style.number);
    const indent = number ? (number.level + 1) * LEVEL : (indentOf(properties) ?? style.indent ?? 0);
    const line: LineMarks = { indent, ...marks };
    if (number && number.label !== "") line.label = number.label;
    if (style.heading) line.kind ??= "heading";
    else if (number) line.kind ??= "item";
    if (bold) line.bold = true;
    if (size !== undefined) line.size = size;
    this.#lines(text, line);
    for (const box of boxes) this.blocks(box, marks);
  }

  /** Line breaks within a paragraph part it into lines; its number stands before the first. */
  #lines(text: string, marks: LineMarks): void {
    const { label: _, ...unlabelled } = marks;
    let first = true;
    for (const piece of text.split("\n")) {
      if (piece.trim() === "") continue;
      this.#write(piece.trim(), first ? marks : unlabelled);
      first = false;
    }
  }

  #write(text: string, line: LineMarks): void {
    const row = line.cell ? `${line.cell.table}/${line.cell.row}/` : "";
    const cell = line.cell ? `${row}${line.cell.column}` : "";
    const beside = row !== "" && this.#lastCell.startsWith(row) && this.#lastCell !== cell;
    this.page.line(text, line, beside ? "\t" : "\n");
    this.#lastCell = cell;
  }

  /** Tables within a cell belong to the cell. */
  #table(table: XmlElement, marks: Partial<LineMarks>): void {
    if (marks.cell || marks.kind === "furniture") {
      for (const row of children(table, "w:tr"))
        for (const cell of children(row, "w:tc")) this.blocks(cell, marks);
      return;
    }
    const number = ++this.#tables;
    for (const [row, element] of children(table, "w:tr").entries()) {
      let column = Number(value(child(element, "w:trPr"), "w:gridBefore") ?? 0);
      for (const cell of cellsOf(element)) {
        this.blocks(cell, { kind: "cell", cell: { table: number, row, column } });
        column += Number(value(child(cell, "w:tcPr"), "w:gridSpan") ?? 1);
      }
    }
  }
}

function cellsOf(row: XmlElement): XmlElement[] {
  return children(row).flatMap((element) => {
    if (element.name === "w:tc") return [element];
    return element.name === "w:sdt" ? children(child(element, "w:sdtContent") ?? element, "w:tc") : [];
  });
}
