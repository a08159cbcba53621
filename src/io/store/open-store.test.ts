import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseLog, type Store, TooLargeError } from "#case";
import { openStore } from "./open-store.ts";

const home = mkdtempSync(path.join(tmpdir(), "redress-store-"));
const options = { folder: path.join(home, "data"), keyFile: path.join(home, "master.key") };
let store: Store;
let mine: CaseLog;

beforeAll(async () => {
  store = await openStore(options);
  const { id: owner } = await store.accounts.local();
  mine = await store.cases.create(owner, { title: "Elena’s eczema" });
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

/** Every byte that the store has written, database and files. */
function onDisk(): Buffer {
  const all = readdirSync(options.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Buffer.concat(all.map((entry) => readFileSync(path.join(entry.parentPath, entry.name))));
}

describe("the log of a case", () => {
  test("keeps what was appended, in order, with a number for each", async () => {
    const both = await Promise.all([
      mine.append([{ kind: "reading-confirmed", field: "payer" }]),
      mine.append([
        { kind: "reading-confirmed", field: "memberId" },
        { kind: "reading-confirmed", field: "noticeDate" },
      ]),
    ]);
    expect(both.flat()).toHaveLength(3);
    expect((await mine.events()).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test("a case of somebody else, and one that is not there, are the same nothing", async () => {
    const bob = await store.accounts.register("bob@example.org", "four plain words here");
    expect(await store.cases.open(bob!.id, mine.id)).toBeNull();
    expect(await store.cases.open(bob!.id, "no-such-case")).toBeNull();
    expect(await store.cases.list(bob!.id)).toEqual([]);
    expect((await store.cases.open(mine.owner, mine.id))!.id).toBe(mine.id);
  });

  test("waits for work from the change on until the draft that knows of it", async () => {
    const waiting = async () => (await store.cases.waiting()).map(({ id }) => id);
    const [answer] = await mine.append([{ kind: "answer-given", question: "state", answer: "OH" }]);
    expect(await waiting()).toEqual([mine.id]);
    const draft = { kind: "drafted" as const, file: "f", parts: [], asOf: "2026-10-12" };
    await mine.append([{ ...draft, upTo: answer!.number - 1 }]);
    expect(await waiting()).toEqual([mine.id]);
    await mine.append([{ ...draft, upTo: answer!.number }]);
    expect(await waiting()).toEqual([]);
  });
});

describe("the files of a case", () => {
  test("come back as they went in, under a name that does not tell what they are", async () => {
    const stored = await mine.putStream(pieces("a note ", "of a visit"), 1000);
    expect(stored.bytes).toBe(17);
    expect(Buffer.from(await mine.get(stored.blob)).toString()).toBe("a note of a visit");
    expect(stored.blob).not.toBe(stored.sha256);
  });

  test("one that is too large leaves nothing behind", async () => {
    const before = readdirSync(path.join(options.folder, "papers", mine.id));
    await expect(mine.putStream(pieces("12345", "67890"), 9)).rejects.toBeInstanceOf(TooLargeError);
    expect(readdirSync(path.join(options.folder, "papers", mine.id))).toEqual(before);
  });

  test("one that was changed on the disk is refused", async () => {
    const { blob } = await mine.put(new TextEncoder().encode("the true words"));
    const file = path.join(options.folder, "papers", mine.id, blob);
    const bytes = readFileSync(file);
    bytes[20]! ^= 1;
    writeFileSync(file, bytes);
    await expect(mine.get(blob)).rejects.toThrow();
    await expect(mine.get("../../master.key")).rejects.toThrow(/not the name/);
  });
});

describe("at rest", () => {
  test("no word of a case stands on the disk", async () => {
    await mine.put(new TextEncoder().encode("dupilumab for severe dermatitis"));
    await mine.append([
      { kind: "finding-judged", criterion: "c1", status: "met", why: "the allergist said so" },
    ]);
    const disk = onDisk();
    for (const word of ["eczema", "dermatitis", "allergist", "dupilumab"])
      expect(disk.includes(word), word).toBe(false);
  });

  test("a deleted case has no key, no events and no files", async () => {
    const gone = await store.cases.create(mine.owner, { title: "gone" });
    const { blob } = await gone.put(new TextEncoder().encode("words"));
    await gone.destroy();
    expect(await store.cases.open(mine.owner, gone.id)).toBeNull();
    expect(await gone.events()).toEqual([]);
    await expect(gone.get(blob)).rejects.toThrow();
    expect(await store.cases.hasHad(mine.owner)).toBe(true);
  });

  test("the key may not lie with the data", async () => {
    const inside = { ...options, keyFile: path.join(options.folder, "master.key") };
    await expect(openStore(inside)).rejects.toThrow(/must not lie in the data folder/);
  });

  test("a second opening of the same folder is refused", async () => {
    await expect(openStore(options)).rejects.toThrow(/has these data open/);
  });
});
