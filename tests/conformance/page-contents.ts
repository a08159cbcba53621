/** What pages draw, and under which mark: the bridge between a structure tree and the words it speaks of. */
import { type Operand, operations, type PdfDict, type PdfFile, type PdfValue, words } from "./pdf-objects.ts";

/** One drawing inside a page: `mcid` of the innermost numbered mark, `artifact` under /Artifact, else neither. */
export type Drawn = { kind: string; mcid: number | null; artifact: boolean; text: string };
export type PageContents = { drawn: Drawn[]; problems: string[]; fonts: Set<string> };

const paints = new Set(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI"]);
const shows = new Set(["Tj", "TJ", "'", '"']);
type Mark = { mcid: number | null; artifact: boolean };

/** Everything drawn on a page, through its form objects, with the words decoded by their fonts' own tables. */
export function contentsOf(pdf: PdfFile, page: PdfDict): PageContents {
  const found: PageContents = { drawn: [], problems: [], fonts: new Set() };
  const content = pdf.list(page["/Contents"] === undefined ? null : wrap(pdf, page["/Contents"]));
  const bytes = Buffer.concat(
    content.flatMap((one) => [pdf.stream(one) ?? Buffer.alloc(0), Buffer.from("\n")]),
  );
  walk(pdf, bytes, pdf.dict(page["/Resources"]), [], found, 0);
  return found;
}

/** One content stream or several, as a list of references. */
const wrap = (pdf: PdfFile, contents: PdfValue): PdfValue[] =>
  Array.isArray(pdf.at(contents)) ? pdf.list(contents) : [contents];

function walk(
  pdf: PdfFile,
  content: Buffer,
  resources: PdfDict,
  above: Mark[],
  found: PageContents,
  depth: number,
): void {
  const marks = [...above];
  let font: PdfValue = null;
  const draw = (kind: string, text = "") => {
    const mcid = marks.findLast((mark) => mark.mcid !== null)?.mcid ?? null;
    found.drawn.push({ kind, mcid, artifact: marks.some(({ artifact }) => artifact), text });
  };
  for (const { name, operands } of operations(content)) {
    if (name === "BDC" || name === "BMC") marks.push(open(pdf, operands, resources, marks, found.problems));
    else if (name === "EMC") marks.pop();
    else if (name === "Tf") font = pdf.dict(resources["/Font"])[operands[0] as string] ?? null;
    else if (shows.has(name)) {
      if (typeof font === "string") found.fonts.add(font);
      draw("text", decoded(pdf, font, operands));
    } else if (paints.has(name)) draw(name);
    else if (name === "Do") {
      const object = pdf.dict(resources["/XObject"])[operands[0] as string];
      const form = pdf.dict(object);
      if (form["/Subtype"] !== "/Form" || depth > 8) draw("picture");
      else
        walk(
          pdf,
          pdf.stream(object) ?? Buffer.alloc(0),
          form["/Resources"] === undefined ? resources : pdf.dict(form["/Resources"]),
          marks,
          found,
          depth + 1,
        );
    }
  }
  if (marks.length !== above.length) found.problems.push("marks that are opened are not closed");
}

function open(
  pdf: PdfFile,
  [tag, given]: Operand[],
  resources: PdfDict,
  marks: Mark[],
  problems: string[],
): Mark {
  const held =
    typeof given === "string" ? pdf.dict(pdf.dict(resources["/Properties"])[given])["/MCID"] : undefined;
  const own = (given as Record<string, Operand> | undefined)?.["/MCID"];
  const mcid = typeof own === "number" ? own : typeof held === "number" ? held : null;
  const artifact = tag === "/Artifact";
  if (artifact && marks.some((mark) => mark.mcid !== null))
    problems.push("01-003 artifact inside tagged content");
  if (mcid !== null && marks.some((mark) => mark.artifact))
    problems.push("01-004 tagged content in artifact");
  return { mcid, artifact };
}

const maps = new WeakMap<PdfFile, Map<PdfValue, Map<string, string> | null>>();

/** Character codes of a font → words, from its ToUnicode table. */
export function unicodeOf(pdf: PdfFile, font: PdfValue): Map<string, string> | null {
  const known = maps.get(pdf) ?? new Map<PdfValue, Map<string, string> | null>();
  maps.set(pdf, known);
  if (!known.has(font)) {
    const table = pdf.stream(pdf.dict(font)["/ToUnicode"]);
    known.set(font, table ? parsed(table.toString("latin1")) : null);
  }
  return known.get(font) ?? null;
}

function parsed(table: string): Map<string, string> {
  const map = new Map<string, string>();
  const utf16 = (hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, value] of block!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      map.set(code!.toLowerCase(), utf16(value!));
  for (const [, block] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, value] of block!.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    ))
      for (let code = Number.parseInt(from!, 16); code <= Number.parseInt(to!, 16); code++) {
        const last = Number.parseInt(value!, 16) + code - Number.parseInt(from!, 16);
        map.set(
          code.toString(16).padStart(from!.length, "0"),
          utf16(last.toString(16).padStart(value!.length, "0")),
        );
      }
  return map;
}

/** A code without an entry shows as U+FFFD, so that a missing table is seen in the words. */
function decoded(pdf: PdfFile, font: PdfValue, operands: Operand[]): string {
  const strings = operands.flat().filter((one): one is Buffer => Buffer.isBuffer(one));
  const composite = pdf.dict(font)["/Subtype"] === "/Type0";
  const map = unicodeOf(pdf, font);
  const size = composite ? 2 : 1;
  return strings
    .map((bytes) => {
      let said = "";
      for (let at = 0; at + size <= bytes.length; at += size)
        said += map
          ? (map.get(bytes.subarray(at, at + size).toString("hex")) ?? "\uFFFD")
          : bytes.toString("latin1", at, at + size);
      return said;
    })
    .join("");
}

/** Words that stand in for what is drawn. */
export const insteadOf = (element: PdfDict): string => words(element["/ActualText"]);
