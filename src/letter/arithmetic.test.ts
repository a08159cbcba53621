import { describe, expect, test } from "vitest";
import { reckonedIn } from "./arithmetic.ts";

const held = (...numbers: string[]) => new Set(numbers);

describe("a result stands on its operands", () => {
  test("a quotient, a product and a sum are worked out again", () => {
    expect(reckonedIn("400 mg ÷ 10 mg = 40 units", held("400", "10"), new Set()).numbers).toEqual(held("40"));
    expect(reckonedIn("2 × 30 = 60 days", held("2", "30"), new Set()).numbers).toEqual(held("60"));
    expect(reckonedIn("30 + 30 + 90 = 150 days", held("30", "90"), new Set()).numbers).toEqual(held("150"));
  });

  test("a wrong result, or an operand that no support holds, proves nothing", () => {
    expect(reckonedIn("400 mg ÷ 10 mg = 41", held("400", "10"), new Set()).numbers.size).toBe(0);
    expect(reckonedIn("400 mg ÷ 10 mg = 40", held("400"), new Set()).numbers.size).toBe(0);
  });

  test("days after a day, and days between two days", () => {
    const text = "05/21/2026 + 30 days = 06/20/2026; 06/20/2026 to 07/01/2026 is 11 days without a fill.";
    const made = reckonedIn(text, held("30"), new Set(["2026-05-21", "2026-07-01"]));
    expect([...made.dates]).toEqual(["2026-06-20"]);
    expect([...made.numbers]).toEqual(["11"]);
    expect(
      reckonedIn("05/21/2026 + 30 days = 06/21/2026", held("30"), new Set(["2026-05-21"])).dates.size,
    ).toBe(0);
  });
});
