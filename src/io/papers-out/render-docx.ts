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
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
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
  return dated(new Uint8Array(await Packer.toBuffer(document)), options.createdAt ?? 0);
}

/** The file with the day of the case in the place of today's, so that the same case gives the same bytes. */
function dated(made: Uint8Array, createdAt: number): Uint8Array {
  const parts = unzipSync(made);
  const core = "docProps/core.xml";
  const day = new Date(createdAt * 1000).toISOString();
  const said = strFromU8(parts[core]!).replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, `$1${day}`);
  return zipSync({ ...parts, [core]: strToU8(said) }, { mtime: "1980-01-01T12:00:00" });
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
