/** Exhibit pages of every shape in the joined packet: nothing covered, nothing hidden let in, everything tagged. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { degrees, PDFDocument, PDFHexString, PDFName, type PDFPage, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { renderLetterPdf } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters, type Letter } from "#letter";
import type { PacketPlan } from "#packet";
import type { SourceDocument } from "#source";
import { assemblePacket } from "../src/io/papers-out/assemble-packet.ts";
import {
  onThisMachine,
  type PdfDict,
  type PdfFile,
  readPdf,
  withFile,
  words,
} from "./conformance/pdf-objects.ts";
import { numbersOf, structureOf, uaProblems } from "./conformance/pdf-ua.ts";
import { crohnCase } from "./fixtures/crohn-case.ts";

const knowledge = await loadLetters();
const letter: Letter = draftLetters(crohnCase(), knowledge)[0]!;
const qpdf = onThisMachine("qpdf", "--version");
const pdftoppm = onThisMachine("pdftoppm", "-v");

type Shape = { width: number; height: number; turn?: number; crop?: [number, number, number, number] };
const shapes: Record<string, Shape> = {
  letter: { width: 612, height: 792 },
  A4: { width: 595, height: 842 },
  landscape: { width: 792, height: 612 },
  "turned a quarter": { width: 612, height: 792, turn: 90 },
  "upside down": { width: 612, height: 792, turn: 180 },
  "turned three quarters": { width: 792, height: 612, turn: 270 },
  "a receipt": { width: 200, height: 640 },
  "a scan as large as a poster": { width: 2550, height: 3300 },
  "cut to a part": { width: 700, height: 900, crop: [50, 60, 600, 780] },
  "cut and turned": { width: 700, height: 900, crop: [50, 60, 600, 780], turn: 90 },
};

/** A page with words and bars up to its very edges, on all four sides. */
function fill(page: PDFPage, name: string, shape: Shape): void {
  const [x, y, width, height] = shape.crop ?? [0, 0, shape.width, shape.height];
  for (const at of [0, height - 6]) page.drawRectangle({ x, y: y + at, width, height: 6 });
  for (const at of [0, width - 6]) page.drawRectangle({ x: x + at, y, width: 6, height });
  page.drawText(`Seen: ${name}`, { x: x + 20, y: y + 12, size: 10 });
  if (shape.crop) page.drawText("Cut away", { x: x + 20, y: y - 20, size: 10 });
  if (shape.crop) page.setCropBox(...shape.crop);
  if (shape.turn) page.setRotation(degrees(shape.turn));
}

async function recordOf(names: string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  await pdf.embedFont(StandardFonts.Helvetica);
  for (const name of names) {
    const shape = shapes[name]!;
    fill(pdf.addPage([shape.width, shape.height]), name, shape);
  }
  return pdf.save();
}

const source = (document: string, pages: number, change: Partial<SourceDocument["pages"][0]> = {}) => ({
  document,
  mediaType: "application/pdf",
  sha256: "",
  pages: Array.from({ length: pages }, (_, index) => ({
    page: index + 1,
    text: "",
    lines: [],
    ocr: false,
    ...change,
  })),
});

const planOf = (documents: SourceDocument[]): PacketPlan => ({
  title: "Packet",
  issues: [],
  exhibits: documents.map(({ document, pages }, index) => ({
    label: String.fromCharCode(65 + index),
    title: `Paper ${index + 1}`,
    dates: "",
    document,
    pages: pages.map(({ page }) => page),
    firstPage: 0,
    usedFor: "",
  })),
});

async function packetOf(papers: [SourceDocument, Uint8Array][]) {
  const documents = papers.map(([document]) => document);
  const bytes = new Map(papers.map(([{ document }, content]) => [document, content]));
  const made = await assemblePacket({
    letter,
    plan: planOf(documents),
    documents,
    bytesOf: (document) => bytes.get(document) ?? null,
    head: "Nora B. Castellan",
    cover: [],
  });
  return { ...made, front: made.plan.exhibits[0]!.firstPage - 1 };
}

/** Every page drawn at one dot per point. */
function drawn(bytes: Uint8Array, from: number, to: number): Buffer[] {
  return withFile(bytes, (file) => {
    const flags = ["-r", "72", "-f", String(from), "-l", String(to), "-cropbox", "-png"];
    execFileSync("pdftoppm", [...flags, file, path.join(path.dirname(file), "page")]);
    const names = readdirSync(path.dirname(file)).filter((name) => name.endsWith(".png"));
    return names.toSorted().map((name) => readFileSync(path.join(path.dirname(file), name)));
  });
}

