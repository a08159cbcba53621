import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from "yaml";
import type { z } from "zod";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";

/** YAML checked against a schema; a problem names the file, the line of the very field, and the remedy. */
export function parseYaml<S extends z.ZodType>(
  file: KnowledgeFile,
  schema: S,
  text = file.text,
  firstLine = 1,
): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const bad = document.errors[0];
  if (bad) throw new KnowledgeError(file.path, lineAt(bad.pos[0]), bad.message, "mend the YAML at this line");
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  const offset = offsetOf(document.contents, issue.path);
  const where = issue.path.join(".") || "the top of the file";
  throw new KnowledgeError(
    file.path,
    lineAt(offset),
    `${where}: ${issue.message}`,
    "give this field a value of the documented shape",
  );
}

/** Where a path stands in the text: the node itself, else the nearest parent that exists. */
function offsetOf(root: ParsedNode | null, at: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of at) {
    if (isMap(node)) node = node.get(key as string, true);
    else if (isSeq(node)) node = node.get(key as number, true);
    else break;
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) break;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

/** One fenced block of a literate file: ```` ```yaml rule ```` has tag `rule`. */
export type Fence = { tag: string; text: string; line: number };
/** One heading with the quoted words, prose and fences below it. */
export type Section = { heading: string; line: number; quotes: string[]; prose: string; fences: Fence[] };
/** A literate file: YAML front matter, then sections. */
export type Literate = { front: string; sections: Section[] };

/** Splits a Markdown file with front matter into sections of quoted text, prose and tagged YAML fences. */
export function parseLiterate(file: KnowledgeFile): Literate {
  const lines = file.text.split(/\r?\n/);
  if (lines[0] !== "---")
    throw new KnowledgeError(file.path, 1, "no front matter", "begin the file with --- and its fields");
  const close = lines.indexOf("---", 1);
  if (close < 0)
    throw new KnowledgeError(file.path, 1, "front matter is not closed", "end the fields with a line ---");
  const sections: Section[] = [];
  let fence: Fence | null = null;
  for (let index = close + 1; index < lines.length; index++) {
    const line = lines[index]!;
    const section = sections.at(-1);
    if (fence) {
      if (/^```\s*$/.test(line)) fence = null;
      else fence.text += `${line}\n`;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const opens = /^```yaml\s+(\S+)\s*$/.exec(line);
    if (heading)
      sections.push({ heading: heading[1]!.trim(), line: index + 1, quotes: [], prose: "", fences: [] });
    else if (opens) {
      if (!section)
        throw new KnowledgeError(
          file.path,
          index + 1,
          "a block before the first heading",
          "put it under its heading",
        );
      fence = { tag: opens[1]!, text: "", line: index + 2 };
      section.fences.push(fence);
    } else if (section && line.startsWith(">")) section.quotes.push(line.replace(/^>\s?/, ""));
    else if (section) section.prose += `${line}\n`;
  }
  if (fence)
    throw new KnowledgeError(
      file.path,
      fence.line,
      "a block is not closed",
      "end it with a line of three backticks",
    );
  return { front: lines.slice(1, close).join("\n"), sections };
}
