import { PDFDocument } from "@cantoo/pdf-lib";
import type { Issue, Span } from "#base";
import { blackenedText } from "#packet";
import { type Box, boxesOf, type Page, type SourceDocument } from "#source";
import { leaveOnlySeen } from "../layers/only-seen.ts";
import { unlocked } from "../layers/unlocked.ts";
import { redactPages } from "./redact.ts";
import { typeset } from "./typeset.ts";
import { wordsOnPages } from "./words-on-pages.ts";

/**
 * An exhibit as PDF: for each page of the source the PDF pages (from 0) that show it. `blackened` are the words that the
 * pages themselves said, whatever was read of them before.
 */
export type ExhibitPdf = {
  pdf: PDFDocument;
  pagesOf: (sourcePage: number) => number[];
  issues: Issue[];
  blackened?: readonly string[];
};

/** What is to be blackened: places that were read, and the words themselves, wherever else the pages show them. */
export type Blacken = { spans: readonly Span[]; words: readonly string[] };
const nothing: Blacken = { spans: [], words: [] };

/** Any paper as PDF pages: PDF as it is seen, pictures as pictures, everything else as its text. */
export async function exhibitPdf(
  source: SourceDocument,
  bytes: Uint8Array | null,
  blacken: Blacken = nothing,
): Promise<ExhibitPdf> {
  const own = blacken.spans.filter((span) => span.document === source.document);
  const made = await asPdf(source, bytes, { spans: own, words: blacken.words });
  const drawn = made.drawn;
  if (!drawn) return made;
  // A page whose words have no known place cannot be blackened with certainty, so it stays out.
  const unsure = new Set(own.filter((span) => boxesOf(source, span).length === 0).map((span) => span.page));
  const issues = [...unsure].map(
    (page): Issue => ({
      severity: "error",
      code: "redaction-impossible",
      text: `Page ${page} of ${source.document} holds words to blacken whose place on the page is not known; the page was left out. Blacken it by hand and add it.`,
    }),
  );
  return {
    ...made,
    pagesOf: (page) => (unsure.has(page) ? [] : made.pagesOf(page)),
    issues: [...made.issues, ...issues],
  };
}

async function asPdf(
  source: SourceDocument,
  bytes: Uint8Array | null,
  blacken: Blacken,
): Promise<ExhibitPdf & { drawn?: true }> {
  const own = blacken.spans;
  if (bytes && startsLikePdf(bytes)) {
    const pdf = await loadPdf(bytes);
    if (pdf)
      return {
        pdf,
        pagesOf: (page) => (page <= pdf.getPageCount() ? [page - 1] : []),
        issues: [],
        drawn: true,
        blackened: await leaveWhatMayBeSeen(pdf, bytes, source, blacken),
      };
  }
  if (bytes && source.mediaType.startsWith("image/")) {
    const pdf = await picturePdf(bytes).catch(() => null);
    if (pdf && own.length > 0) await redactPages(pdf, await pdf.save(), pictureBoxes(pdf, source, own));
    if (pdf)
      return {
        pdf,
        pagesOf: (page) => (page <= pdf.getPageCount() ? [page - 1] : []),
        issues: [],
        drawn: true,
      };
  }
  return textPdf(source, blacken);
}

/**
 * Takes hidden layers off the pages, and with words to blacken whatever of them the pages show beside the text that was
 * read: in notes and stamps, in form fields, in a layer of text behind a scan. A page that cannot be taken apart becomes
 * a picture of what is seen of it. Answers the words that were found so.
 */
async function leaveWhatMayBeSeen(
  pdf: PDFDocument,
  bytes: Uint8Array,
  source: SourceDocument,
  { spans, words }: Blacken,
): Promise<string[]> {
  const unclear = leaveOnlySeen(pdf, { spoken: words.length > 0 });
  const boxes = boxesByPage(source, spans);
  for (const index of unclear) boxes.set(index + 1, boxes.get(index + 1) ?? []);
  const found = words.length > 0 ? await wordsOnPages(await pdf.save(), words) : [];
  for (const { page, box } of found) boxes.set(page, [...(boxes.get(page) ?? []), box]);
  if (boxes.size > 0) await redactPages(pdf, bytes, boxes);
  return [...new Set(found.map(({ word }) => word))];
}

/** PDFs may begin with a few stray bytes. */
const startsLikePdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-");

/** Opens a PDF for copying; one that is damaged or locked without a password is first rewritten by the PDF engine. */
async function loadPdf(bytes: Uint8Array): Promise<PDFDocument | null> {
  try {
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    if (!pdf.isEncrypted && pdf.getPageCount() > 0) return pdf;
  } catch {
    // A file that the reader of papers could read may still be too damaged for this one.
  }
  const rewritten = await unlocked(bytes);
  if (!rewritten) return null;
  return PDFDocument.load(rewritten, { updateMetadata: false }).catch(() => null);
}

/** Letter-size points, with a margin for the stamp. */
const sheet = { width: 612, height: 792, margin: 36 };