describe("pages of every shape", () => {
  const names = Object.keys(shapes);
  let record: Uint8Array;
  let packet: Awaited<ReturnType<typeof packetOf>>;
  let before: Buffer[];
  let after: Buffer[];
  beforeAll(async () => {
    record = await recordOf(names);
    packet = await packetOf([[source("record.pdf", names.length), record]]);
    if (!pdftoppm) return;
    before = drawn(record, 1, names.length);
    after = drawn(packet.pdf, packet.front + 1, packet.pages);
  }, 60_000);

  test.runIf(pdftoppm).each(names)(
    "%s: the stamp stands below what the page shows, dot for dot",
    async (name) => {
      const index = names.indexOf(name);
      const [old, stamped] = [sharp(before[index]), sharp(after[index])];
      const { width, height } = await old.metadata();
      const now = await stamped.metadata();
      expect(now.width).toBe(width);
      expect(now.height! - height!).toBeGreaterThanOrEqual(24);
      const top = sharp(after[index]).extract({ left: 0, top: 0, width: width!, height: height! - 1 });
      const cut = old.extract({ left: 0, top: 0, width: width!, height: height! - 1 });
      const [a, b] = [await cut.removeAlpha().raw().toBuffer(), await top.removeAlpha().raw().toBuffer()];
      const unlike = a.reduce((sum, value, at) => sum + (Math.abs(value - b[at]!) > 64 ? 1 : 0), 0);
      expect(unlike).toBeLessThan(a.length / 10_000);
    },
  );

  test.runIf(pdftoppm).each(names)("%s: the words of the stamp do not run into each other", (name) => {
    const number = packet.front + 1 + names.indexOf(name);
    const text = withFile(packet.pdf, (file) =>
      execFileSync("pdftotext", ["-f", `${number}`, "-l", `${number}`, "-bbox", file, "-"]).toString(),
    );
    const found = [
      ...text.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)/g),
    ];
    const all = found.map(([, x0, y0, x1, y1, word]) => ({ word, edges: [x0, y0, x1, y1].map(Number) }));
    const stamp = all
      .slice(all.findLastIndex(({ word }) => word === "Exhibit"))
      .filter(({ word }) => !/^(Cut|away)$/.test(word!));
    const said = stamp.map(({ word }) => word).join(" ");
    expect(said).toContain("Exhibit A, p.");
    expect(said).toContain(`Packet page ${number} of ${packet.pages}`);
    const rects = stamp.map(({ edges }) => edges as [number, number, number, number]);
    for (const [at, a] of rects.entries())
      for (const b of rects.slice(at + 1)) {
        const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        expect(wide > 0.5 && high > 3).toBe(false);
      }
  });

  test.runIf(qpdf)("what a page has cut away does not come to light under the stamp", () => {
    const pdf = readPdf(packet.pdf);
    for (const [index, name] of names.entries()) {
      const page = pdf.pages[packet.front + index]!.dict;
      const forms = Object.values(pdf.dict(pdf.dict(page["/Resources"])["/XObject"]));
      const [x, y, width, height] = shapes[name]!.crop ?? [0, 0, shapes[name]!.width, shapes[name]!.height];
      expect(pdf.dict(forms[0]!)["/BBox"]).toEqual([x, y, x + width, y + height]);
    }
  });
});

test.runIf(qpdf)("stamps and cover are set in fonts that are in the file and say their words", async () => {
  const packet = await packetOf([[source("paper.pdf", 1), await renderLetterPdf(letter, { head: "x" })]]);
  expect(uaProblems(readPdf(packet.pdf))).toEqual(["06-002 does not say PDF/UA-1"]);
});

describe.runIf(qpdf)("the joined packet", () => {
  let pdf: PdfFile;
  let front: number;
  beforeAll(async () => {
    const scan = await recordOf(["letter"]);
    const tagged = await renderLetterPdf(letter, { head: "x" });
    const packet = await packetOf([
      [source("record.pdf", 2), await recordOf(["letter", "A4"])],
      [source("scan.pdf", 1, { ocr: true, text: "Ferritin 9 ng/mL" }), scan],
      [source("tagged.pdf", 1), tagged],
    ]);
    pdf = readPdf(packet.pdf);
    front = packet.front;
  }, 60_000);

  test("has no page that a reading voice passes over; papers of others keep their own fonts", () => {
    const ofOthers = /^(06-002|31-009 \/Helvetica|10-001 \/Helvetica)/;
    expect(uaProblems(pdf).filter((problem) => !ofOthers.test(problem))).toEqual([]);
  });

  test("speaks the letter first, then each exhibit with its words, a scan with those recognised on it", () => {
    const { text, all } = structureOf(pdf)!;
    const parts = ["Internal appeal", "Seen: letter", "Seen: A4", "Ferritin 9 ng/mL"];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(all.filter(({ type }) => type === "Part").map(({ dict }) => words(dict["/T"]))).toEqual([
      "Exhibit A: Paper 1",
      "Exhibit B: Paper 2",
      "Exhibit C: Paper 3",
    ]);
  });

  test("has the letter's sections among its bookmarks", () => {
    const outline = pdf.dict(pdf.root["/Outlines"]);
    const kids = (of: PdfDict): PdfDict[] => {
      const list: PdfDict[] = [];
      for (let next = of["/First"]; next !== undefined; next = list.at(-1)!["/Next"])
        list.push(pdf.dict(next));
      return list;
    };
    const [contents, own, first] = kids(outline);
    expect([contents, own, first].map((one) => words(one!["/Title"]))).toEqual([
      "Contents",
      letter.title,
      "Exhibit A: Paper 1",
    ]);
    expect(kids(own!).map((one) => words(one["/Title"]))).toEqual(
      letter.passages.flatMap(({ role, text }) => (role === "heading" ? [text] : [])),
    );
  });

  test("says of each link where it leads, and holds no stand-in of ours", () => {
    const held = JSON.stringify(pdf.refs.map((ref) => [pdf.at(ref), pdf.stream(ref)?.toString("latin1")]));
    expect(held.includes("packet.invalid")).toBe(false);
    const [cover] = pdf.pages;
    const said = pdf.list(cover!.dict["/Annots"]).map((one) => words(pdf.dict(one)["/Contents"]));
    expect(said).toContain("Exhibit A, p. 1");
    const letterLink = pdf
      .list(cover!.dict["/Annots"])
      .find((one) => words(pdf.dict(one)["/Contents"]) === "Letter");
    expect(pdf.list(pdf.dict(letterLink)["/Dest"])[0]).toBe(pdf.pages[1]!.ref);
  });

  test("names its pages as the letter cites them", () => {
    const labels = numbersOf(pdf, pdf.root["/PageLabels"]);
    const said = [...labels].map(([index, label]) => [
      index - front,
      words(pdf.dict(label)["/P"]),
      pdf.dict(label)["/St"] ?? 1,
    ]);
    expect(said).toEqual([
      [-front, "", 1],
      [0, "A-", 1],
      [2, "B-", 1],
      [3, "C-", 1],
    ]);
  });
});

