import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { PDFDocument } from "@cantoo/pdf-lib";
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";
import { strToU8, zipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readFiles } from "#io";
import { linesOf, pdfOf, read, refusalOf, utf8 } from "./fixtures/made-papers.ts";

describe("Word", () => {
  test("automatic numbers are labels with their level, cells have addresses", async () => {
    const numbered = (text: string, level: number) =>
      new Paragraph({ text, numbering: { reference: "list", level } });
    const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
    const file = new Document({
      numbering: {
        config: [
          {
            reference: "list",
            levels: [
              { level: 0, format: LevelFormat.DECIMAL, text: "%1." },
              { level: 1, format: LevelFormat.LOWER_LETTER, text: "%2)" },
            ],
          },
        ],
      },
      sections: [
        {
          children: [
            new Paragraph({ children: [new TextRun({ text: "All of:", bold: true })] }),
            numbered("Diagnosis", 0),
            numbered("One of:", 0),
            numbered("Methotrexate", 1),
            numbered("Leflunomide", 1),
            numbered("Age 18 or older", 0),
            new Table({ rows: [new TableRow({ children: [cell("Drug"), cell("Limit")] })] }),
          ],
        },
      ],
    });
    const page = (await read("policy.docx", new Uint8Array(await Packer.toBuffer(file)))).pages[0]!;
    expect(linesOf(page)).toEqual([
      "All of:",
      "1. Diagnosis",
      "2. One of:",
      "a) Methotrexate",
      "b) Leflunomide",
      "3. Age 18 or older",
      "Drug",
      "Limit",
    ]);
    expect(page.lines.map((line) => line.indent).slice(0, 5)).toEqual([0, 18, 18, 36, 36]);
    expect(page.lines[0]!.bold).toBe(true);
    expect(page.lines.at(-1)!.cell).toEqual({ table: 1, row: 0, column: 1 });
  });
});

describe("HTML, RTF, mail and plain text", () => {
  test("lists have labels, hidden words and scripts are left out, menus are furniture", async () => {
    const html = `<html><nav>Home</nav><script>let x</script><p style="display:none">Template</p>
      <h1>Criteria</h1><ol type="A"><li>Age 12<ul><li>or older</li></ul></li><li>Asthma</li></ol></html>`;
    const page = (await read("policy.html", html)).pages[0]!;
    expect(linesOf(page)).toEqual(["#Home", "Criteria", "A. Age 12", "• or older", "B. Asthma"]);
    expect(page.lines.map((line) => line.kind)).toEqual(["furniture", "heading", "item", "item", "item"]);
  });

  test("rich text loses its codes and keeps its letters", async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Your request was {\b denied}.\par Caf\'e9 \u8212? \emdash  end}`;
    expect((await read("letter.rtf", rtf)).pages[0]!.text).toBe("Your request was denied.\nCafé — — end");
  });

  test("an e-mail gives its heading and body, and its attachment as a document of its own", async () => {
    const mail = `From: Plan <claims@plan.example>\r\nTo: a@b.example\r\nSubject: Decision\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n--x\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=note.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa("Claim denied.")}\r\n--x--\r\n`;
    const { documents } = await readFiles([{ name: "mail.eml", bytes: utf8(mail) }]);
    expect(documents.map(({ document, pages }) => [document, pages[0]!.text.trim()])).toEqual([
      ["mail.eml", "From: Plan <claims@plan.example>\nTo: a@b.example\nSubject: Decision\n\nSee attached."],
      ["mail.eml/note.txt", "Claim denied."],
    ]);
  });

  test("text is read in the encoding it is in", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Café denied", "utf16le")]);
    for (const bytes of [
      utf8("Café denied"),
      utf16,
      Buffer.from("Café denied", "utf16le"),
      Buffer.from("Café denied", "latin1"),
    ])
      expect((await read("a.txt", bytes)).pages[0]!.text).toBe("Café denied");
  });

  test("form feeds part pages", async () => {
    const source = await read("a.txt", "Page one\fPage two\f");
    expect(source.pages.map((page) => page.text)).toEqual(["Page one", "Page two"]);
  });

  test("lines that were wrapped go on; a form's lines do not", async () => {
    const text = `The clinical documentation that was submitted does not support that the infusion is\nmedically necessary for the diagnosis given.\n\nMember: Iris Quell\nGroup: 4471\n`;
    expect(linesOf((await read("a.txt", text)).pages[0]!)).toEqual([
      "The clinical documentation that was submitted does not support that the infusion is",
      "+medically necessary for the diagnosis given.",
      "Member: Iris Quell",
      "Group: 4471",
    ]);
  });
});

describe("structured files", () => {
  test("the page's text is the file's own text, and papers inside are read too", async () => {
    const json = JSON.stringify({
      resourceType: "DocumentReference",
      content: [
        {
          attachment: {
            contentType: "text/plain",
            title: "Visit note",
            data: btoa("Seen on March 3 for severe asthma, uncontrolled."),
          },
        },
      ],
    });
    const { documents } = await readFiles([{ name: "export.json", bytes: utf8(json) }]);
    expect(documents.map(({ document, structured }) => [document, structured])).toEqual([
      ["export.json", "fhir"],
      ["export.json/Visit note.txt", undefined],
    ]);
    expect(documents[0]!.pages[0]!.text).toBe(json);
    expect(documents[1]!.pages[0]!.text).toContain("severe asthma");
  });

  test("an X12 remittance is known by its first segment", async () => {
    expect((await read("era.dat", "ISA*00*          *00*          *ZZ*A~")).structured).toBe("x12");
  });
});

