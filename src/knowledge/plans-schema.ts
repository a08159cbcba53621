import { z } from "zod";
import { confidences, planKinds, stateCodes } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import type { PlanWord, PlanWords } from "./plans.ts";

const kinds = z.array(z.enum(planKinds)).min(1);
const word = z.strictObject({
  id: z.string(),
  rank: z.int().min(1).max(3),
  in: z.array(z.enum(["card", "plan-document", "notice"])),
  leaves: kinds,
  over: z.array(z.string()).default([]),
  state: z.enum(stateCodes).optional(),
  says: z.array(z.string()).min(1),
  unless: z.array(z.string()).default([]),
  confidence: z.enum(confidences),
  source: z.string(),
  yes: z.array(z.string()).min(1),
  no: z.array(z.string()).min(1),
});
const program = z.strictObject({
  name: z.string(),
  state: z.enum(stateCodes),
  leaves: kinds,
  rank: z.int().default(3),
  confidence: z.enum(confidences),
});
const departments = z.looseObject({
  rows: z.array(z.looseObject({ state: z.enum(stateCodes), name: z.string() })),
});

/** Checks every row against its own sentences, and compiles words, programs and regulators. */
export function compilePlanWords(files: KnowledgeFile[]): PlanWords {
  const at = (name: string) =>
    files.find(({ path }) => path.endsWith(name)) ?? { path: `knowledge/${name}`, text: "" };
  const wordFile = at("plans/words.yaml");
  const rows = parseYaml(wordFile, z.array(word));
  for (const row of rows) checkSentences(row, wordFile);
  const programs = parseYaml(at("plans/programs.yaml"), z.array(program)).map(programWord);
  const offices = parseYaml(at("insurance-departments.yaml"), departments).rows;
  return {
    words: [...rows.map(toWord), ...programs],
    regulators: offices.map(({ name, state }) => ({ name: name.replace(/ \(.*$/, ""), state })),
  };
}

type Row = z.infer<typeof word>;

function toWord({ id, rank, in: papers, leaves, over, says, unless, state, confidence }: Row): PlanWord {
  return { id, rank, in: papers, leaves, over, says, unless, state: state ?? null, confidence };
}

function programWord({ name, state, leaves, rank, confidence }: z.infer<typeof program>): PlanWord {
  const says = [`(?<!\\w)${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+")}(?!\\w)`];
  const id = name.toLowerCase().replace(/[^a-z]+/g, "-");
  return {
    id,
    rank,
    in: ["card", "plan-document", "notice"],
    leaves,
    over: [],
    says,
    unless: ["\\bif\\b", "may qualify"],
    state,
    confidence,
  };
}

function checkSentences(row: Row, file: KnowledgeFile): void {
  const speaks = (sentence: string) =>
    row.says.some((says) => new RegExp(says, "is").test(sentence)) &&
    !row.unless.some((unless) => new RegExp(unless, "is").test(sentence));
  const wrong = row.yes.find((sentence) => !speaks(sentence)) ?? row.no.find(speaks);
  if (wrong === undefined) return;
  const line = file.text.split("\n").indexOf(`- id: ${row.id}`) + 1;
  throw new KnowledgeError(
    file.path,
    line,
    `row ${row.id} is wrong about: ${wrong}`,
    "mend says, unless or the sentence",
  );
}
