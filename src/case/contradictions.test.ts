import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { findQuote, type SourceDocument } from "#source";
import { findContradictions } from "./contradictions.ts";

const paper = (document: string, text: string): SourceDocument => ({
  document,
  mediaType: "text/plain",
  sha256: "",
  pages: [{ page: 1, text, lines: [], ocr: false }],
});
const notice = paper(
  "denial.txt",
  "Your benefit for this repair is limited to one procedure per lifetime. The request exceeds the quantity limit. We require prior approval.",
);
const denial = {
  services: [{ description: { value: "valve repair" } }],
  grounds: [
    {
      id: "quantity-limit",
      codes: [],
      from: [findQuote(notice, "The request exceeds the quantity limit.")!],
    },
  ],
} as unknown as Denial;
const found = (policy: string) =>
  findContradictions(denial, [notice], [paper("policy.txt", policy)]).map(({ code }) => code);

describe("the letter against the policy it rests on", () => {
  test("a limit per lifetime that the policy says does not exist", () => {
    expect(
      found("Repair may be repeated. There is no lifetime limit on repairs that meet section II."),
    ).toEqual(["denial-contradicts-policy"]);
  });
  test("a policy that says the same is no contradiction", () => {
    expect(found("Repair is covered once per lifetime for each member who meets section II.")).toEqual([]);
  });
  test("a negation elsewhere in the sentence is another clause", () => {
    expect(
      found("When surgery is not an option for the member, one repair per lifetime is covered."),
    ).toEqual([]);
  });
  test("a heading above a sentence is not its negation", () => {
    expect(found("Not Medically Necessary\nLifetime monitoring at home is not part of this policy.")).toEqual(
      [],
    );
  });
  test("the name of what was asked for contradicts nothing", () => {
    expect(found("The member has not had valve repair before.")).toEqual([]);
  });
  test("words that every policy uses do not tell anything", () => {
    expect(found("A target dose is not required when the limiting reason is recorded in the chart.")).toEqual(
      [],
    );
  });
});
