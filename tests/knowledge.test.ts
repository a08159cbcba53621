import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { KnowledgeError } from "#knowledge";
import { parseLiterate, parseYaml } from "../src/knowledge/parse.ts";

process.env.REDRESS_CACHE = mkdtempSync(path.join(os.tmpdir(), "redress-knowledge-"));
const knowledge = await import("#knowledge");

describe("every area of knowledge is checked and compiles", () => {
  const loaders = Object.entries(knowledge).filter(
    ([name]) => /^load[A-Z]/.test(name) && name !== "loadArea",
  ) as [string, () => Promise<unknown>][];

  test("there is something to check", () => {
    expect(loaders.length).toBeGreaterThan(5);
  });

  test.each(loaders)("%s", async (_name, load) => {
    const value = await load();
    const size = Array.isArray(value) ? value.length : Object.keys(value as object).length;
    expect(size).toBeGreaterThan(0);
  });
});

describe("wrong knowledge says where and what to do", () => {
  const schema = z.array(z.strictObject({ id: z.string(), source: z.string() }));
  const read = (text: string) => parseYaml({ path: "knowledge/x.yaml", text }, schema);

  test("a missing source is told by file and by the line of its row", () => {
    const wrong = () => read("- id: a\n  source: s\n- id: b\n");
    expect(wrong).toThrow(KnowledgeError);
    expect(wrong).toThrow(/knowledge\/x\.yaml:3: 1\.source/);
  });
  test("a misspelt field is not passed over", () => {
    expect(() => read("- id: a\n  source: s\n  sorce: t\n")).toThrow(/knowledge\/x\.yaml:1:.*sorce/);
  });
  test("broken YAML is told by its line", () => {
    expect(() => read("- id: a\n  source: [s\n")).toThrow(/knowledge\/x\.yaml:\d/);
  });
  test("a literate file must open with its fields and close its blocks", () => {
    const literate = (text: string) => parseLiterate({ path: "knowledge/law/x.md", text });
    expect(() => literate("# no fields\n")).toThrow(/x\.md:1: no front matter/);
    expect(() => literate("---\na: 1\n---\n## h\n```yaml rule\nid: x\n")).toThrow(
      /x\.md:6: a block is not closed/,
    );
    expect(literate("---\na: 1\n---\n## h\n> words\n```yaml rule\nid: x\n```\n").sections[0]).toMatchObject({
      heading: "h",
      quotes: ["words"],
      fences: [{ tag: "rule", text: "id: x\n", line: 7 }],
    });
  });
});
