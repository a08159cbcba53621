/** What a record's pages hold without showing it stays out of the packet; words to blacken are gone wherever they hid. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { PDFDict, PDFDocument, PDFName, PDFString } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { readFiles } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters, type Letter } from "#letter";
import { wordsToBlacken } from "#packet";
import { assemblePacket } from "../src/io/papers-out/assemble-packet.ts";
import { onThisMachine, readPdf, withFile, words } from "./conformance/pdf-objects.ts";
import { crohnCase } from "./fixtures/crohn-case.ts";
import { addForm, addMark, layeredPdf, line } from "./fixtures/layered-papers.ts";

const knowledge = await loadLetters();
const letter: Letter = draftLetters(crohnCase(), knowledge)[0]!;
const qpdf = onThisMachine("qpdf", "--version");
const poppler = onThisMachine("pdftotext", "-v");
const mutool = onThisMachine("mutool", "-v");

/** The packet of one paper, with words to blacken or without. */
async function packetOf(bytes: Uint8Array, black: string[] = [], pages = [1]) {
  const { documents } = await readFiles([{ name: "record.pdf", bytes }]);
  const exhibit = {
    label: "A",
    title: "Record",
    dates: "",
    document: "record.pdf",
    firstPage: 0,
    usedFor: "",
  };
  const plan = { title: "Packet", issues: [], exhibits: [{ ...exhibit, pages }] };
  const { spans } = wordsToBlacken(black, plan, documents, []);
  const made = await assemblePacket({
    letter: { ...letter, passages: [] },
    plan,
    documents,
    bytesOf: () => bytes,
    head: "",
    cover: [],
    redact: spans,
    words: black,
  });
  return { ...made, read: documents[0]!.pages.map(({ text }) => text).join("\n") };
}

/** Everything that the file holds, unpacked: objects, streams, texts in every form they are written in. */
function held(pdf: Uint8Array): string {
  const file = readPdf(pdf);
  const told = (value: unknown): string =>
    typeof value === "string"
      ? `${value}\n${words(value)}`
      : value !== null && typeof value === "object"
        ? Object.entries(value)
            .flatMap((pair) => pair.map(told))
            .join("\n")
        : "";
  return file.refs
    .map((ref) => `${told(file.at(ref))}\n${file.stream(ref)?.toString("latin1") ?? ""}`)
    .join("\n");
}

/** What programs of others say the last page says. */
function spoken(pdf: Uint8Array, page: number): string {
  return withFile(pdf, (file) =>
    [
      poppler ? execFileSync("pdftotext", ["-f", `${page}`, "-l", `${page}`, file, "-"]).toString() : "",
      mutool ? execFileSync("mutool", ["draw", "-q", "-F", "txt", file, `${page}`]).toString() : "",
    ].join("\n"),
  );
}

const everyHidingPlace = () =>
  layeredPdf(
    [
      line("Plainly seen", 700),
      `/OC /OFF BDC\n${line("Orbison hidden", 680)}1 0 0 rg 10 10 20 20 re f\nEMC\n`,
      `/OC /ON BDC\n${line("Layer seen", 660)}EMC\n`,
      `/OC /EITHER BDC\n${line("Orbison by rule", 640)}EMC\n`,
      "/FormOff Do /FormOn Do\n",
      line("Last line", 600),
    ].join(""),
    (made, page) => {
      addForm(made, page, "FormOff", line("Orbison in a form", 560), made.layers.off);
      const inner = `/OC /OFF BDC ${line("Orbison within", 520)} EMC`;
      addForm(made, page, "FormOn", `${line("Form seen", 540)}${inner}`, made.layers.on);
      addForm(made, page, "Unused", line("Orbison of another page", 500));
      const look = addForm(made, page, "Look", line("Orbison stamped out of sight", 480));
      addMark(made, page, "Stamp", look).set(PDFName.of("OC"), made.layers.off);
    },
  );

describe.runIf(qpdf && poppler)("layers that are switched off", () => {
  test("are neither read nor sent: not as text, not in a form, not by a rule, not on a stamp", async () => {
    const { pdf, pages, read } = await packetOf(await everyHidingPlace());
    const inside = held(pdf);
    for (const place of [read, inside, spoken(pdf, pages)]) {
      expect(place).not.toContain("Orbison");
      for (const seen of ["Plainly seen", "Layer seen", "Form seen", "Last line"])
        expect(place).toContain(seen);
    }
    expect(inside).not.toContain("Not shown");
  });

  test("are not read from a file that is locked against changes either", async () => {
    const locked = withFile(await everyHidingPlace(), (file) => {
      execFileSync("qpdf", ["--encrypt", "", "owner", "256", "--modify=none", "--", file, `${file}.locked`]);
      return new Uint8Array(readFileSync(`${file}.locked`));
    });
    const { pdf, read } = await packetOf(locked);
    for (const place of [read, held(pdf)]) {
      expect(place).not.toContain("Orbison");
      expect(place).toContain("Form seen");
    }
  });

  test("that are shown stay as they are, and no page becomes a picture for them", async () => {
    const bytes = await layeredPdf(`/OC /ON BDC\n${line("Layer seen", 660)}EMC\n`);
    const { pdf, pages } = await packetOf(bytes);
    expect(spoken(pdf, pages)).toContain("Layer seen");
    expect(held(pdf)).not.toContain("/DCTDecode");
  });

  test("do not move what follows them: position and color set there still hold", async () => {
    const state = `/OC /OFF BDC 0 0 1 rg 1 0 0 1 100 0 cm ${line("Orbison", 680)} EMC ${line("Moved", 640, 0)}`;
    const { pdf, pages } = await packetOf(await layeredPdf(state));
    const boxes = withFile(pdf, (file) =>
      execFileSync("pdftotext", ["-f", `${pages}`, "-bbox", file, "-"]).toString(),
    );
    expect(Number(/xMin="([\d.]+)"[^>]*>Moved/.exec(boxes)![1])).toBeCloseTo(100, 0);
  });

  test("on a page whose content cannot be taken apart make it a picture of what is seen", async () => {
    const broken = `${line("Plainly seen", 700)}/OC /OFF BDC ${line("Orbison", 680)} EMC (no end`;
    const { pdf, pages } = await packetOf(await layeredPdf(broken));
    expect(held(pdf)).not.toContain("Orbison");
    expect(spoken(pdf, pages)).not.toContain("Plainly");
    expect(held(pdf)).toContain("/DCTDecode");
  });
});

