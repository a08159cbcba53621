/** What a file is, by its content; its name is never believed. */
import { unzipSync } from "fflate";
import { decodeText } from "./formats/read-plain.ts";

export type Format =
  | "pdf"
  | "docx"
  | "office"
  | "old-office"
  | "zip"
  | "archive"
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
  | "program"
  | "two-kinds"
  | "unknown";

export const mediaTypes: Record<Format, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  office: "application/octet-stream",
  "old-office": "application/octet-stream",
  zip: "application/zip",
  archive: "application/octet-stream",
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
  program: "application/octet-stream",
  "two-kinds": "application/octet-stream",
  unknown: "application/octet-stream",
};

/** Marks at the beginning of files. */
const archives = ["PK\x03\x04", "PK\x05\x06"];
const otherArchives = ["\x1f\x8b\x08", "7z\xbc\xaf'\x1c", "Rar!\x1a\x07", "BZh", "\xfd7zXZ"];
const programs = ["MZ", "\x7fELF", "\xcf\xfa\xed\xfe", "\xfe\xed\xfa", "\xca\xfe\xba\xbe", "#!/"];
const pictures = ["GIF8", "\xff\xd8\xff", "\x89PNG", "II*\0", "MM\0*"];

const beginsWith = (text: string, marks: string[]) => marks.some((mark) => text.startsWith(mark));

/** PDF readers look for the mark in the first kilobyte. */
const PDF_MARK_WITHIN = 1024;

/** The format of a file. */
export function recognise(bytes: Uint8Array): Format {
  if (bytes.length === 0) return "empty";
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const latin = whole.toString("latin1", 0, 4096);
  if (isOtherArchive(latin)) return "archive";
  const mark = latin.slice(0, PDF_MARK_WITHIN).indexOf("%PDF-");
  if (mark === 0 || (mark > 0 && whole.includes("endobj", mark, "latin1")))
    return isTwoKinds(latin.slice(0, mark), whole) ? "two-kinds" : "pdf";
  if (beginsWith(latin, archives)) return kindOfZip(bytes);
  if (beginsWith(latin, programs) && /^#!|\0/.test(latin)) return "program";
  if (latin.startsWith("\xd0\xcf\x11\xe0")) return "old-office";
  return pictureOf(latin) ?? textOf(bytes, latin);
}

/** Archives other than ZIP; a tar file says what it is at the end of its first entry's head. */
const isOtherArchive = (latin: string) => beginsWith(latin, otherArchives) || latin.startsWith("ustar", 257);

/** Another kind's mark before the PDF's, or an archive's end after the PDF's. */
function isTwoKinds(before: string, whole: Buffer): boolean {
  if (
    beginsWith(before, [...archives, ...programs, ...pictures]) ||
    /^\s*<(?:!doctype|html|script|\?php|svg)/i.test(before)
  )
    return true;
  const archive = whole.lastIndexOf("PK\x05\x06", undefined, "latin1");
  return archive > 0 && whole.length - archive < 66_000 && archive > whole.lastIndexOf("%%EOF");
}

function kindOfZip(bytes: Uint8Array): Format {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        if (names.size < 5000) names.add(entry.name);
        return false;
      },
    });
  } catch {
    return "zip";
  }
  const has = (start: string) => [...names].some((name) => name.startsWith(start));
  if (names.has("[Content_Types].xml")) return has("word/") ? "docx" : "office";
  return names.has("mimetype") && has("META-INF/") ? "office" : "zip";
}

function pictureOf(latin: string): Format | null {
  if (latin.startsWith("\xff\xd8\xff")) return "jpeg";
  if (latin.startsWith("\x89PNG\r\n")) return "png";
  if (latin.startsWith("II*\0") || latin.startsWith("MM\0*")) return "tiff";
  if (/^[\s\S]{4}ftyp(?:heic|heix|hevc|hevx|heim|heis|mif1|msf1)/.test(latin)) return "heic";
  if (/^[\s\S]{4}ftypavif/.test(latin)) return "webp";
  if (/^RIFF[\s\S]{4}WEBP/.test(latin)) return "webp";
  if (latin.startsWith("GIF8")) return "gif";
  return latin.startsWith("BM") && /[(4@lx|]\0\0\0/.test(latin.slice(14, 18)) ? "bmp" : null;
}

function textOf(bytes: Uint8Array, latin: string): Format {
  if (latin.startsWith("{\\rtf")) return "rtf";
  const text = decodeText(bytes.subarray(0, 4096)).trimStart();
  if (/^ISA[^A-Za-z0-9\s]/.test(text)) return "x12";
  if (/^[{[]/.test(text)) {
    if (/"resourceType"\s*:/.test(decodeText(bytes.subarray(0, 200_000)))) return "fhir";
    if (/^(?:\{\s*"|\[\s*[{["\d\]])/.test(text)) return "json";
  }
  if (isEmail(text)) return "eml";
  const marked = markupOf(text);
  if (marked !== null) return marked;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells data from text
  const controls = (text.match(/[\x00-\x08\x0e-\x1f\ufffd]/g) ?? []).length;
  return controls > text.length / 50 ? "unknown" : "text";
}

const htmlTags =
  /^(?:!doctype html|html|head|body|div|p|table|meta|span|h[1-6]|ul|ol|title|link|style|center|font|article|main|a|br|b)\b/i;

/** The kind of a text that begins with a tag; comments before it do not count. */
function markupOf(text: string): Format | null {
  const start = text.replace(/^(?:\s*<!--[\s\S]*?-->)+\s*/, "");
  if (!start.startsWith("<")) return /<(?:html|body)[\s>]/i.test(text) ? "html" : null;
  if (/<html[\s>]/i.test(text) || htmlTags.test(start.slice(1))) return "html";
  if (/urn:hl7-org:v3|<(?:\w+:)?ClinicalDocument|ContinuityOfCareRecord|urn:astm-org:CCR/.test(text))
    return "ccda";
  return /^<(?:\?xml|!DOCTYPE|[A-Za-z_][\w:.-]*[\s>/])/.test(start) ? "xml" : null;
}

/** Header lines and an empty one, and among them those that mail and saved web pages have. */
function isEmail(text: string): boolean {
  const head = /^(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}(?:\r?\n|$)/.exec(text)?.[0];
  return (
    head !== undefined &&
    /^(?:mime-version|received|return-path|delivered-to|message-id|content-type):/im.test(head)
  );
}
