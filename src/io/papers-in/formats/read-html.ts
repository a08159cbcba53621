import { type DefaultTreeAdapterMap, parse } from "parse5";
import type { Page } from "#source";
import { type LineMarks, PageText } from "../layout/page-text.ts";
import { numeral } from "./numerals.ts";

type Node = DefaultTreeAdapterMap["childNode"];
type Element = DefaultTreeAdapterMap["element"];

const blocks = new Set(
  "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const leftOut = new Set(
  "script style noscript template head iframe object svg canvas audio video".split(" "),
);
const furniture = new Set(["nav", "footer"]);

/** Where the walk stands. */
type Place = {
  level: number;
  bold: boolean;
  heading: boolean;
  furniture: boolean;
  item: boolean;
  cell?: LineMarks["cell"];
};

/** HTML as one page: blocks are lines, lists carry labels and level, tables carry cell addresses. */
export function readHtml(text: string): Page {
  const writer = new HtmlWriter();
  for (const node of parse(text).childNodes)
    writer.walk(node as Node, { level: 0, bold: false, heading: false, furniture: false, item: false });
  writer.finish();
  return writer.page.page(1, { ocr: false });
}

class HtmlWriter {
  readonly page = new PageText();
  #text = "";
  #bold = true;
  #label: string | undefined;
  #place: Place = { level: 0, bold: false, heading: false, furniture: false, item: false };
  #tables = 0;
  #lastRow = "";

  walk(node: Node, place: Place): void {
    if (node.nodeName === "#text") {
      this.#write((node as DefaultTreeAdapterMap["textNode"]).value, place);
      return;
    }
    if (!("tagName" in node)) return;
    const name = node.tagName;
    if (leftOut.has(name) || isHidden(node)) return;
    if (name === "br") {
      this.#end();
      return;
    }
    if (name === "table") {
      this.#table(node, place);
      return;
    }
    if (name === "ol" || name === "ul" || name === "menu") {
      this.#list(node, place);
      return;
    }
    const block = blocks.has(name);
    if (block) this.#end();
    const inner: Place = {
      ...place,
      bold: place.bold || name === "b" || name === "strong" || name === "th" || /^h[1-6]$/.test(name),
      heading: place.heading || /^h[1-6]$/.test(name),
      furniture: place.furniture || furniture.has(name),
      level: name === "blockquote" || name === "dd" ? place.level + 1 : place.level,
    };
    for (const child of node.childNodes) this.walk(child, inner);
    if (block) this.#end();
  }

  finish(): void {
    this.#end();
  }

  #list(list: Element, place: Place): void {
    this.#end();
    let number = Number(attribute(list, "start") ?? 1);
    const type = attribute(list, "type") ?? "1";
    for (const child of list.childNodes) {
      if (!("tagName" in child) || child.tagName !== "li") {
        this.walk(child, place);
        continue;
      }
      this.#end();
      this.#label = list.tagName === "ol" ? `${numeral(number, type)}.` : "•";
      number = Number(attribute(child, "value") ?? number) + 1;
      for (const inner of child.childNodes)
        this.walk(inner, { ...place, level: place.level + 1, item: true });
      this.#end();
      this.#label = undefined;
    }
  }

  #table(table: Element, place: Place): void {
    this.#end();
    const rows = rowsOf(table);
    const layout = rows.every((row) => row.length <= 1) || rows.length === 0;
    if (!layout) this.#tables++;
    const number = this.#tables;
    for (const child of table.childNodes)
      if ("tagName" in child && child.tagName === "caption") this.walk(child, place);
    for (const [row, cells] of rows.entries()) {
      for (const [column, cell] of cells.entries()) {
        const at = layout ? place : { ...place, item: false, cell: { table: number, row, column } };
        for (const child of cell.childNodes)
          this.walk(child, { ...at, bold: place.bold || cell.tagName === "th" });
        this.#end();
      }
    }
  }

  #write(text: string, place: Place): void {
    const flat = text.replace(/[ \t\r\n\f\u00a0]+/g, " ");
    if (this.#text === "" && flat.trim() === "") return;
    if (this.#text === "") this.#bold = true;
    if (flat.trim() !== "" && !place.bold) this.#bold = false;
    this.#text += this.#text.endsWith(" ") || this.#text === "" ? flat.trimStart() : flat;
    this.#place = place;
  }

  #end(): void {
    const text = this.#text.trim();
    this.#text = "";
    if (text === "") return;
    const place = this.#place;
    const marks: LineMarks = { indent: place.level * 18 };
    if (place.furniture) marks.kind = "furniture";
    else if (place.cell) {
      marks.kind = "cell";
      marks.cell = place.cell;
    } else if (place.heading) marks.kind = "heading";
    else if (place.item) marks.kind = "item";
    if (this.#label !== undefined) marks.label = this.#label;
    if (this.#bold) marks.bold = true;
    this.#label = undefined;
    const row = place.cell ? `${place.cell.table}/${place.cell.row}` : "";
    const column = place.cell && `${row}/${place.cell.column}`;
    this.page.line(
      text,
      marks,
      row !== "" && this.#lastRow.startsWith(`${row}/`) && this.#lastRow !== column ? "\t" : "\n",
    );
    this.#lastRow = column ?? "";
  }
}

function rowsOf(table: Element): Element[][] {
  const rows: Element[][] = [];
  for (const child of table.childNodes) {
    if (!("tagName" in child)) continue;
    if (child.tagName === "tr")
      rows.push(
        child.childNodes.filter(
          (cell): cell is Element => "tagName" in cell && (cell.tagName === "td" || cell.tagName === "th"),
        ),
      );
    else if (["thead", "tbody", "tfoot"].includes(child.tagName)) rows.push(...rowsOf(child));
  }
  return rows;
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((entry) => entry.name === name)?.value;
}

function isHidden(element: Element): boolean {
  const style = attribute(element, "style") ?? "";
  return (
    attribute(element, "hidden") !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
  );
}

/** Text as it must be written inside of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
