import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseDate } from "#base";
import { type CaseFile, documentBundleOf, prepareCase } from "#case";
import type { Progress } from "#source";
import { answerFiles, readAnswers } from "./answers.ts";
import { loadCaseKnowledge } from "./case-knowledge.ts";
import { type Command, parseArguments, UsageError } from "./command.ts";
import { bytesByDocument } from "./paper-bytes.ts";
import { papersAt } from "./read-papers.ts";

/** `redress appeal FOLDER --out DIR`: a folder of papers in, an appeal packet ready to sign out. */
export const command: Command = {
  help: "appeal FOLDER --out DIR",
  run: async (argv) => {
    const { rest, values } = parseArguments(argv, { values: ["out", "as-of"] });
    const [folder] = rest;
    if (!folder || rest.length !== 1 || !values.out) throw new UsageError(`usage: redress ${command.help}`);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`there is no folder ${folder}`);
    const asOf = values["as-of"];
    if (asOf !== undefined && !parseDate(asOf)) throw new UsageError("--as-of wants a date like 2026-10-12");
    makeFolder(values.out);
    return appeal(folder, values.out, asOf);
  },
};

/** The folder for the results; what stands in its way is for the person at the keyboard to mend. */
function makeFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    accessSync(out, constants.W_OK);
  } catch {
    throw new UsageError(`the folder ${out} cannot be made or written to; name another with --out`);
  }
}

async function appeal(folder: string, out: string, asOf: string | undefined): Promise<number> {
  const { answers, issues: wrong } = readAnswers(folder);
  say("reading the papers");
  const files = papersAt([folder], { exceptAt: out }).filter(({ name }) => !answerFiles.includes(name));
  const { readFiles, renderCase } = await import("#io");
  const { documents, issues: unread } = await readFiles(files, { progress: showProgress() });
  const today = asOf ?? answers.asOf ?? new Date().toISOString().slice(0, 10);
  say("matching the record with the criteria");
  const file = prepareCase(
    { documents, answers, asOf: today, issues: [...wrong, ...unread] },
    await loadCaseKnowledge(),
  );
  writeJson(out, file);
  if (file.denial === null || file.letters.length === 0) {
    say("the papers are not enough; issues.json says what is missing");
    return 1;
  }
  say("printing letters and packet");
  const { outputs, issues } = await renderCase(file, await bytesByDocument(files, documents));
  for (const output of outputs) writeFileSync(path.join(out, output.name), output.bytes);
  if (issues.length > 0) writeFileSync(path.join(out, "issues.json"), pretty([...file.issues, ...issues]));
  say(`done: ${out}`);
  return 0;
}

/** Without criteria nothing was matched; the answer is that nothing is known. */
const noFindings = { findings: [], result: "unknown", routes: [], harms: [], issues: [] };

/** The JSON files of the contract; those that could not be made are not written. */
function writeJson(out: string, file: CaseFile): void {
  const letter = file.letters[0];
  const parts: Record<string, unknown> = {
    denial: file.denial,
    rights: file.situation ? file.rights : null,
    policy: file.policy,
    facts: { facts: file.facts, issues: [] },
    findings: file.findings ?? noFindings,
    checklist: file.checklist,
    letter: letter ? { kind: letter.kind, passages: letter.passages } : null,
    issues: file.issues,
    // For systems that speak FHIR R4: the case as one document, findings included.
    "fhir-bundle":
      file.denial && documentBundleOf(file, { caseId: path.basename(out), at: `${file.asOf}T00:00:00Z` }),
  };
  for (const [name, value] of Object.entries(parts)) {
    if (value !== null) writeFileSync(path.join(out, `${name}.json`), pretty(value));
  }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

/** A line for each page once reading takes longer than a blink. */
function showProgress(): Progress {
  const began = performance.now();
  let last = 0;
  return ({ document, done, total }) => {
    const now = performance.now();
    if (now - began < 1_000 || now - last < 500) return;
    last = now;
    say(`${document}: page ${done} of ${total}`);
  };
}

function say(text: string): void {
  process.stderr.write(`redress: ${text}\n`);
}
