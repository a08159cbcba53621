import { z } from "zod";
import type { PaperSort } from "./denials-papers.ts";
import { refuseLostWords } from "./denials-phrases-schema.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import { phrasePattern } from "./phrase.ts";

const words = z.array(z.string().min(2));
const row = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  kind: z.enum([
    "denial",
    "policy",
    "record",
    "plan-document",
    "insurance-card",
    "support-letter",
    "approval",
    "noise",
  ]),
  recordKind: z.string().optional(),
  name: z.string(),
  files: words.default([]),
  titles: words.min(1),
  signs: words.min(1),
  decides: words.default([]),
  besides: words.default([]),
});

const joined = (phrases: string[]): string | null =>
  phrases.length === 0 ? null : phrases.map(phrasePattern).join("|");

/** Checks the sorts of paper and compiles their phrases. */
export function compilePaperSorts(files: KnowledgeFile[]): PaperSort[] {
  files.forEach(refuseLostWords);
  return files.flatMap((file) =>
    parseYaml(file, z.array(row)).map(({ titles, decides, besides, ...entry }) => {
      try {
        return {
          ...entry,
          title: titles.map(phrasePattern).join("|"),
          signs: entry.signs.map(phrasePattern),
          decides: joined(decides),
          besides: joined(besides),
        } as PaperSort;
      } catch (cause) {
        const line = file.text.split("\n").indexOf(`- id: ${entry.id}`) + 1;
        throw new KnowledgeError(
          file.path,
          line,
          (cause as Error).message,
          "mend the brackets of the phrase",
        );
      }
    }),
  );
}
