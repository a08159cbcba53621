import { z } from "zod";
import { confidences } from "#base";
import { type Clinical, type ClinicalDiagnosis, conceptKinds, contextMeanings } from "./clinical.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";

const words = z.array(z.string().min(1)).default([]);
const sourced = { source: z.string().min(1), confidence: z.enum(confidences) };
const icd10 = z.string().regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/, "an ICD-10-CM code like I50.22");

const concept = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9_]*$/),
  label: z.string(),
  kind: z.enum(conceptKinds),
  units: words,
  range: z.tuple([z.number(), z.number()]).optional(),
  scale: z.string().optional(),
  names: words,
  short: words,
  near: words,
  unless: words,
  also: words,
  forms: words,
  traps: words,
  loinc: z.array(z.string().regex(/^\d{3,6}-\d$/, "a LOINC code like 4548-4")).default([]),
  snomed: words,
  icd10: z.array(icd10).default([]),
  note: z.string().optional(),
  ...sourced,
});

const drugFile = z.strictObject({
  class: z.string(),
  drugs: z.array(
    z.strictObject({
      generic: z.string(),
      brands: words,
      also: words,
      withdrawn: words,
      atc: z.array(z.string().regex(/^[A-Z]\d\d[A-Z]{2}\d\d$/, "an ATC code like C09AA03")).default([]),
      rxnorm: z.array(z.string().regex(/^\d+$/)).default([]),
      note: z.string().optional(),
      source: z.array(z.string()).min(1),
      confidence: z.enum(confidences),
      brandConfidence: z.enum(confidences),
    }),
  ),
});

const diagnosisFile = z.strictObject({
  ...sourced,
  rows: z.array(
    z.strictObject({
      code: icd10,
      names: z.array(z.string().min(1)).min(1),
      short: words.optional(),
      near: words.optional(),
      unless: words.optional(),
      concept: z.string().optional(),
      asked: z.boolean().default(false),
    }),
  ),
});
const everydayFile = z.strictObject({ ...sourced, names: z.record(icd10, z.array(z.string())) });
const chronicFile = z.strictObject({ ...sourced, categories: z.array(z.string().regex(/^[A-Z][0-9A-Z]*$/)) });
const combinationFile = z.strictObject({
  ...sourced,
  rows: z.array(
    z.strictObject({ names: z.array(z.string()).min(1), ingredients: z.array(z.string()).min(1) }),
  ),
});
const procedureFile = z.strictObject({
  ...sourced,
  rows: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(["imaging", "test", "procedure", "surgery", "therapy"]),
      names: z.array(z.string()).min(1),
    }),
  ),
});
const bracketed = z.string().regex(/\[[^\]]+\]/, "the mention in [brackets]");
const contextFile = z.strictObject({
  ...sourced,
  stops: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      cues: z.array(z.string()).min(1),
      means: z.enum(contextMeanings),
      where: z.enum(["before", "after", "either"]),
      reach: z.enum(["long", "next"]).optional(),
      yes: bracketed,
      no: bracketed,
    }),
  ),
});
const sectionFile = z.strictObject({
  ...sourced,
  rows: z.array(z.strictObject({ kind: z.string(), names: z.array(z.string()).min(1) })),
});
const codeFile = z.strictObject({
  ...sourced,
  snomed: z.record(z.string().regex(/^\d+$/), icd10),
  smoking: z.record(z.string().regex(/^\d+$/), z.enum(["never", "former", "current"])),
});
const billingFile = z.strictObject({
  ...sourced,
  hcpcs: z.record(z.string().regex(/^[A-Z]\d{4}$/), z.string()),
  cvx: z.record(z.string().regex(/^\d{2,3}$/), z.string()),
});
const norms = z.array(
  z.strictObject({
    context: z.string(),
    class: z.string(),
    drugs: z.record(z.string(), z.string()),
    trial: z.string(),
    ...sourced,
  }),
);

