import { randomBytes } from "node:crypto";
import { sql, type Transaction } from "kysely";
import {
  asksForDraft,
  type CaseEvent,
  CaseGoneError,
  type CaseLog,
  type CaseStore,
  type EventBody,
  type Owner,
} from "#case";
import { blobsOf } from "./blobs.ts";
import type { Database, Tables } from "./database.ts";
import { keyFor, newKey, seal, unseal } from "./keys.ts";

export type CasePlaces = { database: Database; blobs: string; master: Uint8Array; now: () => Date };

/** Cases in the database and the blob folder. Ids are chance, so that they say nothing and cannot be counted. */
export function caseStore(places: CasePlaces): CaseStore {
  const { database, master } = places;
  const wrapping = keyFor(master, "case-keys");

  const logOf = (id: string, owner: Owner, wrapped: Uint8Array) =>
    caseLog(places, id, owner, unseal(wrapping, wrapped, `key:${id}`));

  /** Every way to a case goes through this query. */
  const rows = (owner: Owner | null) => {
    const all = database
      .selectFrom("appeal_case")
      .innerJoin("case_key", "case_key.case_id", "appeal_case.id")
      .select(["appeal_case.id", "appeal_case.owner", "case_key.wrapped"])
      .where("appeal_case.destroyed_at", "is", null);
    return owner === null ? all : all.where("appeal_case.owner", "=", owner);
  };

  return {
    async create(owner, opening) {
      const id = randomBytes(12).toString("base64url");
      const key = newKey();
      const wrapped = seal(wrapping, key, `key:${id}`);
      const body: EventBody = { kind: "opened", ...opening };
      await database.transaction().execute(async (inside) => {
        await inside
          .insertInto("appeal_case")
          .values({ id, owner, waits_for: null, destroyed_at: null })
          .execute();
        await inside.insertInto("case_key").values({ case_id: id, wrapped }).execute();
        await insert(inside, id, key, [{ ...body, number: 1, at: places.now().toISOString(), by: owner }]);
      });
      return caseLog(places, id, owner, key);
    },
    async open(owner, id) {
      const row = await rows(owner).where("appeal_case.id", "=", id).executeTakeFirst();
      return row ? logOf(row.id, row.owner, row.wrapped) : null;
    },
    async list(owner) {
      const found = await rows(owner).orderBy("appeal_case.opened_at", "desc").execute();
      return found.map((row) => logOf(row.id, row.owner, row.wrapped));
    },
    async hasHad(owner) {
      const row = await database
        .selectFrom("appeal_case")
        .select("id")
        .where("owner", "=", owner)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async everyones() {
      return (await rows(null).execute()).map((row) => logOf(row.id, row.owner, row.wrapped));
    },
    async waiting() {
      const found = await rows(null).where("appeal_case.waits_for", "is not", null).execute();
      return found.map((row) => logOf(row.id, row.owner, row.wrapped));
    },
  };
}

function caseLog({ database, blobs, now }: CasePlaces, id: string, owner: Owner, key: Uint8Array): CaseLog {
  const files = blobsOf(blobs, id, key);
  return {
    id,
    owner,
    async events() {
      const found = await database
        .selectFrom("case_event")
        .select(["number", "sealed"])
        .where("case_id", "=", id)
        .orderBy("number")
        .execute();
      return found.map((row) => opened(key, id, row.number, row.sealed));
    },
    async append(bodies) {
      return database.transaction().execute(async (inside) => {
        // The row lock puts writers of one case in line, so that numbers have no gap and no double.
        const { rows } = await sql<{ destroyed_at: Date | null }>`
          select destroyed_at from appeal_case where id = ${id} for update`.execute(inside);
        if (rows[0]?.destroyed_at) throw new CaseGoneError("the case was deleted");
        const { last } = await inside
          .selectFrom("case_event")
          .select(({ fn }) => fn.max("number").as("last"))
          .where("case_id", "=", id)
          .executeTakeFirstOrThrow();
        const at = now().toISOString();
        const events = bodies.map((body, index) => ({
          ...body,
          number: (last ?? 0) + 1 + index,
          at,
          by: owner,
        }));
        await insert(inside, id, key, events);
        await markWaiting(inside, id, events);
        return events;
      });
    },
    put: (bytes) => files.putStream(once(bytes), bytes.length),
    putStream: files.putStream,
    get: files.get,
    async destroy() {
      await database.transaction().execute(async (inside) => {
        await inside.deleteFrom("case_key").where("case_id", "=", id).execute();
        await inside.deleteFrom("case_event").where("case_id", "=", id).execute();
        await inside.deleteFrom("review_link").where("case_id", "=", id).execute();
        await inside
          .updateTable("appeal_case")
          .set({ waits_for: null, destroyed_at: now() })
          .where("id", "=", id)
          .execute();
      });
      files.destroy();
      // A deleted row lies in the file until this; the locked key should not.
      await sql`vacuum case_key`.execute(database);
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function insert(
  inside: Transaction<Tables>,
  id: string,
  key: Uint8Array,
  events: CaseEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    case_id: id,
    number: event.number,
    at: new Date(event.at),
    sealed: seal(key, Buffer.from(JSON.stringify(event)), `event:${id}:${event.number}`),
  }));
  await inside.insertInto("case_event").values(rows).execute();
}

/** The mark that work waits, set and cleared with the events themselves: a crash between them cannot lose it. */
async function markWaiting(inside: Transaction<Tables>, id: string, events: CaseEvent[]): Promise<void> {
  const change = events.findLast((event) => asksForDraft(event.kind));
  const done = events.findLast((event) => event.kind === "drafted" || event.kind === "draft-failed");
  const cases = inside.updateTable("appeal_case").where("id", "=", id);
  if (change) await cases.set({ waits_for: change.number }).execute();
  else if (done) await cases.set({ waits_for: null }).where("waits_for", "<=", done.upTo).execute();
}

function opened(key: Uint8Array, id: string, number: number, sealed: Uint8Array): CaseEvent {
  return JSON.parse(Buffer.from(unseal(key, sealed, `event:${id}:${number}`)).toString("utf8")) as CaseEvent;
}
