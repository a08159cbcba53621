/** The process in which files are taken apart: what goes wrong here, takes nothing else with it. */
import { setOcrJobs } from "../ocr/tesseract.ts";
import { readOne } from "../read-one.ts";
import type { Answer, Ask } from "./messages.ts";
import { packPage } from "./packed-page.ts";

/** Waits until the message is handed over, so that a long chart does not pile up here. */
const send = (answer: Answer) =>
  new Promise<void>((resolve, reject) => {
    process.send?.(answer, (cause: Error | null) => (cause ? reject(cause) : resolve()));
  });

process.on("message", async ({ file, ocrJobs }: Ask) => {
  setOcrJobs(ocrJobs);
  const read = await readOne(file, (done, total, doing) => {
    process.send?.({ kind: "progress", done, total, doing } satisfies Answer);
  });
  for (const inner of read.inner) await send({ kind: "inner", file: inner });
  if (read.document) {
    const { pages, ...document } = read.document;
    for (const page of pages) await send({ kind: "page", page: packPage(page) });
    await send({ kind: "end", document, issues: read.issues });
  } else await send({ kind: "end", document: null, issues: read.issues });
});

process.on("disconnect", () => process.exit(0));
