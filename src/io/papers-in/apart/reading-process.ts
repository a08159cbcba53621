/** The process in which files are taken apart: what goes wrong here, takes nothing else with it. */
import { setOcrJobs } from "../ocr/tesseract.ts";
import { readByPage } from "../read-one.ts";
import type { Answer, Ask } from "./messages.ts";
import { packPage } from "./packed-page.ts";

const send = (answer: Answer) => process.send?.(answer);

process.on("message", async ({ file, ocrJobs }: Ask) => {
  setOcrJobs(ocrJobs);
  const { document, inner, issues } = await readByPage(
    file,
    (page) => send({ kind: "page", page: packPage(page) }),
    (done, total, doing) => send({ kind: "progress", done, total, doing }),
  );
  for (const innerFile of inner) send({ kind: "inner", file: innerFile });
  send({ kind: "end", document, issues });
});

process.on("disconnect", () => process.exit(0));
