import { describe, expect, test } from "vitest";
import { groundIds, planKinds, stages, timings } from "#base";
import { refusalCodes } from "#case";
import en from "./texts/en.json" with { type: "json" };
import es from "./texts/es.json" with { type: "json" };
import issues from "./texts/issues-es.json" with { type: "json" };
import { speaker, spokenDate, spokenSize } from "./texts.ts";

const english: Record<string, string> = en;
const spanish: Record<string, string> = es;
const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the catalogues", () => {
  test("say the same things in both languages, with the same blanks", () => {
    expect(Object.keys(spanish)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english))
      expect(blanks(spanish[key]!), key).toEqual(blanks(text));
  });

  test("hold no sentence of more than 25 words", () => {
    const long = Object.values(english)
      .flatMap((text) => text.split(/[.:?!]\s/))
      .filter((sentence) => sentence.split(/\s+/).length > 25);
    expect(long).toEqual([]);
  });

  test("are at grade 8 or below as a whole", () => {
    const sentences = Object.values(english).filter((text) => /[.?!]$/.test(text));
    expect(grade(sentences)).toBeLessThan(8);
  });

  test("know every ground, plan, stage and timing in both languages", () => {
    const lists = { ground: groundIds, plan: planKinds, stage: stages, timing: timings };
    for (const [list, words] of Object.entries(lists))
      for (const word of words) expect(english[`${list}.${word}`], `${list}.${word}`).toBeDefined();
  });
});

/** Flesch-Kincaid grade; syllables are counted as groups of vowels, which is near enough for a ceiling. */
function grade(texts: string[]): number {
  const words = texts.join(" ").match(/[A-Za-z’]+/g)!;
  const sentences = texts.join(" ").match(/[.?!](\s|$)/g)!.length;
  const syllables = words.reduce(
    (sum, word) => sum + Math.max(1, word.match(/[aeiouy]+(?!e?$)|[aeiouy]+$/gi)?.length ?? 1),
    0,
  );
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

describe("problems in Spanish", () => {
  const codes = Object.keys(issues);

  test("are whole sentences of at most 25 words without blanks", () => {
    for (const [code, text] of Object.entries(issues)) {
      expect(text, code).toMatch(/[.]$/);
      expect(blanks(text), code).toEqual([]);
      for (const sentence of text.split(/[.:;]\s/))
        expect(sentence.split(/\s+/).length, code).toBeLessThan(26);
    }
  });

  test("have words for every way in which sending and signing fail", () => {
    const ours = [
      ...refusalCodes,
      ...["npi-invalid", "signer-name-incomplete", "statements-open", "correction-empty", "letter-empty"],
      ...["letter-changed", "attestation-missing", "name-differs", "drawing-unreadable", "signature-void"],
      ...[
        "link-unknown",
        "link-expired",
        "link-used",
        "link-revoked",
        "code-wrong-too-often",
        "letter-missing",
        "signing-interrupted",
        "blacken-in-signed",
      ],
    ];
    for (const code of ours) expect(codes).toContain(code);
  });
});

describe("speaking", () => {
  test("fills blanks and leaves braces that are none of ours", () => {
    expect(speaker("en")("date.left", { n: 5 })).toBe("5 days left");
    expect(speaker("en")("papers.have", {})).toContain("{n}");
  });

  test("a word that is in no catalogue is readable all the same", () => {
    expect(speaker("es").word("right", "a-new-right")).toBe("A new right");
  });

  test("a calendar date does not move with the zone", () => {
    expect(spokenDate("2026-03-01", "en")).toBe("March 1, 2026");
    expect(spokenDate("2026-03-01", "es")).toBe("1 de marzo de 2026");
    expect(spokenDate("soon", "en")).toBe("soon");
  });

  test("sizes are round", () => {
    expect([999, 1000, 1_250_000].map(spokenSize)).toEqual(["999 B", "1 KB", "1.3 MB"]);
  });
});
