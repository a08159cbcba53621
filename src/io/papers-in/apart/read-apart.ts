/**
 * Reading in a process of its own, with limits of time and memory. Processes are kept for the next file for a
 * moment and end with the program.
 */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page, PaperFile } from "#source";
import type { PageDone } from "../pdf/read-pdf.ts";
import type { ReadOne } from "../read-one.ts";
import { damaged, tooSlow } from "../refusals.ts";
import type { Answer, Ask } from "./messages.ts";
import { unpackPage } from "./packed-page.ts";

/** What one file may take: `step` for a page or a picture, milliseconds; `memory` of the whole process, bytes. */
export type ReadingLimits = { step: number; memory: number };
const usual: ReadingLimits = { step: 60_000, memory: 1_600_000_000 };
/** The script's heap, megabytes. */
const HEAP = 1200;
const IDLE = 3_000;
/** A process that has grown beyond this is not used again, bytes. */
const GROWN = 350_000_000;

const idle: { child: ChildProcess; ends: NodeJS.Timeout }[] = [];

/** Compiled sources are kept between processes: half of a start is compiling. */
const compiled = path.join(import.meta.dirname, "../../../../.redress/compile-cache");

function startProcess(): ChildProcess {
  return fork(path.join(import.meta.dirname, "reading-process.ts"), {
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
    execArgv: [`--max-old-space-size=${HEAP}`, "--disable-warning=ExperimentalWarning"],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

function takeProcess(): ChildProcess {
  const waiting = idle.pop();
  if (!waiting) return startProcess();
  clearTimeout(waiting.ends);
  waiting.child.ref();
  waiting.child.channel?.ref();
  return waiting.child;
}

function keepProcess(child: ChildProcess): void {
  if (!child.connected || memoryOf(child) > GROWN) {
    child.kill("SIGKILL");
    return;
  }
  child.unref();
  child.channel?.unref();
  const ends = setTimeout(() => {
    idle.splice(
      idle.findIndex((entry) => entry.child === child),
      1,
    );
    child.kill("SIGKILL");
  }, IDLE);
  ends.unref();
  idle.push({ child, ends });
}

/** Resident memory in bytes, where the system tells (Linux); 0 elsewhere. */
function memoryOf(child: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${child.pid}/statm`, "latin1").split(" ")[1]) * 4096;
  } catch {
    return 0;
  }
}

/** Reads a file in another process, which is ended when it goes beyond the limits or the reading is cancelled. */
export function readApart(
  file: PaperFile,
  ocrJobs: number,
  done: PageDone,
  signal?: AbortSignal,
  limits = usual,
): Promise<ReadOne> {
  signal?.throwIfAborted();
  const child = takeProcess();
  const pages: Page[] = [];
  const inner: PaperFile[] = [];
  return new Promise((resolve, reject) => {
    let lastStep = Date.now();
    const finish = (settle: () => void, keep: boolean) => {
      clearInterval(watch);
      child.removeAllListeners();
      signal?.removeEventListener("abort", onAbort);
      if (keep) keepProcess(child);
      else child.kill("SIGKILL");
      settle();
    };
    const giveUp = (slow: boolean) =>
      finish(() => resolve({ inner: [], issues: [slow ? tooSlow(file.name) : damaged(file.name)] }), false);
    const onAbort = () => finish(() => reject(signal?.reason), false);
    const watch = setInterval(() => {
      if (Date.now() - lastStep > limits.step || memoryOf(child) > limits.memory) giveUp(true);
    }, 250);
    signal?.addEventListener("abort", onAbort);
    child.on("error", () => giveUp(false));
    // Out of memory ends the process by a signal; so does a defect in a decoder.
    child.on("exit", (_, killed) => giveUp(killed === "SIGABRT" || killed === "SIGKILL"));
    child.on("message", (answer: Answer) => {
      lastStep = Date.now();
      if (answer.kind === "progress") done(answer.done, answer.total, answer.doing);
      else if (answer.kind === "page") pages.push(unpackPage(answer.page));
      else if (answer.kind === "inner") inner.push(answer.file);
      else {
        const { document, issues } = answer;
        finish(
          () => resolve({ inner, issues, ...(document ? { document: { ...document, pages } } : {}) }),
          true,
        );
      }
    });
    child.send({ file, ocrJobs } satisfies Ask);
  });
}
