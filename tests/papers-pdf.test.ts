import { degrees, PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { boxesOf, flow } from "#source";
import { linesOf, pdfOf, read, refusalOf } from "./fixtures/made-papers.ts";

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
