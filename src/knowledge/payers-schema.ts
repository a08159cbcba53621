import { z } from "zod";
import { confidences } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import type { Payer } from "./payers.ts";

const payer = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  kind: z.enum(["plan", "federal", "pharmacy-benefit-manager", "review-vendor", "external-reviewer"]),
  names: z.array(z.string().min(2)).min(1),
  legalNames: z.array(z.string()),
  parent: z.string(),
  where: z.string(),
  blueLicensee: z.boolean(),
  pharmacyBenefit: z.string().optional(),
  reviewers: z.array(z.string()).optional(),
  policies: z.string(),
  notes: z.string().optional(),
  priority: z.number().int(),
  source: z.array(z.string()).min(1),
  confidence: z.enum(confidences),
});

/** Checks the payer files; two payers may not claim the same printed name. */
export function compilePayers(files: KnowledgeFile[]): Payer[] {
  const owners = new Map<string, string>();
  const payers = files.flatMap((file) => {
    const rows = parseYaml(file, z.array(payer));
    for (const row of rows)
      for (const name of [row.id, ...row.names]) {
        const owner = owners.get(name.toLowerCase());
        if (owner !== undefined && owner !== row.id)
          throw new KnowledgeError(
            file.path,
            lineOf(file, name),
            `"${name}" already names ${owner}`,
            "give each name to one payer",
          );
        owners.set(name.toLowerCase(), row.id);
      }
    return rows;
  });
  return payers.sort((a, b) => a.priority - b.priority) as Payer[];
}

function lineOf(file: KnowledgeFile, words: string): number {
  return file.text.split("\n").findIndex((line) => line.includes(words)) + 1;
}
