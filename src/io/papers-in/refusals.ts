/** What is said of files that cannot be read: what is wrong, and what to do. Never words of the paper. */
import type { Issue } from "#base";
import type { Page } from "#source";
import type { Format } from "./recognise.ts";

const error = (code: string, text: string): Issue => ({ severity: "error", code, text });

export const damaged = (name: string): Issue =>
  error(
    "file-damaged",
    `${name} could not be read: it seems to be damaged. Ask the sender for it again, or print it to a PDF.`,
  );

export const tooLarge = (name: string): Issue =>
  error("file-too-large", `${name} is larger than 200 MB. Split it, or hand in the pages that matter.`);

export const tooSlow = (name: string): Issue =>
  error(
    "file-too-slow",
    `${name} took too long or too much memory to read and was given up. Print it to a new PDF, or hand in the pages that matter.`,
  );

/** Thrown by readers of single formats: what the file holds is far more than a paper is. */
export class Swollen extends Error {
  override readonly name = "Swollen";
}

export const swollen = (name: string): Issue =>
  error(
    "file-too-large",
    `${name} unpacks to far more than a paper holds. Print it to a PDF, or hand in the pages that matter.`,
  );

export const tooDeep = (name: string): Issue =>
  error(
    "file-too-deep",
    `${name} nests its entries hundreds deep, as no export does. Ask the sender for a plain export.`,
  );

export const cutOff = (name: string): Issue => ({
  severity: "warning",
  code: "picture-cut-off",
  text: `${name} ends before its picture does: what stood at the bottom is missing. Ask the sender for it again, or photograph it again.`,
});

export const ownEntities = (name: string): Issue =>
  error(
    "xml-entities",
    `${name} defines entities of its own, which health records do not need and attacks use. Ask the sender for a plain export.`,
  );

export const ocrMissing = (name: string): Issue =>
  error(
    "ocr-missing",
    `${name} holds pictures of print, and no program to read them is installed. Install it with: sudo apt-get install tesseract-ocr`,
  );

/** The error that says that there is no OCR; its class lives where OCR does, which is loaded late. */
export const isOcrMissing = (cause: unknown) => cause instanceof Error && cause.name === "OcrMissing";

const others: Partial<Record<Format, [code: string, text: string]>> = {
  empty: ["file-empty", "is empty. Ask the sender for it again."],
  "old-office": [
    "file-old-office",
    "is an old or locked Office file. Open it, save it as DOCX or PDF without a password, and hand that in.",
  ],
  office: [
    "file-office",
    "is a spreadsheet, slides or another Office kind. Print it to a PDF and hand that in.",
  ],
  archive: [
    "archive-other",
    "is an archive of a kind that is not opened. Unpack it and hand in its files, or pack them as a ZIP.",
  ],
  program: ["file-program", "is a program, not a paper. Do not open it; ask the sender what it is."],
  "two-kinds": [
    "file-two-kinds",
    "is two kinds of file in one, as attacks are. Print it to a new PDF and hand that in.",
  ],
  bmp: ["file-unknown", "is a bitmap. Save it as PNG or JPEG and hand that in."],
};

/** A kind of file that is not read. */
export function notRead(name: string, format: Format): Issue {
  const [code, text] = others[format] ?? [
    "file-unknown",
    "is of a kind that cannot be read. Print it to a PDF and hand that in.",
  ];
  return error(code, `${name} ${text}`);
}

/** Notes, page by page, what must be said of a paper: no words in it, pages that were hard to read. */
export class ReadingNotes {
  pages = 0;
  readonly #doubtful: number[] = [];
  #words = false;

  note({ page, text, ocr, confidence = 1 }: Page): void {
    this.pages++;
    if (text.trim() === "") return;
    this.#words = true;
    if (ocr && confidence < 0.7) this.#doubtful.push(page);
  }

  issues(name: string): Issue[] {
    if (!this.#words)
      return [
        {
          severity: "warning",
          code: "file-without-text",
          text: `No words were found in ${name}. If it shows some, scan or photograph it again, straight and in good light.`,
        },
      ];
    const count = this.#doubtful.length;
    if (count === 0) return [];
    const where = `${count === 1 ? "page" : "pages"} ${this.#doubtful.slice(0, 10).join(", ")}${count > 10 ? " and more" : ""}`;
    return [
      {
        severity: "warning",
        code: "ocr-doubtful",
        text: `${name}, ${where}: the letters were hard to read. Compare what was read with the picture, or scan it again.`,
      },
    ];
  }
}
