/** What a file is, by its content; the name is believed only where content says nothing. */
import { decodeText } from "./formats/read-plain.ts";

export type Format =
  | "pdf"
  | "docx"
  | "zip"
  | "jpeg"
  | "png"
  | "tiff"
  | "heic"
  | "webp"
  | "gif"
  | "bmp"
  | "rtf"
  | "html"
  | "fhir"
  | "json"
  | "ccda"
  | "xml"
  | "x12"
  | "eml"
  | "text"
  | "empty"
  | "unknown";

export const mediaTypes: Record<Format, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  zip: "application/zip",
  jpeg: "image/jpeg",
  png: "image/png",
  tiff: "image/tiff",
  heic: "image/heic",
  webp: "image/webp",
  gif: "image/gif",
  bmp: "image/bmp",
  rtf: "application/rtf",
  html: "text/html",
  fhir: "application/fhir+json",
  json: "application/json",
  ccda: "application/cda+xml",
  xml: "application/xml",
  x12: "application/edi-x12",
  eml: "message/rfc822",
  text: "text/plain",
  empty: "application/octet-stream",
  unknown: "application/octet-stream",
};

/** The format of a file. */
export function recognise(bytes: Uint8Array): Format {
  if (bytes.length === 0) return "empty";
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const latin = head.toString("latin1");
  if (latin.slice(0, 1024).includes("%PDF-")) return "pdf";
  if (latin.startsWith("PK\x03\x04") || latin.startsWith("PK\x05\x06"))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("word/document.xml")
      ? "docx"
      : "zip";
  return pictureOf(latin) ?? textOf(bytes, latin);
}

function pictureOf(latin: string): Format | null {
  if (latin.startsWith("\xff\xd8\xff")) return "jpeg";
  if (latin.startsWith("\x89PNG\r\n")) return "png";
  if (latin.startsWith("II*\0") || latin.startsWith("MM\0*")) return "tiff";
  if (/^....ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif)/s.test(latin)) return "heic";
  if (/^RIFF....WEBP/s.test(latin)) return "webp";
  if (latin.startsWith("GIF8")) return "gif";
  return latin.startsWith("BM") && latin.charCodeAt(14) === 40 ? "bmp" : null;
}

function textOf(bytes: Uint8Array, latin: string): Format {
  if (latin.startsWith("{\\rtf")) return "rtf";
  const text = decodeText(bytes.subarray(0, 4096)).trimStart();
  if (/^ISA[^A-Za-z0-9 ]/.test(text)) return "x12";
  if (/^[{[]/.test(text))
    return /"resourceType"\s*:/.test(decodeText(bytes.subarray(0, 200_000))) ? "fhir" : "json";
  if (/^<\?xml|^<[A-Za-z]+:?ClinicalDocument|^<ClinicalDocument/.test(text) && !/<html[\s>]/i.test(text))
    return /ClinicalDocument|ContinuityOfCareRecord/.test(text) ? "ccda" : "xml";
  if (
    /^<(!doctype html|html|head|body|div|p|table|meta|!--)/i.test(text) ||
    /<html[\s>]|<body[\s>]/i.test(text)
  )
    return "html";
  if (
    /^(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3,}\r?\n/.test(text) &&
    /^(mime-version|from|received|return-path|delivered-to|subject):/im.test(text)
  )
    return "eml";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells data from text
  const controls = (text.match(/[\x00-\x08\x0e-\x1f]/g) ?? []).length;
  return controls > text.length / 100 ? "unknown" : "text";
}
