/** The whole way of a physician's word: from the draft over the signature into every letter and the packet. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  afterPhysician,
  basisOf,
  type CaseFile,
  type CaseInput,
  type PhysicianReview,
  physicianDraft,
  prepareCase,
  settledLetter,
  signedDocument,
  statementsIn,
  wordOf,
} from "#case";
import { readFiles, renderCase, renderLetterPdf, signPdf } from "#io";
import type { Letter } from "#letter";
import { loadCaseKnowledge } from "../src/cli/case-knowledge.ts";
import { makeIdentity } from "../src/io/signing/identity.ts";

const folder = path.resolve(import.meta.dirname, "../cases/dupilumab-step/in");
const own = mkdtempSync(path.join(tmpdir(), "redress-word-"));
const name = "Naomi T. Whitlock, MD";
const words = "Clobetasol 0.05% twice daily for seven weeks brought no adequate response.";

const papers = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".pdf"))
  .map((file) => ({
    name: path.basename(file),
    bytes: new Uint8Array(readFileSync(path.join(folder, file))),
  }));

let first: CaseFile;
let after: CaseFile;
let struck: string;
let packet: string;

beforeAll(async () => {
  const [read, knowledge] = [await readFiles(papers), await loadCaseKnowledge()];
  const input: CaseInput = {
    documents: read.documents,
    answers: {},
    asOf: "2026-10-12",
    issues: [],
  };
  first = prepareCase(input, knowledge);
  const draft = physicianDraft(first.letters)!;
  const [one, other, ...rest] = statementsIn(draft);
  struck = /“([^”…]+)/.exec(one!.text)![1]!;
  const review: PhysicianReview = {
    marks: [
      { text: one!.text, mark: "struck" },
      { text: other!.text, mark: "corrected", words },
      ...rest.map(({ text }) => ({ text, mark: "confirmed" as const })),
    ],
    answers: [],
    certified: false,
    signer: { name, npi: "1234567893" },
  };
  const at = "2026-10-12T15:00:00Z";
  const pdf = await renderLetterPdf(settledLetter(draft, review), { head: "Marsh", createdAt: 0 });
  const seen = createHash("sha256").update(pdf).digest("hex");
  const bytes = await signPdf(
    pdf,
    {
      signer: { ...review.signer, role: "physician" },
      seen,
      pages: 1,
      attestation: "True to the best of my knowledge.",
      at,
      given: { typed: name },
      audit: [],
    },
    makeIdentity("Test", new Date("2026-01-01")),
  );
  const word = wordOf(draft, review, at);
  const signed = await readFiles([{ name: signedDocument, bytes }]);
  after = afterPhysician(first, word, signed.documents, (changed) =>
    prepareCase({ ...input, ...changed }, knowledge),
  );
  const letter = {
    ...{ link: "l", signer: review.signer, seen, shown: "s", basis: basisOf(draft), blob: "b", sha256: seen },
    ...{ bytes: bytes.length, pages: signed.documents[0]!.pages.length, certified: false, word },
  };
  const map = new Map(papers.map((paper) => [paper.name, paper.bytes]));
  const { outputs } = await renderCase(after, map, { letter, bytes });
  packet = path.join(own, "packet.pdf");
  writeFileSync(packet, outputs.find((one) => one.name === "packet.pdf")!.bytes);
}, 120_000);

const said = (letter: Letter) => letter.passages.map(({ text }) => text.replace(/\s+/g, " ")).join("\n");

test("a struck statement stood in the letters, and stands in none of them any more", () => {
  const others = (file: CaseFile) => file.letters.filter(({ file: stem }) => stem !== "physician-letter");
  expect(others(first).some((letter) => said(letter).includes(struck))).toBe(true);
  expect(others(after).filter((letter) => said(letter).includes(struck))).toEqual([]);
});

test("a correction stands in the appeal, from the signed letter, with the physician named", () => {
  const appeal = after.letters[0]!;
  const passage = appeal.passages.find(({ text }) => text.includes(words))!;
  expect(passage.text).toContain(name);
  expect(passage.rests.some((rest) => "evidence" in rest && rest.evidence.document === signedDocument)).toBe(
    true,
  );
});

test("the physician's own letter stays the one that was signed, and the papers stay whole", () => {
  expect(physicianDraft(after.letters)).toEqual(physicianDraft(first.letters));
  for (const source of first.documents)
    expect(after.documents.find(({ document }) => document === source.document)).toEqual(source);
});

test.skipIf(!existsSync("/usr/bin/pdfsig"))(
  "the packet holds the signed file, and its signature can be checked",
  () => {
    execFileSync("pdfdetach", ["-saveall", "-o", own, packet]);
    const file = path.join(own, signedDocument);
    expect(execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" })).toContain("Signature is Valid");
    const text = execFileSync("pdftotext", [packet, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
    expect(text).toContain(`Letter of medical necessity, signed by ${name}`);
    expect(text).toContain("Record of the signature");
  },
);
