import { expect, test } from "vitest";
import type { Denial } from "#denial";
import type { SourceDocument } from "#source";
import { findDateConflicts } from "./date-conflicts.ts";

const denial = {
  services: [{ description: { value: "Brexucabtagene autoleucel" }, from: "2026-06-12" }],
} as unknown as Denial;
const found = (text: string) => {
  const page = { page: 1, text, lines: [], ocr: false };
  const record: SourceDocument = {
    document: "summary.txt",
    mediaType: "text/plain",
    sha256: "",
    pages: [page],
  };
  return findDateConflicts(denial, [record]).map(({ code, at }) => [code, at?.quote]);
};

test("a day with its digits transposed is shown with its sentence", () => {
  expect(
    found("Stay of 20 days. Brexucabtagene was infused on 6/21/2026 without reaction. Fever on day 3."),
  ).toEqual([["date-conflict", "Brexucabtagene was infused on 6/21/2026 without reaction."]]);
});
test("the same day, and another session on another day, are no slip", () => {
  expect(found("Brexucabtagene was infused on 06/12/2026.")).toEqual([]);
  expect(found("Brexucabtagene was infused on 07/10/2026.")).toEqual([]);
});
test("a date of something else in the papers is left alone", () => {
  expect(found("Tocilizumab was given on 6/21/2026. Brexucabtagene is planned.")).toEqual([]);
});
