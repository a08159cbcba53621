import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { degrees, PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";
import { strToU8, zipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readFiles } from "#io";
import { boxesOf, flow, type Page, type SourceDocument } from "#source";

const utf8 = (text: string) => new TextEncoder().encode(text);

async function read(name: string, bytes: Uint8Array | string): Promise<SourceDocument> {
  const { documents, issues } = await readFiles([
    { name, bytes: typeof bytes === "string" ? utf8(bytes) : bytes },
  ]);
  expect(issues.filter((issue) => issue.severity === "error")).toEqual([]);
  return documents[0]!;
}

async function refusalOf(name: string, bytes: Uint8Array | string): Promise<string[]> {
  const { issues } = await readFiles([{ name, bytes: typeof bytes === "string" ? utf8(bytes) : bytes }]);
  for (const issue of issues) expect(issue.text).toContain(name);
  return issues.map((issue) => issue.code);
}

/** Lines of a page with their marks: `+` goes on, `#` furniture, a label in front. */
function linesOf({ lines, text }: Page): string[] {
  return lines.map((line) => {
    const sign = line.continues ? "+" : line.kind === "furniture" ? "#" : "";
    return `${sign}${line.label ? `${line.label} ` : ""}${text.slice(line.start, line.end)}`;
  });
}

type Print = { x: number; y: number; text: string; size?: number };

async function pdfOf(pages: Print[][], turn = 0): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (const prints of pages) {
    const page = pdf.addPage([612, 792]);
    page.setRotation(degrees(turn));
    for (const { x, y, text, size = 11 } of prints) page.drawText(text, { x, y: 792 - y, size, font });
  }
  return pdf.save();
}

