import { expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { findQuote } from "#source";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { setDesk } from "./draft-letters.ts";
import { checkGrounding } from "./grounding.ts";
import { draftSupplyAnnex } from "./supply-annex.ts";

const knowledge = await loadLetters();

/** The lines of the annex for fills of a month each on these days. */
function annexOf(...days: string[]): string[] {
  const input = crohnCase();
  const source = input.documents.find(({ document }) => document === "clinic.txt")!;
  const page = source.pages[0]!;
  page.text = `${page.text}\n${days.map((day) => `${day} | budesonide 9 mg | 30`).join("\n")}`;
  input.facts = days.map((day, index) => {
    const row = findQuote(source, `${day} | budesonide 9 mg | 30`)!;
    const part = (from: number, to: number) => ({
      ...row,
      start: row.start + from,
      end: row.start + to,
      quote: row.quote.slice(from, to),
    });
    return {
      id: `f${index}`,
      type: "medication",
      concept: "budesonide",
      codes: [],
      text: "budesonide",
      assertion: "present",
      course: { start: `${day.slice(6)}-${day.slice(0, 2)}-${day.slice(3, 5)}`, daysSupply: 30 },
      when: { earliest: null, latest: null },
      from: [part(0, 10), part(13, 28), part(31, 33)],
    };
  });
  const annex = draftSupplyAnnex(setDesk(input, knowledge));
  if (!annex) return [];
  expect(checkGrounding(annex, input.documents, { asOf: input.asOf })).toEqual([]);
  return annex.passages.map(({ text }) => text);
}

test("a time without a gap is counted from the first fill to the end of the last", () => {
  expect(annexOf("01/10/2026", "02/09/2026", "03/09/2026")).toContain(
    "No day is without a fill: 03/09/2026 + 30 days = 04/08/2026; 01/10/2026 to 04/08/2026 is 88 days.",
  );
});

test("with a gap the longest time without one is given, and the gap is not hidden", () => {
  const lines = annexOf("01/10/2026", "02/09/2026", "04/20/2026");
  expect(lines).toContain(
    "Longest time without a gap: 02/09/2026 + 30 days = 03/11/2026; 01/10/2026 to 03/11/2026 is 60 days.",
  );
  expect(lines).toContain(
    "02/09/2026 + 30 days = 03/11/2026; 03/11/2026 to 04/20/2026 is 40 days without a fill.",
  );
});

test("one fill makes no annex", () => {
  expect(annexOf("01/10/2026")).toEqual([]);
});
