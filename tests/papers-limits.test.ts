/** Photographs and faxes as they come, and the limits within which a file is read. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { degrees, PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readFiles } from "#io";
import { readApart } from "../src/io/papers-in/apart/read-apart.ts";

const hasTesseract = spawnSync("tesseract", ["--version"]).status === 0;

/** A page of print with these lines, 1300 by 1000 dots. */
function pictureOf(...lines: string[]) {
  const print = lines.map(
    (text, row) => `<text x="120" y="${220 + row * 70}" font-size="42" font-family="serif">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="1000"><rect width="1300" height="1000" fill="white"/>${print.join("")}</svg>`;
  return sharp(Buffer.from(svg));
}

const denied = () =>
  pictureOf(
    "Your request for infliximab was denied on March 4.",
    "You may appeal within 180 days of this notice.",
    "Send the appeal to P.O. Box 5150, Salem, Oregon.",
  );

/** A TIFF of several black and white pages, as fax machines make them: pages follow each other by their offsets. */
function faxOf(pages: { data: Buffer; width: number; height: number }[]): Buffer {
  const parts: Buffer[] = [];
  let at = 8;
  for (const [index, { data, width, height }] of pages.entries()) {
    const head = Buffer.alloc(2 + 9 * 12 + 4);
    const fields: [number, number, number][] = [
      [256, 4, width],
      [257, 4, height],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, at + head.length],
      [277, 3, 1],
      [278, 4, height],
      [279, 4, data.length],
    ];
    head.writeUInt16LE(fields.length, 0);
    for (const [place, [tag, type, value]] of fields.entries()) {
      const from = 2 + place * 12;
      head.writeUInt16LE(tag, from);
      head.writeUInt16LE(type, from + 2);
      head.writeUInt32LE(1, from + 4);
      if (type === 3) head.writeUInt16LE(value, from + 8);
      else head.writeUInt32LE(value, from + 8);
    }
    at += head.length + data.length;
    head.writeUInt32LE(index === pages.length - 1 ? 0 : at, head.length - 4);
    parts.push(head, data);
  }
  return Buffer.concat([Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]), ...parts]);
}

describe.skipIf(!hasTesseract)("pictures as they come", { timeout: 60_000 }, () => {
  test("each page of a fax in one TIFF is a page", async () => {
    const frames = await Promise.all(
      ["The first page of the fax", "The second page of the fax"].map(async (text) => {
        const { data, info } = await pictureOf(text, "was sent on March 4, 2026")
          .grayscale()
          .toColourspace("b-w")
          .raw()
          .toBuffer({ resolveWithObject: true });
        return { data, width: info.width, height: info.height };
      }),
    );
    const { documents, issues } = await readFiles([{ name: "fax.tif", bytes: faxOf(frames) }]);
    expect(issues).toEqual([]);
    expect(documents[0]!.pages.map(({ page, text }) => [page, /first|second/.exec(text)?.[0]])).toEqual([
      [1, "first"],
      [2, "second"],
    ]);
  });

  test("a photograph that its camera says is turned is read upright, on a page as people see it", async () => {
    const bytes = await denied().rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { documents } = await readFiles([{ name: "photo.jpg", bytes }]);
    const page = documents[0]!.pages[0]!;
    expect(page.text).toContain("infliximab was denied");
    expect(page.width!).toBeGreaterThan(page.height!);
    const first = page.words!.find(({ start, end }) => page.text.slice(start, end) === "Your")!;
    expect(first.box.x).toBeLessThan(page.width! / 4);
    expect(first.box.y).toBeLessThan(page.height! / 3);
  });

  test("an iPhone photograph is read", async () => {
    const bytes = readFileSync(path.join(import.meta.dirname, "fixtures/photo.heic"));
    const { documents } = await readFiles([{ name: "IMG_0042.HEIC", bytes }]);
    expect(documents[0]!.mediaType).toBe("image/heic");
    expect(documents[0]!.pages[0]!.text).toBe(
      "Your request for infliximab was denied on March 4.\nYou may appeal within 180 days of this notice.",
    );
  });

  test("an iPhone photograph that is cut off is an issue", async () => {
    const head = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
    const { documents, issues } = await readFiles([{ name: "photo.heic", bytes: head }]);
    expect(documents).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(["file-damaged"]);
  });
});

