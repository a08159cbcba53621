/** The text of a Word paragraph, run by run. */
import type { XmlElement } from "@rgrove/parse-xml";
import { attribute, child, children, isOn, value } from "./docx-parts.ts";

export type RunsText = {
  text: string;
  /** Everything visible is bold. */
  bold: boolean;
  size: number | undefined;
  /** Text boxes anchored here, and footnotes referred to. */
  boxes: XmlElement[];
  notes: string[];
};

/** Elements that only wrap runs. Deleted and moved-away text is not among them. */
const wrappers = new Set(
  "w:hyperlink w:ins w:moveTo w:smartTag w:fldSimple w:sdt w:sdtContent w:customXml w:dir w:bdo mc:AlternateContent mc:Choice w:drawing wp:inline wp:anchor a:graphic a:graphicData wps:wsp wps:txbx w:pict v:shape v:rect v:textbox wpg:wgp wpc:wpc w:object".split(
    " ",
  ),
);

/** Letters of the symbol fonts that lists and forms use. */
const symbols: Record<string, string> = {
  F0A7: "▪",
  F0B7: "•",
  F0D8: "➢",
  F0FC: "✓",
  F0FE: "☒",
  F0A8: "☐",
  F06F: "☐",
  F078: "☒",
  F052: "☑",
};

export function runsOf(paragraph: XmlElement, styleBold: boolean): RunsText {
  const into: RunsText = { text: "", bold: true, size: undefined, boxes: [], notes: [] };
  collect(paragraph, into, styleBold);
  if (into.text.trim() === "") into.bold = false;
  return into;
}

function collect(element: XmlElement, into: RunsText, styleBold: boolean): void {
  for (const node of children(element)) {
    if (node.name === "w:r") collectRun(node, into, styleBold);
    else if (node.name === "w:txbxContent") into.boxes.push(node);
    else if (wrappers.has(node.name)) collect(node, into, styleBold);
  }
}

function collectRun(run: XmlElement, into: RunsText, styleBold: boolean): void {
  const properties = child(run, "w:rPr");
  if (isOn(properties, "w:vanish")) return;
  const before = into.text.length;
  for (const node of children(run)) into.text += pieceOf(node, into, styleBold);
  if (into.text.slice(before).trim() === "") return;
  if (!(isOn(properties, "w:b") ?? styleBold)) into.bold = false;
  const size = value(properties, "w:sz");
  if (size) into.size = Math.max(into.size ?? 0, Number(size) / 2);
}

function pieceOf(node: XmlElement, into: RunsText, styleBold: boolean): string {
  switch (node.name) {
    case "w:t":
      return node.text;
    case "w:tab":
    case "w:ptab":
      return "\t";
    case "w:br":
    case "w:cr":
      return "\n";
    case "w:noBreakHyphen":
      return "-";
    case "w:sym":
      return symbols[attribute(node, "w:char").toUpperCase()] ?? "";
    case "w:footnoteReference":
    case "w:endnoteReference":
      into.notes.push(
        `${node.name === "w:footnoteReference" ? "footnote" : "endnote"} ${attribute(node, "w:id")}`,
      );
      return "";
    default:
      if (wrappers.has(node.name)) collect(node, into, styleBold);
      return "";
  }
}