/** Checks the clinical files: ids stand once, every diagnosis points at a concept that exists. */
export function compileClinical(files: KnowledgeFile[]): Clinical {
  const below = (folder: string) => files.filter(({ path }) => path.includes(`/clinical/${folder}/`));
  const only = (name: string): KnowledgeFile => {
    const file = files.find(({ path }) => path.endsWith(`/clinical/${name}`));
    if (file) return file;
    throw new KnowledgeError(`knowledge/clinical/${name}`, 1, "the file is missing", "bring the file back");
  };
  const concepts = below("concepts").flatMap((file) => once(file, parseYaml(file, z.array(concept)), "id"));
  const drugs = below("drugs").flatMap((file) => {
    const { class: drugClass, drugs: rows } = parseYaml(file, drugFile);
    return once(
      file,
      rows.map((row) => ({ ...row, class: drugClass })),
      "generic",
    );
  });
  const known = new Set(concepts.map(({ id }) => id));
  const rows = below("diagnoses")
    .filter(({ path }) => !path.endsWith("/everyday.yaml"))
    .flatMap((file) =>
      checkDiagnoses(file, parseYaml(file, diagnosisFile).rows as ClinicalDiagnosis[], known),
    );
  const { stops, rows: contexts } = parseYaml(only("contexts.yaml"), contextFile);
  const procedures = parseYaml(only("procedures.yaml"), procedureFile).rows;
  const { snomed, smoking } = parseYaml(only("codes.yaml"), codeFile);
  return JSON.parse(
    JSON.stringify({
      concepts,
      drugs,
      diagnoses: rows,
      everyday: parseYaml(only("diagnoses/everyday.yaml"), everydayFile).names,
      chronic: parseYaml(only("diagnoses-chronic.yaml"), chronicFile).categories,
      combinations: parseYaml(only("combinations.yaml"), combinationFile).rows,
      procedures,
      contexts: { stops, rows: contexts },
      sections: parseYaml(only("sections.yaml"), sectionFile).rows,
      snomed,
      smoking,
      billing: checkBilling(only("codes-billing.yaml"), [
        ...concepts.map(({ id }) => id),
        ...drugs.map(({ generic }) => generic),
        ...procedures.map(({ id }) => id),
      ]),
      trialNorms: parseYaml(only("trial-norms.yaml"), norms),
    }),
  ) as Clinical;
}

/** Every billing code stands for something that has a row. */
function checkBilling(file: KnowledgeFile, known: string[]): Clinical["billing"] {
  const { hcpcs, cvx } = parseYaml(file, billingFile);
  const ids = new Set(known);
  for (const target of [...Object.values(hcpcs), ...Object.values(cvx)])
    if (!ids.has(target))
      throw new KnowledgeError(
        file.path,
        lineOf(file, target),
        `"${target}" has no row`,
        "use a generic drug name, a concept id or a procedure id of knowledge/clinical",
      );
  return { hcpcs, cvx };
}

function once<K extends string, T extends Record<K, string>>(file: KnowledgeFile, rows: T[], key: K): T[] {
  const seen = new Set<string>();
  for (const row of rows) {
    if (seen.has(row[key]))
      throw new KnowledgeError(
        file.path,
        lineOf(file, row[key]),
        `${row[key]} stands twice`,
        "keep one row for each",
      );
    seen.add(row[key]);
  }
  return rows;
}

function checkDiagnoses(
  file: KnowledgeFile,
  rows: ClinicalDiagnosis[],
  known: Set<string>,
): ClinicalDiagnosis[] {
  for (const { code, concept: id } of rows)
    if (id !== undefined && !known.has(id))
      throw new KnowledgeError(
        file.path,
        lineOf(file, code),
        `${code} points at the concept ${id}, which has no row`,
        "write the id of a row in concepts/, or leave concept out",
      );
  return rows;
}

function lineOf(file: KnowledgeFile, word: string): number {
  return file.text.slice(0, Math.max(0, file.text.indexOf(word))).split("\n").length;
}
