import { describe, expect, test } from "vitest";
import { countPattern, numberOf, numberPattern } from "./number-words.ts";

describe("numbers in digits and words", () => {
  test.each([
    ["12", 12],
    ["1,200", 1200],
    ["2.5", 2.5],
    ["twelve", 12],
    ["Eighteen", 18],
    ["twenty-four", 24],
    ["ninety nine", 99],
    ["three hundred", 300],
    ["a hundred", 100],
    ["a couple of", 2],
    ["couple of", 2],
    ["half a", 0.5],
    ["one and a half", 1.5],
    ["two and one-half", 2.5],
    ["an", 1],
    ["a dozen", 12],
  ])("%s is %d", (text, value) => expect(numberOf(text)).toBe(value));

  test.each(["several", "", "few weeks", "twenty twelve", "one two", "four twenty", "mg"])(
    "%s is no number",
    (text) => expect(numberOf(text)).toBeNull(),
  );

  test("the pattern takes a whole number, not its beginning", () => {
    const at = new RegExp(`\\b${numberPattern}\\b`, "i");
    expect(at.exec("for twenty-four weeks")![0]).toBe("twenty-four");
    expect(at.exec("for one and a half years")![0]).toBe("one and a half");
    expect(at.exec("for seventeen days")![0]).toBe("seventeen");
    expect(new RegExp(`\\b${countPattern}(?= weeks)`, "i").exec("a couple of weeks")![0]).toBe("a couple of");
  });
});
