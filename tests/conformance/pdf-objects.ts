/**
 * Reads a PDF through qpdf's JSON, so that what Typst and our own joining wrote is judged by a parser that is neither:
 * objects, decoded streams, and the operators of page contents.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export type PdfDict = { [key: string]: PdfValue };
/** Names are "/Name", texts "u:…", other bytes "b:hex", references "12 0 R", as qpdf writes them. */
export type PdfValue = null | boolean | number | string | PdfValue[] | PdfDict;
export type PdfFile = {
  trailer: PdfDict;
  root: PdfDict;
  pages: { ref: string; dict: PdfDict }[];
  /** The value behind a reference, else the value itself. */
  at: (value: PdfValue | undefined) => PdfValue;
  dict: (value: PdfValue | undefined) => PdfDict;
  list: (value: PdfValue | undefined) => PdfValue[];
  stream: (value: PdfValue | undefined) => Buffer | null;
  refs: string[];
};

type Held = { value?: PdfValue; stream?: { dict: PdfDict; data?: string } };

/** Programs that judge PDFs and are on this machine; what is missing is said once, so that a skip is seen. */
export function onThisMachine(program: string, flag: string): boolean {
  try {
    execFileSync(program, [flag], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write(`SKIPPED: ${program} is not on this machine; its checks of our PDFs did not run.\n`);
    return false;
  }
}

/** Writes bytes to a file that lives as long as `use` runs. */
export function withFile<T>(bytes: Uint8Array, use: (file: string) => T, name = "made.pdf"): T {
  const folder = mkdtempSync(path.join(tmpdir(), "conformance-"));
  try {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readPdf(bytes: Uint8Array): PdfFile {
  const flags = ["--json=2", "--json-stream-data=inline", "--decode-level=generalized", "--json-key=qpdf"];
  const raw = withFile(bytes, (file) => execFileSync("qpdf", [...flags, file], { maxBuffer: 1 << 29 }));
  const [, objects] = JSON.parse(raw.toString()).qpdf as [unknown, Record<string, Held>];
  const held = (value: PdfValue | undefined): Held =>
    typeof value === "string" && /^\d+ \d+ R$/.test(value)
      ? (objects[`obj:${value}`] ?? { value: null })
      : { value: value ?? null };
  const at = (value: PdfValue | undefined): PdfValue => held(value).stream?.dict ?? held(value).value ?? null;
  const dict = (value: PdfValue | undefined): PdfDict => {
    const got = at(value);
    return got !== null && typeof got === "object" && !Array.isArray(got) ? got : {};
  };
  const list = (value: PdfValue | undefined): PdfValue[] => {
    const got = at(value);
    return Array.isArray(got) ? got : got === null ? [] : [got];
  };
  const stream = (value: PdfValue | undefined): Buffer | null => {
    const data = held(value).stream?.data;
    return data === undefined ? null : Buffer.from(data, "base64");
  };
  const trailer = objects.trailer!.value as PdfDict;
  const root = dict(trailer["/Root"]);
  const pages: PdfFile["pages"] = [];
  const walk = (ref: PdfValue, above: PdfDict) => {
    const own = dict(ref);
    const inherited = ["/Resources", "/MediaBox", "/Rotate"].flatMap((key) =>
      own[key] === undefined && above[key] !== undefined ? [[key, above[key]]] : [],
    );
    const whole = { ...Object.fromEntries(inherited), ...own };
    if (own["/Kids"] === undefined) pages.push({ ref: ref as string, dict: whole });
    else for (const kid of list(own["/Kids"])) walk(kid, whole);
  };
  walk(root["/Pages"]!, {});
  const refs = Object.keys(objects).flatMap((key) => (key.startsWith("obj:") ? [key.slice(4)] : []));
  return { trailer, root, pages, at, dict, list, stream, refs };
}

/** A text string of qpdf's JSON. */
export function words(value: PdfValue | undefined): string {
  if (typeof value !== "string") return "";
  if (value.startsWith("u:")) return value.slice(2);
  return value.startsWith("b:") ? Buffer.from(value.slice(2), "hex").toString("latin1") : "";
}

export type Operand = number | string | Buffer | Operand[] | { [key: string]: Operand };
export type Operation = { name: string; operands: Operand[] };

/** Operators of a content stream with their operands: names "/N", strings as bytes. */
export function* operations(content: Buffer): Generator<Operation> {
  const text = content.toString("latin1");
  const token = /%[^\r\n]*|\/[^\s/()<>[\]{}%]*|<<|>>|[[\]]|<[0-9A-Fa-f\s]*>|\(|[^\s/()<>[\]{}%]+/g;
  const open: Operand[][] = [[]];
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const part = match[0];
    if (part.startsWith("%")) continue;
    if (part === "(") {
      const { bytes, end } = literal(text, match.index + 1);
      open.at(-1)!.push(bytes);
      token.lastIndex = end;
    } else if (part === "[" || part === "<<") open.push([]);
    else if (part === "]") {
      const list = open.pop()!;
      open.at(-1)!.push(list);
    } else if (part === ">>") {
      const list = open.pop()!;
      const pairs = list.flatMap((key, at) => (at % 2 === 0 ? [[key as string, list[at + 1]!]] : []));
      open.at(-1)!.push(Object.fromEntries(pairs));
    } else if (part.startsWith("<")) open.at(-1)!.push(Buffer.from(part.replace(/[<>\s]/g, ""), "hex"));
    else if (part.startsWith("/")) open.at(-1)!.push(part);
    else if (/^[-+.\d]/.test(part)) open.at(-1)!.push(Number(part));
    else if (part === "ID") {
      // The bytes of a picture inside the content end at the next EI that stands alone.
      const end = /\sEI(?=\s|$)/g;
      end.lastIndex = match.index;
      token.lastIndex = end.exec(text) ? end.lastIndex : text.length;
      yield { name: "BI", operands: [] };
      open[0] = [];
    } else {
      yield { name: part, operands: open[0]! };
      open[0] = [];
    }
  }
}

function literal(text: string, from: number): { bytes: Buffer; end: number } {
  const signs: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };
  const bytes: number[] = [];
  let depth = 1;
  let at = from;
  for (; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === "\\") {
      const next = text[++at]!;
      const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
      if (octal) {
        bytes.push(Number.parseInt(octal, 8) & 255);
        at += octal.length - 1;
      } else if (next !== "\n" && next !== "\r") bytes.push(signs[next] ?? next.charCodeAt(0));
      continue;
    }
    if (sign === "(") depth++;
    if (sign === ")" && --depth === 0) break;
    bytes.push(sign.charCodeAt(0));
  }
  return { bytes: Buffer.from(bytes), end: at + 1 };
}
