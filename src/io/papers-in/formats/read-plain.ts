import type { Line, Page } from "#source";
import { startsWithMarker } from "../layout/segments.ts";
import { decodeOld } from "./old-encodings.ts";

/** Bytes as text: UTF-8 and UTF-16 by mark or by what is valid, else the older encoding that they spell words in. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && !(bytes[2] === 0 && bytes[3] === 0))
    return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const nulls = nullsByParity(bytes);
  if (nulls) return new TextDecoder(nulls).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeOld(bytes);
  }
}

/** UTF-16 without a mark: western letters leave every second byte zero. */
function nullsByParity(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2]!++;
  const half = sample.length / 2;
  if (half < 2) return null;
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.1) return "utf-16le";
  return zeros[0]! > half * 0.4 && zeros[1]! < half * 0.1 ? "utf-16be" : null;
}

/** Structured files: the page's text is the file's own text, so that spans point into it. */
export function readAsIs(text: string): Page[] {
  return [{ page: 1, text, lines: linesOf(text), ocr: false }];
}

/** Plain text: the text as it is; form feeds part pages; lines that were wrapped go on. */
export function readPlain(text: string): Page[] {
  const pages = text
    .replace(/\r\n?/g, "\n")
    .replace(/^\ufeff/, "")
    .split("\f");
  if (pages.length > 1 && pages.at(-1)!.trim() === "") pages.pop();
  return pages.map((page, index) => {
    const lines = linesOf(page);
    markWrapped(page, lines);
    return { page: index + 1, text: page, lines, ocr: false };
  });
}

/** The lines of a text. Indent: a blank counts 6 points, a tab goes to the next multiple of 4 blanks. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const next = text.indexOf("\n", start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end);
    const body = line.trim();
    if (body !== "") {
      const from = start + line.indexOf(body[0]!);
      lines.push({ start: from, end: from + body.length, indent: widthOf(line) * 6 });
    }
    start = end + 1;
  }
  return lines;
}

/** Hard-wrapped text: a line that reaches the usual width goes on in the next, unless that begins something. */
function markWrapped(text: string, lines: Line[]): void {
  const widths = lines.map((line) => line.indent / 6 + line.end - line.start).sort((a, b) => a - b);
  const width = widths[Math.floor(widths.length * 0.95)] ?? 0;
  for (const [index, line] of lines.entries()) {
    const body = text.slice(line.start, line.end);
    if (startsWithMarker(body)) line.kind = "item";
    const above = lines[index - 1];
    if (above && width >= 50 && width <= 140 && isWrapped(text, above, line, width)) line.continues = true;
  }
}

function isWrapped(text: string, above: Line, line: Line, width: number): boolean {
  const [before, body] = [text.slice(above.start, above.end), text.slice(line.start, line.end)];
  if (line.kind === "item" || /\n\s*\n/.test(text.slice(above.end, line.start))) return false;
  if (/\S(?: {3,}|\t|(?: ?\.){4})/.test(before) || /\S(?: {3,}|\t)\S/.test(body) || /^[-=_*]{3}/.test(body))
    return false;
  const hanging = line.indent - above.indent;
  if (above.kind === "item" ? hanging < 0 || hanging > 60 : Math.abs(hanging) > 12 && !/:\s*\S/.test(before))
    return false;
  const first = body.split(/\s/, 1)[0]!.length;
  return above.indent / 6 + before.length + 1 + first > width * 0.93;
}

function widthOf(line: string): number {
  let width = 0;
  for (const letter of line) {
    if (letter === "\t") width += 4 - (width % 4);
    else if (letter.trim() === "") width += 1;
    else break;
  }
  return width;
}
