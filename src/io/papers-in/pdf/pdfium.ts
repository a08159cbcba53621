/** The PDF engine: one WebAssembly instance per process, loaded when the first PDF comes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { WrappedPdfiumModule } from "@embedpdf/pdfium";

export type Pdfium = WrappedPdfiumModule & {
  pdfium: { HEAPU8: Uint8Array; HEAPF32: Float32Array; HEAPF64: Float64Array; HEAP32: Int32Array };
};

let engine: Promise<Pdfium> | undefined;

/** The engine, started once. */
export function loadPdfium(): Promise<Pdfium> {
  engine ??= start();
  return engine;
}

async function start(): Promise<Pdfium> {
  const { init } = await import("@embedpdf/pdfium");
  const file = createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm");
  const wasmBinary = readFileSync(file);
  const pdfium = (await init({ wasmBinary: wasmBinary as unknown as ArrayBuffer })) as Pdfium;
  callDirectly(pdfium);
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** What is asked for every letter or every drawn object: the package's wrappers take longer than the engine's answers. */
const oftenAsked = [
  "FPDFText_GetUnicode",
  "FPDFText_GetLooseCharBox",
  "FPDFText_GetMatrix",
  "FPDFText_GetFontSize",
  "FPDFText_GetCharOrigin",
  "FPDFText_GetTextObject",
  "FPDFText_GetFontWeight",
  "FPDFTextObj_GetFont",
  "FPDFPage_GetObject",
  "FPDFPageObj_GetType",
  "FPDFPageObj_GetBounds",
  "FPDFPageObj_GetMatrix",
  "FPDFPath_CountSegments",
  "FPDFPath_GetPathSegment",
  "FPDFPathSegment_GetType",
  "FPDFPathSegment_GetPoint",
];

/** Puts the engine's own functions of numbers in the wrappers' place. */
function callDirectly(pdfium: Pdfium): void {
  const wrappers = pdfium as unknown as Record<string, unknown>;
  const own = pdfium.pdfium.wasmExports as unknown as Record<string, unknown>;
  for (const name of oftenAsked) wrappers[name] = own[name] ?? wrappers[name];
}

/** Why a PDF did not open, in the engine's numbers (`FPDF_GetLastError`). */
export const pdfErrors = { file: 2, format: 3, password: 4, security: 5 } as const;

/** An open PDF. `close` must be called: the bytes live in the engine's memory. */
export type OpenPdf = { pdfium: Pdfium; document: number; pages: number; close: () => void };

/** Opens bytes as a PDF; a number is the engine's error. */
export async function openPdf(bytes: Uint8Array, password = ""): Promise<OpenPdf | { error: number }> {
  const pdfium = await loadPdfium();
  const memory = pdfium.pdfium.wasmExports.malloc(bytes.length);
  if (memory === 0) return { error: pdfErrors.file };
  pdfium.pdfium.HEAPU8.set(bytes, memory);
  const document = pdfium.FPDF_LoadMemDocument(memory, bytes.length, password);
  if (document === 0) {
    const error = pdfium.FPDF_GetLastError();
    pdfium.pdfium.wasmExports.free(memory);
    return { error };
  }
  const close = () => {
    pdfium.FPDF_CloseDocument(document);
    pdfium.pdfium.wasmExports.free(memory);
  };
  return { pdfium, document, pages: pdfium.FPDF_GetPageCount(document), close };
}
