import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import path from "node:path";
import { type StoredBlob, TooLargeError } from "#case";
import { KeyError, keyFor } from "./keys.ts";

const NONCE = 12;
const TAG = 16;

/**
 * The bytes of one case as files `<case>/<name>`: nonce, locked bytes, tag. The name is a keyed hash of the plain bytes, so
 * that it proves what came back and tells nobody which paper it is. A file is there whole or not at all: written beside,
 * put on disk, then renamed.
 */
export function blobsOf(root: string, id: string, key: Uint8Array) {
  const folder = path.join(root, id);
  const naming = keyFor(key, "blob-name");
  const locking = keyFor(key, "blob");

  async function putStream(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBlob> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = path.join(folder, `${randomBytes(8).toString("hex")}.part`);
    const file = await open(draft, "wx", 0o600);
    try {
      const stored = await write(file, bytes, limit);
      await file.sync();
      await file.close();
      renameSync(draft, path.join(folder, stored.blob));
      syncFolder(folder);
      return stored;
    } catch (cause) {
      await file.close().catch(() => {});
      rmSync(draft, { force: true });
      throw cause;
    }
  }

  async function write(
    file: FileHandle,
    bytes: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<StoredBlob> {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv("aes-256-gcm", locking, nonce).setAAD(Buffer.from(id));
    const name = createHmac("sha256", naming);
    const digest = createHash("sha256");
    let size = 0;
    await file.writeFile(nonce);
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limit) throw new TooLargeError(`more than ${limit} bytes`);
      name.update(chunk);
      digest.update(chunk);
      await file.writeFile(cipher.update(chunk));
    }
    await file.writeFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    return { blob: name.digest("hex"), sha256: digest.digest("hex"), bytes: size };
  }

  async function get(blob: string): Promise<Uint8Array> {
    if (!/^[0-9a-f]{64}$/.test(blob)) throw new KeyError("not the name of a stored file");
    const sealed = await readFile(path.join(folder, blob));
    const decipher = createDecipheriv("aes-256-gcm", locking, sealed.subarray(0, NONCE), {
      authTagLength: TAG,
    })
      .setAAD(Buffer.from(id))
      .setAuthTag(sealed.subarray(sealed.length - TAG));
    const plain = Buffer.concat([
      decipher.update(sealed.subarray(NONCE, sealed.length - TAG)),
      decipher.final(),
    ]);
    const name = createHmac("sha256", naming).update(plain).digest("hex");
    if (name !== blob) throw new KeyError("a stored file is not the one that was put there");
    return plain;
  }

  return { putStream, get, destroy: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Takes away what uploads left that were cut off: nothing of them was acknowledged. */
export function clearPartials(root: string): void {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(".part"))
      rmSync(path.join(entry.parentPath, entry.name), { force: true });
  }
}

/** Without this a rename can be lost with the power, though the file's bytes were synced. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
