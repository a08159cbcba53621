import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import type { CaseFile } from "#case";
import { renderCase, renderLetterPdf, splitPacket } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters } from "#letter";
import { planPacket } from "#packet";
import { findQuote } from "#source";
import { assemblePacket } from "../src/io/papers-out/assemble-packet.ts";
import { crohnCase } from "./fixtures/crohn-case.ts";
import { asCaseFile, caseWithPdfs, textOf } from "./fixtures/pdf-papers.ts";

const knowledge = await loadLetters();

const pdfinfo = "pdfinfo";
const present = (program: string, flag = "--version") => {
  try {
    execFileSync(program, [flag], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

describe("the packet", () => {
  let packet: Uint8Array;
  let names: string[];
  let plan: NonNullable<CaseFile["packet"]>;
  beforeAll(async () => {
    const { input, bytes } = await caseWithPdfs();
    const rendered = await renderCase(asCaseFile(input), bytes);
    names = rendered.outputs.map((output) => output.name);
    packet = rendered.outputs.find((output) => output.name === "packet.pdf")!.bytes;
    plan = rendered.packet!;
  });

  test("comes with every letter as PDF and DOCX, a calendar and a manifest", () => {
    for (const name of [
      "appeal-letter.pdf",
      "appeal-letter.docx",
      "physician-letter.pdf",
      "packet.pdf",
      "deadlines.ics",
      "manifest.json",
    ])
      expect(names).toContain(name);
  });

  test("names its page count on the cover and stamps every exhibit page with exhibit and running number", async () => {
    const pages = await textOf(packet);
    expect(pages[0]).toContain(`This packet has ${pages.length} pages`);
    for (const exhibit of plan.exhibits)
      exhibit.pages.forEach((page, index) => {
        const text = pages[exhibit.firstPage - 1 + index]!;
        expect(text).toContain(`Exhibit ${exhibit.label}, p. ${page}`);
        expect(text).toContain(`Packet page ${exhibit.firstPage + index} of ${pages.length}`);
      });
  });

  test("says on its cover which pages of a longer paper are in it, and that the rest can be had", async () => {
    const { input, bytes } = await caseWithPdfs();
    const letters = draftLetters(input, knowledge);
    const whole = planPacket(input, letters);
    const exhibits = whole.exhibits.map((one) =>
      one.label === "C" ? { ...one, pages: [1, 2], leftOut: [3, 4, 5] } : one,
    );
    const made = await assemblePacket({
      letter: letters[0]!,
      plan: { ...whole, exhibits },
      documents: input.documents,
      bytesOf: (name) => bytes.get(name) ?? null,
      head: "",
      cover: [],
    });
    const cover = (await textOf(made.pdf))[0]!.replace(/\s+/g, " ");
    expect(cover).toContain("(pages 1 to 2 of 5; the rest on request)");
    expect(cover.match(/the rest on request/g)).toHaveLength(1);
  });

  test("leaves out the page of another person, and no link drags it in", async () => {
    expect((await textOf(packet)).join("\n")).not.toContain("Castle, Norman");
    const pdf = await PDFDocument.load(packet);
    const held = pdf.context
      .enumerateIndirectObjects()
      .filter(
        ([, object]) => object instanceof PDFDict && object.get(PDFName.of("Type")) === PDFName.of("Page"),
      );
    expect(held).toHaveLength(pdf.getPageCount());
  });

  test("leads from each citation to its page and back", async () => {
    const pdf = await PDFDocument.load(packet);
    const refs = pdf.getPages().map((page) => page.ref.tag);
    const targets = (page: number) =>
      (pdf.getPage(page).node.Annots()?.asArray() ?? []).map((entry) => {
        const link = pdf.context.lookup(entry, PDFDict);
        return refs.indexOf(
          pdf.context
            .lookup(link.get(PDFName.of("Dest")), PDFArray)
            .get(0)
            .toString(),
        );
      });
    const clinic = plan.exhibits.find((exhibit) => exhibit.label === "C")!.firstPage - 1;
    expect(targets(1)).toContain(clinic);
    expect(targets(1)).toContain(clinic + 1);
    expect(targets(clinic)).toEqual([1]);
    expect(Buffer.from(packet).includes("packet.invalid")).toBe(false);
  });

  test.runIf(present("qpdf"))("is sound to qpdf", () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "packet-")), "packet.pdf");
    writeFileSync(file, packet);
    expect(execFileSync("qpdf", ["--check", file]).toString()).toContain(
      "No syntax or stream encoding errors",
    );
  });

  test("is split into parts that say which of how many they are", async () => {
    const { parts } = await splitPacket(packet, { maxPages: 4 }, "Nora B. Castellan");
    expect(parts.every((part) => part.pages <= 4)).toBe(true);
    const texts = await Promise.all(parts.map((part) => textOf(part.bytes)));
    for (const [index, [first]] of texts.entries())
      expect(first).toContain(`Part ${index + 1} of ${parts.length}`);
    expect(parts.reduce((sum, part) => sum + part.to - part.from + 1, 0)).toBe((await textOf(packet)).length);
    expect((await splitPacket(packet, { maxPages: 400 }, "")).parts).toHaveLength(1);
  });
});

