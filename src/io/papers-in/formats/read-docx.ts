import { XmlElement as Element, parseXml, type XmlElement } from "@rgrove/parse-xml";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "#source";
import { type LineMarks, PageText } from "../layout/page-text.ts";
import { type Numbering, numberingOf } from "./docx-numbering.ts";

/** DOCX as one page: paragraphs are lines; automatic numbers are labels; table cells carry their address. */
export function readDocx(bytes: Uint8Array): Page {
  const files = unzipSync(bytes, {
    filter: (file) => /^word\/[^/]+\.xml$/.test(file.name) && file.originalSize < 100_000_000,
  });
  const part = (name: string) => (files[name] ? parseXml(strFromU8(files[name]!)).root : null);
  const document = part("word/document.xml");
  const writer = new DocxWriter(numberingOf(part("word/numbering.xml"), part("word/styles.xml")));
  const body = document && child(document, "w:body");
  if (body) writer.blocks(body, {});
  return writer.page.page(1, { ocr: false });
}

export function children(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (node): node is XmlElement => node instanceof Element && (name === undefined || node.name === name),
  );
}

export function child(element: XmlElement | null | undefined, name: string): XmlElement | undefined {
  return element ? children(element, name)[0] : undefined;
}

class DocxWriter {
  readonly page = new PageText();
  readonly #numbering: Numbering;
  #tables = 0;
  #last = "";

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  blocks(parent: XmlElement, marks: Partial<LineMarks>): void {
    for (const block of children(parent)) {
      if (block.name === "w:p") this.#paragraph(block, marks);
      else if (block.name === "w:tbl") this.#table(block);
      else if (block.name === "w:sdt") this.blocks(child(block, "w:sdtContent") ?? block, marks);
      else if (["w:ins", "w:customXml", "w:smartTag"].includes(block.name)) this.blocks(block, marks);
    }
  }

  #paragraph(paragraph: XmlElement, marks: Partial<LineMarks>): void {
    const properties = child(paragraph, "w:pPr");
    const number = this.#numbering.next(properties);
    const runs = { text: "", bold: true };
    collectRuns(paragraph, runs);
    const line: LineMarks = { indent: number ? (number.level + 1) * 18 : 0, ...marks };
    if (number) {
      line.label = number.label;
      line.kind ??= "item";
    }
    const style = child(properties, "w:pStyle")?.attributes["w:val"] ?? "";
    if (/^(heading|title|subtitle)/i.test(style)) line.kind ??= "heading";
    if (runs.bold && runs.text.trim() !== "") line.bold = true;
    for (const [index, piece] of runs.text.split("\n").entries()) {
      if (piece.trim() === "") continue;
      const { label: _, ...unlabelled } = line;
      this.#write(piece.trim(), index === 0 ? line : unlabelled);
    }
  }

  #write(text: string, line: LineMarks): void {
    const row = line.cell ? `${line.cell.table}/${line.cell.row}/` : "";
    const cell = line.cell ? `${row}${line.cell.column}` : "";
    this.page.line(text, line, row !== "" && this.#last.startsWith(row) && this.#last !== cell ? "\t" : "\n");
    this.#last = cell;
  }

  #table(table: XmlElement): void {
    const number = ++this.#tables;
    for (const [row, cells] of children(table, "w:tr").entries()) {
      for (const [column, cell] of children(cells, "w:tc").entries())
        this.blocks(cell, { kind: "cell", cell: { table: number, row, column } });
    }
  }
}

function collectRuns(element: XmlElement, into: { text: string; bold: boolean }): void {
  for (const node of children(element)) {
    switch (node.name) {
      case "w:r":
        collectRuns(node, into);
        if (!isBold(node) && node.text.trim() !== "") into.bold = false;
        break;
      case "w:t":
        into.text += node.text;
        break;
      case "w:tab":
        into.text += "\t";
        break;
      case "w:br":
      case "w:cr":
        into.text += "\n";
        break;
      case "w:noBreakHyphen":
        into.text += "-";
        break;
      case "w:hyperlink":
      case "w:ins":
      case "w:smartTag":
      case "w:fldSimple":
      case "w:sdt":
      case "w:sdtContent":
      case "w:customXml":
        collectRuns(node, into);
        break;
    }
  }
}

function isBold(run: XmlElement): boolean {
  const bold = child(child(run, "w:rPr"), "w:b");
  return bold !== undefined && !["0", "false"].includes(bold.attributes["w:val"] ?? "");
}
