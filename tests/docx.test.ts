/** The Word file of every kind of letter: well made, in the letter's words, the same for the same case. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readFiles, renderLetterDocx } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters, type Letter } from "#letter";
import { onThisMachine } from "./conformance/pdf-objects.ts";
import { inputOf, ways } from "./fixtures/every-kind.ts";

const knowledge = await loadLetters();
const head = "Nora B. Castellan · UM-2026-55817";
const byKind = new Map<string, Letter>();
for (const way of Object.values(ways))
  for (const letter of draftLetters(inputOf(way), knowledge))
    if (!byKind.has(letter.kind)) byKind.set(letter.kind, letter);
const libreoffice = onThisMachine("libreoffice", "--version");

const partsOf = async (letter: Letter) => {
  const parts = unzipSync(await renderLetterDocx(letter, { head }));
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]));
};
const squeezed = (text: string) => text.replace(/[\s\u00a0]+/g, "");
const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
/** Words of a Word file in their order. */
const wordsOf = (xml: string) =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text]) => text!.replace(/&(\w+);/g, (_, name: string) => signs[name] ?? ""))
    .join("");

describe.each([...byKind])("%s", (_, letter) => {
  test("says every passage in order, with headings, a language and the number of pages", async () => {
    const parts = await partsOf(letter);
    const said = squeezed(wordsOf(parts["word/document.xml"]!));
    let from = 0;
    for (const text of letter.passages.flatMap((passage) => passage.cells ?? [passage.text])) {
      const at = said.indexOf(squeezed(text), from);
      expect(at, text.slice(0, 40)).toBeGreaterThanOrEqual(0);
      from = at + squeezed(text).length;
    }
    const headings = letter.passages.filter(({ role }) => role === "heading").length;
    expect(parts["word/document.xml"]!.split('w:pStyle w:val="Heading1"').length - 1).toBe(headings);
    expect(parts["word/styles.xml"]).toMatch(/<w:lang w:val="e[ns]-US"/);
    expect(parts["word/footer1.xml"]).toMatch(/PAGE.*NUMPAGES/s);
  });

  test("repeats the head of each table, and breaks no row over two pages", async () => {
    const xml = (await partsOf(letter))["word/document.xml"]!;
    const rows = xml.split("<w:tr>").slice(1);
    expect(rows.every((row) => /<w:tblHeader\/>|<w:cantSplit\/>/.test(row))).toBe(true);
    const tables = xml
      .split("<w:tbl>")
      .slice(1)
      .filter((table) => (table.match(/<w:gridCol/g) ?? []).length > 2);
    for (const table of tables) expect(table.split("<w:tr>")[1]).toContain("<w:tblHeader/>");
  });
});

test("the same letter gives the same bytes, dated with the case's day", async () => {
  const letter = [...byKind.values()][0]!;
  const made = async () => Buffer.from(await renderLetterDocx(letter, { head, createdAt: 1_791_763_200 }));
  const first = await made();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(first.equals(await made())).toBe(true);
  expect(strFromU8(unzipSync(first)["docProps/core.xml"]!)).toContain("2026-10-12T");
});

test.runIf(libreoffice && process.env.REDRESS_QUICK !== "1")(
  "LibreOffice opens each kind and sets all of its words",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "docx-"));
    const names: string[] = [];
    for (const [kind, letter] of byKind) {
      names.push(path.join(folder, `${kind}.docx`));
      writeFileSync(names.at(-1)!, await renderLetterDocx(letter, { head }));
    }
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    execFileSync(
      "libreoffice",
      [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, ...names],
      {
        stdio: "ignore",
        timeout: 170_000,
      },
    );
    for (const [kind, letter] of byKind) {
      const file = path.join(folder, `${kind}.pdf`);
      expect(existsSync(file), kind).toBe(true);
      const { documents } = await readFiles([{ name: `${kind}.pdf`, bytes: readFileSync(file) }]);
      const said = squeezed(documents[0]!.pages.map((page) => page.text).join(""));
      for (const { role, text } of letter.passages)
        if (role === "heading" || role === "title") expect(said).toContain(squeezed(text));
      expect(said).toContain(squeezed(`page 1 of ${documents[0]!.pages.length}`));
    }
  },
  180_000,
);
