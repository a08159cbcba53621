import { describe, expect, test } from "vitest";
import type { Letter } from "#letter";
import type { CaseEvent, EventBody, PassageEdit } from "./events.ts";
import { editLetters, editsAfter } from "./letter-edits.ts";
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

test("a difference is the words that went and came", () => {
  expect(wordDiff("I ask you to approve it.", "I ask that you approve it.")).toEqual([
    { kind: "same", text: "I ask " },
    { kind: "new", text: "that " },
    { kind: "same", text: "you " },
    { kind: "gone", text: "to " },
    { kind: "same", text: "approve it." },
  ]);
});
