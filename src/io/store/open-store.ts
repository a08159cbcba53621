import path from "node:path";
import type { Store } from "#case";
import { accountStore } from "./accounts.ts";
import { clearPartials } from "./blobs.ts";
import type { Database } from "./database.ts";
import { KeyError, keyFor, masterKey, seal, unseal } from "./keys.ts";
import { takeLock } from "./lock.ts";
import { installationSecret, reviewLinks } from "./review-links.ts";

export type StoreOptions = {
  /** Holds the blobs, and the embedded database when there is no `databaseUrl`. */
  folder: string;
  /** A PostgreSQL server in place of the embedded database. */
  databaseUrl?: string | undefined;
  /** Where the master key is kept when the environment does not bring it; must lie outside `folder`. */
  keyFile: string;
  masterKey?: string | undefined;
  now?: () => Date;
};

/**
 * Opens the store for this process alone. Throws `LockedError` when another process has it, `KeyError` when the master
 * key does not fit the data, `MigrationError` when the data come from a newer program.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, keyFile, databaseUrl } = options;
  if (!path.relative(folder, keyFile).startsWith("..")) {
    throw new KeyError("the key file must not lie in the data folder: a copy of one would be a copy of both");
  }
  const release = takeLock(folder);
  try {
    const master = masterKey(keyFile, options.masterKey);
    const blobs = path.join(folder, "papers");
    clearPartials(blobs);
    // Imported here, so that a command that stores nothing does not pay for the database's code.
    const { openDatabase } = await import("./database.ts");
    const { caseStore } = await import("./cases.ts");
    const database = await openDatabase(
      databaseUrl ? { url: databaseUrl } : { folder: path.join(folder, "database") },
    );
    await checkMaster(master, database).catch(async (cause) => {
      await database.destroy();
      throw cause;
    });
    const now = options.now ?? (() => new Date());
    return {
      cases: caseStore({ database, blobs, master, now }),
      accounts: accountStore(database, now),
      links: reviewLinks(database, master, now),
      secret: (name, make) => installationSecret(database, master, name, make),
      cookieKey: keyFor(master, "cookies"),
      async close() {
        await database.destroy();
        release();
      },
    };
  } catch (cause) {
    release();
    throw cause;
  }
}

/** A wrong master key must show at start, not when the first case does not open. */
async function checkMaster(master: Uint8Array, database: Database): Promise<void> {
  const mark = seal(master, Buffer.from("redress"), "master-mark");
  await database
    .insertInto("master_mark")
    .values({ one: true, sealed: mark })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await database.selectFrom("master_mark").select("sealed").executeTakeFirstOrThrow();
  unseal(master, kept.sealed, "master-mark");
}
