import type { Issue } from "#base";
import type { Page } from "#source";
import { layOutPages, type UnreadPage } from "../layout/page-layout.ts";
import { grayOf } from "../ocr/gray.ts";
import { confidenceOf, type ReadGray, readGray } from "../ocr/read-gray.ts";
import { drawPage } from "./page-image.ts";
import { type OpenPdf, openPdf, pdfErrors } from "./pdfium.ts";
import { objectsOfPage } from "./rules.ts";
import { affineOf, wordsOfPage } from "./words.ts";

/** What reading one file gave, before it becomes a document. */
export type ReadPages = { pages: Page[]; issues: Issue[] };
export type PageDone = (done: number, total: number, doing: string) => void;

const OCR_DPI = 300;

export async function readPdf(
  name: string,
  bytes: Uint8Array,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const pdf = await openPdf(bytes);
  if ("error" in pdf) return { pages: [], issues: [notOpened(name, pdf.error)] };
  try {
    const pages: UnreadPage[] = [];
    const issues: Issue[] = [];
    for (let index = 0; index < pdf.pages; index++) {
      signal?.throwIfAborted();
      pages.push(await readPage(pdf, index, signal));
      done(index + 1, pdf.pages, "reading");
    }
    return { pages: layOutPages(pages), issues };
  } finally {
    pdf.close();
  }
}

function notOpened(name: string, error: number): Issue {
  if (error === pdfErrors.password)
    return {
      severity: "error",
      code: "file-password",
      text: `${name} is locked with a password. Save a copy without the password and hand that in.`,
    };
  return {
    severity: "error",
    code: "file-damaged",
    text: `${name} is damaged and cannot be opened as a PDF. Ask the sender for it again, or print it to a new PDF.`,
  };
}

async function readPage(pdf: OpenPdf, index: number, signal?: AbortSignal): Promise<UnreadPage> {
  const { pdfium, document } = pdf;
  const page = pdfium.FPDF_LoadPage(document, index);
  if (page === 0) return { words: [], rules: [], height: 792, facts: { page: index + 1, ocr: false } };
  try {
    const width = pdfium.FPDF_GetPageWidthF(page);
    const height = pdfium.FPDF_GetPageHeightF(page);
    const facts = { page: index + 1, ocr: false, width, height };
    const seen = affineOf(pdfium, page, width, height);
    const { words } = wordsOfPage(pdfium, page, seen);
    const { rules } = objectsOfPage(pdfium, page, seen, width * height);
    if (words.length > 0) return { words, rules, height, facts };
    const drawn = drawPage(pdfium, page, OCR_DPI);
    return fromOcr(await readGray(grayOf(drawn.pixels, drawn.width, drawn.height), OCR_DPI, signal), facts);
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

/** A page of OCR words, with the mean of their confidence. */
export function fromOcr(read: ReadGray, facts: { page: number; width: number; height: number }): UnreadPage {
  const confidence = Math.round(confidenceOf(read.words)) / 100;
  return { words: read.words, rules: [], height: read.height, facts: { ...facts, ocr: true, confidence } };
}
