import { z } from "zod";
import { confidences, groundIds } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import type { Treatment } from "./treatments.ts";

const words = z.array(z.string());
const kinds = [
  "drug",
  "device",
  "device-procedure",
  "procedure",
  "imaging",
  "lab-test",
  "cell-therapy",
  "gene-therapy",
  "level-of-care",
  "behavioral",
  "service",
  "therapy",
  "transport",
  "supply",
  "process",
] as const;

const treatment = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  kind: z.enum(kinds),
  names: words,
  drugs: z
    .array(
      z.strictObject({
        generic: z.string(),
        class: z.string().optional(),
        brands: words.optional(),
        atc: z.string().optional(),
        rxnorm: z.string().optional(),
        discontinued: words.optional(),
      }),
    )
    .optional(),
  codes: z
    .strictObject({
      cpt: z.array(z.string().regex(/^\d{4}[0-9A-Z]$/)).optional(),
      hcpcs: z.array(z.string().regex(/^[A-V]\d{4}$/)).optional(),
      rev: z.array(z.string().regex(/^\d{4}$/)).optional(),
      "icd-10-cm": words.optional(),
      "icd-10-pcs": words.optional(),
      note: z.string().optional(),
    })
    .optional(),
  indications: z
    .array(
      z.strictObject({
        text: z.string(),
        approved: z.string().optional(),
        labelSection: z.string().optional(),
      }),
    )
    .optional(),
  boxedWarnings: words.optional(),
  contraindications: words.optional(),
  specialties: words.optional(),
  guidelines: z
    .array(
      z.strictObject({
        body: z.string().optional(),
        name: z.string().optional(),
        year: z.string().optional(),
        outline: z.string().optional(),
      }),
    )
    .optional(),
  medicare: words.optional(),
  reasons: z.array(z.enum(groundIds)),
  evidence: words.optional(),
  notes: words.optional(),
  policies: words.optional(),
  codesToCheck: words.optional(),
  priority: z.number().int(),
  depth: z.enum(["full", "outline"]),
  source: words.min(1),
  confidence: z.enum(confidences),
});

/** Checks the treatment files; ids are unique. */
export function compileTreatments(files: KnowledgeFile[]): Treatment[] {
  const ids = new Set<string>();
  const treatments = files.flatMap((file) => {
    const rows = parseYaml(file, z.array(treatment));
    for (const { id } of rows) {
      const line = file.text.split("\n").indexOf(`- id: ${id}`) + 1;
      if (ids.has(id))
        throw new KnowledgeError(
          file.path,
          line,
          `the treatment ${id} stands twice`,
          "keep one row for each treatment",
        );
      ids.add(id);
    }
    return rows;
  });
  return treatments.sort((a, b) => a.priority - b.priority) as Treatment[];
}
