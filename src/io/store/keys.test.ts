import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { masterKey, newKey, seal, unseal } from "./keys.ts";

const folder = mkdtempSync(path.join(tmpdir(), "redress-keys-"));

describe("what is sealed", () => {
  const key = newKey();
  const sealed = seal(key, Buffer.from("eczema"), "event:a:1");

  test("opens with its key in its place, and not otherwise", () => {
    expect(Buffer.from(unseal(key, sealed, "event:a:1")).toString()).toBe("eczema");
    expect(() => unseal(newKey(), sealed, "event:a:1")).toThrow(/cannot be opened/);
    expect(() => unseal(key, sealed, "event:a:2")).toThrow(/cannot be opened/);
  });

  test("shows nothing of its words and never looks the same twice", () => {
    expect(Buffer.from(sealed).includes("eczema")).toBe(false);
    expect(Buffer.from(seal(key, Buffer.from("eczema"), "event:a:1"))).not.toEqual(Buffer.from(sealed));
  });

  test("one changed bit is noticed", () => {
    const changed = Uint8Array.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => unseal(key, changed, "event:a:1")).toThrow(/cannot be opened/);
  });
});

describe("the master key", () => {
  test("is made once, for its owner's eyes only", () => {
    const file = path.join(folder, "made", "master.key");
    const first = masterKey(file, undefined);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(masterKey(file, undefined)).toEqual(first);
  });

  test("a file that others can read is refused", () => {
    const file = path.join(folder, "open.key");
    writeFileSync(file, Buffer.from(newKey()).toString("base64"), { mode: 0o644 });
    expect(() => masterKey(file, undefined)).toThrow(/chmod 600/);
  });

  test("comes from the environment in hex or base64, and must have 32 bytes", () => {
    const key = Buffer.from(newKey());
    for (const text of [key.toString("hex"), key.toString("base64")]) {
      expect(Buffer.from(masterKey("unused", text))).toEqual(key);
    }
    expect(() => masterKey("unused", "c2hvcnQ=")).toThrow(/32 bytes/);
  });
});
