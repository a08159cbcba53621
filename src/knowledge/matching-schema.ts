import { z } from "zod";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { Matching } from "./matching.ts";
import { parseYaml } from "./parse.ts";

const head = { source: z.string().min(3), confidence: z.enum(["A", "B", "C", "D"]) };
const word = z.string().trim().min(1);
const equivalents = z.strictObject({ ...head, rows: z.array(z.array(word).min(2)).min(1) });
const signs = z.strictObject({ ...head, rows: z.record(word, z.array(word).min(1)) });
const settles = z.strictObject({
  ...head,
  rows: z.record(word, z.strictObject({ document: word, holder: word, attested: z.boolean().optional() })),
});

const topical = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      family: word,
      drug: word,
      strengths: z.array(z.string().regex(/^\d+(?:\.\d+)?%$/)).min(1),
      potency: z.enum(["low", "medium", "high", "very high"]).optional(),
    }),
  ),
});

const labels = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      drug: z.string().regex(/^[a-z][a-z /-]+$/),
      names: z.array(word).min(1),
      with: z.array(z.array(word).min(1)).optional(),
      from: z.number().int().positive().optional(),
      to: z.number().int().positive().optional(),
    }),
  ),
});

const drugKinds = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      kind: word,
      names: z.array(word).min(1),
      of: z.array(word).min(1).optional(),
      parts: z.array(word).min(1).optional(),
    }),
  ),
});

const statements = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]+$/),
      asks: z.array(word).min(1),
      says: z.array(word).min(1),
      denies: z.array(word).min(1).optional(),
      planned: z.boolean().optional(),
      example: z.strictObject({ criterion: word, yes: z.array(word).min(1), no: z.array(word).min(1) }),
    }),
  ),
});

/** Checks the nine tables and puts them together. */
export function compileMatching(files: KnowledgeFile[]): Matching {
  const fileNamed = (name: string) => {
    const found = files.find(({ path }) => path.endsWith(`/${name}`));
    if (!found)
      throw new KnowledgeError(`knowledge/matching/${name}`, 1, "the file is missing", "put the file back");
    return found;
  };
  return {
    same: parseYaml(fileNamed("same.yaml"), equivalents).rows,
    equivalents: parseYaml(fileNamed("equivalents.yaml"), equivalents).rows,
    signs: parseYaml(fileNamed("signs.yaml"), signs).rows,
    groups: parseYaml(fileNamed("groups.yaml"), signs).rows,
    topical: parseYaml(fileNamed("topical.yaml"), topical).rows,
    labels: parseYaml(fileNamed("labels.yaml"), labels).rows,
    drugKinds: parseYaml(fileNamed("drug-kinds.yaml"), drugKinds).rows,
    statements: files
      .filter(({ path }) => /\/statements[^/]*\.yaml$/.test(path))
      .flatMap((file) => parseYaml(file, statements).rows),
    settles: parseYaml(fileNamed("settles.yaml"), settles).rows,
  };
}
