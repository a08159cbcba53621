import { createHash } from "node:crypto";
import type { Issue } from "#base";
import { LARGEST_FILE, type Page, type PaperFile, type SourceDocument } from "#source";
import { attachmentsOfCcda, attachmentsOfFhir } from "./formats/attachments.ts";
import { decodeText, readAsIs, readPlain } from "./formats/read-plain.ts";
import type { PageDone } from "./pdf/read-pdf.ts";
import { type Format, mediaTypes, recognise } from "./recognise.ts";
import {
  damaged,
  isOcrMissing,
  notRead,
  ocrMissing,
  ownEntities,
  ReadingNotes,
  Swollen,
  swollen,
  tooDeep,
  tooLarge,
} from "./refusals.ts";

/** What one file gave: its own text, and files found inside of it. */
export type ReadOne = { document?: SourceDocument; inner: PaperFile[]; issues: Issue[] };
type Content = { pages: Iterable<Page>; inner?: PaperFile[]; issues?: Issue[] };

/** A file that is being read: its pages come when asked for. */
type Opened = { format: Format; pages: Iterable<Page>; inner: PaperFile[]; issues: Issue[] };
/** Takes each page as soon as it is made. */
export type PageTaker = (page: Page) => void;

/** Reads one file. What is wrong with it is an issue; only cancelling rejects. */
export async function readOne(file: PaperFile, done: PageDone, signal?: AbortSignal): Promise<ReadOne> {
  const pages: Page[] = [];
  const { document, inner, issues } = await readByPage(file, (page) => pages.push(page), done, signal);
  return { inner, issues, ...(document ? { document: { ...document, pages } } : {}) };
}

/** The same, handing out the pages instead of keeping them. */
export async function readByPage(
  file: PaperFile,
  take: PageTaker,
  done: PageDone,
  signal?: AbortSignal,
): Promise<{ document: Omit<SourceDocument, "pages"> | null; inner: PaperFile[]; issues: Issue[] }> {
  try {
    const { format, pages, inner, issues } = await open(file, done, signal);
    const seen = new ReadingNotes();
    for (const page of pages) {
      seen.note(page);
      take(page);
    }
    if (seen.pages === 0) {
      const empty = inner.length + issues.length === 0;
      return { document: null, inner, issues: empty ? [damaged(file.name)] : issues };
    }
    return { document: documentOf(file, format), inner, issues: [...issues, ...seen.issues(file.name)] };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return {
      document: null,
      inner: [],
      issues: [whatFailed(file.name, cause)],
    };
  }
}

function whatFailed(name: string, cause: unknown): Issue {
  if (isOcrMissing(cause)) return ocrMissing(name);
  return cause instanceof Swollen ? swollen(name) : damaged(name);
}

async function open(file: PaperFile, done: PageDone, signal?: AbortSignal): Promise<Opened> {
  const format = recognise(file.bytes);
  if (file.bytes.length > LARGEST_FILE)
    return { format, pages: [], inner: [], issues: [tooLarge(file.name)] };
  const { pages, inner = [], issues = [] } = await contentOf(file, format, done, signal);
  return { format, pages, inner, issues };
}

function documentOf(file: PaperFile, format: Format): Omit<SourceDocument, "pages"> {
  const document: Omit<SourceDocument, "pages"> = {
    document: file.name,
    mediaType: mediaTypes[format],
    sha256: createHash("sha256").update(file.bytes).digest("hex"),
  };
  if (format === "fhir" || format === "ccda" || format === "x12") document.structured = format;
  return document;
}

async function contentOf(
  file: PaperFile,
  format: Format,
  done: PageDone,
  signal: AbortSignal | undefined,
): Promise<Content> {
  const { name, bytes } = file;
  switch (format) {
    case "pdf":
      return (await import("./pdf/read-pdf.ts")).readPdf(name, bytes, done, signal);
    case "jpeg":
    case "png":
    case "tiff":
    case "webp":
    case "gif":
    case "heic":
      return (await import("./ocr/read-picture.ts")).readPicture(
        name,
        bytes,
        format === "heic",
        done,
        signal,
      );
    case "docx":
      return { pages: [(await import("./formats/read-docx.ts")).readDocx(bytes)] };
    case "html":
      return { pages: [(await import("./formats/read-html.ts")).readHtml(decodeText(bytes))] };
    case "rtf":
      return { pages: readPlain((await import("./formats/read-rtf.ts")).textOfRtf(latinOf(bytes))) };
    case "eml":
      return emailContent(file);
    case "zip": {
      const { files, issues } = (await import("./formats/read-zip.ts")).filesOfZip(file);
      return { pages: [], inner: files, issues };
    }
    case "text":
      return { pages: readPlain(decodeText(bytes)) };
    case "fhir":
      return fhirContent(file);
    case "ccda":
    case "xml": {
      const text = decodeText(bytes);
      if (/<!ENTITY/i.test(text)) return { pages: [], issues: [ownEntities(name)] };
      return { pages: readAsIs(text), inner: attachmentsOfCcda(name, text) };
    }
    case "json": {
      const text = decodeText(bytes);
      const { isTooDeep } = await import("./formats/fhir-lines.ts");
      return isTooDeep(text) ? { pages: [], issues: [tooDeep(name)] } : { pages: readAsIs(text) };
    }
    case "x12":
      return { pages: readAsIs(decodeText(bytes)) };
    default:
      return { pages: [], issues: [notRead(name, format)] };
  }
}

async function fhirContent({ name, bytes }: PaperFile): Promise<Content> {
  const { isTooDeep, oneResource } = await import("./formats/fhir-lines.ts");
  const own = decodeText(bytes);
  if (isTooDeep(own)) return { pages: [], issues: [tooDeep(name)] };
  const text = oneResource(own);
  return { pages: readAsIs(text), inner: attachmentsOfFhir(name, text) };
}

async function emailContent(file: PaperFile): Promise<Content> {
  const { readEmail } = await import("./formats/read-email.ts");
  const mail = await readEmail(file);
  const inner = mail.attachments;
  if (!mail.html || mail.text.length > mail.html.length)
    return { pages: readPlain([mail.heading, mail.text].join("\n\n")), inner };
  const { escapeHtml, readHtml } = await import("./formats/read-html.ts");
  const heading = mail.heading.split("\n").map((line) => `<div>${escapeHtml(line)}</div>`);
  return { pages: [readHtml(heading.join("") + mail.html)], inner };
}

const latinOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
