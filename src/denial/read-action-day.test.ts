import { describe, expect, test } from "vitest";
import type { SourceDocument } from "#source";
import { readActionDay } from "./read-action-day.ts";
import { sheetOf } from "./sheet.ts";

const day = (text: string): string | null => {
  const source: SourceDocument = {
    document: "notice.txt",
    mediaType: "text/plain",
    sha256: "",
    pages: [{ page: 1, text, lines: [{ start: 0, end: text.length, indent: 0 }], ocr: false }],
  };
  return readActionDay(sheetOf(source))?.value ?? null;
};

describe("the day from which approved care is cut or ends", () => {
  test.each([
    ["This decision will start on December 1, 2026.", "2026-12-01"],
    ["Your home health services will end on 03/14/2026.", "2026-03-14"],
    [
      "The Effective Date Coverage of Your Current Skilled Nursing Services Will End: April 9, 2026",
      "2026-04-09",
    ],
    ["The last covered day is 06/30/2026.", "2026-06-30"],
    ["We are reducing your personal care hours from 30 to 12 a week, effective July 15, 2026.", "2026-07-15"],
    [
      "Beginning November 30, 2026 your home health aide visits will be reduced from 7 days per week to 3.",
      "2026-11-30",
    ],
    [
      "NOTICE OF ADVERSE ACTION\nNotice date: November 13, 2026\nEffective date: November 28, 2026\nWe will reduce your hours.",
      "2026-11-28",
    ],
  ])("%s", (text, expected) => expect(day(text)).toBe(expected));

  test.each([
    "Date of this notice: December 1, 2026. We denied your request for therapy.",
    "Medical Policy 903, effective July 1, 2026, was used.",
    "Medical Policy 903\nEffective date: July 1, 2026",
    "Effective July 1, 2026 your plan covers this drug.",
    "You must ask for an appeal by December 12, 2026.",
    "Services were given on 03/14/2026.",
  ])("none: %s", (text) => expect(day(text)).toBeNull());
});
