/** A packet in parts: each stands alone, holds nothing of the others, and says where the rest is. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { splitPacket } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters } from "#letter";
import type { SourceDocument } from "#source";
import { assemblePacket } from "../src/io/papers-out/assemble-packet.ts";
import { onThisMachine, type PdfDict, type PdfFile, readPdf, words } from "./conformance/pdf-objects.ts";
import { numbersOf, structureOf, uaProblems } from "./conformance/pdf-ua.ts";
import { crohnCase } from "./fixtures/crohn-case.ts";

const qpdf = onThisMachine("qpdf", "--version");
const letter = draftLetters(crohnCase(), await loadLetters())[0]!;
const recordPages = 12;

async function record(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (let page = 1; page <= recordPages; page++)
    pdf.addPage([612, 792]).drawText(`Record-${page}.`, { x: 50, y: 700 });
  return pdf.save();
}

async function packetOf(exhibits: number, each = recordPages): Promise<Uint8Array> {
  const bytes = await record();
  const names = Array.from({ length: exhibits }, (_, index) => `record-${index}.pdf`);
  const pages = Array.from({ length: each }, (_, index) => index + 1);
  const documents = names.map(
    (document): SourceDocument => ({
      document,
      mediaType: "application/pdf",
      sha256: "",
      pages: pages.map((page) => ({ page, text: "", lines: [], ocr: false })),
    }),
  );
  const plan = names.map((document, index) => ({
    label: `E${index}`,
    title: `Record number ${index}`,
    dates: "",
    document,
    pages,
    firstPage: 0,
    usedFor: "",
  }));
  const made = await assemblePacket({
    letter,
    plan: { title: "Packet", issues: [], exhibits: plan },
    documents,
    bytesOf: () => bytes,
    head: "Nora B. Castellan",
    cover: [],
  });
  return made.pdf;
}

describe.runIf(qpdf)("each part", () => {
  let parts: { pdf: PdfFile; from: number; to: number; pages: number }[];
  let front: number;
  beforeAll(async () => {
    const packet = await packetOf(1);
    front = (await PDFDocument.load(packet)).getPageCount() - recordPages;
    const split = await splitPacket(packet, { maxPages: 7 }, "Nora B. Castellan");
    expect(split.issues).toEqual([]);
    parts = split.parts.map((part) => ({ ...part, pdf: readPdf(part.bytes) }));
  }, 60_000);

  /** All that a file holds, also what no page shows. */
  const held = (pdf: PdfFile) => {
    const found = new Set<number>();
    for (const ref of pdf.refs) {
      const hex = pdf.stream(ref)?.toString("latin1") ?? "";
      for (const [, bytes] of hex.matchAll(/<([0-9A-F]+)> Tj/g)) {
        const page = /^Record-(\d+)\.$/.exec(Buffer.from(bytes!, "hex").toString("latin1"))?.[1];
        if (page) found.add(Number(page));
      }
    }
    return [...found].toSorted((a, b) => a - b);
  };

  test("holds the bytes of its own pages and of no other", () => {
    const all = parts.flatMap(({ pdf }) => held(pdf));
    expect(all).toEqual(Array.from({ length: recordPages }, (_, index) => index + 1));
    for (const { pdf, from, to } of parts)
      expect(held(pdf).every((page) => page + front >= from && page + front <= to)).toBe(true);
  });

  test("says which part it is, whose, what it holds and where the rest is", () => {
    const said = parts.map(({ pdf }) => structureOf(pdf)!.text.replace(/\s+/g, " "));
    expect(said.length).toBeGreaterThan(2);
    for (const [index, text] of said.entries()) {
      expect(text.trim()).toMatch(new RegExp(`^Part ${index + 1} of ${parts.length}`));
      expect(text).toContain("Nora B. Castellan");
      expect(text).toContain("Record number 0");
      const { from, to } = parts[index]!;
      expect(text).toContain(`parts 1 to ${parts.length}; here pages ${Math.max(from, front + 1)} to ${to}`);
    }
    expect(said[0]).toContain("this part");
    expect(said[1]).toContain("part 1");
  });

  test("keeps the tags of its pages: nothing is passed over, no tag speaks of what is not there", () => {
    const known = /^(06-002|31-009 \/Helvetica|10-001 \/Helvetica)/;
    for (const { pdf } of parts) {
      const problems = uaProblems(pdf).filter((problem) => !known.test(problem));
      // A table that goes on in the next part leaves its head behind.
      expect(
        problems.filter((problem) => !/^(15-003 a table without heads|14-00[23])/.test(problem)),
      ).toEqual([]);
    }
  });

  test("keeps bookmarks and links that lead to its own pages, and no others", () => {
    for (const { pdf } of parts) {
      const own = new Set(pdf.pages.map(({ ref }) => ref));
      for (const ref of pdf.refs) {
        const dest = pdf.dict(ref)["/Dest"];
        if (dest !== undefined) expect(own.has(pdf.list(dest)[0] as string)).toBe(true);
      }
    }
    const titles = ({ pdf }: { pdf: PdfFile }) => {
      const found: string[] = [];
      for (let next = pdf.dict(pdf.root["/Outlines"])["/First"]; next !== undefined; ) {
        const item: PdfDict = pdf.dict(next);
        found.push(words(item["/Title"]));
        next = item["/Next"];
      }
      return found;
    };
    expect(titles(parts[0]!)).toContain("Internal appeal");
    expect(parts.flatMap(titles).filter((title) => title.startsWith("Exhibit E0"))).toHaveLength(1);
  });

  test("without the letter says on which packet page it is, and offers no way there; with it, the way", () => {
    const ways = parts.map(({ pdf }) => {
      const said = structureOf(pdf)!.text.replace(/\s+/g, " ");
      const links = structureOf(pdf)!.all.filter(({ type }) => type === "Link");
      const leading = links.filter(
        ({ dict }) => words(dict["/T"]) === "" && JSON.stringify(dict["/K"]).includes("R"),
      );
      return { told: /The letter begins on packet page 2/.test(said), links: leading.length };
    });
    const first = parts.findIndex(({ to }) => to > front);
    expect(ways[first]!.told && ways[first]!.links > 0).toBe(true);
    for (const way of ways.slice(first + 1)) expect(way).toEqual({ told: true, links: 0 });
  });

  test("names its pages as the whole packet does, its first sheet as what it is", () => {
    const last = parts.at(-1)!;
    const labels = [...numbersOf(last.pdf, last.pdf.root["/PageLabels"])].map(([index, label]) => {
      const dict = last.pdf.dict(label);
      return [index, words(dict["/P"]), dict["/St"] ?? null];
    });
    expect(labels).toEqual([
      [0, `Part ${parts.length} of ${parts.length}`, null],
      [1, "E0-", last.from - front],
    ]);
  });
});

