import { describe, expect, test } from "vitest";
import type { Letter } from "#letter";
import type { CaseEvent, EventBody, PassageEdit } from "./events.ts";
import { editLetters, editsAfter } from "./letter-edits.ts";
import { oneStep } from "./letter-places.ts";
import { wordDiff } from "./word-diff.ts";

const letterOf = (...texts: string[]): Letter => ({
  kind: "internal-appeal",
  file: "appeal-letter",
  title: "Appeal",
  language: "en",
  issues: [],
  passages: texts.map((text, index) => ({
    id: `p${index + 1}`,
    role: "text",
    text,
    rests: [{ form: true }],
  })),
});
const letter = "appeal-letter";
const edited = (drafted: Letter, ...bodies: EventBody[]) => {
  const edits = bodies.reduce<PassageEdit[]>(
    (all, body, number) =>
      editsAfter(all, { ...body, number, at: "", by: "me" } as Parameters<typeof editsAfter>[1] & CaseEvent),
    [],
  );
  return editLetters([drafted], edits)[0]!;
};
const texts = (one: Letter) => one.passages.map(({ text }) => text);
const drop = (passage: string, was: string): EventBody => ({ kind: "passage-dropped", letter, passage, was });

describe("changes to a letter", () => {
  const drafted = letterOf("One.", "Two.", "Three.");

  test("a passage is dropped, moved, added, and what is added is marked as the person's", () => {
    expect(texts(edited(drafted, drop("p2", "Two.")))).toEqual(["One.", "Three."]);
    const move: EventBody = { kind: "passage-moved", letter, passage: "p3", was: "Three.", places: -1 };
    expect(texts(edited(drafted, move, move))).toEqual(["Three.", "One.", "Two."]);
    const made = edited(drafted, {
      kind: "passage-added",
      letter,
      passage: "own-1",
      was: "One.",
      text: "Mine.",
    });
    expect(texts(made)).toEqual(["One.", "Mine.", "Two.", "Three."]);
    expect(made.passages[1]).toMatchObject({ by: "me", rests: [{ person: "me" }] });
  });

  test("a change finds its words in a letter that was drafted anew with other numbers", () => {
    const anew = letterOf("New first.", "One.", "Two.", "Three.");
    const edit: EventBody = { kind: "passage-edited", letter, passage: "p2", was: "Two.", text: "My two." };
    expect(texts(edited(anew, edit))).toEqual(["New first.", "One.", "My two.", "Three."]);
  });

  test("a change whose words are gone is said, and no other passage is touched", () => {
    const anew = letterOf("One.", "Two, otherwise.", "Three.");
    const made = edited(anew, drop("p2", "Two."));
    expect(texts(made)).toEqual(texts(anew));
    expect(made.issues[0]?.code).toBe("edit-lost");
  });

  test("one's own passage can be changed and dropped; a change can be taken back", () => {
    const add: EventBody = { kind: "passage-added", letter, passage: "own-1", was: "One.", text: "Mine." };
    const change: EventBody = {
      kind: "passage-edited",
      letter,
      passage: "own-1",
      was: "Mine.",
      text: "Mine too.",
    };
    expect(texts(edited(drafted, add, change))).toEqual(["One.", "Mine too.", "Two.", "Three."]);
    expect(texts(edited(drafted, add, drop("own-1", "Mine.")))).toEqual(texts(drafted));
    const back: EventBody = { kind: "passage-restored", letter, passage: "p2" };
    expect(texts(edited(drafted, drop("p2", "Two."), back))).toEqual(texts(drafted));
  });
});

