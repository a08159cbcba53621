import type { Issue } from "#base";
import type { Page } from "#source";
import { recogniseWords } from "./ocr.ts";
import { drawPage } from "./page-image.ts";
import { layOutPages, type UnreadPage } from "./page-layout.ts";
import { objectsOfPage } from "./pdf-rules.ts";
import { affineOf, wordsOfPage } from "./pdf-words.ts";
import { type OpenPdf, openPdf, pdfErrors } from "./pdfium.ts";
import type { PlacedWord } from "./placed-word.ts";

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
  if (page === 0) return { words: [], rules: [], facts: { page: index + 1, ocr: false, height: 792 } };
  try {
    const width = pdfium.FPDF_GetPageWidthF(page);
    const height = pdfium.FPDF_GetPageHeightF(page);
    const facts = { page: index + 1, ocr: false, width, height };
    const seen = affineOf(pdfium, page, width, height);
    const { words } = wordsOfPage(pdfium, page, seen);
    const { rules } = objectsOfPage(pdfium, page, seen, width * height);
    if (words.length > 0) return { words, rules, facts };
    return fromOcr(await ocrPage(pdf, page, signal), facts);
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

async function ocrPage(pdf: OpenPdf, page: number, signal?: AbortSignal): Promise<PlacedWord[]> {
  const { pixels, width, height } = drawPage(pdf.pdfium, page, OCR_DPI);
  const { default: sharp } = await import("sharp");
  const image = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .grayscale()
    .png({ compressionLevel: 1 })
    .toBuffer();
  return recogniseWords({ image, dpi: OCR_DPI }, signal);
}

/** A page of OCR words, with the mean of their confidence. */
export function fromOcr(
  words: PlacedWord[],
  facts: { page: number; width: number; height: number },
): UnreadPage {
  const sum = words.reduce((total, word) => total + (word.confidence ?? 0), 0);
  const confidence = words.length === 0 ? 0 : Math.round(sum / words.length) / 100;
  return { words, rules: [], facts: { ...facts, ocr: true, confidence } };
}
