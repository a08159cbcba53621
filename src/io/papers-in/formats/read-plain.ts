import type { Page } from "#source";

/** Bytes as text: UTF-8 and UTF-16 by mark or by what is valid, else Windows-1252, which never fails. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const nulls = nullsByParity(bytes);
  if (nulls) return new TextDecoder(nulls).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
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

/** Plain text: the text as it is; form feeds part pages. Indent: a blank counts 6 points, a tab goes to the next multiple of 4. */
export function readPlain(text: string): Page[] {
  const pages = text.replace(/\r\n?/g, "\n").split("\f");
  if (pages.length > 1 && pages.at(-1)!.trim() === "") pages.pop();
  return pages.map((page, index) => plainPage(page, index + 1));
}

function plainPage(text: string, page: number): Page {
  let before = 0;
  const lines: Page["lines"] = [];
  for (const line of text.split("\n")) {
    const body = line.trim();
    if (body !== "") {
      const start = before + line.indexOf(body);
      lines.push({ start, end: start + body.length, indent: widthOf(line) * 6 });
    }
    before += line.length + 1;
  }
  return { page, text, lines, ocr: false };
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
