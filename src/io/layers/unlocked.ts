import { openPdf } from "../papers-in/pdf/pdfium.ts";

/** The same pages saved anew, without encryption, in a sound file. */
export async function unlocked(bytes: Uint8Array): Promise<Uint8Array | null> {
  const open = await openPdf(bytes);
  if ("error" in open) return null;
  const { pdfium, document } = open;
  const removeSecurity = 3;
  try {
    const writer = pdfium.PDFiumExt_OpenFileWriter();
    pdfium.FPDF_SaveAsCopy(document, writer, removeSecurity);
    const size = pdfium.PDFiumExt_GetFileWriterSize(writer);
    const memory = pdfium.pdfium.wasmExports.malloc(size);
    pdfium.PDFiumExt_GetFileWriterData(writer, memory, size);
    const copy = pdfium.pdfium.HEAPU8.slice(memory, memory + size);
    pdfium.pdfium.wasmExports.free(memory);
    pdfium.PDFiumExt_CloseFileWriter(writer);
    return copy;
  } finally {
    open.close();
  }
}
