/** What stands side by side: addresses are read one after the other, rows of labels and of tables stay rows. */
import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { expect, test } from "vitest";
import { readFiles } from "#io";

/** Text of a page made of blocks: lines 13 points apart, each block from its upper left corner. */
async function textOf(blocks: { x: number; y: number; lines: string[] }[]): Promise<string> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([612, 792]);
  for (const { x, y, lines } of blocks)
    for (const [row, line] of lines.entries())
      page.drawText(line, { x, y: 792 - y - row * 13, size: 10, font });
  const { documents } = await readFiles([{ name: "page.pdf", bytes: await pdf.save() }]);
  return documents[0]!.pages[0]!.text;
}

const member = ["Rosalind Abernathy", "418 Larkspur Court", "Yellow Springs, OH 45387"];
const plan = ["Cedar Valley Health Plan", "Appeals and Grievances", "P.O. Box 4477", "Dayton, OH 45402"];
const letter = {
  x: 60,
  y: 220,
  lines: ["We have denied your request because it is not medically necessary for you at this time."],
};

test.each([
  ["on the same lines", 100],
  ["at other heights", 105],
])("two addresses side by side, %s, are read one after the other", async (_, y) => {
  const text = await textOf([{ x: 60, y, lines: member }, { x: 340, y: 100, lines: plan }, letter]);
  expect(text).toBe([...member, ...plan, ...letter.lines].join("\n"));
});

test("labels and their values stay rows, even when the values are an address", async () => {
  const labels = { x: 60, y: 100, lines: ["Member:", "Address:", "City:"] };
  const text = await textOf([labels, { x: 160, y: 100, lines: member }, letter]);
  expect(text).toContain("Member:\tRosalind Abernathy\nAddress:\t418 Larkspur Court\n");
});

test("a table with a column of cities stays rows", async () => {
  const names = { x: 60, y: 100, lines: ["Dr. Quillfeather", "Dr. Fairweather", "Dr. Applewhite"] };
  const cities = { x: 300, y: 100, lines: ["Dayton, OH 45402", "Xenia, OH 45385", "Lima, OH 45801"] };
  const text = await textOf([names, cities, letter]);
  expect(text).toContain("Dr. Quillfeather\tDayton, OH 45402\nDr. Fairweather\tXenia, OH 45385\n");
});
