import { z } from "zod";
import { type Citation, groundIds, type PlanKind, timings } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { LawElement, LawWrongBody, NoticeWords } from "./law.ts";
import { parseYaml } from "./parse.ts";
import { phrasePattern } from "./phrase.ts";

type Fence = { text: string; line: number };
type Plans = z.ZodType<readonly PlanKind[]>;
type Citing = (row: { id: string; label: string; url?: string | undefined }) => Citation;

const phrases = z.array(z.string()).default([]);
const words = {
  says: phrases,
  unless: phrases,
  "unless-anywhere": phrases,
  /** Sentences on both sides of the line, checked whenever the knowledge is read. */
  yes: phrases,
  no: phrases,
};
const common = { id: z.string(), label: z.string(), text: z.string(), url: z.url().optional() };

/** What a notice must carry. */
export function elementOf(file: KnowledgeFile, fence: Fence, plans: Plans, citing: Citing): LawElement {
  const shape = z.strictObject({
    ...common,
    ...words,
    plans,
    stages: z.array(z.string()).default(["initial", "internal-appeal", "final-internal"]),
    timing: z.array(z.enum(timings)).default([]),
    needs: z.enum([
      "appeal-period",
      "where-to-send",
      "reason",
      "criterion",
      "expedited",
      "external-review",
      "words",
    ]),
  });
  const row = parseYaml(file, shape, fence.text, fence.line);
  const { id, text, needs, stages, timing } = row;
  const says = needs === "words" ? wordsOf(file, fence, row) : null;
  return { id, text, needs, stages, timing, plans: [...row.plans], cite: citing(row), says };
}

/** Words that send people to a body which does not decide for their kind of plan. */
export function wrongBodyOf(file: KnowledgeFile, fence: Fence, plans: Plans, citing: Citing): LawWrongBody {
  const shape = z.strictObject({
    ...common,
    ...words,
    plans,
    stages: z.array(z.string()).default(["initial", "internal-appeal", "final-internal"]),
    grounds: z.array(z.enum(groundIds)).default([]),
    "state-process": z.boolean().default(false),
  });
  const row = parseYaml(file, shape, fence.text, fence.line);
  const { id, text, stages, grounds } = row;
  return {
    id,
    text,
    stages,
    grounds,
    stateProcess: row["state-process"],
    plans: [...row.plans],
    cite: citing(row),
    says: wordsOf(file, fence, row),
  };
}

type Row = { says: string[]; unless: string[]; "unless-anywhere": string[]; yes: string[]; no: string[] };

function wordsOf(file: KnowledgeFile, fence: Fence, row: Row): NoticeWords {
  const wrong = (problem: string, remedy: string) =>
    new KnowledgeError(file.path, fence.line, problem, remedy);
  if (row.says.length === 0) throw wrong("no phrase in says", "give the words by which a notice says it");
  if (row.yes.length === 0 || row.no.length === 0)
    throw wrong("yes or no is missing", "give a sentence that says it and one that does not");
  const any = (list: string[]) => (list.length > 0 ? list.map(phrasePattern).join("|") : null);
  const found: NoticeWords = {
    says: any(row.says)!,
    unless: any(row.unless),
    unlessAnywhere: any(row["unless-anywhere"]),
  };
  const says = (sentence: string) =>
    new RegExp(found.says, "i").test(sentence) &&
    ![found.unless, found.unlessAnywhere].some((out) => out && new RegExp(out, "i").test(sentence));
  for (const sentence of row.yes)
    if (!says(sentence))
      throw wrong(`says does not find "${sentence}"`, "add a phrase, or drop the sentence");
  for (const sentence of row.no)
    if (says(sentence)) throw wrong(`says finds "${sentence}"`, "narrow the phrase, or add unless");
  return found;
}
