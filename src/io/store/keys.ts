import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const NONCE = 12;
const TAG = 16;

/** Raised when the master key is missing, unreadable by rule, or not the one the data were locked with. */
export class KeyError extends Error {
  override readonly name = "KeyError";
}

/**
 * The key that locks the keys of all cases: 32 bytes from `REDRESS_MASTER_KEY` (base64 or hex), else from a file that
 * only its owner can read, made on first use. The file must not lie with the data, or a copy of one is a copy of both.
 */
export function masterKey(file: string, environment: string | undefined): Uint8Array {
  if (environment) return parseKey(environment, "REDRESS_MASTER_KEY");
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
    chmodSync(file, 0o600);
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw new KeyError(`others can read the key file ${file}; type: chmod 600 ${file}`);
  }
  return parseKey(readFileSync(file, "utf8"), file);
}

function parseKey(text: string, where: string): Uint8Array {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, "hex")
    : Buffer.from(trimmed, "base64");
  if (bytes.length !== 32) throw new KeyError(`${where} does not hold a key of 32 bytes in base64 or hex`);
  return bytes;
}

export function newKey(): Uint8Array {
  return randomBytes(32);
}

/** AES-256-GCM: nonce, tag, then the locked bytes. `context` is checked on opening: a row cannot be moved elsewhere. */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const locked = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), locked]);
}

/** The inverse of {@link seal}; throws when key, context or bytes are not the ones that were sealed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    throw new KeyError(
      "the stored data cannot be opened: the master key is another one, or the data were changed",
    );
  }
}

/** A purpose's own key from another key, so that no key serves two ends. */
export function keyFor(key: Uint8Array, purpose: string): Uint8Array {
  return createHmac("sha256", key).update(purpose).digest();
}
