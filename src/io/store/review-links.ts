import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import { mostWrongCodes, type OpenedLink, type ReviewLink, type ReviewLinks } from "#case";
import type { Database, Tables } from "./database.ts";
import { keyFor, seal, unseal } from "./keys.ts";

/** Links of physicians. A code has six digits only, so its hash is keyed: a copy of the table gives no code away. */
export function reviewLinks(database: Database, master: Uint8Array, now: () => Date): ReviewLinks {
  const codeKey = keyFor(master, "review-codes");
  const codeHash = (id: string, code: string) =>
    createHmac("sha256", codeKey).update(`${id}:${code}`).digest();

  return {
    async make(caseId, expiresAt) {
      const id = randomBytes(9).toString("base64url");
      const token = randomBytes(24).toString("base64url");
      const code = String(randomInt(1_000_000)).padStart(6, "0");
      await database
        .insertInto("review_link")
        .values({
          id,
          case_id: caseId,
          token_hash: tokenHash(token),
          code_hash: codeHash(id, code),
          expires_at: new Date(expiresAt),
          revoked_at: null,
          signed_at: null,
        })
        .execute();
      return { id, token, code };
    },
    async find(token) {
      const row = await database
        .selectFrom("review_link")
        .innerJoin("appeal_case", "appeal_case.id", "review_link.case_id")
        .selectAll("review_link")
        .select("appeal_case.owner")
        .where("review_link.token_hash", "=", tokenHash(token))
        .where("appeal_case.destroyed_at", "is", null)
        .executeTakeFirst();
      return row ? opened(row, row.owner) : null;
    },
    async tryCode(id, code) {
      // The try is counted before it is judged, so that many at once cannot get more than their share.
      const row = await database
        .updateTable("review_link")
        .set({ wrong_codes: sql`wrong_codes + 1` })
        .where("id", "=", id)
        .where("wrong_codes", "<", mostWrongCodes)
        .returning("code_hash")
        .executeTakeFirst();
      const right = row !== undefined && timingSafeEqual(row.code_hash, codeHash(id, code));
      if (right)
        await database
          .updateTable("review_link")
          .set({ wrong_codes: sql`wrong_codes - 1` })
          .where("id", "=", id)
          .execute();
      return right;
    },
    async revoke(caseId, id) {
      const row = await database
        .updateTable("review_link")
        .set({ revoked_at: now() })
        .where("id", "=", id)
        .where("case_id", "=", caseId)
        .where("revoked_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    async use(id) {
      const row = await database
        .updateTable("review_link")
        .set({ signed_at: now() })
        .where("id", "=", id)
        .where("signed_at", "is", null)
        .where("revoked_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function tokenHash(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

function opened(
  row: Omit<Tables["review_link"], "wrong_codes"> & { wrong_codes: number },
  owner: string,
): OpenedLink {
  const link: ReviewLink = {
    id: row.id,
    tokenHash: Buffer.from(row.token_hash).toString("hex"),
    codeHash: Buffer.from(row.code_hash).toString("hex"),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    signedAt: row.signed_at?.toISOString() ?? null,
    wrongCodes: row.wrong_codes,
  };
  return { link, caseId: row.case_id, owner };
}

/** A secret of the installation, made on first use and kept locked with the master key. */
export async function installationSecret(
  database: Database,
  master: Uint8Array,
  name: string,
  make: () => Uint8Array,
): Promise<Uint8Array> {
  const key = keyFor(master, "installation-secrets");
  const kept = () =>
    database.selectFrom("installation_secret").select("sealed").where("name", "=", name).executeTakeFirst();
  const before = await kept();
  if (before) return unseal(key, before.sealed, name);
  await database
    .insertInto("installation_secret")
    .values({ name, sealed: seal(key, make(), name) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return unseal(key, (await kept())!.sealed, name);
}
