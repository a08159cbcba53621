import { createHash } from "node:crypto";
import type { Issue } from "#base";
import type { PaperFile, Progress, ReadFiles, ReadPapers, SourceDocument } from "#source";
import { decodeText, readPlain } from "./formats/read-plain.ts";
import type { PageDone, ReadPages } from "./pdf/read-pdf.ts";
import { type Format, mediaTypes, recognise } from "./recognise.ts";

/** Reads papers of any kind. What is wrong with a file is an issue; only cancelling rejects. */
export const readFiles: ReadFiles = async (files, options = {}) => {
  const result: ReadPapers = { documents: [], issues: [] };
  for (const file of files) {
    options.signal?.throwIfAborted();
    const format = recognise(file.bytes);
    if (format === "zip") {
      const { filesOfZip } = await import("./formats/read-zip.ts");
      const inner = filesOfZip(file);
      result.issues.push(...inner.issues);
      const read = await readFiles(inner.files, options);
      result.documents.push(...read.documents);
      result.issues.push(...read.issues);
      continue;
    }
    const read = await readOne(file, format, options.progress, options.signal);
    result.issues.push(...read.issues);
    if (read.document) result.documents.push(read.document);
  }
  return result;
};

async function readOne(
  file: PaperFile,
  format: Format,
  progress: Progress | undefined,
  signal: AbortSignal | undefined,
): Promise<{ document?: SourceDocument; issues: Issue[] }> {
  const done: PageDone = (pages, total, doing) =>
    progress?.({ document: file.name, done: pages, total, doing });
  try {
    const read = await pagesOf(file, format, done, signal);
    if (read.pages.length === 0) return { issues: read.issues };
    const document: SourceDocument = {
      document: file.name,
      mediaType: mediaTypes[format],
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      pages: read.pages,
    };
    if (format === "fhir" || format === "ccda" || format === "x12") document.structured = format;
    return { document, issues: read.issues };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return {
      issues: [
        {
          severity: "error",
          code: "file-damaged",
          text: `${file.name} could not be read. Ask the sender for it again, or print it to a PDF.`,
        },
      ],
    };
  }
}

async function pagesOf(
  file: PaperFile,
  format: Format,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadPages> {
  const issues: Issue[] = [];
  switch (format) {
    case "pdf":
      return (await import("./pdf/read-pdf.ts")).readPdf(file.name, file.bytes, done, signal);
    case "docx":
      return { pages: [(await import("./formats/read-docx.ts")).readDocx(file.bytes)], issues };
    case "html":
      return { pages: [(await import("./formats/read-html.ts")).readHtml(decodeText(file.bytes))], issues };
    case "jpeg":
    case "png":
    case "tiff":
    case "webp":
    case "gif":
      return (await import("./ocr/read-picture.ts")).readPicture(file.bytes, done, signal);
    case "text":
    case "fhir":
    case "json":
    case "ccda":
    case "xml":
    case "x12":
    case "eml":
      return {
        pages: format === "text" ? readPlain(decodeText(file.bytes)) : asIs(decodeText(file.bytes)),
        issues,
      };
    case "empty":
      return {
        pages: [],
        issues: [
          {
            severity: "error",
            code: "file-empty",
            text: `${file.name} is empty. Ask the sender for it again.`,
          },
        ],
      };
    default:
      return {
        pages: [],
        issues: [
          {
            severity: "error",
            code: "file-unknown",
            text: `${file.name} is of a kind that cannot be read. Print it to a PDF and hand that in.`,
          },
        ],
      };
  }
}

/** Structured files: the page's text is the file's own text, so that spans point into it. */
function asIs(text: string): ReadPages["pages"] {
  const lines: ReadPages["pages"][number]["lines"] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const body = line.trim();
    if (body !== "") {
      const at = start + line.indexOf(body);
      lines.push({ start: at, end: at + body.length, indent: line.indexOf(body) * 6 });
    }
    start += line.length + 1;
  }
  return [{ page: 1, text, lines, ocr: false }];
}
