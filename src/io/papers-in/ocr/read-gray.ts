/** Words of a gray picture, whichever way up it came. */
import type { PlacedWord } from "../layout/placed-word.ts";
import { type Gray, pgmOf } from "./gray.ts";
import { type Look, lookAt, type Prepared, prepare, type Treatment } from "./prepare-picture.ts";
import { orientationOf, recogniseWords } from "./tesseract.ts";

/** `height`: of the picture as read, upright, in points. */
export type ReadGray = { words: PlacedWord[]; height: number };

/** Below this mean confidence another way up is tried. */
const DOUBTFUL = 62;
/** Below this it is tried again with the snow smoothed away. */
const NOISY = 88;
/** Pictures with fewer dots to the inch are enlarged to about twice. */
const FINE = 200;

export async function readGray(gray: Gray, dpi: number, signal?: AbortSignal): Promise<ReadGray> {
  const look = lookAt(gray);
  const enlarge = dpi < FINE || (look.uneven && dpi < 250) ? 2 : 1;
  const treatment: Treatment = { turn: look.sideways ? 90 : 0, enlarge, smooth: false };
  const prepared = await prepare(gray, look, treatment);
  let best = await recognise(prepared, dpi, signal);
  if (look.sideways || confidenceOf(best.words) < DOUBTFUL) {
    const turn = await turnOf(prepared, dpi * enlarge, look.sideways, signal);
    if (turn !== 0) {
      treatment.turn = (treatment.turn + turn) % 360;
      best = better(best, await recognise(await prepare(gray, levelled(look, turn), treatment), dpi, signal));
    }
  }
  if (confidenceOf(best.words) >= NOISY) return best;
  const smoothed = await prepare(gray, look, { ...treatment, smooth: true });
  return better(best, await recognise(smoothed, dpi, signal));
}

const better = (a: ReadGray, b: ReadGray) => (worthOf(b.words) > worthOf(a.words) ? b : a);

/** Degrees by which the picture still has to be turned; a sideways page that gives no sure answer is tried the other way up. */
async function turnOf(
  prepared: Prepared,
  dpi: number,
  sideways: boolean,
  signal?: AbortSignal,
): Promise<number> {
  const turn = await orientationOf({ image: pgmOf(prepared.gray), dpi }, signal);
  return turn ?? (sideways ? 180 : 0);
}

/** Skew found along the lines stays what it is when the page is turned over; turned by a quarter it must be looked at again. */
function levelled(look: Look, more: number): Look {
  return more === 180 ? look : { ...look, skew: 0 };
}

async function recognise(prepared: Prepared, dpi: number, signal?: AbortSignal): Promise<ReadGray> {
  const scale = 72 / (dpi * prepared.scale);
  const words = await recogniseWords(
    { image: pgmOf(prepared.gray), dpi: Math.round(dpi * prepared.scale), shaded: prepared.shaded },
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
