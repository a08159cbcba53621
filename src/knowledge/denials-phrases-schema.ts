import { z } from "zod";
import { type DenialPhrases, type LabelRow, type PhraseRow, phraseSubjects } from "./denials-phrases.ts";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import { phrasePattern } from "./phrase.ts";

const words = z.array(z.string().min(1));
const row = z.strictObject({
  id: z.string(),
  strength: z.enum(["strong", "weak"]).default("strong"),
  over: words.default([]),
  rank: z.number().int().default(5),
  scope: z.enum(["sentence", "paragraph"]).default("sentence"),
  says: words.min(1),
  unless: words.default([]),
  yes: words.min(1),
  no: words.default([]),
});
const label = z.strictObject({
  field: z.string().regex(/^[a-z-]+$/),
  rank: z.number().int().default(5),
  takes: z.enum(["name", "number", "date", "text", "money"]),
  labels: words.min(1),
});

/** Checks the phrase files, among other things by the examples that stand beside each row, and compiles them. */
export function compileDenialPhrases(files: KnowledgeFile[]): DenialPhrases {
  const fileOf = (name: string): KnowledgeFile => {
    const file = files.find(({ path }) => path.endsWith(`/${name}.yaml`));
    if (!file)
      throw new KnowledgeError(`knowledge/denials/${name}.yaml`, 1, "the file is missing", "bring it back");
    return file;
  };
  const phrases = phraseSubjects.map((subject) => {
    const file = fileOf(subject);
    refuseLostWords(file);
    return [subject, parseYaml(file, z.array(row)).map((entry) => compiled(file, entry))] as const;
  });
  const labels: LabelRow[] = parseYaml(fileOf("labels"), z.array(label)).map((entry) => ({
    ...entry,
    labels: [...entry.labels].sort((a, b) => b.length - a.length),
  }));
  return { ...Object.fromEntries(phrases), labels } as DenialPhrases;
}

/** A number sign behind a space begins a comment in YAML: the rest of an unquoted phrase would be lost without a word. */
export function refuseLostWords(file: KnowledgeFile): void {
  const line = file.text.split("\n").findIndex((words) => /^\s*- (?!["'])[^"'#]*[^\s"'#]\s+#/.test(words));
  if (line >= 0)
    throw new KnowledgeError(
      file.path,
      line + 1,
      "what stands behind the number sign is lost",
      "put the phrase between double quotes",
    );
}

function compiled(file: KnowledgeFile, entry: z.infer<typeof row>): PhraseRow {
  const { yes, no, says, unless, ...rest } = entry;
  const joined = (phrases: string[]): string | null => {
    if (phrases.length === 0) return null;
    try {
      return phrases.map(phrasePattern).join("|");
    } catch (cause) {
      throw new KnowledgeError(
        file.path,
        lineOf(file, phrases[0]!),
        (cause as Error).message,
        "mend the brackets of the phrase",
      );
    }
  };
  const result: PhraseRow = { ...rest, says: joined(says)!, unless: joined(unless) };
  for (const example of yes)
    if (!speaks(result, example))
      throw new KnowledgeError(
        file.path,
        lineOf(file, example),
        `${entry.id}: the example of yes is not found`,
        "widen `says` or mend the example",
      );
  for (const example of no)
    if (speaks(result, example))
      throw new KnowledgeError(
        file.path,
        lineOf(file, example),
        `${entry.id}: the example of no is found`,
        "narrow `says` or add to `unless`",
      );
  return result;
}

function speaks(row: PhraseRow, sentence: string): boolean {
  return (
    new RegExp(row.says, "i").test(sentence) &&
    !(row.unless !== null && new RegExp(row.unless, "i").test(sentence))
  );
}

function lineOf(file: KnowledgeFile, example: string): number {
  return file.text.split("\n").findIndex((line) => line.includes(example)) + 1;
}
