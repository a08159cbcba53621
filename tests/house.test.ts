import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter(Boolean);
const texts = tracked
  .filter(
    (file) => /\.(ts|mjs|js|md|ya?ml|json|txt|typ|css|html|sql)$/.test(file) && file !== "package-lock.json",
  )
  .filter((file) => existsSync(path.join(root, file)))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

/** Files in which an expression is found, with the first words found. */
function found(pattern: RegExp, which: (file: string) => boolean = () => true): string[] {
  return texts.flatMap(({ file, text }) => {
    const match = which(file) ? pattern.exec(text) : null;
    return match ? [`${file}: ${match[0]}`] : [];
  });
}

describe("what the repository may hold", () => {
  const others = (file: string) => file !== "tests/house.test.ts";

  test("no path of anybody's machine", () => {
    expect(found(/(?:^|[\s"'`(])(?:\/work\/|\/home\/\w|\/Users\/\w|\/root\/|C:\\Users)/, others)).toEqual([]);
  });

  test("everyone in our examples is invented: telephone numbers are 555 numbers", () => {
    // What Redress answers may name a real office of the State; what goes in is invented.
    const examples = (file: string) =>
      /^(cases|tests|src)\//.test(file) && !/^cases\/[^/]+\/out\//.test(file);
    const number = /(?<![\w.-])(?:\+?1[-. ])?\(?\d{3}\)?[-. ](?!555)\d{3}[-. ]\d{4}(?![\w-])/;
    expect(found(number, (file) => examples(file) && others(file))).toEqual([]);
  });

  test("no number shaped like a Social Security number", () => {
    expect(
      found(
        /(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])/,
        (file) => others(file) && !file.startsWith("knowledge/"),
      ),
    ).toEqual([]);
  });

  test("nothing is generated: no build output, no database, no log", () => {
    expect(
      tracked.filter((file) => /^(dist|node_modules|\.redress|coverage)\/|\.(log|db)$/.test(file)),
    ).toEqual([]);
  });

  test("nothing unfinished is left behind, and no check is switched off", () => {
    const code = (file: string) => /\.(ts|mjs|js)$/.test(file) && others(file);
    expect(
      found(
        /\b(?:TODO|FIXME|XXX)\b|@ts-ignore|@ts-expect-error|\bas any\b(?=[;,)\].])|\b(?:test|describe|it)\.only\(/,
        code,
      ),
    ).toEqual([]);
  });
});
