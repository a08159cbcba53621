/** Words of a PDF page with their boxes, in the coordinates people see (after rotation and cropping). */
import type { Pdfium } from "./pdfium.ts";
import type { PlacedWord } from "./placed-word.ts";

/** Page space to what is seen, in points: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Affine = { a: number; b: number; c: number; d: number; e: number; f: number };

export type PdfPageWords = { words: PlacedWord[]; unmapped: number };

const SCALE = 1000;

/** The words of a loaded page. `unmapped` counts letters whose font does not say what they are. */
export function wordsOfPage(pdfium: Pdfium, page: number, seen: Affine): PdfPageWords {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === 0) return { words: [], unmapped: 0 };
  const memory = pdfium.pdfium.wasmExports.malloc(16);
  try {
    return collect(pdfium, text, seen, memory);
  } finally {
    pdfium.pdfium.wasmExports.free(memory);
    pdfium.FPDFText_ClosePage(text);
  }
}

/** Three points through the engine's own transformation give the whole map. */
export function affineOf(pdfium: Pdfium, page: number, width: number, height: number): Affine {
  const memory = pdfium.pdfium.wasmExports.malloc(8);
  const at = (x: number, y: number): [number, number] => {
    const [w, h] = [Math.round(width * SCALE), Math.round(height * SCALE)];
    pdfium.FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, memory, memory + 4);
    const index = memory >> 2;
    return [pdfium.pdfium.HEAP32[index]! / SCALE, pdfium.pdfium.HEAP32[index + 1]! / SCALE];
  };
  const [e, f] = at(0, 0);
  const [x1, y1] = at(100, 0);
  const [x2, y2] = at(0, 100);
  pdfium.pdfium.wasmExports.free(memory);
  return { a: (x1 - e) / 100, b: (y1 - f) / 100, c: (x2 - e) / 100, d: (y2 - f) / 100, e, f };
}

/** A word being collected: extremes in page space. */
type Open = { text: string; left: number; right: number; bottom: number; top: number; first: number };

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
  let unmapped = 0;
  const finish = () => {
    if (open) words.push(place(pdfium, text, open, seen));
    open = null;
  };
  for (let index = 0; index < count; index++) {
    const code = pdfium.FPDFText_GetUnicode(text, index);
    if (code === 0 || code === 0xfffe || code === 0xffff || code === 0xfffd) unmapped++;
    if (code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x3000) {
      finish();
      continue;
    }
    const letter = letterOf(code);
    if (letter === "") continue;
    pdfium.FPDFText_GetLooseCharBox(text, index, memory);
    const heap = pdfium.pdfium.HEAPF32;
    const [left, top, right, bottom] = [heap[float]!, heap[float + 1]!, heap[float + 2]!, heap[float + 3]!];
    if (open && jumps(open, left, right, top, bottom)) finish();
    if (!open) open = { text: letter, left, right, bottom, top, first: index };
    else {
      open.text += letter;
      open.left = Math.min(open.left, left);
      open.right = Math.max(open.right, right);
      open.bottom = Math.min(open.bottom, bottom);
      open.top = Math.max(open.top, top);
    }
  }
  finish();
  return { words, unmapped };
}

/** The engine marks a hyphen at a line's end as U+FFFE or U+0002; unpaired halves and controls are nothing. */
function letterOf(code: number): string {
  if (code === 0xfffe || code === 2 || code === 0xad) return "-";
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0xffff || code === 0xfeff) return "";
  return String.fromCodePoint(code);
}

/** True when the next letter stands elsewhere: the engine gave no space between two pieces of the page. */
function jumps(open: Open, left: number, right: number, top: number, bottom: number): boolean {
  const height = Math.max(open.top - open.bottom, 1);
  const width = open.right - open.left;
  const sideways = width > height * 1.5 || open.text.length < 2;
  if (!sideways) return false;
  const apart = Math.max(left - open.right, open.left - right);
  const overlap = Math.min(top, open.top) - Math.max(bottom, open.bottom);
  return apart > height * 0.8 || overlap < 0;
}

function place(pdfium: Pdfium, text: number, open: Open, seen: Affine): PlacedWord {
  const x = [
    seen.a * open.left + seen.c * open.top + seen.e,
    seen.a * open.right + seen.c * open.bottom + seen.e,
  ];
  const y = [
    seen.b * open.left + seen.d * open.top + seen.f,
    seen.b * open.right + seen.d * open.bottom + seen.f,
  ];
  const left = Math.min(x[0]!, x[1]!);
  const top = Math.min(y[0]!, y[1]!);
  const box = { x: left, y: top, width: Math.max(x[0]!, x[1]!) - left, height: Math.max(y[0]!, y[1]!) - top };
  const weight = pdfium.FPDFText_GetFontWeight(text, open.first);
  return { text: open.text, box, at: box, size: box.height, bold: weight >= 600 };
}