describe("what is made beside the letter", () => {
  const timeline =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60" role="img"><title>Treatment and test timeline</title><desc>Azathioprine, 03/10/2026 to 04/02/2026.</desc><rect x="20" y="20" width="90" height="12" fill="#123f7a"/></svg>';
  const rendered = async (change: Partial<CaseFile>) => {
    const { input, bytes } = await caseWithPdfs();
    return renderCase({ ...asCaseFile(input), ...change }, bytes);
  };

  test("a timeline becomes the last exhibit, named in the letter, in the list and on the cover", async () => {
    const { outputs, packet } = await rendered({ timeline });
    const pdf = (name: string) => outputs.find((output) => output.name === name)!.bytes;
    const last = packet!.exhibits.at(-1)!;
    expect(last.usedFor).toBe("overview, made from the exhibits");
    const letter = (await textOf(pdf("appeal-letter.pdf"))).join("\n").replace(/\s+/g, " ");
    expect(letter).toContain(
      `A timeline of treatment and tests, made from these exhibits, is Exhibit ${last.label}, p. 1.`,
    );
    const pages = await textOf(pdf("packet.pdf"));
    expect(pages[0]).toContain("Timeline of treatment and tests");
    expect(pages[last.firstPage - 1]).toContain(`Exhibit ${last.label}, p. 1`);
    expect(outputs.map(({ name }) => name)).toContain("timeline.svg");
  });

  test("without one nothing speaks of it", async () => {
    const { outputs, packet } = await rendered({ timeline: null });
    expect(packet!.exhibits.some(({ usedFor }) => usedFor.startsWith("overview"))).toBe(false);
    expect(outputs.map(({ name }) => name)).not.toContain("timeline.svg");
  });

  test("fills of a pharmacy are counted in an exhibit of their own, which the letter names", async () => {
    const { input, bytes } = await caseWithPdfs();
    const span = (quote: string) => findQuote(input.documents[2]!, quote)!;
    input.facts = ["12/01/2025", "03/10/2026"].map((day, index) => ({
      id: `f${index}`,
      type: "medication",
      concept: "budesonide",
      codes: [],
      text: "Budesonide",
      assertion: "present",
      course: { start: index ? "2026-03-10" : "2025-12-01", daysSupply: 9 },
      when: { earliest: null, latest: null },
      from: [span(day), span("Budesonide"), span("9")],
    }));
    const { outputs, packet } = await renderCase(asCaseFile(input), bytes);
    const last = packet!.exhibits.at(-1)!;
    expect(last.title).toBe("Days and supply, counted from the pharmacy's rows");
    const pages = await textOf(outputs.find(({ name }) => name === "packet.pdf")!.bytes);
    expect(pages[last.firstPage - 1]!.replace(/\s+/g, " ")).toContain(
      "12/01/2025 + 9 days = 12/10/2025; 12/10/2025 to 03/10/2026 is 90 days without a fill.",
    );
  });

  test("the archive file claims PDF/A-2a with the day of the case; the letter for people claims PDF/UA", async () => {
    const { outputs } = await rendered({});
    const raw = (name: string) => Buffer.from(outputs.find((output) => output.name === name)!.bytes);
    const archive = raw("appeal-letter-archive.pdf");
    expect(archive.includes("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>")).toBe(
      true,
    );
    expect(archive.includes("<xmp:CreateDate>2026-10-12")).toBe(true);
    expect(raw("appeal-letter.pdf").includes("pdfaid:part")).toBe(false);
    expect(raw("appeal-letter.pdf").includes("<pdfuaid:part>1</pdfuaid:part>")).toBe(true);
  });

  test.runIf(present(pdfinfo, "-v"))(
    "tags run from the title over headings to tables with header cells",
    async () => {
      const [letter] = draftLetters(crohnCase(), knowledge);
      const file = path.join(mkdtempSync(path.join(tmpdir(), "tags-")), "letter.pdf");
      writeFileSync(file, await renderLetterPdf(letter!, { head: "case" }));
      const tags = execFileSync(pdfinfo, ["-struct", file], { stdio: ["ignore", "pipe", "ignore"] })
        .toString()
        .split("\n")
        .map((line) => /^\s*(H1|H2|L|Table|TH)\b/.exec(line)?.[1])
        .filter((tag) => tag !== undefined);
      expect(tags[0]).toBe("H1");
      expect(tags.filter((tag) => tag === "H1")).toHaveLength(1);
      expect(tags.indexOf("H2")).toBeGreaterThan(0);
      expect(tags.filter((tag) => tag === "TH").length).toBeGreaterThanOrEqual(8);
    },
  );
});

test("the letter alone is tagged, titled, and the same for the same case", async () => {
  const [letter] = draftLetters(crohnCase(), knowledge);
  const first = await renderLetterPdf(letter!, { head: "case", createdAt: 0 });
  const again = await renderLetterPdf(letter!, { head: "case", createdAt: 0 });
  expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
  const pdf = await PDFDocument.load(first);
  expect(pdf.catalog.has(PDFName.of("StructTreeRoot"))).toBe(true);
  expect(pdf.getTitle()).toBe("Internal appeal");
  expect(Buffer.from(first).includes("pdfuaid:part")).toBe(true);
});

test("words in signs that no font holds are still printed", async () => {
  const [letter] = draftLetters(crohnCase(), knowledge);
  const strange = {
    ...letter!,
    passages: [{ id: "p1", role: "text" as const, text: "名前 ☐", rests: [{ form: true as const }] }],
  };
  await expect(renderLetterPdf(strange, { head: "" })).resolves.toBeInstanceOf(Uint8Array);
});
