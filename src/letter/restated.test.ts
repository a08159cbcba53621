import { expect, test } from "vitest";
import { carried } from "./restated.ts";
import type { Passage } from "./types.ts";

const page = {
  document: "notes.pdf",
  page: 3,
  start: 0,
  end: 60,
  quote: "Clobetasol twice daily for five weeks: inadequate response, EASI 21.4",
};
const law = { id: "29-cfr-2560.503-1#h", label: "29 CFR 2560.503-1(h)" };
const drafted: Passage = {
  id: "p1",
  role: "text",
  text: "Clobetasol twice daily for five weeks brought an inadequate response (Exhibit C, p. 3). You must weigh it (29 CFR 2560.503-1(h)).",
  rests: [{ evidence: page }, { law }],
  cites: [{ words: "Exhibit C, p. 3", at: page }],
};

test("words said otherwise still rest on their page", () => {
  const { kept } = carried("Five weeks of clobetasol brought no adequate response.", drafted);
  expect(kept).toContainEqual({ evidence: page });
});

test("a page that is still cited still counts", () => {
  expect(carried("See Exhibit C, p. 3.", drafted).kept).toContainEqual({ evidence: page });
});

test("other words rest on it no longer, nor on a law they do not name", () => {
  const { kept, lost } = carried("I am very tired and cannot work.", drafted);
  expect(kept).toEqual([]);
  expect(lost).toEqual(drafted.rests);
});

test("what was the form of a letter stays form", () => {
  const dear: Passage = { id: "p2", role: "salutation", text: "Dear reviewer:", rests: [{ form: true }] };
  expect(carried("To whom it may concern:", dear).kept).toEqual([{ form: true }]);
});