describe("PDF", () => {
  test("columns are read one after the other, and a paragraph goes on from the first to the second", async () => {
    const left = [
      "Coverage of the drug is given when",
      "the member has tried two other drugs",
      "for at least three months each, and",
      "the chart says why they were ended",
      "and what happened to the member",
    ];
    const right = [
      "after each of them was ended. Notes",
      "from the visits must be sent with the",
      "request, and the date of each visit",
      "must be on the notes. The plan will",
      "answer within three days of receipt.",
    ];
    const prints = left.flatMap((text, row) => [
      { x: 60, y: 100 + row * 14, text },
      { x: 330, y: 100 + row * 14, text: right[row]! },
    ]);
    const source = await read("policy.pdf", await pdfOf([prints]));
    expect(flow(source).text).toBe([...left, ...right].join(" "));
  });

  test("labels and values stay on their row, and a table's cells carry their address", async () => {
    const rows = [
      ["Code", "Service", "Charge"],
      ["97110", "Therapeutic exercise", "$168.00"],
      ["97140", "Manual therapy", "$154.00"],
    ];
    const prints = rows.flatMap((row, line) =>
      row.map((text, column) => ({ x: 60 + column * 160, y: 100 + line * 16, text })),
    );
    const page = (await read("eob.pdf", await pdfOf([prints]))).pages[0]!;
    expect(page.text).toBe(rows.map((row) => row.join("\t")).join("\n"));
    const cell = page.lines.find((line) => page.text.slice(line.start, line.end) === "$154.00");
    expect(cell?.cell).toEqual({ table: 1, row: 2, column: 2 });
  });

  test("what comes back on every page is furniture, and stays in the text", async () => {
    const pages = [1, 2, 3].map((page) => [
      { x: 60, y: 40, text: "Acme Health Plan" },
      { x: 60, y: 200, text: `Section ${["one", "two", "three"][page - 1]} of the policy.` },
      { x: 280, y: 760, text: `Page ${page} of 3` },
    ]);
    const source = await read("policy.pdf", await pdfOf(pages));
    expect(linesOf(source.pages[1]!)).toEqual([
      "#Acme Health Plan",
      "Section two of the policy.",
      "#Page 2 of 3",
    ]);
    expect(flow(source).text).toBe(
      "Section one of the policy.\nSection two of the policy.\nSection three of the policy.",
    );
  });

  test("the only page's letterhead is not furniture", async () => {
    const source = await read("letter.pdf", await pdfOf([[{ x: 60, y: 40, text: "Acme Health Plan" }]]));
    expect(linesOf(source.pages[0]!)).toEqual(["Acme Health Plan"]);
  });

  test("word boxes are where the word is seen, on a turned page too", async () => {
    for (const [turn, box] of [
      [0, { x: 100, y: 191, width: 45, height: 12 }],
      [90, { x: 792 - 200, y: 100, width: 12, height: 45 }],
    ] as const) {
      const source = await read("a.pdf", await pdfOf([[{ x: 100, y: 200, text: "Dupixent" }]], turn));
      const seen = source.pages[0]!.words![0]!.box;
      for (const side of ["x", "y", "width", "height"] as const)
        expect(Math.abs(seen[side] - box[side])).toBeLessThan(7);
      const span = { document: "a.pdf", page: 1, start: 0, end: 8, quote: "Dupixent" };
      expect(boxesOf(source, span)).toEqual([seen]);
    }
  });

  test("a table set sideways is read upright, a number up the margin stays out of the way", async () => {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    const sideways = pdf.addPage([612, 792]);
    for (const [row, text] of ["Infliximab every eight weeks", "Ustekinumab every twelve weeks"].entries())
      sideways.drawText(text, { x: 100 + row * 16, y: 100, size: 11, font, rotate: degrees(90) });
    const upright = pdf.addPage([612, 792]);
    for (const [row, text] of ["We cannot approve the request", "because notes are missing"].entries())
      upright.drawText(text, { x: 100, y: 400 - row * 14, size: 11, font });
    upright.drawText("Form 10146", { x: 104, y: 370, size: 7, font, rotate: degrees(90) });
    const { pages } = await read("turned.pdf", await pdf.save());
    expect(linesOf(pages[0]!)).toEqual(["Infliximab every eight weeks", "+Ustekinumab every twelve weeks"]);
    expect(linesOf(pages[1]!)).toEqual([
      "We cannot approve the request",
      "+because notes are missing",
      "#Form 10146",
    ]);
  });

  test("what was typed into a form is read", async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([612, 792]);
    const form = pdf.getForm();
    const field = form.createTextField("member");
    field.setText("Iris Quell");
    field.addToPage(page, { x: 100, y: 600, width: 200, height: 20 });
    const box = form.createCheckBox("urgent");
    box.addToPage(page, { x: 100, y: 550, width: 12, height: 12 });
    box.check();
    expect((await read("form.pdf", await pdf.save())).pages[0]!.text).toBe("Iris Quell\n☒");
  });

  test("stray bytes before the file do no harm; a file cut short is an issue", async () => {
    const whole = await pdfOf([[{ x: 60, y: 100, text: "Denied." }]]);
    const led = Buffer.concat([Buffer.from("\r\n\r\n"), whole]);
    expect((await read("a.pdf", led)).pages[0]!.text).toBe("Denied.");
    expect(await refusalOf("cut.pdf", whole.subarray(0, 200))).toEqual(["file-damaged"]);
  });

  test("a password is asked for by name; an empty one is none", async () => {
    for (const [userPassword, codes] of [
      ["", []],
      ["secret", ["file-password"]],
    ] as const) {
      const pdf = await PDFDocument.load(await pdfOf([[{ x: 60, y: 100, text: "Denied." }]]));
      pdf.encrypt({ userPassword, ownerPassword: "owner" });
      expect(await refusalOf("locked.pdf", await pdf.save({ useObjectStreams: false }))).toEqual(codes);
    }
  });

  test("more pages than any chart has are refused", async () => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 5001; page++) pdf.addPage([100, 100]);
    expect(await refusalOf("long.pdf", await pdf.save())).toEqual(["file-too-long"]);
  });
});

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
