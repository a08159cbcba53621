import { existsSync, readFileSync } from "node:fs";
import { matchPolicy, policyFromJson } from "#finding";
import { loadClinical, loadMatching, loadPolicies, loadPolicyWords } from "#knowledge";
import { checklistOf, type Policy, readPolicy } from "#policy";
import { readRecord } from "#record";
import type { SourceDocument } from "#source";
import { type Command, printJson, UsageError } from "./command.ts";
import { readPapers } from "./read-papers.ts";

const help =
  "usage: redress match --policy FILE|ID --records FILE… [--as-of DATE] [--requested-on DATE] --json";

/** Prints what the records say to each criterion of a policy. */
export const command: Command = {
  help,
  async run(argv) {
    const asked = argumentsOf(argv);
    const [policy, papers, clinical, matching] = await Promise.all([
      policyFrom(asked.policy),
      readPapers(asked.records),
      loadClinical(),
      loadMatching(),
    ]);
    const { facts, issues } = readRecord(papers.documents, clinical);
    const found = matchPolicy({
      policy,
      facts,
      documents: papers.documents,
      asOf: asked.asOf,
      requestedOn: asked.requestedOn,
      clinical,
      matching,
    });
    await printJson({ ...found, issues: [...policy.issues, ...papers.issues, ...issues, ...found.issues] });
    return papers.documents.length > 0 ? 0 : 1;
  },
};

type Asked = { policy: string; records: string[]; asOf: string; requestedOn: string | undefined };

function argumentsOf(argv: readonly string[]): Asked {
  const given: Record<string, string[]> = {};
  let option = "";
  for (const word of argv) {
    if (word.startsWith("--")) {
      option = word.slice(2);
      if (!["policy", "records", "as-of", "requested-on", "json"].includes(option))
        throw new UsageError(`there is no option --${option}\n${help}`);
      given[option] ??= [];
    } else if (option === "" || option === "json") throw new UsageError(help);
    else given[option]!.push(word);
  }
  const [policy] = given["policy"] ?? [];
  const records = given["records"] ?? [];
  if (policy === undefined || records.length === 0) throw new UsageError(help);
  const asOf = given["as-of"]?.[0] ?? new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new UsageError("--as-of wants a date YYYY-MM-DD");
  return { policy, records, asOf, requestedOn: given["requested-on"]?.[0] };
}

/** A tree as JSON is taken as it is; any other paper is read as a policy; else it is the id of a known policy. */
async function policyFrom(file: string): Promise<Policy> {
  if (!existsSync(file)) return knownPolicy(file);
  if (file.endsWith(".json")) {
    const policy = policyFromJson(readFileSync(file, "utf8"));
    if (policy) return policy;
  }
  const [papers, words] = await Promise.all([readPapers([file]), loadPolicyWords()]);
  const document = papers.documents[0];
  if (!document) throw new UsageError(`${file} could not be read as a policy`);
  const policy = readPolicy(document, { words, clinical: await loadClinical() });
  const read = isEmpty(policy) ? byParagraphs(policy, document) : policy;
  return { ...read, issues: [...papers.issues, ...read.issues] };
}

/** A policy of knowledge/policies: our own words for it, as a checklist that may be out of date. */
async function knownPolicy(id: string): Promise<Policy> {
  const { policies } = await loadPolicies();
  const known = policies.find((one) => one.id === id);
  if (!known) throw new UsageError(`there is no file ${id}, and no policy of that id in knowledge/policies`);
  return checklistOf(known);
}

const isEmpty = ({ criteria, exclusions }: Policy): boolean =>
  exclusions === null && "all" in criteria && criteria.all.length === 0;

/** Longer papers than this are documents with other matter, not a bare list of criteria. */
const bareList = 4000;

/** A short paper without a list that we know how to part: each paragraph below its heading is one criterion. */
function byParagraphs(policy: Policy, document: SourceDocument): Policy {
  const text = document.pages.map((page) => page.text).join("\n\n");
  if (text.length > bareList) return policy;
  const paragraphs = text.split(/\n\s*\n/).map((one) => one.replace(/\s+/g, " ").trim());
  const heading = paragraphs.findLastIndex((one) => /\bcriteria\b/i.test(one) && one.length < 60);
  const leaves = paragraphs
    .slice(heading + 1)
    .filter((one) => one.length > 3)
    .map((one, at) => ({
      id: `c${at + 1}`,
      text: one.replace(/^(?:\d{1,2}[.)]\s*)+/, ""),
      from: [],
      judgment: true as const,
    }));
  if (heading < 0 || leaves.length === 0) return policy;
  const excluding = /\bexclusion/i.test(paragraphs[heading]!);
  const group = { id: excluding ? "x" : "c", text: paragraphs[heading]!, from: [] };
  return {
    ...policy,
    criteria: excluding ? { id: "c", text: "", from: [], all: [] } : { ...group, all: leaves },
    exclusions: excluding ? { ...group, any: leaves } : null,
  };
}
