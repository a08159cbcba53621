import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Who may import whom, by value or by type. Everything not named here is forbidden. */
const mayImport: Record<string, string[]> = {
  base: [],
  knowledge: ["base"],
  source: ["base"],
  intake: ["base", "source"],
  denial: ["base", "source"],
  plan: ["base", "source"],
  law: ["base"],
  precedent: ["base"],
  policy: ["base", "source"],
  record: ["base", "source"],
  finding: ["base", "source", "policy", "record"],
  letter: ["base", "source", "intake", "denial", "plan", "law", "policy", "record", "finding"],
  guide: ["base", "law"],
  packet: ["base", "source", "intake", "denial", "law", "policy", "record", "finding", "letter"],
  case: [
    "base",
    "source",
    "intake",
    "denial",
    "plan",
    "law",
    "policy",
    "record",
    "finding",
    "letter",
    "packet",
  ],
  io: ["base", "source", "letter", "packet", "case"],
};
/** The two edges may import every module. The command line starts the workbench (`serve`), never the other way round. */
const edges = ["cli", "web"];
/** Modules that may name `#knowledge` in a type import only: shapes, never loading. */
const knowledgeAsTypes = new Set(
  Object.keys(mayImport).filter((name) => !["base", "knowledge", "io"].includes(name)),
);
/** Modules that touch the machine. All others are pure: no `node:`, no clock, no randomness. */
const impure = new Set(["io", "knowledge", "cli", "web"]);
/** Which folder may use which npm package. */
const packages: Record<string, string[]> = {
  knowledge: ["yaml", "zod"],
  record: ["@rgrove/parse-xml", "jsonc-parser"],
  denial: ["jsonc-parser"],
  intake: ["fastest-levenshtein"],
  web: ["hono", "@hono/node-server", "zod", "busboy"],
  cli: ["yaml", "csv-parse"],
};

type Import = { file: string; module: string; target: string; typeOnly: boolean };

const sources = readdirSync(path.join(root, "src"), { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|bench)\.tsx?$/.test(entry.name),
  )
  .map((entry) => path.relative(path.join(root, "src"), path.join(entry.parentPath, entry.name)));

const imports: Import[] = sources.flatMap((file) => {
  const text = readFileSync(path.join(root, "src", file), "utf8");
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...text.matchAll(statement)].map((found) => ({
    file,
    module: file.split(path.sep)[0]!,
    target: found[2] ?? found[3] ?? found[4]!,
    typeOnly: found[1] !== undefined,
  }));
});

const wrong = (test: (entry: Import) => boolean) =>
  imports.filter(test).map((entry) => `${entry.file} imports ${entry.target}`);

describe("the import table", () => {
  test("modules import only what stands below them, through its door", () => {
    expect(
      wrong(({ module, target, typeOnly }) => {
        if (!target.startsWith("#")) return false;
        const to = target.slice(1);
        if (edges.includes(module)) return to === "cli" && to !== module;
        if (to === "knowledge" && typeOnly && knowledgeAsTypes.has(module)) return false;
        return !(mayImport[module] ?? []).includes(to);
      }),
    ).toEqual([]);
  });

  test("nobody reaches into another module's files", () => {
    expect(
      wrong(({ file, target }) => {
        if (!target.startsWith(".")) return false;
        const reached = path.normalize(path.join(path.dirname(file), target));
        return reached.split(path.sep)[0] !== file.split(path.sep)[0];
      }),
    ).toEqual([]);
  });

  test("pure modules use neither the machine nor packages that are not in the table", () => {
    expect(
      wrong(({ module, target }) => {
        if (target.startsWith("#") || target.startsWith(".")) return false;
        if (target.startsWith("node:")) return !impure.has(module);
        if (module === "io") return false;
        return !(packages[module] ?? []).some((name) => target === name || target.startsWith(`${name}/`));
      }),
    ).toEqual([]);
  });

  test("pure modules know no clock and no chance", () => {
    const impureWords = /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bprocess\.[a-z]|\bcrypto\.random/;
    const found = sources.filter((file) => {
      if (impure.has(file.split(path.sep)[0]!)) return false;
      return impureWords.test(readFileSync(path.join(root, "src", file), "utf8"));
    });
    expect(found).toEqual([]);
  });
});

describe("the habits of the house", () => {
  const lengths = sources.map((file) => ({
    file,
    lines: readFileSync(path.join(root, "src", file), "utf8").split("\n").length - 1,
  }));

  test("no source file is longer than 300 lines", () => {
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("no file is called utils, helper, manager, service, data or info", () => {
    expect(
      sources.filter((file) => /(^|[-/])(utils?|helpers?|manager|service|data|info)\.ts/.test(file)),
    ).toEqual([]);
  });
});
