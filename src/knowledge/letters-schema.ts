import { z } from "zod";
import { groundIds } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { appealLevels, type LetterKnowledge, lawFamilies, particularSlots } from "./letters.ts";
import { compileAskedPapers } from "./letters-asked-schema.ts";
import { compileBilling } from "./letters-billing-schema.ts";
import { compileOffices } from "./letters-offices-schema.ts";
import { parseYaml } from "./parse.ts";

const family = z.enum(lawFamilies);
const lawSchema = z.array(
  z.strictObject({
    id: z.string(),
    label: z.string(),
    for: z.array(family).min(1),
    role: z.string(),
    says: z.string(),
    quote: z.string().optional(),
    url: z.url(),
    verified: z.iso.date(),
    confidence: z.enum(["A", "B", "C", "D"]),
  }),
);
const papers = z.enum(["denial", "policy", "record", "approval", "plan-document", "any"]);
const cueSchema = z.array(
  z.strictObject({ id: z.string(), find: papers, cue: z.string(), most: z.int().min(1).max(8) }),
);
const groundSchema = z.array(
  z.strictObject({
    id: z.enum(groundIds),
    name: z.string(),
    argue: z
      .array(
        z.strictObject({
          id: z.string(),
          find: papers,
          cue: z.string(),
          text: z.string(),
          most: z.int().min(1).max(6).default(1),
          missing: z.string().optional(),
          found: z.string().optional(),
        }),
      )
      .min(1),
    requests: z.array(z.string()).min(1),
    again: z.string(),
  }),
);
const rowSchema = z
  .strictObject({
    text: z.string().optional(),
    item: z.string().optional(),
    heading: z.string().optional(),
    attestation: z.string().optional(),
    request: z.string().optional(),
    signature: z.enum(["member", "physician", "representative"]).optional(),
    "law-only": z.string().optional(),
    only: z.string().optional(),
    law: z.string().optional(),
    else: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]).optional(),
    each: z.string().optional(),
  })
  .refine(
    (row) =>
      [row.text, row.item, row.heading, row.attestation, row.request, row.signature, row["law-only"]].filter(
        Boolean,
      ).length === 1,
    { message: "a row has exactly one of text, item, heading, attestation, request, signature, law-only" },
  );
const kindSchema = z.array(
  z.strictObject({
    id: z.string(),
    file: z.string().regex(/^[a-z-]+$/),
    title: z.string(),
    to: z.string(),
    when: z.string(),
    issue: z.string().optional(),
    rows: z.array(rowSchema).min(1),
  }),
);
const askSchema = z.union([
  z.string().transform((ask): { ask: string; law?: string | undefined } => ({ ask })),
  z.strictObject({ ask: z.string(), law: z.string() }),
]);
const dismissalSchema = z.strictObject({
  title: z.string(),
  opening: z.string(),
  asks: z.string(),
  reverse: z.string(),
  law: z.array(z.string()).default([]),
  requests: z.array(askSchema).default([]),
});
const causeSchema = z.array(
  z.strictObject({
    id: z.string(),
    notice: z.string(),
    ask: z.string(),
    law: z.string().optional(),
    blank: z.string().optional(),
  }),
);
const appealSchema = z.array(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    for: z.array(family).min(1),
    level: z.enum(appealLevels),
    step: z.array(z.string()).default([]),
    body: z.string().optional(),
    salutation: z.string().optional(),
    asks: z.string(),
    opening: z.string().optional(),
    reason: z.string().optional(),
    names: z
      .strictObject({
        member: z.string().optional(),
        case: z.string().optional(),
        notice: z.string().optional(),
      })
      .default({}),
    particulars: z
      .array(
        z
          .strictObject({
            label: z.string(),
            slot: z.enum(particularSlots).optional(),
            blank: z.string().optional(),
          })
          .refine((row) => row.slot ?? row.blank, { message: "a particular has a slot, a blank or both" }),
      )
      .default([]),
    law: z.array(z.string()),
    requests: z.array(askSchema).default([]),
    urgent: z.string().optional(),
    attested: z.boolean().default(true),
    reverse: z.string().optional(),
    dismissal: dismissalSchema.optional(),
  }),
);

/** Checks the files of knowledge/letters and the ties between them. */
export function compileLetters(files: KnowledgeFile[]): LetterKnowledge {
  const file = (name: string) => {
    const found = files.find((entry) => entry.path.endsWith(`letters/${name}`));
    if (!found) throw new KnowledgeError(`knowledge/letters/${name}`, 1, "the file is missing", "restore it");
    return found;
  };
  const knowledge = {
    billing: compileBilling(files),
    askedPapers: compileAskedPapers(files),
    offices: compileOffices(files),
    law: parseYaml(file("law.yaml"), lawSchema),
    cues: parseYaml(file("cues.yaml"), cueSchema),
    grounds: parseYaml(file("grounds.yaml"), groundSchema),
    kinds: parseYaml(file("kinds.yaml"), kindSchema),
    appeals: parseYaml(file("appeals.yaml"), appealSchema),
    dismissals: parseYaml(file("dismissals.yaml"), causeSchema),
  };
  checkGrounds(file("grounds.yaml"), knowledge.grounds);
  checkLaw(file("kinds.yaml"), file("appeals.yaml"), knowledge);
  checkQuotes(file("law.yaml"), knowledge.law);
  return knowledge;
}

/** Every ground of the vocabulary has its row, and every cue is an expression. */
function checkGrounds(file: KnowledgeFile, grounds: LetterKnowledge["grounds"]): void {
  const missing = groundIds.find((id) => !grounds.some((row) => row.id === id));
  if (missing) throw new KnowledgeError(file.path, 1, `no row for the ground ${missing}`, "add it");
  for (const row of grounds.flatMap((ground) => ground.argue)) {
    try {
      new RegExp(row.cue.replaceAll("{service}", "x"), "i");
    } catch {
      throw new KnowledgeError(
        file.path,
        lineOf(file, row.id),
        `the cue of ${row.id} is no regular expression`,
        "mend it",
      );
    }
  }
}

/** A purpose of law that no sentence serves would silently print nothing. */
function checkLaw(kinds: KnowledgeFile, appeals: KnowledgeFile, knowledge: LetterKnowledge): void {
  const roles = new Set(knowledge.law.map((row) => row.role));
  roles.add("decision");
  const unserved = (where: KnowledgeFile, id: string, purposes: (string | undefined)[]) => {
    const role = purposes.find((purpose) => purpose && !roles.has(purpose));
    if (role)
      throw new KnowledgeError(
        where.path,
        lineOf(where, id),
        `${id} asks for law "${role}", which no sentence serves`,
        "add the sentence to law.yaml or correct the purpose",
      );
  };
  for (const { id, rows } of knowledge.kinds)
    unserved(
      kinds,
      id,
      rows.flatMap((row) => [row.law, row["law-only"]]),
    );
  for (const { id, law, requests, dismissal } of knowledge.appeals)
    unserved(appeals, id, [
      ...law,
      ...(dismissal?.law ?? []),
      ...[...requests, ...(dismissal?.requests ?? [])].map((request) => request.law),
    ]);
}

function checkQuotes(file: KnowledgeFile, law: LetterKnowledge["law"]): void {
  for (const row of law)
    if (row.says.includes("{quote}") && !row.quote)
      throw new KnowledgeError(file.path, lineOf(file, row.id), "{quote} without quoted words", "add quote:");
}

function lineOf(file: KnowledgeFile, id: string): number {
  return file.text.slice(0, Math.max(0, file.text.indexOf(`id: ${id}`))).split("\n").length;
}
