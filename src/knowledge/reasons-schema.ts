import { z } from "zod";
import { confidences, groundIds } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import type { Reason } from "./reasons.ts";

const words = z.array(z.string());
const reason = z.strictObject({
  id: z.enum(groundIds),
  name: z.string(),
  phrases: words,
  carc: words,
  ncpdp: words,
  dispute: z.string(),
  externalReview: z.string(),
  whatWins: words,
  documents: words,
  argument: words,
  pitfalls: words,
  law: words,
  fixFirst: words.optional(),
  source: words.min(1),
  confidence: z.enum(confidences),
});

/** Checks the reasons; every ground of the vocabulary has exactly one row. */
export function compileReasons(files: KnowledgeFile[]): Reason[] {
  const reasons = files.flatMap((file) => parseYaml(file, z.array(reason)));
  for (const id of groundIds) {
    const count = reasons.filter((row) => row.id === id).length;
    if (count !== 1)
      throw new KnowledgeError(
        files[0]!.path,
        1,
        `${count} rows for the ground ${id}`,
        "keep exactly one row for each ground",
      );
  }
  return reasons as Reason[];
}
