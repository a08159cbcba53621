import { describe, expect, test } from "vitest";
import type { SourceDocument } from "#source";
import { expeditedFaxes } from "./expedited-fax.ts";
import { destinationsOf } from "./sending.ts";

const notice = (text: string): SourceDocument => ({
  document: "notice.pdf",
  mediaType: "application/pdf",
  sha256: "",
  pages: [{ page: 1, text, lines: [], ocr: false }],
});
const found = (text: string) => expeditedFaxes(notice(text)).map(({ to }) => to);

describe("the fax number for requests that cannot wait", () => {
  test.each([
    "Standard appeals fax: 1-800-555-0101. Expedited appeals fax: 1-800-555-0102.",
    "You may fax a standard appeal to 1-800-555-0101; for an urgent appeal, fax 1-800-555-0102.",
    "Fax: 1-800-555-0101\nFax (expedited): 1-800-555-0102",
    "For a fast appeal call 1-800-555-0100 or fax us\nat 1-800-555-0102. Fax all others to 1-800-555-0101.",
    "Fax: 1-800-555-0101. You can fax 1-800-555-0102 for expedited requests.",
  ])("is told from the standard one: %s", (text) => {
    expect(found(text)).toEqual(["1-800-555-0102"]);
  });

  test.each([
    "Fax your appeal to 1-800-555-0101.",
    "For an expedited appeal call 1-800-555-0100. Fax: 1-800-555-0101.",
    "Expedited appeals are decided in 72 hours. Send all appeals by fax to 1-800-555-0101.",
    "We decide urgent and standard appeals. Standard appeals fax: 1-800-555-0101.",
  ])("is none where the notice has one number, or gives telephone only: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("proves its place", () => {
    const text = "Standard appeals fax: 1-800-555-0101. Expedited appeals fax: 1-800-555-0102.";
    const [span] = expeditedFaxes(notice(text))[0]!.from;
    expect(text.slice(span!.start, span!.end)).toBe(span!.quote);
  });
});

describe("the order of the ways", () => {
  const at = { document: "notice.pdf", page: 1, start: 0, end: 1, quote: "1" };
  const sendTo = {
    fax: { value: "800-555-0101", from: [at], by: "rule" as const },
    address: { value: "P.O. Box 5551", from: [at], by: "rule" as const },
    phone: null,
    email: null,
    portal: null,
  };
  const faxes = [{ to: "1-800-555-0102", from: [at] }];
  const order = (urgent: boolean, list = faxes) =>
    destinationsOf(sendTo, { faxes: list, urgent }).map(({ to, expedited }) => [to, expedited ?? false]);

  test("an urgent request goes to the expedited number first, another to the standard one", () => {
    expect(order(true)[0]).toEqual(["1-800-555-0102", true]);
    expect(order(false)).toEqual([
      ["800-555-0101", false],
      ["P.O. Box 5551", false],
      ["1-800-555-0102", true],
    ]);
  });

  test("one number that the notice keeps for expedited requests stands once, and is called so", () => {
    expect(order(false, [{ to: "(800) 555-0101", from: [at] }])).toEqual([
      ["P.O. Box 5551", false],
      ["(800) 555-0101", true],
    ]);
  });
});
