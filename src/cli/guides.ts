import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Exported, ExportOptions } from "#web";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";

/** Each thread reads the knowledge for itself (about a second), so more than four gain nothing. */
const mostThreads = 4;

/** `redress guides export DIR`: the whole library as static files. */
export const command: Command = {
  help: "redress guides export DIR [--origin https://…] [--as-of YYYY-MM-DD]",
  async run(argv) {
    const { rest, values } = parseArguments(argv, { values: ["origin", "as-of"] });
    const [what, folder] = rest;
    if (what !== "export" || !folder || rest.length !== 2) throw new UsageError(`usage: ${command.help}`);
    const began = performance.now();
    const today = values["as-of"] ?? new Date().toISOString().slice(0, 10);
    const origin = (values.origin ?? "").replace(/\/$/, "");
    const of = Math.min(availableParallelism(), mostThreads);
    const parts = await Promise.all(
      Array.from({ length: of }, (_, share) =>
        inThread({ folder: path.resolve(folder), origin, today, share, of }),
      ),
    );
    const seconds = (performance.now() - began) / 1000;
    const pages = parts.reduce((sum, part) => sum + part.pages, 0);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    await printJson({
      pages,
      bytes,
      seconds: Number(seconds.toFixed(2)),
      pagesPerSecond: Math.round(pages / seconds),
    });
    return 0;
  },
};

function inThread(options: ExportOptions): Promise<Exported> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./guides-worker.ts", import.meta.url), { workerData: options });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once(
      "exit",
      (code) => code !== 0 && reject(new Error(`a thread of the export ended with ${code}`)),
    );
  });
}
