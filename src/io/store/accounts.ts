import { argon2, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Account, Accounts } from "#case";
import type { Database } from "./database.ts";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane (33 ms here). */
const cost = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
const SESSION_DAYS = 14;
const LOCAL = "local";

const derive = promisify(argon2) as (
  algorithm: "argon2id",
  options: { message: Uint8Array; nonce: Uint8Array } & typeof cost,
) => Promise<Uint8Array>;

/** Accounts and sessions in the database. A session's token is never stored, only its hash. */
export function accountStore(database: Database, now: () => Date): Accounts {
  return {
    async local() {
      await database
        .insertInto("account")
        .values({ id: LOCAL, name: LOCAL, password: null, salt: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { id: LOCAL, name: LOCAL };
    },
    async register(name, password) {
      const salt = randomBytes(16);
      const account: Account = { id: randomBytes(12).toString("base64url"), name: plainName(name) };
      const made = await database
        .insertInto("account")
        .values({ ...account, salt, password: await derived(password, salt) })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .returning("id")
        .executeTakeFirst();
      return made ? account : null;
    },
    async signIn(name, password) {
      const row = await database
        .selectFrom("account")
        .selectAll()
        .where("name", "=", plainName(name))
        .executeTakeFirst();
      const salt = row?.salt ?? new Uint8Array(16);
      const given = await derived(password, salt);
      const kept = row?.password ?? new Uint8Array(cost.tagLength);
      const right = timingSafeEqual(given, kept) && row?.password != null;
      return right && row ? { id: row.id, name: row.name } : null;
    },
    async openSession(account) {
      const token = randomBytes(32).toString("base64url");
      const ends = new Date(now().getTime() + SESSION_DAYS * 86_400_000);
      await database
        .insertInto("session")
        .values({ token_hash: hashOf(token), account, ends_at: ends })
        .execute();
      await database.deleteFrom("session").where("ends_at", "<", now()).execute();
      return token;
    },
    async accountOf(token) {
      const row = await database
        .selectFrom("session")
        .innerJoin("account", "account.id", "session.account")
        .select(["account.id", "account.name"])
        .where("session.token_hash", "=", hashOf(token))
        .where("session.ends_at", ">", now())
        .executeTakeFirst();
      return row ?? null;
    },
    async closeSession(token) {
      await database.deleteFrom("session").where("token_hash", "=", hashOf(token)).execute();
    },
  };
}

function derived(password: string, salt: Uint8Array): Promise<Uint8Array> {
  return derive("argon2id", { message: Buffer.from(password.normalize("NFKC")), nonce: salt, ...cost });
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/** Names differ neither by case nor by space at the ends. */
function plainName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