describe("where a passage comes to stand", () => {
  const move = (passage: string, was: string, behind: string | null, from: string | null) => ({
    kind: "passage-moved" as const,
    letter,
    passage,
    was,
    places: 0,
    behind: behind === null ? null : { passage: behind, words: `${behind} stands here as drafted.` },
    from: from === null ? null : { passage: from, words: `${from} stands here as drafted.` },
  });
  const drafted = letterOf(...["p1", "p2", "p3", "p4"].map((id) => `${id} stands here as drafted.`));
  const order = (one: Letter) => texts(one).map((text) => text.slice(0, 2));

  test("behind the passage it was put behind, wherever a new draft has that one", () => {
    const up = move("p4", "p4 stands here as drafted.", "p1", "p3");
    expect(order(edited(drafted, up))).toEqual(["p1", "p4", "p2", "p3"]);
    const anew = letterOf("A new opening.", ...texts(drafted).toReversed());
    expect(order(edited(anew, up))).toEqual(["A ", "p3", "p2", "p1", "p4"]);
  });

  test("at the top, and back where it was drafted nothing is left of the move", () => {
    const top = move("p3", "p3 stands here as drafted.", null, "p2");
    expect(order(edited(drafted, top))).toEqual(["p3", "p1", "p2", "p4"]);
    const home = move("p3", "p3 stands here as drafted.", "p2", "p2");
    expect(order(edited(drafted, top, home))).toEqual(["p1", "p2", "p3", "p4"]);
  });

  test("a heading takes its section along", () => {
    const sections = letterOf("Summary", "First.", "Requests", "Second.", "Third.");
    sections.passages[0]!.role = "heading";
    sections.passages[2]!.role = "heading";
    const before = oneStep(sections.passages, "p3", "up");
    expect(before).toBeNull();
    const up: EventBody = { ...move("p3", "Requests", null, null), from: { passage: "p2", words: "First." } };
    expect(texts(edited(sections, up))).toEqual(["Requests", "Second.", "Third.", "Summary", "First."]);
  });

  test("a row stays in its table and below its head; a paragraph goes past a table as past one", () => {
    const rows = letterOf("Above.", "Head", "One", "Two", "Below.");
    for (const row of rows.passages.slice(1, 4)) Object.assign(row, { role: "row", cells: ["a", "b", "c"] });
    for (const row of rows.passages.slice(2, 4)) row.rests = [{ person: "me" }];
    const step = (id: string, way: "up" | "down") => oneStep(rows.passages, id, way)?.text;
    expect([step("p3", "up"), step("p4", "up"), step("p3", "down"), step("p4", "down")]).toEqual([
      undefined,
      "Head",
      "Two",
      undefined,
    ]);
    expect([step("p1", "down"), step("p5", "up")]).toEqual(["Two", "Above."]);
  });

  test("words added behind words of one's own stay when the first are taken back", () => {
    const add = (passage: string, behind: string, text: string): EventBody => ({
      kind: "passage-added",
      letter,
      passage,
      was: text,
      text,
      behind: { passage: behind, words: `${behind} stands here as drafted.` },
    });
    const both = [add("own-1", "p2", "Mine."), add("own-2", "own-1", "Mine too.")];
    expect(order(edited(drafted, ...both))).toEqual(["p1", "p2", "Mi", "Mi", "p3", "p4"]);
    const back: EventBody = { kind: "passage-restored", letter, passage: "own-1", op: "add" };
    const left = edited(drafted, ...both, back);
    expect(texts(left)[2]).toBe("Mine too.");
    expect(left.issues).toEqual([]);
  });

  test("taking back the new words leaves the move", () => {
    const change: EventBody = {
      kind: "passage-edited",
      letter,
      passage: "p3",
      was: "p3 stands here as drafted.",
      text: "My three.",
    };
    const back: EventBody = { kind: "passage-restored", letter, passage: "p3", op: "edit" };
    const made = edited(drafted, change, move("p3", "p3 stands here as drafted.", null, "p2"), back);
    expect(order(made)).toEqual(["p3", "p1", "p2", "p4"]);
  });
});

describe("a new draft after new papers", () => {
  const at = (document: string, page: number) => ({ document, page, start: 0, end: 9, quote: "EASI 21.4" });
  const citing = (label: string, text: string) => {
    const one = letterOf(text);
    one.passages[0]!.cites = [{ words: `Exhibit ${label}, p. 3`, at: at("notes.pdf", 3) }];
    one.passages[0]!.rests = [{ evidence: at("notes.pdf", 3) }];
    return one;
  };

  test("labels of exhibits follow in the person's words, and the change is not lost for them", () => {
    const edit: EventBody = {
      kind: "passage-edited",
      letter,
      passage: "p1",
      was: "The score was 21.4 in August (Exhibit C, p. 3).",
      text: "My score was 21.4 then (Exhibit C, p. 3).",
      cites: [{ words: "Exhibit C, p. 3", at: at("notes.pdf", 3) }],
    };
    const made = edited(citing("D", "The score was 21.4 in August (Exhibit D, p. 3)."), edit);
    expect(texts(made)).toEqual(["My score was 21.4 then (Exhibit D, p. 3)."]);
    expect(made.issues).toEqual([]);
    expect(made.passages[0]!.cites).toEqual([{ words: "Exhibit D, p. 3", at: at("notes.pdf", 3) }]);
  });

  test("where the draft now says otherwise, the person's words stand and that is said", () => {
    const edit: EventBody = {
      kind: "passage-edited",
      letter,
      passage: "p1",
      was: "The record shows two trials of creams over ten weeks.",
      text: "I tried two creams for ten weeks.",
      kin: { role: "text" },
    };
    const made = edited(letterOf("The record shows three trials of creams over ten weeks."), edit);
    expect(texts(made)).toEqual(["I tried two creams for ten weeks."]);
    expect(made.issues.map(({ code }) => code)).toEqual(["edit-outdated"]);
  });

  test("a row of a table that says much the same is not taken for a paragraph that is gone", () => {
    const words = "The record shows two trials of creams over ten weeks.";
    const edit = {
      kind: "passage-edited" as const,
      letter,
      passage: "p1",
      was: words,
      text: "I tried two creams.",
      kin: { role: "text" as const },
    };
    const anew = letterOf("The record shows three trials of creams over ten weeks.");
    anew.passages[0]!.role = "row";
    const made = edited(anew, edit);
    expect(texts(made)).toEqual(texts(anew));
    expect(made.issues.map(({ code }) => code)).toEqual(["edit-lost"]);
  });
});

test("a difference is the words that went and came", () => {
  expect(wordDiff("I ask you to approve it.", "I ask that you approve it.")).toEqual([
    { kind: "same", text: "I ask " },
    { kind: "new", text: "that " },
    { kind: "same", text: "you " },
    { kind: "gone", text: "to " },
    { kind: "same", text: "approve it." },
  ]);
});
