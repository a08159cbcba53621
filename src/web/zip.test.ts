import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { zipOf } from "./zip.ts";

const parts = [
  { name: "packet.pdf", bytes: new TextEncoder().encode("the packet") },
  { name: "carta en español.docx", bytes: new Uint8Array(70_000).fill(3) },
];

test("a zip opens with its parts unchanged", () => {
  const opened = unzipSync(zipOf(parts));
  expect(Object.keys(opened)).toEqual(parts.map(({ name }) => name));
  for (const { name, bytes } of parts)
    expect(Buffer.from(opened[name]!).equals(Buffer.from(bytes))).toBe(true);
});

test("another program finds no fault in its sums", ({ skip }) => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "redress-zip-")), "all.zip");
  writeFileSync(file, zipOf(parts));
  const script = "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())";
  const said = spawnSync("python3", ["-c", script, file], { encoding: "utf8" });
  if (said.error) skip("no python3 here");
  expect(said.stdout.trim()).toBe("None");
});

test("the same parts give the same bytes", () => {
  expect(Buffer.from(zipOf(parts)).equals(Buffer.from(zipOf(parts)))).toBe(true);
});
