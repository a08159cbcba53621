import type { Pdfium } from "./pdfium.ts";

/** Page space to what is seen, in points: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Affine = { a: number; b: number; c: number; d: number; e: number; f: number };

const SCALE = 1000;

/** A point through the map. */
export function through(m: Affine, x: number, y: number): [number, number] {
  return [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f];
}

/** From page space to the page as it is seen: three points through the engine's own transformation give the whole map. */
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
