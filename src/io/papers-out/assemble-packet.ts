import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import type { Issue, Span } from "#base";
import type { Letter } from "#letter";
import type { PacketPlan } from "#packet";
import type { SourceDocument } from "#source";
import { cleanPages } from "./clean-pages.ts";
import { type Blacken, type ExhibitPdf, exhibitPdf, wordsOfPicture } from "./exhibit-pages.ts";
import { type TaggedSheet, tagExhibits } from "./exhibit-tags.ts";
import { type Front, frontMatter, inside, letterKey } from "./front-matter.ts";
import { type Bookmark, bookmarksIn, setOutline } from "./outline.ts";
import { setPageLabels } from "./page-labels.ts";
import { firstSheets, type Sheet, sheetsOf } from "./sheets.ts";
import { placeOn, stampPage } from "./stamp.ts";
import { type StampFont, stampFont } from "./stamp-font.ts";

export type PacketInput = {
  letter: Letter;
  plan: PacketPlan;
  documents: SourceDocument[];
  /** Bytes of a paper by its file name; `null` where the file is no longer there: then its text is set. */
  bytesOf: (document: string) => Uint8Array | null;
  /** Name and case number in page heads and on the cover. */
  head: string;
  cover: [string, string][];
  /** Words to blacken in the exhibits, with nothing left beneath. */
  redact?: Span[];
  /** The words themselves, to blacken wherever the pages show them beside what was read of them. */
  words?: readonly string[];
  createdAt?: number;
  /** Files that go along inside the packet as they are, because pages alone do not carry what proves them. */
  attachments?: { name: string; bytes: Uint8Array; description: string }[];
};
export type Packet = {
  pdf: Uint8Array;
  pages: number;
  plan: PacketPlan;
  issues: Issue[];
  /** Words that the pages themselves showed and that were blackened there. */
  blackened: string[];
};

/**
 * One PDF: cover with contents and page count, the letter, then every exhibit with its pages stamped. Starts from the
 * typeset letter, so that its tags stay; every citation leads to its page, every exhibit page back to the letter.
 */
export async function assemblePacket(input: PacketInput): Promise<Packet> {
  const { pdfs, issues } = await exhibitPdfs(input);
  const sheets = sheetsOf(input.plan, pdfs, issues);
  const front = await frontMatter(input, sheets);
  const pdf = await PDFDocument.load(front.pdf, { updateMetadata: false });
  const total = front.pages + sheets.length;
  await appendSheets(pdf, sheets, pdfs);
  const links = linkBothWays(pdf, front, sheets, await stampFont(pdf), total);
  tagExhibits(pdf, taggedSheets(pdf, input, front.pages, sheets, links));
  setPageLabels(pdf, front.pages, sheets);
  const starts = firstSheets(sheets);
  setOutline(pdf, bookmarksOf(pdf, input, front, starts));
  dropConformanceClaim(pdf);
  pdf.setTitle(`${input.letter.title}, ${input.head}`, { showInWindowTitleBar: true });
  for (const { name, bytes, description } of input.attachments ?? []) {
    const day = new Date((input.createdAt ?? 0) * 1000);
    await pdf.attach(bytes, name, {
      mimeType: "application/pdf",
      description,
      creationDate: day,
      modificationDate: day,
    });
  }
  const exhibits = input.plan.exhibits.map((exhibit) => ({
    ...exhibit,
    firstPage: front.pages + 1 + (starts.get(exhibit.label) ?? 0),
  }));
  const blackened = [...new Set([...pdfs.values()].flatMap((made) => made.blackened ?? []))];
  return { pdf: await pdf.save(), pages: total, plan: { ...input.plan, exhibits }, issues, blackened };
}

const blackenOf = ({ redact = [], words = [] }: PacketInput): Blacken => ({ spans: redact, words });

/** Every paper of the plan as PDF, each once. */
async function exhibitPdfs(input: PacketInput): Promise<{ pdfs: Map<string, ExhibitPdf>; issues: Issue[] }> {
  const issues: Issue[] = [...input.plan.issues];
  const sources = new Map(input.documents.map((source) => [source.document, source]));
  const pdfs = new Map<string, ExhibitPdf>();
  for (const { document } of input.plan.exhibits) {
    const source = sources.get(document);
    if (!source || pdfs.has(document)) continue;
    const made = await exhibitPdf(source, input.bytesOf(document), blackenOf(input));
    issues.push(...made.issues);
    pdfs.set(document, made);
  }
  return { pdfs, issues };
}

async function appendSheets(pdf: PDFDocument, sheets: Sheet[], pdfs: Map<string, ExhibitPdf>): Promise<void> {
  const copied = new Map<Sheet, Awaited<ReturnType<PDFDocument["copyPages"]>>[number]>();
  for (const [document, made] of pdfs) {
    const own = sheets.filter((sheet) => sheet.exhibit.document === document);
    if (own.length === 0) continue;
    cleanPages(
      made.pdf,
      own.map((sheet) => made.pdf.getPage(sheet.index)),
    );
    const copies = await pdf.copyPages(
      made.pdf,
      own.map((sheet) => sheet.index),
    );
    for (const [nth, copy] of copies.entries()) copied.set(own[nth]!, copy);
  }
  for (const sheet of sheets) {
    const copy = copied.get(sheet);
    if (copy) pdf.addPage(copy);
  }
}

