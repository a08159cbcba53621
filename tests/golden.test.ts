import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const cases = readdirSync(path.join(root, "cases"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The JSON of the contract, word for word; the printed files are held by their names. */
const golden = [
  "denial.json",
  "rights.json",
  "policy.json",
  "facts.json",
  "findings.json",
  "letter.json",
  "issues.json",
];

describe.each(cases)("the whole case %s", (slug) => {
  const folder = path.join(root, "cases", slug);
  const out = mkdtempSync(path.join(os.tmpdir(), "redress-golden-"));

  test("the papers go in, and every file comes out", { timeout: 120_000 }, () => {
    execFileSync(path.join(root, "bin", "redress"), ["appeal", path.join(folder, "in"), "--out", out], {
      stdio: "pipe",
    });
    expect(readdirSync(out).sort()).toEqual(expected(folder, "files.txt").trim().split("\n"));
  });

  test.each(golden)("%s is as it was read and agreed", (name) => {
    expect(JSON.parse(readFileSync(path.join(out, name), "utf8"))).toEqual(
      JSON.parse(expected(folder, name)),
    );
  });
});

/** A missing golden file fails: it is written by hand with `npm run golden`, and read before it is committed. */
function expected(folder: string, name: string): string {
  const file = path.join(folder, "out", name);
  if (!existsSync(file))
    throw new Error(`${path.relative(root, file)} is missing: run npm run golden, and read what it wrote`);
  return readFileSync(file, "utf8");
}
