import { constants, inflateSync } from "node:zlib";
import { PDFDocument } from "@cantoo/pdf-lib";
import { leaveOnlySeen } from "./only-seen.ts";
import { hiddenLayers } from "./optional-content.ts";
import { unlocked } from "./unlocked.ts";

/**
 * A PDF as it is seen when it is opened: without what lies in layers that are switched off. The same bytes where it
 * switches none off, or cannot be taken apart.
 */
export async function asSeen(bytes: Uint8Array): Promise<Uint8Array> {
  if (!speaksOfLayers(bytes)) return bytes;
  try {
    const pdf = await opened(bytes);
    if (!pdf || !hiddenLayers(pdf)) return bytes;
    leaveOnlySeen(pdf);
    return await pdf.save({ updateFieldAppearances: false });
  } catch {
    return bytes;
  }
}

/** Files that are locked against changes only are opened all the same. */
async function opened(bytes: Uint8Array): Promise<PDFDocument | null> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false }).catch(() => null);
  if (pdf && !pdf.isEncrypted) return pdf;
  const open = await unlocked(bytes);
  return open && PDFDocument.load(open, { updateMetadata: false });
}

const sign = "/OCProperties";

/** A look for the one word that every file with layers holds, in the open or in its packed lists of objects. */
function speaksOfLayers(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(sign)) return true;
  for (let at = file.indexOf("/ObjStm"); at >= 0; at = file.indexOf("/ObjStm", at + 1)) {
    const start = file.indexOf("stream", at) + "stream".length;
    const data = file.subarray(start + (file[start] === 13 ? 2 : 1));
    try {
      if (inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH }).includes(sign)) return true;
    } catch {
      // Packed in another way: rare, and such a file is read as it is.
    }
  }
  return false;
}
