import { describe, expect, test } from "vitest";
import type { SortedPapers } from "#intake";
import { knowledge, paper } from "../../tests/denials-paper.ts";
import { withNotice } from "./find-notice.ts";

const letter = (end: string): string => `Third Shore Health Plan
February 11, 2026

Dear Delphine Armitage:

Your physical therapy at Riverbend Rehab was approved for 12 visits. Riverbend asked for 10 more (97110). You have met the goals that were set. We will not add visits after February 14, 2026.

Member ID 5550-18-2277.

${end}`;
const way =
  "You have 180 days to appeal. Send your letter to Third Shore Health Plan, PO Box 5556, Erie, PA 16501.";

const kindOf = (text: string, recordKind?: string): string => {
  const source = paper(text);
  const sorted = {
    papers: [{ document: source.document, kind: "record", recordKind, pages: [1], from: [] }],
    issues: [],
  } as unknown as SortedPapers;
  return withNotice(sorted, [source], knowledge).papers[0]!.kind;
};

describe("a letter that was taken for a record", () => {
  test("is the notice when it refuses and opens an appeal", () => {
    expect(kindOf(letter(way), "therapy-note")).toBe("denial");
  });
  test("stays a record of its kind when it opens none", () => {
    expect(kindOf(letter(""), "therapy-note")).toBe("record");
  });
  test("an approval is no notice", () => {
    expect(kindOf(letter(way).replace(/You have met.*2026\.\n/, "We approved them.\n"), "therapy-note")).toBe(
      "record",
    );
  });
});