test.runIf(qpdf)(
  "hidden notes, files and scripts of a record's pages do not come along; marks that are seen do",
  async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([612, 792]);
    page.drawText("Seen", { x: 50, y: 700 });
    const look = (word: string) => {
      const dict = { Type: "XObject", Subtype: "Form", BBox: [0, 0, 90, 20] };
      return pdf.context.register(pdf.context.stream(`% ${word}`, dict));
    };
    const annotate = (Subtype: string, word: string, more: Record<string, number> = {}) => {
      const dict = pdf.context.obj({ Type: "Annot", Subtype, Rect: [50, 50, 90, 90], ...more });
      dict.set(PDFName.of("AP"), pdf.context.obj({ N: look(word), R: look(`${word}-pointed`) }));
      dict.set(PDFName.of("Contents"), PDFHexString.fromText(`${word}-words`));
      dict.set(PDFName.of("T"), PDFHexString.fromText(`${word}-author`));
      page.node.addAnnot(pdf.context.register(dict));
    };
    annotate("Stamp", "received");
    annotate("Stamp", "hidden", { F: 2 });
    annotate("Stamp", "offscreen", { F: 32 });
    annotate("FileAttachment", "attached");
    await pdf.attach(new TextEncoder().encode("inner file"), "inner.txt");
    pdf.addJavaScript("x", "app.alert('scripted')");
    const made = await packetOf([[source("record.pdf", 1), await pdf.save()]]);
    const read = readPdf(made.pdf);
    const held = JSON.stringify(read.refs.map((ref) => [read.at(ref), read.stream(ref)?.toString("latin1")]));
    expect(held.includes("% received")).toBe(true);
    for (const word of [
      "pointed",
      "hidden",
      "offscreen",
      "attached",
      "inner",
      "scripted",
      "-words",
      "-author",
    ])
      expect(held.includes(word), word).toBe(false);
  },
);

test.runIf(pdftoppm)(
  "a picture is shown as an exhibit page: poppler draws it and complains of nothing",
  async () => {
    const red = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#c00000" } })
      .png()
      .toBuffer();
    const photo = { ...source("photo.png", 1), mediaType: "image/png" };
    const made = await packetOf([[photo, red]]);
    const [page] = drawn(made.pdf, made.pages, made.pages);
    const { data, info } = await sharp(page).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3;
    expect(data[middle]! > 150 && data[middle + 1]! < 60).toBe(true);
    const said = withFile(made.pdf, (file) =>
      execFileSync("sh", ["-c", `pdftotext '${file}' - 2>&1 >/dev/null`]).toString(),
    );
    expect(said).toBe("");
  },
);

test.runIf(qpdf)(
  "a record locked against changes is shown all the same, unlocked, in a sound packet",
  async () => {
    const open = await recordOf(["letter", "A4"]);
    const locked = withFile(open, (file) => {
      execFileSync("qpdf", ["--encrypt", "", "owner", "256", "--modify=none", "--", file, `${file}.locked`]);
      return new Uint8Array(readFileSync(`${file}.locked`));
    });
    const made = await packetOf([[source("record.pdf", 2), locked]]);
    expect(made.issues).toEqual([]);
    const pdf = readPdf(made.pdf);
    expect(pdf.trailer["/Encrypt"]).toBeUndefined();
    expect(structureOf(pdf)!.text).toMatch(/Seen: letter[\s\S]*Seen: A4/);
  },
);
