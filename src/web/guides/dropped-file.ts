import type { SourceDocument } from "#source";
import type { Ctx, WorkbenchOptions } from "../workbench.ts";

/** A letter of some pages, photographed or scanned; a chart belongs into a case. */
const mostBytes = 10_000_000;

/** Reading a photograph takes a processor for seconds, and anybody may ask. */
const mostAtOnce = 2;
const mostMilliseconds = 30_000;

let reading = 0;

export type Dropped = { typed: string; papers: readonly SourceDocument[]; problem: string | null };

/** The words and the file of a form, read and dropped: nothing is written anywhere, nothing of it is logged. */
export async function droppedIn(c: Ctx, readFiles: WorkbenchOptions["readFiles"]): Promise<Dropped> {
  const nothing = { typed: "", papers: [] };
  const form = await formWithin(c.req.raw, mostBytes);
  if (form === null)
    return { ...nothing, problem: "That is more than this tool takes. Send one letter, or paste its words." };
  const [words, paper] = [form.get("words"), form.get("paper")];
  const typed = typeof words === "string" ? words.slice(0, 60_000) : "";
  if (!(paper instanceof File) || paper.size === 0) return { typed, papers: [], problem: null };
  if (reading >= mostAtOnce)
    return {
      typed,
      papers: [],
      problem: "Other letters are being read. Try again in a minute, or paste the words.",
    };
  reading++;
  try {
    const bytes = new Uint8Array(await paper.arrayBuffer());
    const signal = AbortSignal.timeout(mostMilliseconds);
    const { documents, issues } = await readFiles([{ name: paper.name, bytes }], { signal });
    const problem = documents.length === 0 ? (issues[0]?.text ?? "We could not read this file.") : null;
    return { typed, papers: documents, problem };
  } catch (cause) {
    if (!(cause instanceof Error) || !/abort|timeout/i.test(cause.name)) throw cause;
    return { typed, papers: [], problem: "Reading took too long. Paste the part that says why." };
  } finally {
    reading--;
  }
}

/** The fields of a form, or `null` when it is larger than `most` bytes or no form; never more than that in memory. */
async function formWithin(request: Request, most: number): Promise<FormData | null> {
  const type = request.headers.get("content-type");
  if (!request.body || !type) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    if (size > most) return null;
    parts.push(part as Uint8Array<ArrayBuffer>);
  }
  return new Response(new Blob(parts), { headers: { "content-type": type } }).formData().catch(() => null);
}
