import { describe, expect, test } from "vitest";
import { apply, type CaseEvent, type CaseLog, type EventBody, fold, TooLargeError } from "#case";
import { receive } from "./upload.ts";

/** A case log in memory; blobs are only counted. */
function log(): CaseLog & { all: CaseEvent[] } {
  const all: CaseEvent[] = [];
  const drain = async (bytes: AsyncIterable<Uint8Array>, limit: number) => {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > limit) throw new TooLargeError("too large");
    }
    return { blob: `blob-${size}`, sha256: "", bytes: size };
  };
  return {
    all,
    id: "case",
    owner: "me",
    events: async () => all,
    append: async (bodies: EventBody[]) => {
      const events = bodies.map((body, n) => ({ ...body, number: all.length + n + 1, at: "", by: "me" }));
      all.push(...events);
      return events;
    },
    put: async (bytes) =>
      drain(
        (async function* () {
          yield bytes;
        })(),
        Infinity,
      ),
    putStream: drain,
    get: async () => new Uint8Array(),
    destroy: async () => {},
  };
}

function request(...files: File[]): Request {
  const body = new FormData();
  for (const file of files) body.append("papers", file, file.name);
  return new Request("http://localhost/", { method: "POST", body });
}

describe("files as they come in", () => {
  test("a file above the limit is refused by name, its neighbours are kept", async () => {
    const into = log();
    const large = new File([new Uint8Array(2000)], "film.pdf");
    const received = await receive(
      into,
      request(new File(["a"], "a.txt"), large, new File(["b"], "b.txt")),
      1000,
    );
    expect(received).toEqual({ added: ["a.txt", "b.txt"], refused: ["film.pdf"] });
    expect(fold(into.all).refused).toEqual([{ name: "film.pdf", why: "too-large" }]);
  });

  test("a file of exactly the limit is kept", async () => {
    const received = await receive(log(), request(new File([new Uint8Array(1000)], "just.pdf")), 1000);
    expect(received.added).toEqual(["just.pdf"]);
  });

  test("an upload that breaks off keeps what came in whole", async () => {
    const into = log();
    const whole = await request(
      new File(["whole"], "whole.txt"),
      new File(["x".repeat(9000)], "half.txt"),
    ).bytes();
    const boundary = /^--(\S+)/.exec(new TextDecoder().decode(whole.subarray(0, 200)))![1];
    const broken = new Request("http://localhost/", {
      method: "POST",
      body: whole.subarray(0, whole.length - 4000),
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    });
    expect(await receive(into, broken)).toEqual({ added: ["whole.txt"], refused: ["half.txt"] });
    expect(into.all.reduce(apply, fold([])).refused[0]!.why).toBe("interrupted");
  });

  test("a body that is no form is nothing", async () => {
    const odd = new Request("http://localhost/", {
      method: "POST",
      body: "hello",
      headers: { "content-type": "multipart/form-data; boundary=q" },
    });
    expect(await receive(log(), odd)).toEqual({ added: [], refused: [] });
  });
});
