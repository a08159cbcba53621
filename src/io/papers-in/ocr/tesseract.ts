/** Letters from pictures, by the tesseract program. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import type { PlacedWord } from "../layout/placed-word.ts";

/**
 * A picture to read, as the parts of a portable gray map, and how many of its dots make an inch. `shaded`: what is print
 * is told from its neighbourhood instead of from the whole picture.
 */
export type OcrPicture = { image: readonly Uint8Array[]; dpi: number; shaded?: boolean };

/** The engine's name for telling print by its neighbourhood (Sauvola's way). */
export const shadedOption = { thresholding_method: "2" };

/** One program per core: each runs on one thread. */
let jobs = availableParallelism();
let running = 0;
const waiting: (() => void)[] = [];

/** How many pictures are read at a time. */
export const ocrJobs = () => jobs;

/** Another number, when several processes share the cores. */
export function setOcrJobs(number: number): void {
  jobs = Math.max(1, number);
}

async function withTurn<T>(run: () => Promise<T>): Promise<T> {
  while (running >= jobs) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await run();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** Reads one picture; boxes in points. The options are fixed, so the same picture gives the same text. */
export async function recogniseWords(picture: OcrPicture, signal?: AbortSignal): Promise<PlacedWord[]> {
  const options = [
    "stdin",
    "stdout",
    "-l",
    "eng",
    "--oem",
    "1",
    "--dpi",
    String(picture.dpi),
    "--psm",
    "3",
    ...(picture.shaded ? ["-c", `thresholding_method=${shadedOption.thresholding_method}`] : []),
    "tsv",
  ];
  return wordsOfTsv(await withTurn(() => runOcr(options, picture, signal)), 72 / picture.dpi);
}

/** Degrees to turn the picture clockwise so that it is upright; `null` when the program is not sure. */
export async function orientationOf(picture: OcrPicture, signal?: AbortSignal): Promise<number | null> {
  const options = ["stdin", "stdout", "--psm", "0", "--dpi", String(picture.dpi)];
  try {
    const said = await withTurn(() => runOcr(options, picture, signal));
    const [rotate, sure] = [
      /Rotate: (\d+)/.exec(said)?.[1],
      /Orientation confidence: ([\d.]+)/.exec(said)?.[1],
    ];
    return rotate !== undefined && Number(sure) > 1 ? Number(rotate) : null;
  } catch (cause) {
    if (signal?.aborted || cause instanceof OcrMissing) throw cause;
    return null;
  }
}

/** No OCR is installed. */
export class OcrMissing extends Error {
  override readonly name = "OcrMissing";
}

/** The program: as named by REDRESS_TESSERACT, or on the path. */
function findProgram(): string | null {
  const named = process.env.REDRESS_TESSERACT;
  const places = named
    ? [named]
    : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "tesseract"));
  return places.find((place) => existsSync(place)) ?? null;
}

let program: string | null | undefined;

async function runOcr(options: string[], picture: OcrPicture, signal?: AbortSignal): Promise<string> {
  program ??= findProgram();
  if (program !== null) return runProgram(program, options, picture.image, signal);
  const { runBuiltIn } = await import("./built-in-tesseract.ts");
  return runBuiltIn(picture, options.includes("tsv") ? "tsv" : "osd");
}

/** Runs the program. One thread each: its own threads make it seven times slower. */
function runProgram(
  file: string,
  options: string[],
  input: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, options, {
      env: { ...process.env, OMP_THREAD_LIMIT: "1" },
      stdio: ["pipe", "pipe", "ignore"],
      timeout: 120_000,
      ...(signal ? { signal } : {}),
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(parts).toString("utf8")) : reject(new Error("tesseract failed")),
    );
    child.stdin.on("error", () => {});
    for (const part of input) child.stdin.write(part);
    child.stdin.end();
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
    const [x = 0, y = 0, width = 0, height = 0] = cells.slice(6, 10).map((cell) => Number(cell) * scale);
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
