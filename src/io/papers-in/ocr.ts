/** Letters from pictures, by the tesseract program. */
import { spawn } from "node:child_process";
import type { PlacedWord } from "./placed-word.ts";

/** A picture to read: gray or colour PNG, TIFF or PNM bytes, and how many of its dots make an inch. */
export type OcrPicture = { image: Uint8Array; dpi: number };

/** Reads one picture; boxes in points. */
export async function recogniseWords(picture: OcrPicture, signal?: AbortSignal): Promise<PlacedWord[]> {
  const arguments_ = ["stdin", "stdout", "-l", "eng", "--dpi", String(picture.dpi), "--psm", "3", "tsv"];
  return wordsOfTsv(await runTesseract(arguments_, picture.image, signal), 72 / picture.dpi);
}

/** Runs the program. One thread each: its own threads make it seven times slower. */
function runTesseract(arguments_: string[], input: Uint8Array, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("tesseract", arguments_, {
      env: { ...process.env, OMP_THREAD_LIMIT: "1" },
      stdio: ["pipe", "pipe", "ignore"],
      ...(signal ? { signal } : {}),
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(parts).toString("utf8")) : reject(new Error("tesseract failed")),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Rows: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function wordsOfTsv(tsv: string, scale: number): PlacedWord[] {
  const words: PlacedWord[] = [];
  let line = 0;
  let [lineTop, lineHeight] = [0, 0];
  for (const row of tsv.split("\n")) {
    const cells = row.split("\t");
    if (cells[0] === "4") {
      line++;
      lineTop = Number(cells[7]) * scale;
      lineHeight = Number(cells[9]) * scale;
    }
    if (cells[0] !== "5" || !cells[11]?.trim()) continue;
    const [x, y, width, height] = cells.slice(6, 10).map((cell) => Number(cell) * scale) as [
      number,
      number,
      number,
      number,
    ];
    words.push({
      text: cells[11].trim(),
      box: { x, y, width, height },
      at: { x, y: lineTop, width, height: lineHeight },
      base: lineTop + lineHeight,
      size: lineHeight,
      bold: false,
      confidence: Math.round(Number(cells[10])),
      line,
    });
  }
  return words;
}
