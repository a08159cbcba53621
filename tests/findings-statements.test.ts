import { describe, expect, test } from "vitest";
import { loadMatching } from "#knowledge";
import { answer } from "./fixtures/made-charts.ts";

const { statements } = await loadMatching();

describe("every statement shows notes that make it and notes that do not", () => {
  for (const { id, example } of statements) {
    for (const note of example.yes)
      test(`${id}: ${note}`, () => {
        expect(answer(example.criterion, [`Visit 05/12/2026\n${note}`])).toBe("met");
      });
    for (const note of example.no)
      test(`${id}, not: ${note}`, () => {
        expect(answer(example.criterion, [`Visit 05/12/2026\n${note}`])).not.toBe("met");
      });
  }
  test("a criterion that asks for more is not answered by the statement alone", () => {
    const criterion = "The member is confined to the home and has had three falls in the past 12 months";
    expect(answer(criterion, ["Visit 05/12/2026\nLeaving home takes a taxing effort."])).not.toBe("met");
  });
});