test("without a program for pictures the pages with text are read, and it is said what to install", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "redress-ocr-"));
  try {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.TimesRoman);
    pdf.addPage([612, 792]).drawText("This page has text of its own, enough of it.", { x: 60, y: 700, font });
    const image = await pdf.embedPng(await denied().png().toBuffer());
    pdf.addPage([612, 792]).drawImage(image, { x: 30, y: 300, width: 550, height: 423 });
    const file = path.join(folder, "mixed.pdf");
    writeFileSync(file, await pdf.save());
    const run = spawnSync("bin/redress", ["read", "text", file, "--json"], {
      encoding: "utf8",
      env: { ...process.env, REDRESS_TESSERACT: "/nowhere/tesseract", REDRESS_TESSDATA: "/nowhere" },
    });
    const { documents, issues } = JSON.parse(run.stdout);
    expect(documents[0].pages.map(({ text }: { text: string }) => text)).toEqual([
      "This page has text of its own, enough of it.",
      "",
    ]);
    expect(issues.map(({ code }: { code: string }) => code)).toEqual(["ocr-missing"]);
    expect(issues[0].text).toMatch(/apt-get install tesseract-ocr/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** Pages of text, many enough to be read for a while. */
async function longPdf(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  const line = "the member was treated with methotrexate for twelve weeks without adequate response";
  for (let number = 0; number < pages; number++) {
    const page = pdf.addPage([612, 792]);
    for (let row = 0; row < 45; row++) page.drawText(line, { x: 60, y: 740 - row * 15, size: 10, font });
  }
  return pdf.save();
}

describe("limits", { timeout: 60_000 }, () => {
  const nothing = () => {};

  test("a file that takes too long, or too much memory, is given up with an issue, and the next is read", async () => {
    const bytes = await longPdf(150);
    const file = { name: "long.pdf", bytes };
    const slow = await readApart(file, 1, nothing, undefined, { step: 0, memory: 1e10 });
    expect(slow.issues.map(({ code }) => code)).toEqual(["file-too-slow"]);
    expect(slow.document).toBeUndefined();
    const large = await readApart(file, 1, nothing, undefined, { step: 60_000, memory: 1e6 });
    expect(large.issues.map(({ code }) => code)).toEqual(["file-too-slow"]);
    const next = await readApart(file, 1, nothing);
    expect(next.document?.pages).toHaveLength(150);
  });

  test("cancelling in the middle stops the reading at once, and the next file is read", async () => {
    const bytes = await longPdf(400);
    const cancel = new AbortController();
    let seen = 0;
    const reading = readFiles([{ name: "long.pdf", bytes }], {
      signal: cancel.signal,
      progress: ({ done }) => {
        seen = done;
        if (done === 20) cancel.abort(new Error("enough"));
      },
    });
    await expect(reading).rejects.toThrow("enough");
    expect(seen).toBeLessThan(400);
    const { documents } = await readFiles([{ name: "short.pdf", bytes: await longPdf(1) }]);
    expect(documents).toHaveLength(1);
  });
});

test("words of print that runs up the page keep their first letters", async () => {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([612, 792]);
  page.setRotation(degrees(90));
  const lines = [
    "Handling Rate and Associated claims",
    "Alt-Moabit 101, 10559 Berlin",
    "DATES OF DISTRICT DIRECTOR",
  ];
  for (const [row, text] of lines.entries())
    page.drawText(text, { x: 100.13 + row * 17.31, y: 82.27, size: 7.5, font, rotate: degrees(90) });
  const { documents } = await readFiles([{ name: "wide.pdf", bytes: await pdf.save() }]);
  expect(documents[0]!.pages[0]!.text.split("\n")).toEqual(lines);
});
