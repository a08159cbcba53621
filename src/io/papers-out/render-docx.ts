import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { Letter } from "#letter";
import { type Block, letterBlocks, type Run } from "./letter-blocks.ts";

const font = "Times New Roman";
const textRuns = (runs: Run[], size?: number) =>
  runs.map(
    (run) => new TextRun({ text: run.t, ...(run.bold ? { bold: true } : {}), ...(size ? { size } : {}) }),
  );
/** Half points; tables are set smaller than the letter, as in its PDF. */
const tableSize = 19;
const line = { style: BorderStyle.SINGLE, size: 4, color: "A6A6A6" };
const none = { style: BorderStyle.NONE, size: 0, color: "FFFFFF" };
const ruled = { top: none, left: none, right: none, bottom: line };
const unruled = { top: none, left: none, right: none, bottom: none };

/** The letter as a Word file that a person may edit: the same words, with headings, lists and real table heads. */
export async function renderLetterDocx(
  letter: Letter,
  options: { head: string; createdAt?: number },
): Promise<Uint8Array> {
  const document = new Document({
    title: letter.title,
    creator: "Redress",
    lastModifiedBy: "Redress",
    styles: {
      default: {
        document: {
          run: { font, size: 22, language: { value: letter.language === "es" ? "es-US" : "en-US" } },
        },
      },
    },
    numbering: {
      config: [
        {
          reference: "requests",
          levels: [
            {
              level: 0,
              format: "decimal",
              text: "%1.",
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 500, hanging: 360 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 12240, height: 15840 },
            margin: { top: 1440, bottom: 1300, left: 1440, right: 1440 },
          },
        },
        footers: { default: new Footer({ children: [pageLine(options.head)] }) },
        children: letterBlocks(letter).flatMap(blockOf),
      },
    ],
  });
  const core = { path: "docProps/core.xml", data: coreOf(letter.title, options.createdAt ?? 0) };
  return withoutTimes(await Packer.toBuffer(document, undefined, [core]));
}

/** Title and day of the file; the day is the case's, so that the same case gives the same bytes. */
function coreOf(title: string, createdAt: number): string {
  const words = title.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const day = `xsi:type="dcterms:W3CDTF">${new Date(createdAt * 1000).toISOString()}`;
  const namespaces = [
    ["cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"],
    ["dc", "http://purl.org/dc/elements/1.1/"],
    ["dcterms", "http://purl.org/dc/terms/"],
    ["xsi", "http://www.w3.org/2001/XMLSchema-instance"],
  ].map(([prefix, address]) => `xmlns:${prefix}="${address}"`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties ${namespaces.join(" ")}><dc:title>${words}</dc:title><dc:creator>Redress</dc:creator><cp:lastModifiedBy>Redress</cp:lastModifiedBy><dcterms:created ${day}</dcterms:created><dcterms:modified ${day}</dcterms:modified></cp:coreProperties>`;
}

/** Places in a zip, by the zip file format's own description (sections 4.3.7, 4.3.12 and 4.3.16). */
const zip = { directoryAt: 16, count: 10, entryHead: 46 };

/** The same zip with the first day a zip can name for each of its files. */
function withoutTimes(made: Buffer): Uint8Array {
  const bytes = Buffer.from(made);
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + zip.directoryAt);
  for (let left = bytes.readUInt16LE(end + zip.count); left > 0; left--) {
    const local = bytes.readUInt32LE(at + 42);
    for (const time of [at + 12, local + 10]) bytes.writeUInt32LE(0x0021_0000, time);
    at += zip.entryHead + [28, 30, 32].reduce((sum, field) => sum + bytes.readUInt16LE(at + field), 0);
  }
  return new Uint8Array(bytes);
}

const pageLine = (head: string) =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [
      new TextRun({
        children: [`${head} · page `, PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES],
        size: 16,
        color: "595959",
      }),
    ],
  });

function blockOf(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          spacing: { before: 240, after: 120 },
          children: [new TextRun({ text: block.text, bold: true, size: 28, font })],
        }),
      ];
    case "heading":
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_1,
          keepNext: true,
          spacing: { before: 240, after: 80 },
          children: [new TextRun({ text: block.text, bold: true, size: 23, font, color: "000000" })],
        }),
      ];
    case "lines":
      return block.lines.map(
        (runs, index) =>
          new Paragraph({
            spacing: { after: index + 1 === block.lines.length ? 160 : 0 },
            children: textRuns(runs),
          }),
      );
    case "list":
      return block.items.map(
        (runs) => new Paragraph({ bullet: { level: 0 }, spacing: { after: 60 }, children: textRuns(runs) }),
      );
    case "numbered":
      return block.items.map(
        (runs) =>
          new Paragraph({
            numbering: { reference: "requests", level: 0 },
            spacing: { after: 60 },
            children: textRuns(runs),
          }),
      );
    case "pairs":
      return [table(block.rows, [24, 76], false), spacer()];
    case "table":
      return [table(block.rows, percents(block.widths), true, block.header), spacer()];
    case "signature":
      return [new Paragraph({ spacing: { before: 360, after: 120 }, children: textRuns(block.runs) })];
    default:
      return [new Paragraph({ spacing: { after: 120 }, children: textRuns(block.runs) })];
  }
}

/** Parts as per cent. */
function percents(widths: number[]): number[] {
  const sum = widths.reduce((total, width) => total + width, 0);
  return widths.map((width) => Math.round((width / sum) * 100));
}

const spacer = () => new Paragraph({ spacing: { after: 60 }, children: [] });

function table(rows: Run[][][], widths: number[], lines: boolean, header?: Run[][]): Table {
  const cell = (runs: Run[], index: number, bold: boolean) =>
    new TableCell({
      width: { size: widths[index] ?? 20, type: WidthType.PERCENTAGE },
      borders: lines ? ruled : unruled,
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      children: [
        new Paragraph({
          children: textRuns(
            bold ? runs.map((run) => ({ ...run, bold: true })) : runs,
            lines ? tableSize : undefined,
          ),
        }),
      ],
    });
  const body = rows.map(
    (row) => new TableRow({ cantSplit: true, children: row.map((runs, index) => cell(runs, index, false)) }),
  );
  const head = header
    ? [new TableRow({ tableHeader: true, children: header.map((runs, index) => cell(runs, index, true)) })]
    : [];
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [...head, ...body] });
}
