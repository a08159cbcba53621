/**
 * The embedded PostgreSQL in a thread of its own: its queries block, and the server must go on answering. One message
 * in is one query, one message out its rows.
 */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { FsyncFiles, synced } from "./fsync-files.ts";

export type Ask = { id: number; sql: string; parameters: unknown[] };
export type Answer =
  | { id: number; rows: unknown[]; affected: number }
  | { id: number; error: { message: string; code?: string; constraint?: string } };

const { folder } = workerData as { folder: string | null };
const port = parentPort!;

const startParams = [
  ...PGlite.defaultStartParams.filter((word) => word !== "-F"),
  "-c",
  "fsync=on",
  "-c",
  "wal_sync_method=fsync",
];
const database = folder
  ? await PGlite.create({ fs: new FsyncFiles(folder), startParams })
  : await PGlite.create();

if (folder) await probe();
port.postMessage({ ready: true });

/** A commit must reach the disk; if not one sync was counted, the hook has come off and nothing here is safe. */
async function probe(): Promise<void> {
  await database.exec("create table if not exists probe (at timestamptz not null)");
  const before = synced.count;
  await database.exec("begin; delete from probe; insert into probe values (now()); commit");
  if (synced.count === before)
    throw new Error("the embedded database does not sync its files; it must not be used");
}

port.on("message", async (ask: Ask | "close") => {
  if (ask === "close") {
    await database.close();
    port.postMessage({ closed: true });
    return;
  }
  try {
    const result = await database.query(ask.sql, ask.parameters);
    port.postMessage({ id: ask.id, rows: result.rows, affected: result.affectedRows ?? 0 } satisfies Answer);
  } catch (cause) {
    port.postMessage({ id: ask.id, error: failure(cause) } satisfies Answer);
  }
});

function failure(cause: unknown) {
  const { message, code, constraint } = cause as { message: string; code?: string; constraint?: string };
  return { message, ...(code ? { code } : {}), ...(constraint ? { constraint } : {}) };
}
