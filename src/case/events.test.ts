import { describe, expect, test } from "vitest";
import { apply, type CaseEvent, type EventBody, fold } from "./events.ts";
import { answersOf } from "./told-answers.ts";

const log = (...bodies: EventBody[]): CaseEvent[] =>
  bodies.map((body, index) => ({ ...body, number: index + 1, at: `2026-10-0${index + 1}`, by: "me" }));
const opened: EventBody = { kind: "opened", title: "A case" };
const paper = (id: string): EventBody => ({
  kind: "paper-added",
  paper: id,
  name: `${id}.pdf`,
  bytes: 1,
  sha256: "",
  blob: id,
});

describe("the present of a case is the fold of its events", () => {
  test("a paper is added, read, and taken out again", () => {
    const events = log(opened, paper("a"), paper("b"), {
      kind: "paper-read",
      paper: "a",
      reading: "r",
      documents: ["a.pdf"],
      pages: 2,
    });
    expect(fold(events).papers.map(({ id, reading }) => [id, reading?.pages ?? null])).toEqual([
      ["a", 2],
      ["b", null],
    ]);
    const without = apply(fold(events), { ...log({ kind: "paper-removed", paper: "a" })[0]!, number: 5 });
    expect(without.papers.map(({ id }) => id)).toEqual(["b"]);
  });

  test("the last answer counts, and “I don’t know” takes an answer back", () => {
    const answer = (value: string | null): EventBody => ({
      kind: "answer-given",
      question: "state",
      answer: value,
    });
    expect(fold(log(opened, answer("OH"), answer("NM"))).answers).toEqual({ state: "NM" });
    expect(answersOf(fold(log(opened, answer("OH"), answer(null))).answers)).toEqual({});
  });

  test("what changes the letters moves `changedAt`, what does not leaves it", () => {
    const events = log(opened, paper("a"), { kind: "reading-confirmed", field: "payer" });
    expect(fold(events).changedAt).toBe(2);
    expect(fold(events).last).toBe(3);
    const corrected = log(opened, paper("a"), {
      kind: "reading-corrected",
      field: "payer",
      value: "X",
      was: null,
    });
    expect(fold(corrected).changedAt).toBe(3);
  });

  test("a field corrected twice has one correction, and counts as checked", () => {
    const to = (value: string): EventBody => ({
      kind: "reading-corrected",
      field: "payer",
      value,
      was: null,
    });
    const { review, confirmed } = fold(log(opened, to("X"), to("Y")));
    expect(review.corrections).toEqual([{ field: "payer", value: "Y", was: null }]);
    expect(confirmed).toEqual(["payer"]);
  });

  test("a new draft takes a failure back", () => {
    const failed = log(opened, paper("a"), { kind: "draft-failed", upTo: 2 });
    expect(fold(failed).failedAt).toBe(2);
    const draft: EventBody = { kind: "drafted", file: "f", parts: [], upTo: 2, asOf: "2026-10-12" };
    expect(fold([...failed, { ...log(draft)[0]!, number: 4 }]).failedAt).toBeNull();
  });
});

describe("answers in the words of the rights input", () => {
  test("days become events, urgent a yes or no, the signer a name with a role", () => {
    const given = {
      "event:notice-received": "2026-10-01",
      urgent: "no",
      plan: "erisa-insured",
      state: null,
      "signer-name": "Elena R. Marsh",
    };
    expect(answersOf(given)).toEqual({
      events: { "notice-received": "2026-10-01" },
      urgent: false,
      plan: "erisa-insured",
      signer: { name: "Elena R. Marsh", role: "" },
    });
  });
});
