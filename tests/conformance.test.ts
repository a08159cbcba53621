/**
 * Letters of every kind and their archive copies, judged by programs and by a parser that had no part in making them. What
 * a machine lacks is skipped and said on standard error.
 */
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { renderLetterPdf } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters, type Letter } from "#letter";
import { onThisMachine, type PdfFile, readPdf, withFile } from "./conformance/pdf-objects.ts";
import { archiveProblems, structureOf, uaProblems } from "./conformance/pdf-ua.ts";
import { inputOf, ways } from "./fixtures/every-kind.ts";

const knowledge = await loadLetters();
const options = { head: "Nora B. Castellan · UM-2026-55817", createdAt: 1_791_763_200 };

const byKind = new Map<string, Letter>();
for (const way of Object.values(ways))
  for (const letter of draftLetters(inputOf(way), knowledge))
    if (!byKind.has(letter.kind)) byKind.set(letter.kind, letter);
const kinds = [...byKind.keys()];
/** Kinds of which an archive copy is made: those that open an appeal. */
const archived = knowledge.appeals.map(({ id }) => id).filter((id) => byKind.has(id));

const qpdf = onThisMachine("qpdf", "--version");
const poppler = onThisMachine("pdfinfo", "-v");
const mutool = onThisMachine("mutool", "-v");
const ghostscript = onThisMachine("gs", "--version");
const verapdf = onThisMachine("verapdf", "--version");
/** What veraPDF says of a file held against one of its profiles: "PASS …" or "FAIL …". */
const judged = (bytes: Uint8Array, flavour: "ua1" | "2a") =>
  withFile(bytes, (file) =>
    execFileSync("sh", [
      "-c",
      `verapdf --flavour ${flavour} --format text '${file}' 2>/dev/null || true`,
    ]).toString(),
  );

const jars = ["preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io"];
const classpath = [...jars, "javax.activation", "jaxb-api"]
  .map((jar) => `/usr/share/java/${jar}.jar`)
  .join(":");
const preflight = ["-cp", classpath, "org.apache.pdfbox.preflight.Validator_A1b"];
const hasPreflight = onThisMachine("java", "-version") && jarsAreHere();

function jarsAreHere(): boolean {
  return classpath.split(":").every((jar) => onThisMachine("ls", jar));
}

const squeezed = (text: string) => text.replace(/[\s\u00a0]+/g, "");

/** Words of the letter that the tags' order does not bring, or not where the letter has them. */
function outOfOrder(letter: Letter, spoken: string): string[] {
  const said = squeezed(spoken);
  let from = 0;
  return letter.passages
    .flatMap((passage) => passage.cells ?? [passage.text])
    .filter((text) => {
      const at = said.indexOf(squeezed(text), from);
      if (at >= 0) from = at + squeezed(text).length;
      return at < 0;
    });
}

describe.runIf(qpdf)("every kind of letter as PDF/UA-1", () => {
  const made = new Map<string, { bytes: Uint8Array; pdf: PdfFile }>();
  beforeAll(async () => {
    for (const [kind, letter] of byKind) {
      const bytes = await renderLetterPdf(letter, options);
      made.set(kind, { bytes, pdf: readPdf(bytes) });
    }
  }, 120_000);

  test.each(kinds)("%s: tags, title, language, tables, fonts", (kind) => {
    expect(uaProblems(made.get(kind)!.pdf)).toEqual([]);
  });

  test.each(kinds)("%s: a reading voice says it in the letter's order", (kind) => {
    expect(outOfOrder(byKind.get(kind)!, structureOf(made.get(kind)!.pdf)!.text)).toEqual([]);
  });

  test.runIf(poppler)("poppler has nothing to complain of", { timeout: 120_000 }, () => {
    for (const { bytes } of made.values()) expect(complaints("pdfinfo", bytes)).toBe("");
  });

  test.runIf(mutool)("mutool reads each page without a warning", { timeout: 120_000 }, () => {
    for (const { bytes } of made.values()) expect(complaints("mutool", bytes, ["trace"])).toBe("");
  });

  test.runIf(ghostscript)("Ghostscript draws each page without a warning", { timeout: 120_000 }, () => {
    const quiet = ["-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"];
    for (const { bytes } of made.values()) expect(complaints("gs", bytes, quiet)).toBe("");
  });

  test.runIf(verapdf)("veraPDF passes every kind", { timeout: 600_000 }, () => {
    for (const { bytes } of made.values()) expect(judged(bytes, "ua1")).toMatch(/^PASS /);
  });
});

