/** Papers that travel inside structured files: FHIR Attachments and Binaries, C-CDA documents without a body of their own. */
import type { PaperFile } from "#source";

const MOST = 500;
const extensions: Record<string, string> = {
  "application/pdf": "pdf",
  "text/html": "html",
  "text/plain": "txt",
  "text/rtf": "rtf",
  "application/rtf": "rtf",
  "application/xml": "xml",
  "text/xml": "xml",
  "application/hl7-v3+xml": "xml",
  "application/cda+xml": "xml",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/tiff": "tiff",
};

type Found = { title: string | undefined; type: string | undefined; data: string };

/** Files attached to the resources of a FHIR file. */
export function attachmentsOfFhir(name: string, json: string): PaperFile[] {
  const found: Found[] = [];
  try {
    collect(JSON.parse(json), found, 0);
  } catch {
    return [];
  }
  return found.slice(0, MOST).flatMap((entry, index) => fileOf(name, entry, index));
}

/** An object with `contentType` and base64 `data` is an Attachment, a Binary or the content of either. */
function collect(value: unknown, found: Found[], depth: number): void {
  if (typeof value !== "object" || value === null || depth > 60) return;
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, found, depth + 1);
    return;
  }
  const { data, contentType, title, id } = value as Record<string, unknown>;
  if (typeof data === "string" && typeof contentType === "string" && data.length > 40) {
    const label = [title, id].find((entry) => typeof entry === "string") as string | undefined;
    found.push({ title: label, type: contentType, data });
  }
  for (const [key, entry] of Object.entries(value)) if (key !== "data") collect(entry, found, depth + 1);
}

/** The files that stand base64-encoded in a C-CDA document: a body that is not XML, and pictures of it. */
export function attachmentsOfCcda(name: string, xml: string): PaperFile[] {
  const pieces =
    /<(?:\w+:)?(?:text|value)\b([^>]*\brepresentation="B64"[^>]*)>([\s\S]*?)<\/(?:\w+:)?(?:text|value)>/g;
  const files: PaperFile[] = [];
  for (const [, attributes = "", content = ""] of xml.matchAll(pieces)) {
    if (files.length >= MOST) break;
    const type = /\bmediaType="([^"]+)"/.exec(attributes)?.[1];
    const data = /<(?:\w+:)?reference/.test(content) ? "" : content.replace(/<[^>]*>/g, "");
    if (data.length > 40) files.push(...fileOf(name, { title: undefined, type, data }, files.length));
  }
  return files;
}

function fileOf(name: string, { title, type, data }: Found, index: number): PaperFile[] {
  const bytes = new Uint8Array(Buffer.from(data.replace(/\s+/g, ""), "base64"));
  if (bytes.length === 0) return [];
  const kind = type?.split(";")[0]?.trim().toLowerCase() ?? "";
  const base = (title ?? `attachment-${index + 1}`).replace(/[^\p{L}\p{N}._ -]+/gu, "_").slice(0, 80);
  const ending = extensions[kind];
  const full = ending && !base.toLowerCase().endsWith(`.${ending}`) ? `${base}.${ending}` : base;
  return [{ name: `${name}/${full}`, bytes }];
}
