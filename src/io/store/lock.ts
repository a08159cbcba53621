import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

/** Who holds the data folder. `began` is the kernel's start time of the process, so that a reused pid is told apart. */
export type Holder = { pid: number; began: string };

/** Another running workbench has these data open. Two writers would lose each other's work without a word. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`another Redress (process ${holder.pid}) has these data open; stop it, or use its window`);
    this.holder = holder;
  }
}

/** Takes the folder for this process alone; answers the function that gives it back. */
export function takeLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, "lock");
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, JSON.stringify({ pid: process.pid, began: beganAt(process.pid) }));
      fsyncSync(handle);
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      const holder = holderOf(file);
      if (holder && isRunning(holder)) throw new LockedError(holder);
      rmSync(file, { force: true });
    }
  }
  throw new LockedError({ pid: 0, began: "" });
}

function holderOf(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return beganAt(holder.pid) === holder.began;
}

/** Start time of a process in clock ticks since boot, where the system tells (Linux); empty elsewhere. */
function beganAt(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
