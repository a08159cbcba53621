/**
 * Every file of the torture collections, where they are at hand (REDRESS_SHARED, else ../shared): each is read or
 * gives a clear issue; none crashes, hangs or breaks what a page promises.
 *   node tests/bench/papers-sweep.ts [PART-OF-FOLDER-NAME …]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readFiles } from "#io";
import type { SourceDocument } from "#source";

const root = path.resolve(
  process.env.REDRESS_SHARED ?? path.join(import.meta.dirname, "../../../shared"),
  "data",
);
const wanted = process.argv.slice(2);
const collections = /^(?:pdf_torture|pdf_samples|pdf_tables|docx|scans|ccda|fhir|bluebutton)_/;
/** What stands in the collections beside papers: their own programs. */
const programs = /\.(?:py|js|mjs|ts|rb|java|css|sh|toml|cfg|link|ya?ml|map)$/;
/** A page of a bad scan on a busy machine; reading processes are given up before. */
const LONGEST = 120_000;

/** What is wrong with a document's pages, or nothing. */
function brokenPromise({ pages }: SourceDocument): string | null {
  for (const { text, lines, words = [] } of pages) {
    let last = 0;
    for (const { start, end } of lines) {
      if (start < last || end <= start || end > text.length) return "lines do not follow each other";
      last = end;
    }
    for (const { start, end } of words) {
      if (end > text.length || /^$|\s/.test(text.slice(start, end))) return "a word holds a blank";
    }
  }
  return null;
}

async function sweep(folder: string): Promise<number> {
  const files = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !programs.test(entry.name),
  );
  let bad = 0;
  const codes = new Map<string, number>();
  for (const entry of files) {
    const began = Date.now();
    const file = path.join(entry.parentPath, entry.name);
    const read = await readFiles([{ name: entry.name, bytes: readFileSync(file) }]);
    const problem =
      Date.now() - began > LONGEST
        ? "took too long"
        : read.documents.length + read.issues.length === 0
          ? "neither document nor issue"
          : read.documents.map(brokenPromise).find(Boolean);
    if (problem) {
      bad++;
      process.stdout.write(`  ${path.relative(root, file)}: ${problem}\n`);
    }
    const said = read.issues.length === 0 ? ["read"] : read.issues.map((issue) => issue.code);
    for (const code of said) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  const counts = [...codes].map(([code, count]) => `${code} ${count}`).join(", ");
  process.stdout.write(`${folder.padEnd(28)} ${String(files.length).padStart(4)} files: ${counts}\n`);
  return bad;
}

if (!existsSync(root))
  process.stdout.write(`no collections at ${root}; set REDRESS_SHARED to the folder that holds data/\n`);
else {
  let bad = 0;
  for (const folder of readdirSync(root).filter((name) => collections.test(name))) {
    if (wanted.length === 0 || wanted.some((part) => folder.includes(part))) bad += await sweep(folder);
  }
  process.exitCode = bad > 0 ? 1 : 0;
}
