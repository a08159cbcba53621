import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

/** `ua-1` letters for people, `a-2a` for archives, `1.7` for renderings that need no claim. */
export type Standard = "ua-1" | "a-2a" | "1.7";
export type TypesetJob = {
  id: number;
  template: string;
  data: unknown;
  standard: Standard;
  /** Seconds since 1970 that the file carries; the same input then gives the same bytes. */
  createdAt: number;
  files?: Record<string, Uint8Array>;
};
export type TypesetAnswer =
  | { id: number; pdf: Uint8Array }
  | { id: number; error: "glyph" | "typeset"; where: string };

/** Documents after which the process is replaced: it grows by about half a megabyte with each. */
const documentsPerProcess = 120;
const timeLimit = 60_000;

type Running = { child: ChildProcess; done: number; waiting: Map<number, (answer: TypesetAnswer) => void> };
let running: Running | null = null;
let nextId = 1;

const templates = new Map<string, string>();

/** A template of this folder by name. */
export function template(name: string): string {
  const known = templates.get(name) ?? readFileSync(path.join(import.meta.dirname, name), "utf8");
  templates.set(name, known);
  return known;
}

/**
 * Sets a template with its data. Characters that the fonts lack would break PDF/UA; then the page is set without that
 * claim, so that the words survive.
 */
export async function typeset(
  name: string,
  data: unknown,
  options: { standard?: Standard; createdAt?: number; files?: Record<string, Uint8Array> } = {},
): Promise<{ pdf: Uint8Array; standard: Standard }> {
  const standard = options.standard ?? "ua-1";
  const job = {
    template: template(name),
    data,
    standard,
    createdAt: options.createdAt ?? 0,
    ...(options.files ? { files: options.files } : {}),
  };
  // Once more in a fresh process where the first ended: it may have run out of memory over others' pages.
  const answer = await ask(job).catch((cause: unknown) =>
    cause instanceof TypesetterEnded ? ask(job) : Promise.reject(cause),
  );
  if ("pdf" in answer) return { pdf: withoutDefault(answer.pdf), standard };
  if (answer.error === "glyph" && standard !== "1.7")
    return typeset(name, data, { ...options, standard: "1.7" });
  throw new Error(`the page could not be set: ${answer.where}`);
}

/**
 * The typesetter writes out that its tags are not suspect, which is the default. Poppler takes the written `false` for an error,
 * so blanks of the same length stand there instead; no other byte moves.
 */
function withoutDefault(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const said = "/Suspects false";
  // The catalog, which says it, stands at the end.
  const at = bytes.lastIndexOf(said);
  if (at >= 0) bytes.fill(" ", at, at + said.length);
  return pdf;
}

class TypesetterEnded extends Error {
  override readonly name = "TypesetterEnded";
  constructor() {
    super("the typesetter ended before it answered");
  }
}

function ask(job: Omit<TypesetJob, "id">): Promise<TypesetAnswer> {
  const process = current();
  const id = nextId++;
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => {
      process.child.kill();
      reject(new Error("the typesetter did not answer in time"));
    }, timeLimit);
    hold(process, 1);
    process.waiting.set(id, (answer) => {
      clearTimeout(clock);
      process.waiting.delete(id);
      hold(process, 0);
      resolve(answer);
    });
    process.child.once("exit", () => {
      clearTimeout(clock);
      if (process.waiting.delete(id)) reject(new TypesetterEnded());
    });
    process.child.send({ ...job, id });
  });
}

/** While something is awaited the process keeps this program alive, afterwards it does not. */
function hold(process: Running, wanted: 0 | 1): void {
  if (wanted === 1) {
    process.child.ref();
    process.child.channel?.ref();
  } else if (process.waiting.size === 0) {
    process.child.unref();
    process.child.channel?.unref();
  }
}

function current(): Running {
  if (running?.child.connected && running.done < documentsPerProcess) {
    running.done++;
    return running;
  }
  if (running) retire(running);
  const child = fork(path.join(import.meta.dirname, "typeset-child.ts"), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.setMaxListeners(0);
  const fresh: Running = { child, done: 1, waiting: new Map() };
  child.on("message", (answer: TypesetAnswer) => fresh.waiting.get(answer.id)?.(answer));
  running = fresh;
  return fresh;
}

/** Lets a process finish what it was asked, then go. One that ended by itself is gone already. */
function retire(old: Running): void {
  if (!old.child.connected) return;
  if (old.waiting.size === 0) old.child.disconnect();
  else old.child.once("message", () => setImmediate(() => retire(old)));
}
