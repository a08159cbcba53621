/** Thin lines and edges of boxes on a PDF page, in the coordinates people see. */

import type { Rule } from "../layout/placed-word.ts";
import { type Affine, through } from "./affine.ts";
import type { Pdfium } from "./pdfium.ts";

const objectKinds = { path: 2, image: 3, form: 5 } as const;
/** Paths with more pieces are drawings (logos, charts), not rules. */
const MOST_PIECES = 400;
const THIN = 3;
const SHORT = 8;

export type PageObjects = {
  rules: Rule[];
  /** Share of the page that its largest picture covers, 0 to 1. */
  picture: number;
  objects: number;
};

/** Rules and pictures of a loaded page. */
export function objectsOfPage(pdfium: Pdfium, page: number, seen: Affine, area: number): PageObjects {
  const found: PageObjects = { rules: [], picture: 0, objects: pdfium.FPDFPage_CountObjects(page) };
  const memory = pdfium.pdfium.wasmExports.malloc(32);
  try {
    for (let index = 0; index < Math.min(found.objects, 20_000); index++) {
      const object = pdfium.FPDFPage_GetObject(page, index);
      const kind = pdfium.FPDFPageObj_GetType(object);
      if (kind === objectKinds.path) addRules(pdfium, object, seen, memory, found.rules);
      else if (kind === objectKinds.image || kind === objectKinds.form) {
        const box = boundsOf(pdfium, object, seen, memory);
        if (box) found.picture = Math.max(found.picture, ((box.x2 - box.x1) * (box.y2 - box.y1)) / area);
      }
    }
    return found;
  } finally {
    pdfium.pdfium.wasmExports.free(memory);
  }
}

function boundsOf(pdfium: Pdfium, object: number, seen: Affine, memory: number): Rule | null {
  if (!pdfium.FPDFPageObj_GetBounds(object, memory, memory + 4, memory + 8, memory + 12)) return null;
  const at = memory >> 2;
  const heap = pdfium.pdfium.HEAPF32;
  return box(seen, heap[at]!, heap[at + 1]!, heap[at + 2]!, heap[at + 3]!);
}

function box(seen: Affine, x1: number, y1: number, x2: number, y2: number): Rule {
  const [a, b] = [through(seen, x1, y1), through(seen, x2, y2)];
  return {
    x1: Math.min(a[0], b[0]),
    y1: Math.min(a[1], b[1]),
    x2: Math.max(a[0], b[0]),
    y2: Math.max(a[1], b[1]),
  };
}

function addRules(pdfium: Pdfium, object: number, seen: Affine, memory: number, rules: Rule[]): void {
  const bounds = boundsOf(pdfium, object, seen, memory);
  if (!bounds) return;
  const pieces = pdfium.FPDFPath_CountSegments(object);
  if (pieces <= 6) addBox(bounds, rules);
  else if (pieces <= MOST_PIECES) addPieces(pdfium, object, seen, memory, rules);
}

/** A thin box is a line; a large one gives its four edges. */
function addBox({ x1, y1, x2, y2 }: Rule, rules: Rule[]): void {
  const [width, height] = [x2 - x1, y2 - y1];
  if (width < SHORT && height < SHORT) return;
  if (height <= THIN) rules.push({ x1, y1: (y1 + y2) / 2, x2, y2: (y1 + y2) / 2 });
  else if (width <= THIN) rules.push({ x1: (x1 + x2) / 2, y1, x2: (x1 + x2) / 2, y2 });
  else if (width >= SHORT && height >= SHORT)
    rules.push(
      { x1, y1, x2, y2: y1 },
      { x1, y1: y2, x2, y2 },
      { x1, y1, x2: x1, y2 },
      { x1: x2, y1, x2, y2 },
    );
}

/** The straight pieces of a longer path. */
function addPieces(pdfium: Pdfium, object: number, seen: Affine, memory: number, rules: Rule[]): void {
  const points: { x: number; y: number; move: boolean }[] = [];
  const own = matrixOf(pdfium, object, memory);
  for (let index = 0; index < pdfium.FPDFPath_CountSegments(object); index++) {
    const piece = pdfium.FPDFPath_GetPathSegment(object, index);
    const kind = pdfium.FPDFPathSegment_GetType(piece);
    if (kind === 1) return;
    pdfium.FPDFPathSegment_GetPoint(piece, memory, memory + 4);
    const at = memory >> 2;
    const [x, y] = through(own, pdfium.pdfium.HEAPF32[at]!, pdfium.pdfium.HEAPF32[at + 1]!);
    points.push({ x, y, move: kind === 2 });
  }
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1]!, points[index]!];
    if (to.move) continue;
    const line = box(seen, from.x, from.y, to.x, to.y);
    if (line.x2 - line.x1 < THIN || line.y2 - line.y1 < THIN) addBox(line, rules);
  }
}

function matrixOf(pdfium: Pdfium, object: number, memory: number): Affine {
  if (!pdfium.FPDFPageObj_GetMatrix(object, memory)) return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
  const [a, b, c, d, e, f] = pdfium.pdfium.HEAPF32.subarray(memory >> 2, (memory >> 2) + 6);
  return { a: a!, b: b!, c: c!, d: d!, e: e!, f: f! };
}
