import { z } from "zod";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import type { PolicyWords } from "./policy-words.ts";

const head = { source: z.string().min(3), confidence: z.enum(["A", "B", "C", "D"]) };
const words = z.string().min(2).refine(compiles, "these words are not a regular expression");
const examples = { yes: z.array(z.string().min(1)).min(1), no: z.array(z.string().min(1)).min(1) };

const sections = z.strictObject({
  ...head,
  sections: z.array(
    z.strictObject({
      role: z.enum([
        "aside",
        "exclusions",
        "continuation",
        "initial",
        "common",
        "limits",
        "override",
        "criteria",
      ]),
      words,
      ...examples,
    }),
  ),
});
const documents = z.strictObject({
  ...head,
  threshold: z.number().positive(),
  rows: z.array(
    z.strictObject({
      kind: z.enum(["payment-policy", "bulletin", "drug-list", "manual", "member-guide"]),
      where: z.enum(["title", "text"]),
      weight: z.number(),
      words,
      ...examples,
    }),
  ),
});
const predicates = z.strictObject({
  ...head,
  predicates: z.array(
    z.strictObject({
      kind: z.string().regex(/^[a-zA-Z]+$/),
      meaning: z.string().min(8),
      fields: z.array(z.string()),
      clues: z
        .array(
          z.strictObject({
            words,
            unless: words.optional(),
            weight: z.number().min(1).max(9).optional(),
            lead: z.boolean().optional(),
          }),
        )
        .min(1),
      ...examples,
    }),
  ),
});

const likenesses = z.strictObject({
  ...head,
  examples: z.array(z.strictObject({ kind: z.string(), of: z.array(z.string().min(3)).min(1) })),
});

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, "i");
    return true;
  } catch {
    return false;
  }
}

/** Checks the four files and puts them together. */
export function compilePolicyWords(files: KnowledgeFile[]): PolicyWords {
  const fileNamed = (name: string) => {
    const found = files.find(({ path }) => path.endsWith(`/${name}`));
    if (!found) throw new KnowledgeError(`knowledge/${name}`, 1, "the file is missing", "put the file back");
    return found;
  };
  const papers = parseYaml(fileNamed("documents.yaml"), documents);
  const kinds = parseYaml(fileNamed("predicates.yaml"), predicates).predicates;
  const alike = fileNamed("predicate-examples.yaml");
  const { examples } = parseYaml(alike, likenesses);
  const unknown = examples.find(({ kind }) => !kinds.some((row) => row.kind === kind));
  if (unknown) {
    const line = alike.text.split("\n").findIndex((text) => text.includes(`kind: ${unknown.kind}`)) + 1;
    throw new KnowledgeError(
      alike.path,
      line,
      `"${unknown.kind}" is no test`,
      "take a kind of predicates.yaml",
    );
  }
  return {
    sections: parseYaml(fileNamed("sections.yaml"), sections).sections,
    documents: { threshold: papers.threshold, rows: papers.rows },
    predicates: kinds,
    examples,
  };
}