test("with so many exhibits that the first sheet runs over, no part has more pages than the channel takes", async () => {
  const { parts } = await splitPacket(await packetOf(45, 2), { maxPages: 40 }, "Nora B. Castellan");
  expect(Math.max(...parts.map(({ pages }) => pages))).toBeLessThanOrEqual(40);
  const counts = await Promise.all(
    parts.map(async ({ bytes }) => (await PDFDocument.load(bytes)).getPageCount()),
  );
  expect(counts).toEqual(parts.map(({ pages }) => pages));
}, 120_000);

test("a page that alone is too large stops the sending, and says which page and what to do", async () => {
  const pdf = await PDFDocument.create();
  for (const size of [100, 60_000, 100]) {
    const noise = Array.from({ length: size }, (_, at) => ((at * 7919 + size) % 9973).toString(36)).join("");
    pdf.addPage([612, 792]).drawText(noise, { x: 5, y: 5, size: 1 });
  }
  const { issues, parts } = await splitPacket(await pdf.save(), { maxBytes: 60_000 }, "");
  expect(parts).toHaveLength(3);
  expect(issues.map(({ code, severity }) => [code, severity])).toEqual([["packet-part-too-large", "error"]]);
  expect(issues[0]!.text).toMatch(/^Packet page 2 alone is larger/);
});
