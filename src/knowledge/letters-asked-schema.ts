import { z } from "zod";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { AskedPaperKind } from "./letters.ts";
import { parseYaml } from "./parse.ts";

const expression = z.string().refine(
  (source) => {
    try {
      new RegExp(source, "i");
      return true;
    } catch {
      return false;
    }
  },
  { message: "this is no regular expression" },
);
const rows = z.array(
  z.strictObject({
    id: z.string(),
    asked: expression,
    shown: expression,
    instead: expression.optional(),
    general: z.boolean().default(false),
  }),
);

/** Reads knowledge/letters/asked-papers.yaml. */
export function compileAskedPapers(files: KnowledgeFile[]): AskedPaperKind[] {
  const file = files.find(({ path }) => path.endsWith("letters/asked-papers.yaml"));
  if (!file)
    throw new KnowledgeError("knowledge/letters/asked-papers.yaml", 1, "the file is missing", "restore it");
  return parseYaml(file, rows);
}
