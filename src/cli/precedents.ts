import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type GroundId, groundIds, type Issue } from "#base";
import { loadTreatments, packageRoot } from "#knowledge";
import { drugsIn, type NamesIn, nearestDecisions, type Precedent } from "#precedent";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";
import { readTable } from "./precedent-table.ts";

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

let shelved: { stamp: string; precedents: Precedent[] } | null = null;

/** The decisions that were imported on this machine; read again when somebody imports more. */
export function knownPrecedents(): Precedent[] {
  if (!existsSync(shelf())) return [];
  const { mtimeMs, size } = statSync(shelf());
  const stamp = `${shelf()} ${mtimeMs} ${size}`;
  if (shelved?.stamp !== stamp)
    shelved = { stamp, precedents: JSON.parse(readFileSync(shelf(), "utf8")) as Precedent[] };
  return shelved.precedents;
}

/** Adds to what is known; a decision that is imported again takes the place of itself. */
async function importFiles(files: string[]): Promise<number> {
  const all = new Map(knownPrecedents().map((one) => [keyOf(one), one]));
  const before = all.size;
  const namesIn = await drugNames();
  const issues: Issue[] = [];
  let read = 0;
  for (const file of files) {
    const table = await readTable(file, namesIn);
    for (const one of table.precedents) all.set(keyOf(one), one);
    read += table.precedents.length;
    issues.push(...table.issues);
  }
  mkdirSync(path.dirname(shelf()), { recursive: true });
  writeFileSync(`${shelf()}.part`, JSON.stringify([...all.values()]));
  renameSync(`${shelf()}.part`, shelf());
  const added = all.size - before;
  await printJson({ read, added, replaced: read - added, known: all.size, issues });
  return issues.some(({ severity }) => severity === "error") ? 1 : 0;
}

const keyOf = ({ source, id }: Precedent) => `${source}/${id}`;

async function drugNames(): Promise<NamesIn> {
  return drugsIn((await loadTreatments()).flatMap(({ drugs = [] }) => drugs));
}

async function near(treatment: string, condition: string, ground: string | undefined): Promise<number> {
  if (ground && !groundIds.includes(ground as GroundId)) throw new UsageError(`there is no ground ${ground}`);
  const drugs = (await drugNames())(treatment);
  const like = {
    treatment,
    condition,
    ...(ground ? { ground: ground as GroundId } : {}),
    ...(drugs.length > 0 ? { drugs } : {}),
  };
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
