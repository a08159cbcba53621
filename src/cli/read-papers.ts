import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readFiles } from "#io";
import type { PaperFile, ReadPapers } from "#source";
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

/** Files by their base name; a folder gives its files, in the order of their names, as `folder/file`. */
export function papersAt(paths: string[]): PaperFile[] {
  if (paths.length === 0) throw new UsageError("name at least one file");
  return paths.flatMap((name) => {
    const entry = statSync(name, { throwIfNoEntry: false });
    if (!entry) throw new UsageError(`there is no file ${name}`);
    if (!entry.isDirectory()) return [{ name: path.basename(name), bytes: readFileSync(name) }];
    return readdirSync(name, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.startsWith("."))
      .map((file) => path.relative(name, path.join(file.parentPath, file.name)))
      .sort()
      .map((file) => ({ name: file.split(path.sep).join("/"), bytes: readFileSync(path.join(name, file)) }));
  });
}