/** Turns the stand-in links of the front into places, and gives every exhibit page its stamp and its way back. */
function linkBothWays(
  pdf: PDFDocument,
  { pages: frontPages, letterStart }: Front,
  sheets: Sheet[],
  font: StampFont,
  total: number,
): PDFRef[] {
  const pages = pdf.getPages();
  const target = new Map<string, PDFRef>();
  sheets.forEach((sheet, index) => {
    const key = `${sheet.exhibit.label}/${sheet.page}`;
    if (!target.has(key)) target.set(key, pages[frontPages + index]!.ref);
  });
  target.set(letterKey, pages[Math.min(letterStart, frontPages) - 1]!.ref);
  const cameFrom = new Map<string, { dest: PDFArray; page: number }>();
  for (let number = 0; number < frontPages; number++) {
    for (const { annotation, key, top } of insideLinks(pages[number]!.node.Annots())) {
      const ref = target.get(key);
      if (!ref) continue;
      annotation.delete(PDFName.of("A"));
      annotation.set(PDFName.of("Dest"), placeOn(pdf, ref));
      annotation.set(
        PDFName.of("Contents"),
        PDFString.of(key === letterKey ? "Letter" : `Exhibit ${key.replace("/", ", p. ")}`),
      );
      if (number > 0 && !cameFrom.has(key))
        cameFrom.set(key, { dest: placeOn(pdf, pages[number]!.ref, top + 12), page: number + 1 });
    }
  }
  const letter = { dest: placeOn(pdf, target.get(letterKey)!), page: Math.min(letterStart, frontPages) };
  const stamped = sheets.map((sheet, index) => {
    const back = cameFrom.get(`${sheet.exhibit.label}/${sheet.page}`);
    return stampPage(pdf, pages[frontPages + index]!, font, {
      left: `Exhibit ${sheet.exhibit.label}, p. ${sheet.page}${sheet.part}`,
      right: `Packet page ${frontPages + index + 1} of ${total}`,
      // The page is named, because on paper, and in a part without the letter, there is nothing to press.
      back: back
        ? { words: `Cited in the letter on packet page ${back.page}`, dest: back.dest }
        : { words: `The letter begins on packet page ${letter.page}`, dest: letter.dest },
    });
  });
  // Two pages of one paper may share what they draw, so it goes only when all are done.
  for (const ref of new Set(stamped.flatMap(({ spent }) => spent))) pdf.context.delete(ref);
  return stamped.map(({ link }) => link);
}

/** The exhibit pages for the tags: pictures with the words that were recognised on them, but for those blackened. */
function taggedSheets(
  pdf: PDFDocument,
  input: PacketInput,
  frontPages: number,
  sheets: Sheet[],
  links: PDFRef[],
): TaggedSheet[] {
  const sources = new Map(input.documents.map((source) => [source.document, source]));
  return sheets.map((sheet, index) => {
    const source = sources.get(sheet.exhibit.document);
    return {
      part: `Exhibit ${sheet.exhibit.label}: ${sheet.exhibit.title}`,
      title: `Exhibit ${sheet.exhibit.label}, p. ${sheet.page}${sheet.part}`,
      page: pdf.getPage(frontPages + index),
      link: links[index]!,
      seen: source ? wordsOfPicture(source, sheet.page, blackenOf(input)) : null,
    };
  });
}

/** The links of a page that stand in for places inside the packet. */
function insideLinks(annotations: PDFArray | undefined) {
  const found: { annotation: PDFDict; key: string; top: number }[] = [];
  for (let index = 0; index < (annotations?.size() ?? 0); index++) {
    const annotation = annotations!.lookup(index, PDFDict);
    const action = annotation.lookupMaybe(PDFName.of("A"), PDFDict);
    const uri = action?.lookupMaybe(PDFName.of("URI"), PDFString)?.asString() ?? "";
    if (!uri.startsWith(inside)) continue;
    const rect = annotation.lookup(PDFName.of("Rect"), PDFArray).asRectangle();
    found.push({ annotation, key: uri.slice(inside.length), top: rect.y + rect.height });
  }
  return found;
}

function bookmarksOf(
  pdf: PDFDocument,
  input: PacketInput,
  front: Front,
  starts: Map<string, number>,
): Bookmark[] {
  const page = (index: number) => placeOn(pdf, pdf.getPage(index).ref);
  return [
    { title: "Contents", dest: page(0) },
    {
      title: input.letter.title,
      dest: page(Math.min(front.letterStart - 1, front.pages - 1)),
      parts: bookmarksIn(pdf).flatMap(({ parts = [] }) => parts),
    },
    ...input.plan.exhibits
      .filter((exhibit) => starts.has(exhibit.label))
      .map((exhibit) => ({
        title: `Exhibit ${exhibit.label}: ${exhibit.title}`,
        dest: page(front.pages + starts.get(exhibit.label)!),
      })),
  ];
}

/** The letter alone is PDF/UA-1; the packet holds pages of others, so it does not claim that. */
export function dropConformanceClaim(pdf: PDFDocument): void {
  const metadata = pdf.catalog.lookup(PDFName.of("Metadata"));
  if (!(metadata instanceof PDFRawStream)) return;
  const text = Buffer.from(decodePDFRawStream(metadata).decode()).toString("utf8");
  const honest = text.replace(/<pdfuaid:part>.*?<\/pdfuaid:part>/gs, "");
  pdf.catalog.set(
    PDFName.of("Metadata"),
    pdf.context.register(pdf.context.stream(honest, { Type: "Metadata", Subtype: "XML" })),
  );
}
