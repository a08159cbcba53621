import { describe, expect, test } from "vitest";
import type { Span } from "#base";
import type { Letter, Passage } from "#letter";
import { findQuote, type SourceDocument } from "#source";
import { afterPhysician, type PhysicianWord, signedDocument } from "./physician-words.ts";
import type { CaseFile } from "./types.ts";

function source(document: string, text: string): SourceDocument {
  return {
    document,
    mediaType: "application/pdf",
    sha256: "",
    pages: [{ page: 1, text, lines: [{ start: 0, end: text.length, indent: 0 }], ocr: false }],
  };
}
const notes = source("notes.pdf", "Seen 08/03/2026. EASI 21.4 on both arms. BSA 22% today. Plan: dupilumab.");
const copied = source("hospital.pdf", "As the clinic says: EASI 21.4 on both\narms. Afebrile.");
const policy = source("policy.pdf", "A member with EASI 21.4 on both arms is covered.");
const at = (words: string): Span => findQuote(notes, words)!;

const letterOf = (file: string, ...passages: Passage[]): Letter => ({
  kind: file,
  file,
  title: file,
  language: "en",
  passages,
  issues: [],
});
const says = (id: string, span: Span): Passage => ({
  id,
  role: "text",
  text: `The record says “${span.quote}”.`,
  rests: [{ evidence: span }],
});
const paper = (document: string, kind: "record" | "policy") => ({
  document,
  pages: { from: 1, to: 1 },
  kind,
  title: null,
  date: null,
  from: [],
});

const draft = letterOf("physician-letter", says("s1", at("EASI 21.4")));
const first = {
  documents: [notes, copied, policy],
  sorted: {
    papers: [paper("notes.pdf", "record"), paper("hospital.pdf", "record"), paper("policy.pdf", "policy")],
    patient: { name: null, birthDate: null, numbers: [] },
    foreign: [],
    issues: [],
  },
  letters: [letterOf("appeal-letter", says("p1", at("BSA 22% today."))), draft],
} as unknown as CaseFile;

const word = (change: Partial<PhysicianWord>): PhysicianWord => ({
  name: "Naomi T. Whitlock, MD",
  at: "2026-10-12T15:00:00Z",
  marks: [],
  own: [],
  certified: null,
  ...change,
});

/** What is prepared anew, as the papers were given to it. */
function prepared(given: PhysicianWord | undefined, signed: SourceDocument[] | null) {
  let seen: readonly SourceDocument[] = [];
  const file = afterPhysician(first, given, signed, ({ documents, sorted }) => {
    seen = documents;
    const exhibits = sorted.papers.map(({ document }, index) => ({
      label: "ABCDEF"[index]!,
      document,
      pages: [1],
    }));
    const letters = [
      letterOf("appeal-letter", { ...says("p1", at("Plan")), role: "text" }),
      letterOf("physician-letter"),
    ];
    return {
      ...first,
      documents: [...documents],
      sorted,
      letters,
      packet: { exhibits },
    } as unknown as CaseFile;
  });
  return {
    file,
    seen,
    textOf: (name: string) => seen.find(({ document }) => document === name)?.pages[0]?.text,
  };
}

describe("struck words", () => {
  const struck = word({
    marks: [
      {
        mark: "struck",
        text: "The notes say: EASI 21.4 on both arms.",
        from: [at("EASI 21.4 on both arms.")],
      },
    ],
  });

  test("can be read in no record any more, nor where another record repeats them", () => {
    const { textOf } = prepared(struck, null);
    expect(textOf("notes.pdf")).not.toContain("EASI");
    expect(textOf("notes.pdf")).toContain("BSA 22% today.");
    expect(textOf("hospital.pdf")).not.toContain("EASI");
    expect(textOf("hospital.pdf")).toContain("Afebrile.");
  });

  test("leave every other place where it was, and the policy as it is", () => {
    const { seen, textOf } = prepared(struck, null);
    expect(findQuote(seen[0]!, "Plan: dupilumab.")!.start).toBe(at("Plan: dupilumab.").start);
    expect(textOf("policy.pdf")).toContain("EASI 21.4 on both arms");
  });

  test("stay out when the signature no longer holds; papers and the physician's own draft stay whole", () => {
    const { file } = prepared(struck, null);
    expect(file.documents[0]).toBe(notes);
    expect(file.letters[1]).toBe(draft);
  });
});

describe("corrected words", () => {
  const corrected = word({
    marks: [
      {
        mark: "corrected",
        text: "BSA 22% today.",
        words: "BSA was 24% that day.",
        from: [at("BSA 22% today.")],
      },
    ],
    own: ["It cannot wait."],
  });
  const signed = source(
    "physician-letter-signed.pdf",
    "Letter\nCorrected by me\nBSA was 24%\nthat day.\nIn my own words\nIt cannot wait.\nNaomi T. Whitlock, MD, NPI 1234567893",
  );

  test("the signed letter is a paper of the case, with the physician's own words and nothing else", () => {
    const { textOf, file } = prepared(corrected, [signed]);
    const text = textOf(signedDocument)!;
    expect(text.split(/\n+/).filter(Boolean)).toEqual([
      "BSA was 24%",
      "that day.",
      "It cannot wait.",
      "Naomi T. Whitlock, MD",
    ]);
    expect(textOf("notes.pdf")).not.toContain("BSA 22%");
    expect(file.documents.at(-1)!.pages[0]!.text).toContain("Corrected by me");
  });

  test("stand in the letter that used the old words, with the physician and both pages named", () => {
    const { file } = prepared(corrected, [signed]);
    const said = file.letters[0]!.passages.filter(
      ({ section }) => section === "What the treating physician states",
    );
    expect(said.map(({ text }) => text)).toEqual([
      "What the treating physician states",
      "Naomi T. Whitlock, MD, correcting the record at Exhibit A, p. 1: “BSA was 24% that day.” (Exhibit D, p. 1).",
      "Naomi T. Whitlock, MD: “It cannot wait.” (Exhibit D, p. 1).",
    ]);
    expect(said[1]!.rests).toContainEqual({ person: "Naomi T. Whitlock, MD" });
  });

  test("are quoted by nothing when the signature is void, and the old words do not come back", () => {
    const { file, textOf } = prepared(corrected, null);
    expect(JSON.stringify(file.letters[0])).not.toContain("24%");
    expect(textOf("notes.pdf")).not.toContain("BSA 22%");
    expect(textOf(signedDocument)).toBeUndefined();
  });
});

test("when everything was confirmed nothing is prepared anew", () => {
  expect(afterPhysician(first, word({}), null, () => expect.fail("prepared for nothing"))).toBe(first);
  expect(afterPhysician(first, undefined, null, () => expect.fail("prepared for nothing"))).toBe(first);
});
