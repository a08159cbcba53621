import { describe, expect, test } from "vitest";
import { datesIn } from "./written-dates.ts";

const days = (text: string): string[] => datesIn(text).map(({ value }) => value);

describe("dates in a text", () => {
  test.each([
    ["from 12/01/2025-12/19/2025", ["2025-12-01", "2025-12-19"]],
    ["12/01/25-12/19/25", ["2025-12-01", "2025-12-19"]],
    ["12/01/2025 – 12/19/2025", ["2025-12-01", "2025-12-19"]],
    ["el 9 de octubre de 2026", ["2026-10-09"]],
    ["1º de setiembre del 2026", ["2026-09-01"]],
    ["October 9th, 2026 and 9 October 2026", ["2026-10-09", "2026-10-09"]],
  ])("%s", (text, expected) => {
    expect(days(text)).toEqual(expected);
  });
  test.each(["10-11-2025-33", "555-12-1234-01", "31 de febrero de 2026", "1/2-3/4/2026"])(
    "%s is no date",
    (text) => {
      expect(days(text)).toEqual([]);
    },
  );
});
