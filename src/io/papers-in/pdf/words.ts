/** Words of a PDF page with their boxes, in the coordinates people see (after rotation and cropping). */

import type { PlacedWord } from "../layout/placed-word.ts";
import { type Affine, through } from "./affine.ts";
import type { Pdfium } from "./pdfium.ts";

export type PdfPageWords = { words: PlacedWord[]; unmapped: number };

/** Room for what the engine hands out: boxes, matrices, font names. */
const NAME_ROOM = 128;

/** The words of a loaded page. `unmapped` counts letters whose font does not say what they are. */
export function wordsOfPage(pdfium: Pdfium, page: number, seen: Affine): PdfPageWords {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === 0) return { words: [], unmapped: 0 };
  const memory = pdfium.pdfium.wasmExports.malloc(NAME_ROOM);
  try {
    return collect(pdfium, text, seen, memory);
  } finally {
    pdfium.pdfium.wasmExports.free(memory);
    pdfium.FPDFText_ClosePage(text);
  }
}

/** A word being collected: extremes in page space. */
type Open = {
  letters: number[];
  left: number;
  right: number;
  bottom: number;
  top: number;
  first: number;
  line: number;
};

function collect(
  pdfium: Pdfium,
  text: number,
  seen: Affine,
  memory: number,
): { words: PlacedWord[]; unmapped: number } {
  const words: PlacedWord[] = [];
  const count = pdfium.FPDFText_CountChars(text);
  const float = memory >> 2;
  let open: Open | null = null;
  const fonts: BoldFonts = new Map();
  let unmapped = 0;
  let line = 0;
  const finish = () => {
    if (open) words.push(place(pdfium, text, open, seen, memory, fonts));
    open = null;
  };
  for (let index = 0; index < count; index++) {
    const code = pdfium.FPDFText_GetUnicode(text, index);
    if (code === 0 || code === 0xfffe || code === 0xffff || code === 0xfffd) unmapped++;
    if (isBlank(code)) {
      if (code === 10 || code === 13) line++;
      finish();
      continue;
    }
    const letter = letterOf(code);
    if (letter === null) continue;
    pdfium.FPDFText_GetLooseCharBox(text, index, memory);
    const heap = pdfium.pdfium.HEAPF32;
    const [left, top, right, bottom] = [heap[float]!, heap[float + 1]!, heap[float + 2]!, heap[float + 3]!];
    if (open && jumps(open, left, right, top, bottom)) {
      finish();
      line++;
    }
    if (!open) open = { letters: [letter], left, right, bottom, top, first: index, line };
    else {
      open.letters.push(letter);
      open.left = Math.min(open.left, left);
      open.right = Math.max(open.right, right);
      open.bottom = Math.min(open.bottom, bottom);
      open.top = Math.max(open.top, top);
    }
  }
  finish();
  return { words, unmapped };
}

/** Blanks of every width, line ends, and the mark that is no letter. */
function isBlank(code: number): boolean {
  return (code <= 32 && code !== LINE_END_HYPHEN) || (code >= 0x85 && blanks.has(code));
}

const blanks = new Set([
  0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
  0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff,
]);

/** How the engine marks a hyphen at a line's end. */
const LINE_END_HYPHEN = 2;

/** The letter's code point; unpaired halves and controls are nothing. */
function letterOf(code: number): number | null {
  if (code === 0xfffe || code === LINE_END_HYPHEN || code === 0xad) return 0x2d;
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0xffff) return null;
  return code;
}

/** True when the next letter stands elsewhere: the engine gave no space between two pieces of the page. */
function jumps(open: Open, left: number, right: number, top: number, bottom: number): boolean {
  const height = Math.max(open.top - open.bottom, 1);
  const width = open.right - open.left;
  const sideways = width > height * 1.5 || open.letters.length < 2;
  if (!sideways) return false;
  const apart = Math.max(left - open.right, open.left - right);
  const overlap = Math.min(top, open.top) - Math.max(bottom, open.bottom);
  // A single letter does not tell yet which way its word runs: the next may stand above it, as near as letters do.
  const most = open.letters.length < 2 ? -0.3 * Math.max(width, height) : 0;
  return apart > height * 0.8 || overlap < most;
}

/** The font's size as set; the box of its letters where the file's figures make no sense. */
function sizeOf(pdfium: Pdfium, text: number, index: number, memory: number, boxHeight: number): number {
  pdfium.FPDFText_GetMatrix(text, index, memory);
  const at = memory >> 2;
  const heap = pdfium.pdfium.HEAPF32;
  const size = pdfium.FPDFText_GetFontSize(text, index) * Math.hypot(heap[at + 2]!, heap[at + 3]!);
  return size > boxHeight * 0.4 && size < boxHeight * 1.5 ? size : boxHeight * 0.85;
}

/** Which fonts of a page are bold, by the engine's handle. */
type BoldFonts = Map<number, boolean>;

function isBold(pdfium: Pdfium, text: number, index: number, memory: number, fonts: BoldFonts): boolean {
  const font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(text, index));
  const known = fonts.get(font);
  if (known !== undefined) return known;
  const length = font === 0 ? 0 : pdfium.FPDFFont_GetBaseFontName(font, memory, NAME_ROOM);
  const name = length > 0 && length <= NAME_ROOM ? pdfium.pdfium.UTF8ToString(memory) : "";
  const bold =
    /bold|black|heavy|demi|[-,]bd\b/i.test(name) || pdfium.FPDFText_GetFontWeight(text, index) >= 600;
  fonts.set(font, bold);
  return bold;
}

function place(
  pdfium: Pdfium,
  text: number,
  open: Open,
  seen: Affine,
  memory: number,
  fonts: BoldFonts,
): PlacedWord {
  const [x1, y1] = through(seen, open.left, open.top);
  const [x2, y2] = through(seen, open.right, open.bottom);
  const box = {
    x: Math.min(x1, x2),
    y: Math.min(y1, y2),
    width: Math.abs(x2 - x1),
    height: Math.abs(y2 - y1),
  };
  pdfium.FPDFText_GetCharOrigin(text, open.first, memory, memory + 8);
  const heap = pdfium.pdfium.HEAPF64;
  const base = through(seen, heap[memory >> 3]!, heap[(memory + 8) >> 3]!)[1];
  const size = sizeOf(pdfium, text, open.first, memory, box.height);
  const bold = isBold(pdfium, text, open.first, memory, fonts);
  return { text: String.fromCodePoint(...open.letters), box, at: box, base, size, bold, line: open.line };
}
