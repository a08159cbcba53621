/** Exhibit pages of every size and turn: the stamp covers nothing, and what was cut away stays away. */
import { execFileSync } from "node:child_process";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { onThisMachine, readPdf, withFile } from "./conformance/pdf-objects.ts";
import { drawn, packetOf, recordOf, shapes, source } from "./fixtures/packet-pages.ts";

const qpdf = onThisMachine("qpdf", "--version");
const pdftoppm = onThisMachine("pdftoppm", "-v");

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
