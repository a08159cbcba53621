import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type KnowledgeFile, relativeTo } from "./knowledge-file.ts";

/** Root of the package: the folder that holds `knowledge/`. */
export const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const cacheFolder = process.env["REDRESS_CACHE"] ?? path.join(packageRoot, ".redress", "cache");

/** What one area of knowledge is made of: its files and the function that checks and compiles them. */
export type Area<T> = {
  name: string;
  /** Files or folders below `knowledge/`, without the prefix. */
  paths: string[];
  /** Imported only when the compiled snapshot is stale, so that parsers and schemas cost nothing at start. */
  compile: () => Promise<(files: KnowledgeFile[]) => T>;
};

const loaded = new Map<string, Promise<unknown>>();

/**
 * Loads an area of knowledge: from the compiled snapshot when no file has changed, else by checking and compiling
 * the files. Throws `KnowledgeError` with file, line and remedy when the knowledge is wrong.
 */
export function loadArea<T>(area: Area<T>): Promise<T> {
  const known = loaded.get(area.name);
  if (known) return known as Promise<T>;
  const promise = compileOrRead(area);
  loaded.set(area.name, promise);
  return promise;
}

async function compileOrRead<T>(area: Area<T>): Promise<T> {
  const root = path.join(packageRoot, "knowledge");
  const paths = area.paths.flatMap((entry) => filesBelow(path.join(root, entry)));
  const key = keyOf([...paths, ...filesBelow(path.join(packageRoot, "src", "knowledge"))]);
  const snapshot = path.join(cacheFolder, `${area.name}-${key}.json`);
  if (existsSync(snapshot)) return JSON.parse(readFileSync(snapshot, "utf8")) as T;
  const compile = await area.compile();
  const value = compile(
    paths.map((file) => ({ path: relativeTo(packageRoot, file), text: readFileSync(file, "utf8") })),
  );
  keepSnapshot(snapshot, value);
  return value;
}

/** Changes whenever a file is added, removed or edited; reads no contents, so a cold start stays quick. */
function keyOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const file of paths) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 20);
}

/** A snapshot that cannot be written (read-only install) only costs time. */
function keepSnapshot(snapshot: string, value: unknown): void {
  try {
    mkdirSync(path.dirname(snapshot), { recursive: true });
    const draft = `${snapshot}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(value));
    renameSync(draft, snapshot);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  }
}

function filesBelow(entry: string): string[] {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && !found.name.startsWith("."))
    .map((found) => path.join(found.parentPath, found.name))
    .sort();
}
