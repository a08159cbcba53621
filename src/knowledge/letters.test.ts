import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { KnowledgeError } from "./knowledge-file.ts";
import { compileLetters } from "./letters-schema.ts";
import { packageRoot } from "./load.ts";

const names = ["law", "cues", "grounds", "kinds", "appeals"];
const files = names.map((name) => ({
  path: `knowledge/letters/${name}.yaml`,
  text: readFileSync(path.join(packageRoot, "knowledge", "letters", `${name}.yaml`), "utf8"),
}));
const changed = (name: string, from: string, to: string) =>
  files.map((file) => (file.path.includes(name) ? { ...file, text: file.text.replace(from, to) } : file));
const problem = (made: typeof files) => {
  try {
    compileLetters(made);
  } catch (cause) {
    if (cause instanceof KnowledgeError) return cause.message;
    throw cause;
  }
  return null;
};

describe("the patterns of letters", () => {
  test("as they stand are sound", () => {
    expect(problem(files)).toBeNull();
  });

  test("a missing ground is named with its file", () => {
    expect(problem(changed("grounds", "- id: duplicate\n", "- id: eligibility\n"))).toMatch(
      /grounds\.yaml:1: no row for the ground duplicate/,
    );
  });

  test("a cue that is no expression is named with its line", () => {
    expect(
      problem(
        changed("grounds", "cue: '\\b(inadequate (response|control)|breakthrough", "cue: '\\b((inadequate"),
      ),
    ).toMatch(/grounds\.yaml:\d+: .*failed-alternatives.* is no regular expression/);
  });

  test("a purpose of law that no sentence serves is refused", () => {
    expect(problem(changed("kinds", "law: records", "law: recordings"))).toMatch(/asks for law "recordings"/);
  });

  test("an unknown field is refused at its line", () => {
    expect(problem(changed("kinds", "to: insurer", "too: insurer"))).toMatch(/kinds\.yaml:\d+:/);
  });

  test("a letter that nobody chooses would never be made", () => {
    const chooser = readFileSync(path.join(packageRoot, "src", "letter", "choose.ts"), "utf8");
    for (const kind of compileLetters(files).kinds)
      expect(new RegExp(`^ {2}"?${kind.when}"?:`, "m").test(chooser), kind.when).toBe(true);
  });
});
