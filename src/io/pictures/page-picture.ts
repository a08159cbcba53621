import { Worker } from "node:worker_threads";
import type { PaperFile } from "#source";
import type { PictureAnswer, PictureAsk } from "./picture-worker.ts";

/** A page that takes longer than this is not worth waiting for. */
const PATIENCE = 20_000;

type Waiting = { resolve: (png: Uint8Array | null) => void; timer: NodeJS.Timeout };

let worker: Worker | null = null;
let next = 0;
const waiting = new Map<number, Waiting>();

/**
 * A picture (PNG) of one page of a paper; `document` names a file inside an archive. `null` where there is nothing to
 * draw: the format has no pages, the page is not there, or the file stopped the engine.
 */
export function pagePicture(
  paper: PaperFile,
  document: string,
  page: number,
  dpi: number,
): Promise<Uint8Array | null> {
  worker ??= started();
  const drawing = worker;
  return new Promise((resolve) => {
    const id = next++;
    const timer = setTimeout(() => stop(drawing), PATIENCE);
    waiting.set(id, { resolve, timer });
    drawing.postMessage({ id, paper, document, page, dpi } satisfies PictureAsk);
  });
}

function started(): Worker {
  const made = new Worker(new URL("./picture-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // The thread must not keep the program alive when nobody waits for a picture.
  made.unref();
  made.on("message", ({ id, png }: PictureAnswer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    one?.resolve(png);
  });
  made.on("error", () => stop(made));
  made.on("exit", () => stop(made));
  return made;
}

/** Gives up on a thread and on all that wait for it; the next picture starts another. */
function stop(stopped: Worker): void {
  if (worker !== stopped) return;
  worker = null;
  for (const { resolve, timer } of waiting.values()) {
    clearTimeout(timer);
    resolve(null);
  }
  waiting.clear();
  void stopped.terminate();
}
