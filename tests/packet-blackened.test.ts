/** Words that a person wants blackened: gone from every exhibit, told where they stay. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { readFiles, renderCase } from "#io";
import { loadLetters } from "#knowledge";
import { draftLetters } from "#letter";
import { planPacket } from "#packet";
import { findQuote } from "#source";
import { assemblePacket } from "../src/io/papers-out/assemble-packet.ts";
import { asCaseFile, caseWithPdfs, textOf } from "./fixtures/pdf-papers.ts";

const knowledge = await loadLetters();

test("blackened words are gone from the page, their neighbours are seen", async () => {
  const { input, bytes } = await caseWithPdfs();
  const { documents } = await readFiles([{ name: "clinic.txt", bytes: bytes.get("clinic.txt")! }]);
  const span = findQuote(documents[0]!, "lipase 1180")!;
  const letters = draftLetters(input, knowledge);
  const made = await assemblePacket({
    letter: { ...letters[0]!, passages: [] },
    plan: planPacket(input, letters),
    documents: [input.documents[0]!, input.documents[1]!, documents[0]!],
    bytesOf: (name) => bytes.get(name) ?? null,
    head: "",
    cover: [],
    redact: [span],
  });
  const raw = await PDFDocument.load(made.pdf);
  const streams = raw.context
    .enumerateIndirectObjects()
    .map(([, object]) => object.toString())
    .join("\n");
  expect(streams).not.toContain("1180");
  const texts = (await textOf(made.pdf)).slice(-1)[0]!;
  expect(texts).not.toContain("1180");
  expect(made.issues.map((issue) => issue.code)).not.toContain("redaction-impossible");
});

describe("words that a person wants blackened", () => {
  const rendered = async (redact: string[]) => {
    const { input, bytes } = await caseWithPdfs();
    const { documents } = await readFiles([{ name: "clinic.txt", bytes: bytes.get("clinic.txt")! }]);
    input.documents = input.documents.map((one) => (one.document === "clinic.txt" ? documents[0]! : one));
    const file = asCaseFile(input);
    const { outputs, issues, packet } = await renderCase({ ...file, answers: { redact } }, bytes);
    const pdf = outputs.find(({ name }) => name === "packet.pdf")!.bytes;
    const streams = (await PDFDocument.load(pdf)).context.enumerateIndirectObjects();
    const held = streams.map(([, object]) => object.toString()).join("\n");
    const first = packet!.exhibits.find(({ document }) => document === "clinic.txt")!.firstPage - 1;
    return { issues, held, spoken: (await textOf(pdf)).slice(first).join("\n") };
  };

  test("are gone wherever they stand, whatever their case; a longer word that holds them stays", async () => {
    const { issues, held, spoken } = await rendered(["LEON ABARA", "renal"]);
    expect(issues.map(({ code }) => code)).toContain("blacken-not-found");
    expect(spoken).not.toContain("Abara");
    for (const form of ["Leon Abara", Buffer.from("Leon Abara").toString("hex").toUpperCase()])
      expect(held.includes(form)).toBe(false);
  });

  test("which stand nowhere, or also in the letter itself, are told", async () => {
    const { issues } = await rendered(["Zebulon", "azathioprine"]);
    const said = issues
      .filter(({ code }) => code.startsWith("blacken-"))
      .map(({ code, text }) => [code, text.slice(0, 16)]);
    expect(said).toContainEqual(["blacken-not-found", "“Zebulon” was to"]);
    expect(said).toContainEqual(["blacken-in-letter", "“azathioprine” i"]);
  });

  test("leave out a drawing of ours that says them", async () => {
    const { input, bytes } = await caseWithPdfs();
    const timeline =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><text y="20">azathioprine</text></svg>';
    const made = async (redact: string[]) => {
      const { issues, packet } = await renderCase(
        { ...asCaseFile(input), timeline, answers: { redact } },
        bytes,
      );
      return [
        packet!.exhibits.some(({ document }) => document === "timeline.svg"),
        issues.map(({ code }) => code).includes("blacken-left-out"),
      ];
    };
    expect(await made(["azathioprine"])).toEqual([false, true]);
    expect(await made(["thioprine"])).toEqual([true, false]);
  });

  test("none asked for, nothing is made a picture and nothing is said", async () => {
    const { issues, spoken } = await rendered([]);
    expect(issues.filter(({ code }) => code.startsWith("blacken-"))).toEqual([]);
    expect(spoken).toContain("Leon Abara");
  });
});
