import { Worker } from "node:worker_threads";
import type { Prepare } from "#web";
import type { PrepareAnswer } from "./prepare-worker.ts";

/** A case that takes longer than this is a defect of ours, not a case. */
const PATIENCE = 10 * 60_000;

/** Prepares a case in a thread of its own, so that pages go on answering; a thread serves one case and is gone. */
export const prepareInThread: Prepare = (input, options = {}) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./prepare-worker.ts", import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      settle();
      void worker.terminate();
    };
    const fail = (cause: unknown) => end(() => reject(cause));
    const abort = () => fail(options.signal?.reason);
    const timer = setTimeout(() => fail(new Error("the case took too long")), PATIENCE);
    options.signal?.addEventListener("abort", abort);
    worker.on("message", (answer: PrepareAnswer) => {
      if ("doing" in answer) options.progress?.(answer.doing);
      else end(() => resolve(answer));
    });
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`the case's thread stopped (${code})`)));
  });
