/** Pages on their way between processes: words as numbers in a row, which is ten times faster than as objects. */
import type { Page, Word } from "#source";

export type PackedPage = Omit<Page, "words"> & { packed?: Float64Array };

const WIDTH = 7;
const NO_CONFIDENCE = -1;

export function packPage({ words, ...page }: Page): PackedPage {
  if (!words) return page;
  const packed = new Float64Array(words.length * WIDTH);
  for (const [index, { start, end, box, confidence = NO_CONFIDENCE }] of words.entries())
    packed.set([start, end, box.x, box.y, box.width, box.height, confidence], index * WIDTH);
  return { ...page, packed };
}

/** The page; its words are unpacked when somebody asks for them, which for most pages of a chart nobody does. */
export function unpackPage({ packed, ...page }: PackedPage): Page {
  if (!packed) return page;
  let words: Word[] | undefined;
  return Object.defineProperty(page, "words", {
    enumerable: true,
    get: () => {
      words ??= wordsOf(packed);
      return words;
    },
  }) as Page;
}

function wordsOf(packed: Float64Array): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < packed.length; at += WIDTH) {
    const [start, end, x, y, width, height, confidence] = packed.subarray(
      at,
      at + WIDTH,
    ) as unknown as number[];
    const word: Word = { start: start!, end: end!, box: { x: x!, y: y!, width: width!, height: height! } };
    if (confidence !== NO_CONFIDENCE) word.confidence = confidence!;
    words.push(word);
  }
  return words;
}