test.runIf(qpdf)("pages that share one list of pictures bring only their own", async () => {
  const pdf = await PDFDocument.load(
    await layeredPdf("/One Do", (made, page) => {
      addForm(made, page, "One", line("First of the list", 700));
      addForm(made, page, "Two", line("Castle, Norman", 700));
    }),
  );
  const second = pdf.addPage([612, 792]);
  second.node.set(PDFName.of("Resources"), pdf.getPage(0).node.Resources()!);
  second.node.set(PDFName.of("Contents"), pdf.context.register(pdf.context.flateStream("/Two Do")));
  const bytes = await pdf.save();
  expect(held((await packetOf(bytes, [], [1])).pdf)).not.toContain("Castle");
  const both = held((await packetOf(bytes, [], [1, 2])).pdf);
  for (const name of ["First of the list", "Castle, Norman"]) expect(both).toContain(name);
});

describe.runIf(qpdf && poppler)("a word to blacken", () => {
  const hidden = () =>
    layeredPdf(
      [
        line("Plainly seen", 700),
        `/Span <</ActualText (Orbison as spoken)>> BDC\n${line("Printed", 680)}EMC\n`,
        `/Span /WITH BDC\n${line("Listed", 660)}EMC\n/Inner Do\n`,
        "BT /F 12 Tf 3 Tr 50 620 Td (Orbison behind a scan) Tj ET\n",
      ].join(""),
      (made, page) => {
        const named = made.pdf.context.obj({ ActualText: PDFString.of("Orbison in a list") });
        page
          .lookup(PDFName.of("Resources"), PDFDict)
          .lookup(PDFName.of("Properties"), PDFDict)
          .set(PDFName.of("WITH"), named);
        addForm(made, page, "Inner", line("Orbison in a form", 640));
        const stamp = addForm(made, page, "Look", line("Orbison on a stamp", 600));
        addMark(made, page, "Stamp", stamp, { Contents: "Orbison in a note", T: "Orbison" });
        const page_ = made.pdf.getPage(0);
        page_.node.set(
          PDFName.of("Metadata"),
          made.pdf.context.register(made.pdf.context.stream("Orbison in metadata", {})),
        );
        made.pdf.setAuthor("Orbison");
        made.pdf.setTitle("About Orbison");
        made.pdf.catalog.set(
          PDFName.of("Metadata"),
          made.pdf.context.register(made.pdf.context.stream("<x>Orbison</x>", {})),
        );
        const outline = made.pdf.context.obj({
          Title: PDFString.of("Orbison's visit"),
          Dest: [page_.ref, "Fit"],
        });
        made.pdf.catalog.set(
          PDFName.of("Outlines"),
          made.pdf.context.obj({ First: made.pdf.context.register(outline) }),
        );
      },
    );

  test("is gone from forms, stamps, notes, spoken words, bookmarks, metadata and behind scans", async () => {
    const { pdf, pages, blackened } = await packetOf(await hidden(), ["Orbison"]);
    expect(held(pdf)).not.toContain("Orbison");
    expect(spoken(pdf, pages)).not.toContain("Orbison");
    expect(blackened).toEqual(["Orbison"]);
  }, 120_000);

  test("that stands nowhere leaves the page its text", async () => {
    const { pdf, pages, blackened } = await packetOf(await hidden(), ["Zebulon"]);
    expect(spoken(pdf, pages)).toContain("Plainly seen");
    expect(blackened).toEqual([]);
  }, 120_000);

  test("that a line's end breaks is found in both its halves; one that only begins like it stays", async () => {
    const bytes = await layeredPdf(
      `${line("Seen with her brother Orbi-", 680)}${line("son at home. Orbital cellulitis ruled out.", 665)}${line("x", 600)}`,
    );
    const { pdf, pages, blackened } = await packetOf(bytes, ["Orbison"]);
    expect(blackened).toEqual(["Orbison"]);
    expect(held(pdf)).not.toContain("Orbi-");
    expect(spoken(pdf, pages)).not.toContain("son at home");
    const kept = await packetOf(await layeredPdf(line("Orbital cellulitis ruled out.", 680)), ["Orbison"]);
    expect(spoken(kept.pdf, kept.pages)).toContain("Orbital cellulitis");
  }, 120_000);

  test("that only a reading voice would say is not said", async () => {
    const bytes = await layeredPdf(
      `/Span <</ActualText (Orbison)>> BDC\n${line("Printed", 680)}EMC\n${line("Beside", 660)}`,
    );
    const { pdf } = await packetOf(bytes, ["Orbison"]);
    expect(held(pdf)).not.toContain("Orbison");
  }, 120_000);
});
