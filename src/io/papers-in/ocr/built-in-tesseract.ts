/** OCR without the program: the same engine as WebAssembly, with language data from the disk only, never from the network. */
import { existsSync } from "node:fs";
import path from "node:path";
import { OcrMissing, type OcrPicture, shadedOption } from "./tesseract.ts";

/** Where language data lies: where REDRESS_TESSDATA says and nowhere else, or in the usual places. */
const usualFolders = [
  process.env.TESSDATA_PREFIX,
  "/usr/share/tesseract-ocr/5/tessdata",
  "/usr/share/tesseract-ocr/4.00/tessdata",
  "/usr/share/tessdata",
  "/usr/local/share/tessdata",
  "/opt/homebrew/share/tessdata",
];

const named = process.env.REDRESS_TESSDATA;
const folders = named ? [named] : usualFolders;

type Worker = Awaited<ReturnType<typeof import("tesseract.js")["createWorker"]>>;
let worker: Promise<Worker> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Reads a picture as tab-separated rows, or tells which way up it is, in the words of the program. */
export function runBuiltIn(picture: OcrPicture, want: "tsv" | "osd"): Promise<string> {
  if (want === "osd") return Promise.resolve("");
  const run = last.then(() => recognise(picture));
  last = run.catch(() => {});
  return run;
}

async function recognise({ image, dpi, shaded }: OcrPicture): Promise<string> {
  worker ??= start();
  const engine = await worker;
  const threshold = shaded ? shadedOption : { thresholding_method: "0" };
  await engine.setParameters({ user_defined_dpi: String(dpi), ...threshold });
  const { data } = await engine.recognize(
    Buffer.concat(image),
    {},
    { text: false, blocks: false, tsv: true },
  );
  return data.tsv ?? "";
}

async function start(): Promise<Worker> {
  const folder = folders.find((entry) => entry && existsSync(path.join(entry, "eng.traineddata")));
  if (!folder) throw new OcrMissing("no language data");
  const { createWorker } = await import("tesseract.js");
  const engine = await createWorker("eng", 1, { langPath: folder, gzip: false, cacheMethod: "none" });
  // The worker must not keep the program alive once everything is read.
  (engine as unknown as { worker?: { unref?: () => void } }).worker?.unref?.();
  return engine;
}
