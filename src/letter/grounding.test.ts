import { describe, expect, test } from "vitest";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { checkGrounding } from "./grounding.ts";
import type { Letter, Support } from "./types.ts";
import { checkPassage } from "./written-passage.ts";

const { documents, policy } = crohnCase();
const pancreatitis = at("clinic.txt", "stopped 04/02/2026 for acute pancreatitis, lipase 1180");

function codesFor(text: string, rests: Support[], options = {}): string[] {
  const letter: Letter = {
    kind: "internal-appeal",
    file: "appeal-letter",
    title: "Appeal",
    language: "en",
    passages: [{ id: "p1", role: "text", text, rests }],
    issues: [],
  };
  return checkGrounding(letter, documents, { policy, asOf: "2026-10-12", ...options }).map(
    (issue) => issue.code,
  );
}

describe("the checker refuses what rests on nothing", () => {
  test("a passage without support", () => {
    expect(codesFor("Azathioprine was not tolerated.", [])).toEqual(["passage-unsupported"]);
  });

  test("a quotation that is not on its page", () => {
    const moved = { ...pancreatitis, start: pancreatitis.start + 1, end: pancreatitis.end + 1 };
    expect(codesFor("It was stopped.", [{ evidence: moved }])).toEqual(["quote-not-on-page"]);
  });

  test("words in quotation marks that no support holds", () => {
    expect(codesFor("The note says “stopped for rash”.", [{ evidence: pancreatitis }])).toEqual([
      "quote-unsupported",
    ]);
    expect(
      codesFor("The note says “stopped 04/02/2026 for acute   pancreatitis”.", [{ evidence: pancreatitis }]),
    ).toEqual([]);
  });

  test("a date in another spelling is the same date, another day is not", () => {
    expect(codesFor("Azathioprine ended on April 2, 2026.", [{ evidence: pancreatitis }])).toEqual([]);
    expect(codesFor("Azathioprine ended on April 3, 2026.", [{ evidence: pancreatitis }])).toEqual([
      "date-unsupported",
    ]);
  });

  test("a number that no support holds, but not exhibit and page numbers", () => {
    expect(codesFor("Lipase was 1180 (Exhibit C, p. 2).", [{ evidence: pancreatitis }])).toEqual([]);
    expect(codesFor("Lipase was 1,181.", [{ evidence: pancreatitis }])).toEqual(["number-unsupported"]);
  });

  test("a criterion lends its own words and numbers", () => {
    expect(codesFor("The policy asks for 3 months.", [{ criterion: "c3" }])).toEqual([]);
    expect(codesFor("The policy asks for 6 months.", [{ criterion: "c3" }])).toEqual(["number-unsupported"]);
  });

  test("a day that the law gave may stand on the law alone", () => {
    const law: Support = { law: { id: "29-cfr-2560.503-1#h-3-i", label: "29 CFR 2560.503-1(h)(3)(i)" } };
    expect(codesFor("In time until March 31, 2027.", [law], { lawDays: ["2027-03-31"] })).toEqual([]);
    expect(codesFor("In time until March 30, 2027.", [law], { lawDays: ["2027-03-31"] })).toEqual([
      "date-unsupported",
    ]);
  });

  test("form states no number of three digits and no date but the letter's own", () => {
    expect(codesFor("Dated October 12, 2026.", [{ form: true }])).toEqual([]);
    expect(codesFor("Please pay 640 dollars.", [{ form: true }])).toEqual(["number-unsupported"]);
  });

  test("a drug that no support names", () => {
    const drugs = { drugs: ["methotrexate", "azathioprine"] };
    expect(codesFor("Methotrexate was not tolerated.", [{ evidence: pancreatitis }], drugs)).toEqual([
      "drug-unsupported",
    ]);
  });
});

describe("one passage by itself, after an edit", () => {
  const file = crohnCase();
  file.facts = [
    {
      id: "f1",
      type: "medication",
      concept: "adalimumab",
      codes: [],
      text: "Adalimumab",
      assertion: "present",
      when: { earliest: null, latest: null },
      from: [at("clinic.txt", "Adalimumab was not filled")],
    },
  ];
  const edited = (text: string, rests: Support[] = [{ evidence: pancreatitis }, { person: "Ann Lee" }]) =>
    checkPassage({ id: "p7", role: "text", text, rests, by: "Ann Lee" }, file);

  test("every problem of it is told at once, beside its passage, as the writer's to vouch for", () => {
    const issues = edited("On April 9, 2026 I weighed 71 kg and the note said “rash”.");
    expect(issues.map(({ code }) => code)).toEqual([
      "quote-unsupported",
      "date-unsupported",
      "number-unsupported",
    ]);
    expect(issues.every(({ passage, severity }) => passage === "p7" && severity === "warning")).toBe(true);
  });

  test("words that still rest on their page pass, another drug of the record does not", () => {
    expect(edited("On April 2, 2026 it was stopped; lipase was 1180.")).toEqual([]);
    expect(edited("Adalimumab was stopped on April 2, 2026.").map(({ code }) => code)).toEqual([
      "drug-unsupported",
    ]);
  });

  test("what the draft named is not asked about again; what rests on one's word alone is said, courtesy is not", () => {
    const drafted = {
      id: "p7",
      role: "text" as const,
      text: "I ask for adalimumab.",
      rests: [{ evidence: pancreatitis }],
    };
    const anew = (text: string, rests: Support[], draft: Parameters<typeof checkPassage>[0] | null) =>
      checkPassage({ id: "p7", role: "text", text, rests, by: "Ann Lee" }, file, { drafted: draft }).map(
        ({ code, severity }) => [code, severity],
      );
    const own: Support[] = [{ person: "Ann Lee" }];
    expect(anew("Adalimumab was stopped.", [{ evidence: pancreatitis }, ...own], drafted)).toEqual([]);
    expect(anew("I am tired.", own, drafted)).toEqual([
      ["support-lost", "warning"],
      ["rests-on-word", "information"],
    ]);
    expect(anew("I am tired.", own, null)).toEqual([["rests-on-word", "information"]]);
    const dear = { ...drafted, text: "Dear reviewer:", rests: [{ form: true as const }] };
    expect(anew("Dear Sir or Madam:", own, dear)).toEqual([]);
  });

  test("an exhibit that is not in the packet, or a page of it, is said", () => {
    const exhibits = [{ label: "C", pages: [1, 2] }];
    const cites = (text: string) =>
      checkPassage(
        { id: "p7", role: "text", text, rests: [{ evidence: pancreatitis }], by: "Ann Lee" },
        file,
        {
          exhibits,
        },
      ).map(({ code }) => code);
    expect(cites("See Exhibit C, p. 2.")).toEqual([]);
    expect(cites("See Exhibit C, p. 3.")).toEqual(["exhibit-unknown"]);
    expect(cites("See Exhibit D.")).toEqual(["exhibit-unknown"]);
  });

  test("a passage that was drafted and lost its page is an error", () => {
    const [issue] = checkPassage({ id: "p2", role: "text", text: "It was stopped.", rests: [] }, file);
    expect(issue).toMatchObject({ code: "passage-unsupported", severity: "error", passage: "p2" });
  });
});
