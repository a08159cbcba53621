import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { readFiles } from "#io";
import { LARGEST_FILE, type PaperFile, type ReadPapers } from "#source";
import { UsageError } from "./command.ts";

/** Reads the files, folders and archives named on the command line. Progress goes to standard error when a person watches. */
export function readPapers(paths: string[], options: { jobs?: number } = {}): Promise<ReadPapers> {
  const show = process.stderr.isTTY
    ? {
        progress: (step: { document: string; done: number; total: number }) =>
          process.stderr.write(
            `\r${step.done}/${step.total} ${step.document}\u001b[K${step.done === step.total ? "\n" : ""}`,
          ),
      }
    : {};
  return readFiles(papersAt(paths), { ...options, ...show });
}

/**
 * Files by their base name; a folder gives its files, in the order of their names, as `folder/file`. What lies in
 * `exceptAt` is left out: earlier results are no papers.
 */
export function papersAt(paths: string[], { exceptAt }: { exceptAt?: string } = {}): PaperFile[] {
  if (paths.length === 0) throw new UsageError("name at least one file");
  return paths.flatMap((name) => {
    const entry = statOf(name);
    if (!entry) throw new UsageError(`there is no file ${name}`);
    if (!entry.isDirectory()) return [{ name: path.basename(name), bytes: bytesOf(name, entry) }];
    const except = exceptAt === undefined ? null : path.resolve(exceptAt) + path.sep;
    return filesIn(name)
      .filter((file) => except === null || !path.resolve(name, file).startsWith(except))
      .flatMap((file) => {
        const at = path.join(name, file);
        const inside = statOf(at);
        return inside?.isFile() ? [{ name: file.split(path.sep).join("/"), bytes: bytesOf(at, inside) }] : [];
      });
  });
}

/** What is in a folder and its folders, links to files too; hidden entries are the system's own. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** `undefined` for what is not there, and for what leads through a file as if it were a folder. */
function statOf(name: string): Stats | undefined {
  try {
    return statSync(name, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** A file's bytes. One that is too large is not opened: so many zeros stand for it that the reader refuses it. */
function bytesOf(name: string, { size }: Stats): Uint8Array {
  if (size > LARGEST_FILE) return new Uint8Array(LARGEST_FILE + 1);
  try {
    return readFileSync(name);
  } catch {
    throw new UsageError(`${name} may not be read; check its permissions`);
  }
}
