import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Generated, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { embeddedPool } from "./embedded.ts";

/** The tables, as `migrations/` makes them. */
export type Tables = {
  account: { id: string; name: string; password: Uint8Array | null; salt: Uint8Array | null };
  session: { token_hash: Uint8Array; account: string; ends_at: Date };
  appeal_case: {
    id: string;
    owner: string;
    opened_at: Generated<Date>;
    waits_for: number | null;
    destroyed_at: Date | null;
  };
  case_key: { case_id: string; wrapped: Uint8Array };
  case_event: { case_id: string; number: number; at: Date; sealed: Uint8Array };
  review_link: {
    id: string;
    case_id: string;
    token_hash: Uint8Array;
    code_hash: Uint8Array;
    expires_at: Date;
    revoked_at: Date | null;
    signed_at: Date | null;
    wrong_codes: Generated<number>;
  };
  installation_secret: { name: string; sealed: Uint8Array };
  master_mark: { one: boolean; sealed: Uint8Array };
  migration: { name: string; checksum: string };
};

export type Database = Kysely<Tables>;

/** Where the rows live: a PostgreSQL server, a folder, or memory. The SQL is the same. */
export type Place = { url: string } | { folder: string } | { memory: true };

/** A step that has been run was edited afterwards, or is missing: the tables cannot be trusted to be as the code expects. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export async function openDatabase(place: Place): Promise<Database> {
  const pool =
    "url" in place
      ? new pg.Pool({ connectionString: place.url, max: 8 })
      : await embeddedPool("folder" in place ? place.folder : null);
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(database);
  return database;
}

/** Runs the steps that have not been run, in order, each in a transaction. There are no steps back. */
async function migrate(database: Database): Promise<void> {
  await sql`create table if not exists migration (name text primary key, checksum text not null, ran_at timestamptz not null default now())`.execute(
    database,
  );
  const ran = new Map(
    (await database.selectFrom("migration").select(["name", "checksum"]).execute()).map((row) => [
      row.name,
      row.checksum,
    ]),
  );
  const steps = migrationSteps();
  for (const name of ran.keys()) {
    if (!steps.some((step) => step.name === name)) {
      throw new MigrationError(`the data come from a newer Redress (${name}); update the program`);
    }
  }
  for (const step of steps) {
    const known = ran.get(step.name);
    if (known === step.checksum) continue;
    if (known !== undefined)
      throw new MigrationError(`${step.name} was changed after it was run; restore the file`);
    await database.transaction().execute(async (inside) => {
      for (const statement of step.statements) await sql.raw(statement).execute(inside);
      await inside.insertInto("migration").values({ name: step.name, checksum: step.checksum }).execute();
    });
  }
}

function migrationSteps() {
  const folder = path.join(import.meta.dirname, "migrations");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), "utf8");
      const statements = text
        .replace(/^\s*--.*$/gm, "")
        .split(/;\s*$/m)
        .map((part) => part.trim())
        .filter(Boolean);
      return { name, statements, checksum: createHash("sha256").update(text).digest("hex") };
    });
}
