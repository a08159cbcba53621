import { z } from "zod";
import { type GroundId, groundIds, planKinds } from "#base";
import type {
  GuideArgument,
  GuideHowTo,
  GuideNames,
  GuidePlan,
  GuideProof,
  GuideReason,
  GuideTwist,
  GuideWords,
} from "./guides.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { Settles } from "./matching.ts";
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

const fix = z.strictObject({ says: text, maybe: text, do: text, for: z.enum(["drug", "other"]).optional() });
const sheet = z.strictObject({
  caption: text,
  columns: z.array(z.string().min(1)).min(3),
  rows: z.array(text).min(1),
});
const settles = z.strictObject({ document: text, holder: z.string().min(2) });

const argumentsOf = z.array(
  z.strictObject({
    id: z.enum(groundIds),
    short: text,
    outside: z.enum(["medical", "contract", "paper"]),
    lines: z.array(z.string().min(2)).default([]),
    argue: z.array(text).min(2),
    papers: z
      .array(
        z.strictObject({
          paper: text,
          why: text,
          from: z.enum(["you", "plan", "clinic", "pharmacy"]),
          for: z.enum(["drug", "other"]).optional(),
        }),
      )
      .min(2),
  }),
);

const words = z.record(z.string(), z.array(z.string().min(2)).min(1));
const typed = z.strictObject({ payers: words, treatments: words, reasons: words });

const proofs = z.array(
  z.strictObject({
    concepts: z.array(z.string().min(2)),
    words: z.array(z.string().min(2)).default([]),
    document: text,
    holder: z.string().min(2),
    es: settles,
  }),
);

const reasons = z.array(
  z.strictObject({
    id: z.enum(groundIds),
    phrase: text,
    phraseFor: z.partialRecord(kind, text).optional(),
    slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    means: text,
    meansFor: z.partialRecord(kind, text).optional(),
    first: text,
    reach: z.literal("drugs").optional(),
    never: z.array(kind).default([]),
    fixes: z.array(fix).min(1),
    sheet,
    gaps: z.array(text).min(1),
    mistakes: z.array(text).min(1),
  }),
);

const plans = z.array(
  z.strictObject({
    id: text,
    kind: z.enum(planKinds),
    label: text,
    sign: text,
    first: text,
    next: z.strictObject({ right: text, text }),
    soldBy: z.enum(["all", "blue", "medigap", "medicare", "tricare"]),
    only: z.literal("drug").optional(),
  }),
);

const names = z.strictObject({
  family: z.strictObject({ id: text, name: text, names: z.array(text).min(1) }),
  payers: z.record(z.string(), text),
  treatments: z.record(z.string(), text),
  spanish: z.record(z.string(), text),
  plain: z.record(z.string(), z.strictObject({ en: text, es: text })),
  shortPayers: z.record(z.string(), text),
  sellsOnly: z.record(z.string(), z.array(text).min(1)),
  medigap: z.array(text),
  blues: z.record(z.string().length(2), z.array(text).min(1)),
  shortWords: z.record(z.string(), z.strictObject({ en: text, es: text })),
});

const twists = z.array(
  z.strictObject({
    treatment: text,
    reason: z.enum(groundIds).optional(),
    means: text.optional(),
    first: text.optional(),
    warning: text.optional(),
    branches: z.array(z.strictObject({ when: text, then: text })).default([]),
    fixes: z.array(fix).default([]),
    fixFirst: z.boolean().default(false),
    sheet: sheet.optional(),
    related: z.array(text).default([]),
    cites: z.array(text),
  }),
);

const howTos = z.array(
  z.strictObject({
    id: text,
    title: text,
    description: text,
    sections: z
      .array(
        z.strictObject({
          heading: text,
          text: text.optional(),
          steps: z.array(text).optional(),
          clock: text.optional(),
          cites: z.array(text).default([]),
        }),
      )
      .min(1),
  }),
);

/** Checks the words of guides: every ground once, no digit that could be mistaken for a sourced number. */
export function compileGuideWords(files: KnowledgeFile[]): GuideWords {
  const of = (name: string) => files.find(({ path }) => path.includes(`/${name}`))!;
  const reasonRows = everyGround(of("reasons"), parseYaml(of("reasons"), reasons));
  const argumentRows = everyGround(of("arguments"), parseYaml(of("arguments"), argumentsOf));
  const argumentOf = new Map(argumentRows.map((row) => [row.id, row as GuideArgument]));
  return {
    reasons: reasonRows.map((row) => ({ ...row, ...argumentOf.get(row.id) }) as GuideReason),
    plans: parseYaml(of("plans"), plans) as GuidePlan[],
    names: parseYaml(of("names"), names) as GuideNames,
    twists: parseYaml(of("twists"), twists) as GuideTwist[],
    howTos: parseYaml(of("how-to"), howTos) as GuideHowTo[],
    proofs: parseYaml(of("proofs"), proofs) as GuideProof[],
    typed: parseYaml(of("typed"), typed),
  };
}

/** Each ground stands once, and its words hold no number: numbers have sources, and these rows have none. */
function everyGround<Row extends { id: GroundId }>(file: KnowledgeFile, rows: Row[]): Row[] {
  const missing = groundIds.filter((id) => rows.filter((row) => row.id === id).length !== 1);
  if (missing.length > 0) {
    throw new KnowledgeError(
      file.path,
      1,
      `each ground must stand once: ${missing.join(", ")}`,
      "add the row, or take out its double",
    );
  }
  for (const row of rows) {
    if (/\d/.test(JSON.stringify({ ...row, id: "" }))) {
      throw new KnowledgeError(
        file.path,
        1,
        `${row.id}: a number without a source`,
        "say it without the number; numbers come from law and policies",
      );
    }
  }
  return rows;
}

/** Checks the Spanish words for papers and holders; `judgment` answers for kinds that have no row. */
export function compileGuideSettles(files: KnowledgeFile[]): Record<string, Settles> {
  const rows = parseYaml(files[0]!, z.record(z.string(), settles));
  if (!rows.judgment) {
    throw new KnowledgeError(
      files[0]!.path,
      1,
      "there is no row judgment",
      "add it; it answers for all others",
    );
  }
  return rows;
}
