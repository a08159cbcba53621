import { z } from "zod";
import { groundIds, planKinds } from "#base";
import type { GuidePlan, GuideReason, GuideWords } from "./guides.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";

const text = z.string().min(3);
const kind = z.enum([
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
]);

const reasons = z.array(
  z.strictObject({
    id: z.enum(groundIds),
    phrase: text,
    slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    means: text,
    meansFor: z.partialRecord(kind, text).optional(),
    first: text,
    reach: z.literal("drugs").optional(),
    never: z.array(kind).default([]),
    fixes: z.array(z.strictObject({ says: text, maybe: text, do: text })).min(1),
    sheet: z.strictObject({ caption: text, columns: z.array(z.string().min(1)).min(3), rows: z.array(text).min(1) }),
    gaps: z.array(text).min(1),
    mistakes: z.array(text).min(1),
  }),
);

const plans = z.array(
  z.strictObject({
    id: text,
    kind: z.enum(planKinds),
    label: text,
    first: text,
    next: z.strictObject({ right: text, text }),
    soldBy: z.enum(["all", "blue", "medicare", "tricare"]),
    only: z.literal("drug").optional(),
  }),
);

/** Checks the words of guides: every ground once, no digit that could be mistaken for a sourced number. */
export function compileGuideWords(files: KnowledgeFile[]): GuideWords {
  const of = (name: string) => files.find(({ path }) => path.includes(`/${name}`))!;
  const reasonFile = of("reasons");
  const read = parseYaml(reasonFile, reasons);
  const missing = groundIds.filter((id) => read.filter((row) => row.id === id).length !== 1);
  if (missing.length > 0) {
    throw new KnowledgeError(
      reasonFile.path,
      1,
      `each ground must stand once: ${missing.join(", ")}`,
      "add the row, or take out its double",
    );
  }
  for (const row of read) {
    if (/\d/.test(JSON.stringify({ ...row, id: "" }))) {
      throw new KnowledgeError(
        reasonFile.path,
        1,
        `${row.id}: a number without a source`,
        "say it without the number; numbers come from law and policies",
      );
    }
  }
  return { reasons: read as GuideReason[], plans: parseYaml(of("plans"), plans) as GuidePlan[] };
}
