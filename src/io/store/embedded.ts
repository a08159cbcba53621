import { Worker } from "node:worker_threads";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Answer, Ask } from "./embedded-worker.ts";

type Waiting = {
  resolve: (answer: { rows: unknown[]; affected: number }) => void;
  reject: (cause: Error) => void;
};

/**
 * The embedded database behind the same face as a pool of connections to a server. There is one connection: whoever
 * asks while it is taken waits in line. `folder` null keeps everything in memory (tests).
 */
export async function embeddedPool(folder: string | null): Promise<PostgresPool> {
  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  await started(worker);
  worker.on("message", (answer: Answer | { closed: true }) => {
    if ("closed" in answer) return;
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (!one) return;
    if ("error" in answer) one.reject(Object.assign(new Error(answer.error.message), answer.error));
    else one.resolve(answer);
  });
  worker.on("error", (cause) => {
    for (const one of waiting.values()) one.reject(cause as Error);
    waiting.clear();
  });
  const ask = (sql: string, parameters: readonly unknown[]) =>
    new Promise<{ rows: unknown[]; affected: number }>((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, sql, parameters: [...parameters] } satisfies Ask);
    });
  return { ...turns(() => clientOver(ask)), end: () => closed(worker), options: {} };
}

function started(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", (code) =>
      reject(new Error(`the embedded database stopped while starting (${code})`)),
    );
  });
}

async function closed(worker: Worker): Promise<void> {
  await new Promise<void>((resolve) => {
    worker.on("message", (answer: { closed?: true }) => answer.closed && resolve());
    worker.once("exit", () => resolve());
    worker.postMessage("close");
  });
  await worker.terminate();
}

/** Hands the one connection to each who asks, in order. */
function turns(client: () => Omit<PostgresPoolClient, "release">): Pick<PostgresPool, "connect"> {
  let line: Promise<void> = Promise.resolve();
  return {
    connect: async () => {
      const before = line;
      let leave = () => {};
      line = new Promise((resolve) => {
        leave = resolve;
      });
      await before;
      return { ...client(), release: () => leave() } as PostgresPoolClient;
    },
  };
}

/** Tells commands as a server does; a commit of a transaction that failed reports the rollback that it is. */
function clientOver(
  ask: (sql: string, parameters: readonly unknown[]) => Promise<{ rows: unknown[]; affected: number }>,
) {
  let failed = false;
  return {
    query: async (sql: string, parameters: readonly unknown[]) => {
      const word = /^\s*(?:\/\*.*?\*\/\s*)?(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
      if (word === "BEGIN" || word === "START") failed = false;
      try {
        const { rows, affected } = await ask(sql, parameters);
        const command = word === "COMMIT" && failed ? "ROLLBACK" : word;
        return { command, rowCount: affected, rows };
      } catch (cause) {
        failed = true;
        throw cause;
      }
    },
  } as unknown as Omit<PostgresPoolClient, "release">;
}
