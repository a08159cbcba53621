/** Exhibit pages in the joined packet: nothing hidden let in, everything tagged, named and linked. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { renderLetterPdf } from "#io";
import {
  onThisMachine,
  type PdfDict,
  type PdfFile,
  readPdf,
  withFile,
  words,
} from "./conformance/pdf-objects.ts";
import { numbersOf, structureOf, uaProblems } from "./conformance/pdf-ua.ts";
import { drawn, letter, packetOf, recordOf, source } from "./fixtures/packet-pages.ts";

const qpdf = onThisMachine("qpdf", "--version");
const pdftoppm = onThisMachine("pdftoppm", "-v");

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