describe("files that are not what they say, or mean harm", () => {
  const pdf = () => pdfOf([[{ x: 60, y: 100, text: "Denied." }]]);

  test("empty files, programs, old Office files and spreadsheets are refused with what to do", async () => {
    expect(await refusalOf("a.pdf", "")).toEqual(["file-empty"]);
    expect(await refusalOf("a.pdf", `MZ${"\0".repeat(100)}`)).toEqual(["file-program"]);
    expect(await refusalOf("a.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"))).toEqual(["file-old-office"]);
    expect(
      await refusalOf(
        "a.xlsx",
        zipSync({ "[Content_Types].xml": strToU8("<x/>"), "xl/workbook.xml": strToU8("<x/>") }),
      ),
    ).toEqual(["file-office"]);
  });

  test("a file of two kinds is refused, in either order", async () => {
    const zip = zipSync({ "a.txt": strToU8("x") });
    expect(await refusalOf("a.pdf", Buffer.concat([zip.subarray(0, 60), await pdf()]))).toEqual([
      "file-two-kinds",
    ]);
    expect(await refusalOf("b.pdf", Buffer.concat([await pdf(), zip]))).toEqual(["file-two-kinds"]);
  });

  test("an archive's papers are read, names that lead out of it are not", async () => {
    const zip = zipSync({
      "records/note.txt": strToU8("Seen."),
      "../../etc/evil.txt": strToU8("x"),
      "__MACOSX/._a": strToU8("x"),
    });
    const { documents, issues } = await readFiles([{ name: "papers.zip", bytes: zip }]);
    expect(documents.map((source) => source.document)).toEqual(["papers.zip/records/note.txt"]);
    expect(issues.map((issue) => issue.code)).toEqual(["archive-entry-refused"]);
  });

  test("a decompression bomb is refused, and so is an archive of archives of archives", async () => {
    expect(
      await refusalOf("bomb.zip", zipSync({ "a.txt": new Uint8Array(20_000_000) }, { level: 9 })),
    ).toEqual(["archive-too-large"]);
    let nested = strToU8("deep");
    for (let depth = 0; depth < 7; depth++) nested = zipSync({ [depth === 0 ? "a.txt" : "in.zip"]: nested });
    const { documents, issues } = await readFiles([{ name: "russian.zip", bytes: nested }]);
    expect(documents).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual(["files-too-many"]);
  });

  test("XML that defines its own entities is refused", async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ClinicalDocument>&b;</ClinicalDocument>`;
    expect(await refusalOf("chart.xml", xml)).toEqual(["xml-entities"]);
  });

  test("a picture that claims to be enormous is an issue", async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(await refusalOf("huge.png", png)).toEqual(["file-too-large"]);
  });

  test("cancelling stops the reading", async () => {
    const bytes = await pdf();
    await expect(readFiles([{ name: "a.pdf", bytes }], { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test("two files of one name stay apart", async () => {
    const twice = [
      { name: "a.txt", bytes: utf8("one") },
      { name: "a.txt", bytes: utf8("two") },
    ];
    expect((await readFiles(twice)).documents.map((source) => source.document)).toEqual([
      "a.txt",
      "a.txt (2)",
    ]);
  });
});

const hasTesseract = spawnSync("tesseract", ["--version"]).status === 0;

describe.skipIf(!hasTesseract)("pictures", () => {
  const lines = [
    "Acme Health Plan",
    "Your request for infliximab was denied on March 4.",
    "You may appeal within 180 days of this notice.",
    "Send the appeal to P.O. Box 5150, Salem, Oregon.",
  ];

  function picture() {
    const print = lines.map(
      (text, row) => `<text x="120" y="${200 + row * 70}" font-size="42" font-family="serif">${text}</text>`,
    );
    return sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="1000"><rect width="1300" height="1000" fill="white"/>${print.join("")}</svg>`,
      ),
    );
  }

  test.for([0, 3, 90, 180])(
    "print turned by %d degrees is read, with boxes where it is seen",
    { timeout: 60_000 },
    async (turn) => {
      const source = await read(
        "scan.png",
        await picture().rotate(turn, { background: "white" }).png().toBuffer(),
      );
      const page = source.pages[0]!;
      expect(page.ocr).toBe(true);
      expect(page.confidence).toBeGreaterThan(0.85);
      expect(page.text).toContain("infliximab was denied on March 4");
      for (const { box } of page.words!) {
        expect(box.x).toBeGreaterThan(0);
        expect(box.x + box.width).toBeLessThan(page.width!);
        expect(box.y + box.height).toBeLessThan(page.height!);
      }
    },
  );

  test("the same picture gives the same text", async () => {
    const bytes = await picture().jpeg({ quality: 40 }).toBuffer();
    const [a, b] = await Promise.all([read("a.jpg", bytes), read("a.jpg", bytes)]);
    expect(a).toEqual(b);
  }, 60_000);

  test("pages with good text are not put through OCR, pages without are", async () => {
    const pdf = await PDFDocument.load(
      await pdfOf([[{ x: 60, y: 100, text: "This page has text of its own." }]]),
    );
    const image = await pdf.embedPng(await picture().png().toBuffer());
    pdf.addPage([612, 792]).drawImage(image, { x: 30, y: 300, width: 550, height: 423 });
    const { pages } = await read("mixed.pdf", await pdf.save());
    expect(pages.map((page) => page.ocr)).toEqual([false, true]);
    expect(pages[1]!.text).toContain("180 days");
  }, 60_000);
});

test("the program prints pages whose quotes can be proven", () => {
  const run = spawnSync("bin/redress", ["read", "text", "--json", "package.json"], { encoding: "utf8" });
  const { documents } = JSON.parse(run.stdout);
  expect(documents[0].pages[0].text).toBe(readFileSync("package.json", "utf8"));
  expect(spawnSync("bin/redress", ["read", "text", "no-such-file"]).status).toBe(2);
});
