import { describe, expect, test } from "vitest";
import { loadPolicyWords } from "#knowledge";
import { likeliestKind, marksOf } from "./kind-by-example.ts";
import { kindOf } from "./leaf-kind.ts";

const words = await loadPolicyWords();

/** Every fifth example, and the words with all others. */
function heldOut(turn: number) {
  const out = new Map<string, string[]>();
  const examples = words.examples.map(({ kind, of }) => ({
    kind,
    of: of.filter((text, index) => {
      if ((index + turn) % 5 !== 0) return true;
      out.set(text, [...(out.get(text) ?? []), kind]);
      return false;
    }),
  }));
  const left = [...out].filter(([text]) => !examples.some(({ of }) => of.includes(text)));
  return { left, words: { ...words, examples } };
}

describe("a criterion that holds no clue", () => {
  test("takes the kind of the examples it is most like: two in five of the hardest rightly", () => {
    let right = 0;
    let asked = 0;
    for (const turn of [0, 1, 2, 3, 4]) {
      const { left, words: taught } = heldOut(turn);
      for (const [text, kinds] of left) {
        if (kindOf(text, "", taught) !== null) continue;
        asked += 1;
        if (kinds.includes(likeliestKind(text, taught) ?? "")) right += 1;
      }
    }
    expect(asked).toBeGreaterThan(50);
    expect(right / asked).toBeGreaterThan(0.35);
  });

  test("stays with a person where no word of it stands in any example", () => {
    expect(likeliestKind("Zyxt qwv", words)).toBeNull();
    expect(likeliestKind("> 3", words)).toBeNull();
    expect(likeliestKind("Cannot bathe or dress without help", words)).toBe("function");
  });

  test("is known by stems, pairs and its opening, not by its numbers", () => {
    expect(marksOf("Aged 18 to 65")).toEqual(marksOf("Aged 2 to 11"));
    expect(marksOf("Ulcers healed")).toContain("<disease>");
  });
});