/** What a program says of a file on its error channel. */
function complaints(program: string, bytes: Uint8Array, flags: string[] = []): string {
  return withFile(bytes, (file) => {
    const quoted = [program, ...flags, file].map((word) => `'${word}'`).join(" ");
    return execFileSync("sh", ["-c", `${quoted} 2>&1 >/dev/null || echo "it fails"`]).toString();
  });
}

describe.runIf(qpdf)("archive copies as PDF/A-2a", () => {
  const copy = async (kind: string) => renderLetterPdf(byKind.get(kind)!, { ...options, standard: "a-2a" });

  test.each(archived)("%s: claim, profile, no scripts, tagged like the letter", async (kind) => {
    const pdf = readPdf(await copy(kind));
    expect(archiveProblems(pdf)).toEqual([]);
    const ofLetters = /^(06-002|07-001)/;
    expect(uaProblems(pdf).filter((problem) => !ofLetters.test(problem))).toEqual([]);
  });

  test.runIf(verapdf)("veraPDF passes every copy", { timeout: 600_000 }, async () => {
    for (const kind of archived) expect(judged(await copy(kind), "2a")).toMatch(/^PASS /);
  });

  test.runIf(hasPreflight)(
    "PDFBox's preflight finds only what part 2 allows and part 1 did not",
    async () => {
      const said = withFile(await copy(archived[0]!), (file) =>
        execFileSync("sh", ["-c", `java ${preflight.join(" ")} ${file} 2>/dev/null || true`]).toString(),
      );
      const newer =
        /version of the ICCProfile|part must be 1|can't convert to Destination|not a valid PDF\/A-1b/;
      expect(said.split("\n").filter((line) => line.trim() && !newer.test(line))).toEqual([]);
      expect(said).toContain("part must be 1");
    },
    60_000,
  );
});

describe.runIf(qpdf)("the checker itself", () => {
  test("finds what is wrong with a file that is not tagged", async () => {
    const { PDFDocument, StandardFonts } = await import("@cantoo/pdf-lib");
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("Nobody tagged this", { font: await pdf.embedFont(StandardFonts.Helvetica) });
    expect(uaProblems(readPdf(await pdf.save()))).toEqual(["01-007 no structure tree"]);
    expect(archiveProblems(readPdf(await pdf.save()))).toEqual(
      expect.arrayContaining(["6.6.4 no claim", "6.2.3 no output intent with a profile"]),
    );
  });

  test("finds a language, a title, a mark and a scope that are taken away", async () => {
    const bytes = await renderLetterPdf(byKind.get("internal-appeal") ?? byKind.get(kinds[0]!)!, options);
    const spoiled = (from: string, to: string) => {
      const text = Buffer.from(bytes).toString("latin1");
      expect(text.includes(from)).toBe(true);
      return uaProblems(readPdf(Buffer.from(text.replaceAll(from, to), "latin1")));
    };
    expect(spoiled("/Lang (en)", "/Lung (en)")).toEqual(["11-006 no language"]);
    expect(spoiled("/DisplayDocTitle true", "/DisplayDocTitlf true")).toHaveLength(1);
    expect(spoiled("/Scope /Column", "/Scopf /Column")).toEqual(["15-003 a table head without scope"]);
    expect(spoiled("/S /H2", "/S /H3")).toEqual(["14-003 a heading level is skipped"]);
    expect(spoiled("/S /P\n", "/S /Q\n")[0]).toContain("02-001");
  });
});
