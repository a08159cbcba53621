/** Words of a gray picture, whichever way up it came. */
import type { PlacedWord } from "../layout/placed-word.ts";
import { type Gray, pgmOf } from "./gray.ts";
import { type Look, lookAt, type Prepared, prepare } from "./prepare-picture.ts";
import { orientationOf, recogniseWords } from "./tesseract.ts";

/** `height`: of the picture as read, upright, in points. */
export type ReadGray = { words: PlacedWord[]; height: number };

/** Below this mean confidence another way up is tried. */
const DOUBTFUL = 62;
/** Pictures with fewer dots to the inch are enlarged to about twice. */
const FINE = 200;

export async function readGray(gray: Gray, dpi: number, signal?: AbortSignal): Promise<ReadGray> {
  const look = lookAt(gray);
  const enlarge = dpi < FINE || (look.uneven && dpi < 250) ? 2 : 1;
  const prepared = await prepare(gray, look, look.sideways ? 90 : 0, enlarge);
  const first = await recognise(prepared, dpi, signal);
  if (!look.sideways && confidenceOf(first.words) >= DOUBTFUL) return first;
  return otherWayUp(gray, look, prepared, dpi, enlarge, first, signal);
}

/** Asks which way is up; where the answer is not sure, the way that reads best is taken. */
async function otherWayUp(
  gray: Gray,
  look: Look,
  prepared: Prepared,
  dpi: number,
  enlarge: number,
  first: ReadGray,
  signal?: AbortSignal,
): Promise<ReadGray> {
  const turn = await orientationOf({ image: pgmOf(prepared.gray), dpi: dpi * enlarge }, signal);
  const turns = turn === null ? [180] : turn === 0 ? [] : [turn];
  let best = first;
  for (const more of turns) {
    const base = look.sideways ? 90 : 0;
    const turned = await prepare(gray, levelled(look, more), (base + more) % 360, enlarge);
    const read = await recognise(turned, dpi, signal);
    if (worthOf(read.words) > worthOf(best.words)) best = read;
  }
  return best;
}

/** Skew found along the lines stays what it is when the page is turned over; turned by a quarter it must be looked at again. */
function levelled(look: Look, more: number): Look {
  return more === 180 ? look : { ...look, skew: 0 };
}

async function recognise(prepared: Prepared, dpi: number, signal?: AbortSignal): Promise<ReadGray> {
  const scale = 72 / (dpi * prepared.scale);
  const words = await recogniseWords(
    { image: pgmOf(prepared.gray), dpi: Math.round(dpi * prepared.scale) },
    signal,
  );
  const sideways = Math.round(prepared.turned / 90) % 2 !== 0;
  for (const word of words) {
    const { x, y, width, height } = word.box;
    const [mx, my] = prepared.back((x + width / 2) / scale, (y + height / 2) / scale);
    const [seenWidth, seenHeight] = sideways ? [height, width] : [width, height];
    const points = 72 / dpi;
    word.box = {
      x: mx * points - seenWidth / 2,
      y: my * points - seenHeight / 2,
      width: seenWidth,
      height: seenHeight,
    };
  }
  return { words, height: prepared.gray.height * scale };
}

/** Mean confidence weighted by letters, 0 to 100. */
export function confidenceOf(words: readonly PlacedWord[]): number {
  let [letters, sum] = [0, 0];
  for (const { text, confidence = 0 } of words) {
    letters += text.length;
    sum += text.length * confidence;
  }
  return letters === 0 ? 0 : sum / letters;
}

/** Letters read with confidence. */
function worthOf(words: readonly PlacedWord[]): number {
  return words.reduce(
    (sum, { text, confidence = 0 }) => sum + (confidence > 50 ? text.length * confidence : 0),
    0,
  );
}
