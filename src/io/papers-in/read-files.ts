import { availableParallelism } from "node:os";
import type { Issue } from "#base";
import type { PaperFile, ReadFiles, SourceDocument } from "#source";
import type { PageDone } from "./pdf/read-pdf.ts";
import { type ReadOne, readOne } from "./read-one.ts";
import { type Format, recognise } from "./recognise.ts";

/** Archives within archives are opened this deep, and so many files in all. */
const DEEPEST = 4;
const MOST_FILES = 5000;

/** Text formats up to this size are read in this process: their readers are plain scripts and take linear time. */
const SMALL = 3_000_000;
const plainKinds = new Set<Format>(["html", "rtf", "eml", "text", "fhir", "json", "ccda", "xml", "x12"]);
/** Kinds that are only refused. */
const refusedKinds = new Set<Format>([
  "empty",
  "program",
  "two-kinds",
  "office",
  "old-office",
  "bmp",
  "unknown",
]);

/** A file to read, and what became of it: its own document, then those of the files inside of it. */
type Task = { file: PaperFile; depth: number; document?: SourceDocument; issues: Issue[]; inner: Task[] };
type Options = NonNullable<Parameters<ReadFiles>[1]>;

/** Reads papers of any kind. What is wrong with a file is an issue; only cancelling rejects. */
export const readFiles: ReadFiles = async (files, options = {}) => {
  const reading = new Reading(options);
  const tasks = files.map((file) => reading.add(file, 0));
  await reading.run();
  const all = tasks.flatMap(withInner);
  return {
    documents: all.flatMap((task) => task.document ?? []),
    issues: all.flatMap((task) => task.issues),
  };
};

const withInner = (task: Task): Task[] => [task, ...task.inner.flatMap(withInner)];

class Reading {
  readonly #options: Options;
  readonly #lanes: number;
  readonly #names = new Set<string>();
  readonly #open: Task[] = [];
  #files = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#lanes = Math.max(1, options.jobs ?? availableParallelism());
  }

  add(file: PaperFile, depth: number): Task {
    const task: Task = {
      file: { name: this.#unused(file.name), bytes: file.bytes },
      depth,
      issues: [],
      inner: [],
    };
    if (++this.#files <= MOST_FILES && depth <= DEEPEST) this.#open.push(task);
    else if (this.#files <= MOST_FILES + 1) task.issues.push(tooMany(file.name));
    return task;
  }

  /** As many files at a time as there are cores; files found inside of others are read next. */
  async run(): Promise<void> {
    let busy = 0;
    let failure: unknown;
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        if (failure !== undefined) return reject(failure);
        if (this.#open.length === 0 && busy === 0) return resolve();
        while (busy < this.#lanes && this.#open.length > 0) {
          const task = this.#open.shift()!;
          busy++;
          this.#read(task, Math.min(this.#open.length + busy, this.#lanes))
            .catch((cause: unknown) => {
              failure = cause ?? new Error("cancelled");
            })
            .finally(() => {
              busy--;
              next();
            });
        }
      };
      next();
    });
  }

  async #read(task: Task, lanes: number): Promise<void> {
    const { signal, progress } = this.#options;
    signal?.throwIfAborted();
    const { name } = task.file;
    const done: PageDone = (pages, total, doing) => progress?.({ document: name, done: pages, total, doing });
    const read = await readSafely(task.file, Math.max(1, Math.floor(this.#lanes / lanes)), done, signal);
    task.issues.push(...read.issues);
    if (read.document) task.document = read.document;
    task.inner = read.inner.map((inner) => this.add(inner, task.depth + 1));
  }

  /** Two files of one name would make spans ambiguous: the second gets a number. */
  #unused(name: string): string {
    let free = name;
    for (let number = 2; this.#names.has(free); number++) free = `${name} (${number})`;
    this.#names.add(free);
    return free;
  }
}

/** Small plain files here, everything else in a process of its own. */
async function readSafely(
  file: PaperFile,
  ocrJobs: number,
  done: PageDone,
  signal?: AbortSignal,
): Promise<ReadOne> {
  const format = recognise(file.bytes);
  const here = refusedKinds.has(format) || (plainKinds.has(format) && file.bytes.length <= SMALL);
  if (here) return readOne(file, done, signal);
  const { readApart } = await import("./apart/read-apart.ts");
  return readApart(file, ocrJobs, done, signal);
}

const tooMany = (name: string): Issue => ({
  severity: "error",
  code: "files-too-many",
  text: `${name} and what follows were left out: archives lie too deep within archives, or there are too many files. Hand in the papers that matter on their own.`,
});
