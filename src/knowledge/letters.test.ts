import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { stateCodes } from "#base";
import { KnowledgeError } from "./knowledge-file.ts";
import { compileLetters } from "./letters-schema.ts";
import { packageRoot } from "./load.ts";

const names = [
  ...[
    "law",
    "cues",
    "grounds",
    "kinds",
    "appeals",
    "offices",
    "billing",
    "billing-units",
    "dismissals",
    "asked-papers",
  ].map((name) => `letters/${name}`),
  ...["insurance-departments", "medicaid-agencies"].map((name) => `states/${name}`),
];
const files = names.map((name) => ({
  path: `knowledge/${name}.yaml`,
  text: readFileSync(path.join(packageRoot, "knowledge", `${name}.yaml`), "utf8"),
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

  test("an address without its ZIP code is refused at its line", () => {
    expect(problem(changed("offices", "Washington, DC 20210", "Washington, DC"))).toMatch(
      /offices\.yaml:\d+: .*State and ZIP code/,
    );
  });

  test("an office that has neither address nor telephone says where they are found", () => {
    expect(
      problem(changed("offices", "    look: ask at the VA facility that refused the care\n", "")),
    ).toMatch(/offices\.yaml:\d+: .*where they are found/);
  });

  test("two offices of one name would hide each other", () => {
    expect(problem(changed("offices", "id: ebsa", "id: cms"))).toMatch(/two rows are called cms/);
  });

  test("every office decides something that a letter asks for, and every State has its two offices", () => {
    const { offices, appeals } = compileLetters(files);
    const asked = new Set(appeals.flatMap(({ step }) => step));
    const others = /^(regulator-complaint|.*-qio|expedited-.*|chip-review|tricare-hearing)$/;
    for (const { decides } of offices)
      for (const kind of decides) expect(asked.has(kind) || others.test(kind), kind).toBe(true);
    for (const state of stateCodes.slice(0, 51))
      for (const id of [`insurance-department-${state}`, `medicaid-agency-${state}`])
        expect(
          offices.some((office) => office.id === id),
          id,
        ).toBe(true);
  });

  test("a unit that is no size, and a cue of billing that is no expression, are refused", () => {
    expect(problem(changed("billing-units", "J1745: 10 mg", "J1745: ten mg"))).toMatch(
      /billing-units\.yaml:\d+: .*a size such as/,
    );
    expect(problem(changed("letters/billing.yaml", "notice: '\\bNDC", "notice: '\\b(NDC"))).toMatch(
      /billing\.yaml:\d+: a cue of drug-number is no regular expression/,
    );
  });

  test("a letter that nobody chooses would never be made", () => {
    const chooser = readFileSync(path.join(packageRoot, "src", "letter", "choose.ts"), "utf8");
    for (const kind of compileLetters(files).kinds)
      expect(new RegExp(`^ {2}"?${kind.when}"?:`, "m").test(chooser), kind.when).toBe(true);
  });
});
