import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import busboy from "busboy";
import { type CaseLog, type EventBody, fold, TooLargeError } from "#case";

/** The largest single file: a scanned chart of a long hospital stay fits, a film does not. */
export const FILE_LIMIT = 200_000_000;
const FILES_AT_ONCE = 200;

export type Received = { added: string[]; refused: string[] };

/**
 * Takes the files of a form as they come in, never whole in memory. Each file counts from the moment it is on disk and
 * in the log; one that is cut off or too large leaves nothing behind but the note that it was refused.
 */
export async function receive(log: CaseLog, request: Request, limit = FILE_LIMIT): Promise<Received> {
  const received: Received = { added: [], refused: [] };
  if (!request.body) return received;
  const form = busboy({
    headers: { "content-type": request.headers.get("content-type") ?? "" },
    // One more than the limit: the form's own limit cannot tell a file that fits exactly.
    limits: { files: FILES_AT_ONCE, fileSize: limit + 1, fields: 20, fieldSize: 1000 },
    defParamCharset: "utf8",
  });
  const pending: Promise<void>[] = [];
  const names = new Set(fold(await log.events()).papers.map((paper) => paper.name));
  form.on("file", (_field, file, { filename }) => {
    if (!filename) {
      file.resume();
      return;
    }
    const name = freeName(plainName(filename), names);
    names.add(name);
    const before = pending.at(-1);
    pending.push(
      stored(log, name, file, limit).then(async (event) => {
        // In the order of the form, so that the list of papers is in the order in which they were chosen.
        await before;
        await log.append([event]);
        received[event.kind === "paper-added" ? "added" : "refused"].push(name);
      }),
    );
  });
  const body = Readable.fromWeb(request.body as ReadableStream);
  await new Promise<void>((resolve, reject) => {
    form.on("close", resolve);
    form.on("error", reject);
    body.on("error", (cause) => {
      form.destroy(cause);
      reject(cause);
    });
    body.pipe(form);
  }).catch(() => {
    // The connection broke or the form is malformed: what came in whole before that is kept.
  });
  body.destroy();
  await Promise.all(pending);
  return received;
}

type Arrival = EventBody & { kind: "paper-added" | "paper-refused" };

async function stored(log: CaseLog, name: string, file: Incoming, limit: number): Promise<Arrival> {
  try {
    const blob = await log.putStream(whole(file, limit), limit);
    return { kind: "paper-added", paper: randomBytes(9).toString("base64url"), name, ...blob };
  } catch (cause) {
    file.resume();
    return { kind: "paper-refused", name, why: cause instanceof TooLargeError ? "too-large" : "interrupted" };
  }
}

type Incoming = Readable & { truncated?: boolean };

/** The bytes of a file in full, or an error: a stream that ends early must not pass for a short file. */
async function* whole(file: Incoming, limit: number): AsyncGenerator<Uint8Array> {
  // Giving up early must not end the stream: the form behind it still waits to be read to its end.
  for await (const chunk of file.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array;
  if (file.truncated) throw new TooLargeError(`more than ${limit} bytes`);
}

/** The last part of the name as given, without what could be a path or a control character. */
function plainName(given: string): string {
  const last = given.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const clean = last
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 180);
  return clean === "" || clean === "." || clean === ".." ? "paper" : clean;
}

/** Spans name their document, so two papers of a case must not share a name: "denial (2).pdf". */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let n = 2, free = name; ; n++) {
    if (!taken.has(free)) return free;
    free = `${stem} (${n})${ending}`;
  }
}