/** Each frame of a picture on its own page, upright as people see it. */
async function picturePdf(bytes: Uint8Array): Promise<PDFDocument> {
  const { default: sharp } = await import("sharp");
  const { pages = 1 } = await sharp(bytes).metadata();
  const pdf = await PDFDocument.create();
  for (let index = 0; index < pages; index++) {
    const frame = await sharp(bytes, { page: index })
      .rotate()
      .flatten({ background: "white" })
      .jpeg({ quality: 85 })
      .toBuffer();
    const image = await pdf.embedJpg(frame);
    const wide = image.width > image.height;
    const page = pdf.addPage(wide ? [sheet.height, sheet.width] : [sheet.width, sheet.height]);
    const room = { width: page.getWidth() - 2 * sheet.margin, height: page.getHeight() - 2 * sheet.margin };
    const scale = Math.min(room.width / image.width, room.height / image.height);
    const size = { width: image.width * scale, height: image.height * scale };
    page.drawImage(image, {
      x: (page.getWidth() - size.width) / 2,
      y: (page.getHeight() - size.height) / 2,
      ...size,
    });
  }
  return pdf;
}

/** The text of a paper set plainly; one page of the source may fill several sheets. */
async function textPdf(source: SourceDocument, blacken: Blacken): Promise<ExhibitPdf> {
  const pdf = await PDFDocument.create();
  const sheets = new Map<number, number[]>();
  const name = blackenedText(source.document, blacken.words);
  for (const page of source.pages) {
    const set = await typeset(
      "paper.typ",
      {
        title: name,
        header: `Text of ${name}${source.pages.length > 1 ? `, page ${page.page}` : ""}, set for this packet; the file itself is not a PDF`,
        pages: [readable(blackened(page, blacken.spans), source)],
      },
      { standard: "1.7" },
    );
    const own = await PDFDocument.load(set.pdf, { updateMetadata: false });
    const copies = await pdf.copyPages(own, own.getPageIndices());
    sheets.set(
      page.page,
      copies.map((copy) => {
        pdf.addPage(copy);
        return pdf.getPageCount() - 1;
      }),
    );
  }
  const issue: Issue = {
    severity: "information",
    code: "exhibit-set-as-text",
    text: `${source.document} is not a PDF or picture; the packet shows its text. Add a printed copy if the original look matters.`,
  };
  return { pdf, pagesOf: (page) => sheets.get(page) ?? [], issues: [issue] };
}

/** Boxes to blacken, page by page. */
function boxesByPage(source: SourceDocument, spans: readonly Span[]): Map<number, Box[]> {
  const boxes = new Map<number, Box[]>();
  for (const span of spans) boxes.set(span.page, [...(boxes.get(span.page) ?? []), ...boxesOf(source, span)]);
  return boxes;
}

/** The same on the sheets on which pictures stand: their words were read at another size and without our margin. */
function pictureBoxes(pdf: PDFDocument, source: SourceDocument, spans: readonly Span[]): Map<number, Box[]> {
  const boxes = boxesByPage(source, spans);
  for (const [number, list] of boxes) {
    const read = source.pages.find((page) => page.page === number);
    const sheetPage = number <= pdf.getPageCount() ? pdf.getPage(number - 1) : null;
    if (!read?.width || !read.height || !sheetPage) continue;
    const room = {
      width: sheetPage.getWidth() - 2 * sheet.margin,
      height: sheetPage.getHeight() - 2 * sheet.margin,
    };
    const scale = Math.min(room.width / read.width, room.height / read.height);
    const left = (sheetPage.getWidth() - read.width * scale) / 2;
    const top = (sheetPage.getHeight() - read.height * scale) / 2;
    boxes.set(
      number,
      list.map((box) => ({
        x: left + box.x * scale,
        y: top + box.y * scale,
        width: box.width * scale,
        height: box.height * scale,
      })),
    );
  }
  return boxes;
}

/** A drawing of ours: its page's text says what it shows. */
export const drawing = "image/svg+xml";

/** What a page that is a picture says, for those who cannot see it; `null` for pages that have text of their own. */
export function wordsOfPicture(
  source: SourceDocument,
  number: number,
  { spans, words: black }: Blacken = nothing,
): string | null {
  const page = source.pages.find((one) => one.page === number);
  const own = spans.filter((span) => span.document === source.document);
  const drawn = own.some((span) => span.page === number);
  if (!page || !(page.ocr || drawn || source.mediaType.startsWith("image/"))) return null;
  if (source.mediaType === drawing) return page.text;
  const words = blackenedText(blackened(page, own), black).trim();
  return `Picture of page ${number} of ${blackenedText(source.document, black)}. ${words ? `Its words, as a machine read them: ${words}` : "No words could be read on it."}`;
}

/** Words to blacken become blocks before they are set. */
function blackened(page: Page, spans: readonly Span[]): string {
  let text = page.text;
  for (const span of spans.filter((entry) => entry.page === page.page))
    text =
      text.slice(0, span.start) + text.slice(span.start, span.end).replace(/\S/g, "█") + text.slice(span.end);
  return text;
}

/** Structured files are set with line breaks where they have none. */
function readable(text: string, source: SourceDocument): string {
  if (source.structured !== "fhir" || text.split("\n").length > 40) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}
