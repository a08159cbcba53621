import type { Issue } from "#base";
import type { Page } from "#source";
import { asSeen } from "../../layers/as-seen.ts";
import { layOutPages, type UnreadPage } from "../layout/page-layout.ts";
import { grayOf } from "../ocr/gray.ts";
import { fromOcr } from "../ocr/ocr-page.ts";
import { readGray } from "../ocr/read-gray.ts";
import { ocrJobs } from "../ocr/tesseract.ts";
import { isOcrMissing, ocrMissing } from "../refusals.ts";
import { affineOf } from "./affine.ts";
import { fieldWords, type OpenForm, openForm } from "./form-fields.ts";
import { drawPage } from "./page-image.ts";
import { type OpenPdf, openPdf, pdfErrors } from "./pdfium.ts";
import { objectsOfPage } from "./rules.ts";
import { isGarbage, needsOcr } from "./text-quality.ts";
import { sortPrint } from "./turned-print.ts";
import { wordsOfPage } from "./words.ts";

/** What reading one file gave, before it becomes a document. */
export type ReadPages = { pages: Iterable<Page>; issues: Issue[] };
export type PageDone = (done: number, total: number, doing: string) => void;

const OCR_DPI = 300;
/** Longer papers are refused: no chart is that long, and a trap may be. */
export const MOST_PAGES = 5000;

/** A page's own text, or the picture of it that OCR is to read. */
type Found = { page: UnreadPage; scan?: { pixels: Uint8Array; width: number; height: number; dpi: number } };

export async function readPdf(
  name: string,
  bytes: Uint8Array,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const pdf = await openPdf(await asSeen(bytes));
  if ("error" in pdf) return { pages: [], issues: [notOpened(name, pdf.error)] };
  const form = openForm(pdf.pdfium, pdf.document);
  try {
    if (pdf.pages > MOST_PAGES) return { pages: [], issues: [tooLong(name, pdf.pages)] };
    const { unread, unseen } = await readPages(pdf, form, done, signal);
    const issues = issuesOf(name, unread);
    if (unseen > 0) issues.push(ocrMissing(name));
    return { pages: layOutPages(unread), issues };
  } finally {
    form?.close();
    pdf.close();
  }
}

/** Pages in order, and how many pictures of pages nothing could read; they wait for OCR, a few at a time, while the next pages are read. */
async function readPages(
  pdf: OpenPdf,
  form: OpenForm | null,
  done: PageDone,
  signal?: AbortSignal,
): Promise<{ unread: UnreadPage[]; unseen: number }> {
  const unread: UnreadPage[] = [];
  const running = new Set<Promise<void>>();
  let [finished, unseen] = [0, 0];
  for (let index = 0; index < pdf.pages; index++) {
    signal?.throwIfAborted();
    const { page, scan } = readPage(pdf, form, index);
    unread.push(page);
    if (!scan) {
      done(++finished, pdf.pages, "text");
      continue;
    }
    const work = readScan(page, scan, signal)
      .catch((cause: unknown) => {
        if (!isOcrMissing(cause)) throw cause;
        unseen++;
        return page;
      })
      .then((read) => {
        unread[index] = read;
        done(++finished, pdf.pages, "ocr");
      });
    const tracked = work.finally(() => running.delete(tracked));
    tracked.catch(() => {});
    running.add(tracked);
    if (running.size > ocrJobs()) await Promise.race(running);
  }
  await Promise.all(running);
  return { unread, unseen };
}

function readPage(pdf: OpenPdf, form: OpenForm | null, index: number): Found {
  const { pdfium, document } = pdf;
  const page = pdfium.FPDF_LoadPage(document, index);
  if (page === 0)
    return { page: { words: [], rules: [], height: 792, facts: { page: index + 1, ocr: false } } };
  try {
    const width = pdfium.FPDF_GetPageWidthF(page);
    const height = pdfium.FPDF_GetPageHeightF(page);
    const seen = affineOf(pdfium, page, width, height);
    const { words, unmapped } = wordsOfPage(pdfium, page, seen);
    const drawn = objectsOfPage(pdfium, page, seen, width * height);
    const fields = fieldWords(pdfium, page, form, seen);
    const facts = { page: index + 1, ocr: false, width, height };
    const print = sortPrint(words, width, height);
    // Rules stand as they are seen: they do not fit print that runs up or down.
    const rules = print.height === height ? drawn.rules : [];
    const found: Found = { page: { ...print, words: [...print.words, ...fields], rules, facts } };
    if (!needsOcr(words, unmapped, drawn)) return found;
    const dpi = Math.min(OCR_DPI, Math.floor((72 * 6000) / Math.max(width, height)));
    return dpi < 20 ? found : { ...found, scan: { ...drawPage(pdfium, page, dpi), dpi } };
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

/** The page as OCR reads it, unless its own text, poor as it is, says more. */
async function readScan(
  own: UnreadPage,
  scan: NonNullable<Found["scan"]>,
  signal?: AbortSignal,
): Promise<UnreadPage> {
  const { width = 0, height = 0, page } = own.facts;
  const read = await readGray(grayOf(scan.pixels, scan.width, scan.height), scan.dpi, signal);
  const ocr = fromOcr(read, { page, width, height });
  if (own.words.length === 0) return ocr;
  const worse = read.words.length < own.words.length * 0.5 || (ocr.facts.confidence ?? 0) < 0.5;
  return worse ? own : ocr;
}

function issuesOf(name: string, pages: UnreadPage[]): Issue[] {
  const garbled = pages
    .filter(({ words, facts }) => !facts.ocr && isGarbage(words, 0))
    .map(({ facts }) => facts.page);
  if (garbled.length === 0) return [];
  return [
    {
      severity: "warning",
      code: "page-text-garbled",
      text: `The text of ${name} is garbled on page ${garbled.slice(0, 10).join(", ")}. Compare it with the page's picture, or hand in a scan of the page.`,
    },
  ];
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

function tooLong(name: string, pages: number): Issue {
  return {
    severity: "error",
    code: "file-too-long",
    text: `${name} has ${pages} pages; at most ${MOST_PAGES} can be read at once. Hand in the parts that matter as files of their own.`,
  };
}
