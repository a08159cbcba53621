/** A published table of decisions, read row by row: these files have tens of thousands of rows with long reasons. */
import { createReadStream, existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Issue } from "#base";
import {
  layoutUnknown,
  type NamesIn,
  type Precedent,
  type RowReader,
  readerFor,
  rowsIncomplete,
} from "#precedent";
import { UsageError } from "./command.ts";

/** The header stands among the first rows; what a spreadsheet prints above it is a title. */
const TITLE_ROWS = 10;
const HEAD_BYTES = 16_384;

export type Table = { precedents: Precedent[]; issues: Issue[] };

/** Reads a table; what is no table of decisions at all is an error that says what to do. */
export async function readTable(file: string, namesIn: NamesIn): Promise<Table> {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const head = await headOf(file);
  refuseOthers(file, head);
  const encoding = await encodingOf(file, head);
  const above = new TextDecoder(encoding).decode(head).split(/\r?\n/, TITLE_ROWS);
  const options = { relax_column_count: true, relax_quotes: true, trim: true, skip_empty_lines: true };
  const parser = parse({ ...options, delimiter: delimiterOf(above) });
  const rows = Readable.from(textOf(file, encoding))
    .on("error", (cause) => parser.destroy(cause))
    .pipe(parser);
  try {
    return await readRows(rows as AsyncIterable<string[]>, namesIn);
  } catch {
    throw new UsageError(`${file} breaks off, or is no table with a row for each decision: fetch it again`);
  }
}

async function readRows(rows: AsyncIterable<string[]>, namesIn: NamesIn): Promise<Table> {
  const precedents: Precedent[] = [];
  let read: RowReader | null = null;
  let [above, all] = [0, 0];
  for await (const cells of rows) {
    if (read === null) {
      read = readerFor(cells, namesIn);
      if (read === null && ++above >= TITLE_ROWS) break;
      continue;
    }
    all++;
    const precedent = read(cells);
    if (precedent) precedents.push(precedent);
  }
  if (read === null) return { precedents, issues: [layoutUnknown()] };
  const none: Issue = {
    severity: "error",
    code: "table-empty",
    text: "This table has a header and no decisions.",
  };
  return { precedents, issues: all === 0 ? [none] : rowsIncomplete(all - precedents.length, all) };
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What people hand in instead of the table. */
function refuseOthers(file: string, head: Uint8Array): void {
  const start = Buffer.from(head).toString("latin1").trimStart();
  if (start === "") throw new UsageError(`${file} is empty: fetch it again`);
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("\u00D0\u00CF\u0011\u00E0"))
    throw new UsageError(`${file} is an Excel workbook: open it, save its sheet as CSV, and import that`);
  if (start.startsWith("%PDF"))
    throw new UsageError(`${file} is a PDF: import the agency's CSV table instead`);
  if (/^<(?:!doctype|html|\?xml)/i.test(start))
    throw new UsageError(`${file} is a web page: download the table that it links to, and import that`);
}

/** UTF-16 says so at its start; what is not UTF-8 is Windows' Western encoding, as California's own file has been. */
async function encodingOf(file: string, head: Uint8Array): Promise<string> {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const strict = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of createReadStream(file)) strict.decode(bytes as Uint8Array, { stream: true });
    strict.decode();
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** The text without its mark of encoding; published reasons carry the entities of a web page. */
async function* textOf(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(file))
    yield decoder.decode(bytes as Uint8Array, { stream: true });
  yield decoder.decode();
}

/** The sign that parts some early line into the most cells: that line is the header. */
function delimiterOf(lines: readonly string[]): string {
  const count = (sign: string) => Math.max(...lines.map((line) => line.split(sign).length));
  return [",", ";", "\t", "|"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
