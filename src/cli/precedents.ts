import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { type GroundId, groundIds } from "#base";
import { packageRoot } from "#knowledge";
import { nearestDecisions, type Precedent, readPrecedents } from "#precedent";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";

const shelf = () =>
  path.join(process.env.REDRESS_DATA ?? path.join(packageRoot, ".redress"), "precedents.json");

/** `redress precedents import FILE…` and `redress precedents near --treatment … --condition … [--ground …]`. */
export const command: Command = {
  help: "precedents import FILE… | precedents near --treatment T --condition C [--ground G]",
  run: async (argv) => {
    const { rest, values } = parseArguments(argv, { values: ["treatment", "condition", "ground"] });
    const [verb, ...files] = rest;
    if (verb === "import" && files.length > 0) return importFiles(files);
    if (verb === "near" && values.treatment && values.condition)
      return near(values.treatment, values.condition, values.ground);
    throw new UsageError(`usage: redress ${command.help}`);
  },
};

/** The decisions that were imported on this machine. */
export function knownPrecedents(): Precedent[] {
  return existsSync(shelf()) ? (JSON.parse(readFileSync(shelf(), "utf8")) as Precedent[]) : [];
}

/** Adds to what is known; a decision imported twice is kept once. */
async function importFiles(files: string[]): Promise<number> {
  const all = new Map(knownPrecedents().map((one) => [`${one.source}/${one.id}`, one]));
  const before = all.size;
  const issues = files.flatMap((file) => {
    const { precedents, issues } = readPrecedents(rowsOf(file));
    for (const one of precedents) all.set(`${one.source}/${one.id}`, one);
    return issues;
  });
  mkdirSync(path.dirname(shelf()), { recursive: true });
  writeFileSync(`${shelf()}.part`, JSON.stringify([...all.values()]));
  renameSync(`${shelf()}.part`, shelf());
  await printJson({ added: all.size - before, known: all.size, issues });
  return issues.some(({ severity }) => severity === "error") ? 1 : 0;
}

function rowsOf(file: string): Record<string, string>[] {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const bytes = readFileSync(file);
  const head = bytes.subarray(0, 4096).toString("utf8").split("\n", 1)[0] ?? "";
  const delimiter = head.split(";").length > head.split(",").length ? ";" : ",";
  try {
    return parse(bytes, {
      columns: true,
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch {
    throw new UsageError(`${file} is not a table of comma-separated or semicolon-separated values`);
  }
}

async function near(treatment: string, condition: string, ground: string | undefined): Promise<number> {
  if (ground && !groundIds.includes(ground as GroundId)) throw new UsageError(`there is no ground ${ground}`);
  const like = { treatment, condition, ...(ground ? { ground: ground as GroundId } : {}) };
  const { decisions, counts, years, tooFew } = nearestDecisions(knownPrecedents(), like);
  const say = tooFew ? `${decisions.length} like decisions: too few to say.` : null;
  await printJson({
    like,
    of: decisions.length,
    counts: tooFew ? null : counts,
    years,
    say,
    decisions: decisions.slice(0, 20),
  });
  return 0;
}
