import { z } from "zod";
import { confidences } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { BillingKnowledge } from "./letters.ts";
import { parseYaml } from "./parse.ts";

const errors = z.array(
  z.strictObject({
    id: z.string(),
    notice: z.string(),
    shows: z.array(
      z.strictObject({
        find: z.enum(["record", "any"]).default("record"),
        cue: z.string(),
        says: z.string(),
        most: z.int().min(1).max(4),
      }),
    ),
    ask: z.string(),
    agrees: z.string().optional(),
  }),
);
const sizes = z.record(
  z.string().regex(/^[A-Z]\d{4}$/, "a code of HCPCS Level II"),
  z.string().regex(/^\d+(\.\d+)? (mg|mcg|g|IU)$/, 'a size such as "10 mg"'),
);
const units = z.strictObject({
  verified: z.strictObject({ on: z.iso.date(), by: z.string() }),
  source: z.string(),
  url: z.url(),
  confidence: z.enum(confidences),
  reprinted: sizes,
  sizes,
});

/** Reads knowledge/letters/billing.yaml and billing-units.yaml. */
export function compileBilling(files: KnowledgeFile[]): BillingKnowledge {
  const at = (name: string) =>
    files.find(({ path }) => path.endsWith(`letters/${name}.yaml`)) ?? {
      path: `knowledge/letters/${name}.yaml`,
      text: "",
    };
  const rows = parseYaml(at("billing"), errors);
  for (const row of rows)
    for (const cue of [row.notice, ...row.shows.map((show) => show.cue)])
      if (!isExpression(cue))
        throw new KnowledgeError(
          at("billing").path,
          at("billing").text.split(`id: ${row.id}`)[0]!.split("\n").length,
          `a cue of ${row.id} is no regular expression`,
          "mend it",
        );
  const table = parseYaml(at("billing-units"), units);
  return {
    errors: rows,
    units: { ...table.reprinted, ...table.sizes },
    reprinted: Object.keys(table.reprinted),
    unitSource: { label: table.source, url: table.url, verifiedOn: table.verified.on },
  };
}

function isExpression(cue: string): boolean {
  try {
    new RegExp(cue, "i");
    return true;
  } catch {
    return false;
  }
}
