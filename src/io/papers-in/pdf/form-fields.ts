/** What people typed into a PDF form: it is drawn on the page, but is not part of the page's text. */
import type { PlacedWord } from "../layout/placed-word.ts";
import type { Affine } from "./affine.ts";
import { through } from "./affine.ts";
import type { Pdfium } from "./pdfium.ts";

const annotations = { freeText: 3, widget: 20 } as const;
const fields = { checkBox: 2, radioButton: 3, comboBox: 4, listBox: 5, text: 6 } as const;

/** A form being read: `close` must be called before the document is closed. */
export type OpenForm = { handle: number; close: () => void };

/** Opens the document's form; `null` when it has none. */
export function openForm(pdfium: Pdfium, document: number): OpenForm | null {
  if (pdfium.FPDF_GetFormType(document) === 0) return null;
  const info = pdfium.PDFiumExt_OpenFormFillInfo();
  const handle = pdfium.PDFiumExt_InitFormFillEnvironment(document, info);
  if (handle === 0) return null;
  const close = () => {
    pdfium.PDFiumExt_ExitFormFillEnvironment(handle);
    pdfium.PDFiumExt_CloseFormFillInfo(info);
  };
  return { handle, close };
}

/** Field values and typed remarks of a page, as words in their boxes. */
export function fieldWords(pdfium: Pdfium, page: number, form: OpenForm | null, seen: Affine): PlacedWord[] {
  const words: PlacedWord[] = [];
  const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), 5000);
  const memory = pdfium.pdfium.wasmExports.malloc(16);
  for (let index = 0; index < count; index++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index);
    const kind = pdfium.FPDFAnnot_GetSubtype(annotation);
    const value =
      kind === annotations.widget && form
        ? fieldValue(pdfium, form.handle, annotation)
        : kind === annotations.freeText
          ? textFrom(pdfium, (buffer, size) =>
              pdfium.FPDFAnnot_GetStringValue(annotation, "Contents", buffer, size),
            )
          : "";
    if (value !== "" && pdfium.FPDFAnnot_GetRect(annotation, memory)) {
      const at = memory >> 2;
      const [left, top, right, bottom] = pdfium.pdfium.HEAPF32.subarray(at, at + 4);
      words.push(
        ...placeValue(value, through(seen, left!, top!), through(seen, right!, bottom!), -1 - index),
      );
    }
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
  pdfium.pdfium.wasmExports.free(memory);
  return words;
}

function fieldValue(pdfium: Pdfium, form: number, annotation: number): string {
  const type = pdfium.FPDFAnnot_GetFormFieldType(form, annotation);
  if (type === fields.checkBox || type === fields.radioButton) {
    const state = textFrom(pdfium, (buffer, size) =>
      pdfium.FPDFAnnot_GetStringValue(annotation, "AS", buffer, size),
    );
    return pdfium.FPDFAnnot_IsChecked(form, annotation) || (state !== "" && state !== "Off") ? "☒" : "☐";
  }
  if (type !== fields.text && type !== fields.comboBox && type !== fields.listBox) return "";
  return textFrom(pdfium, (buffer, size) =>
    pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size),
  );
}

/** Reads a UTF-16 text the engine hands out in two steps: its length first. */
function textFrom(pdfium: Pdfium, read: (buffer: number, size: number) => number): string {
  const size = Math.min(read(0, 0), 200_000);
  if (size <= 2) return "";
  const buffer = pdfium.pdfium.wasmExports.malloc(size);
  read(buffer, size);
  const text = pdfium.pdfium.UTF16ToString(buffer);
  pdfium.pdfium.wasmExports.free(buffer);
  return text.replace(/\r\n?/g, "\n").trim();
}

/** The value set in the field's box: line under line, letters of even width. */
function placeValue(
  value: string,
  a: readonly [number, number],
  b: readonly [number, number],
  run: number,
): PlacedWord[] {
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  const [width, height] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
  const lines = value.split("\n");
  const pitch = height / lines.length;
  const size = Math.min(10, pitch * 0.8);
  const letter = Math.min(size * 0.5, width / Math.max(...lines.map((line) => line.length), 1));
  return lines.flatMap((line, row) =>
    [...line.matchAll(/\S+/g)].map((word) => {
      const box = {
        x: left + 2 + word.index * letter,
        y: top + row * pitch,
        width: word[0].length * letter,
        height: pitch,
      };
      const base = box.y + pitch * 0.75;
      return { text: word[0], box, at: box, base, size, bold: false, line: run * 1000 - row };
    }),
  );
}
