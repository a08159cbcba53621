import { loadClinical, loadPayers, loadPolicyWords, loadTreatments } from "#knowledge";
import { type PolicyKnowledge, readPolicy } from "#policy";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";
import { readPapers } from "./read-papers.ts";

const help = "usage: redress read policy FILE --json";

/** What a policy is read with. */
export async function knowledgeForPolicies(): Promise<PolicyKnowledge> {
  const [words, clinical, treatments, payers] = await Promise.all([
    loadPolicyWords(),
    loadClinical(),
    loadTreatments(),
    loadPayers(),
  ]);
  return { words, clinical, treatments, payers: payers.flatMap(({ names }) => names) };
}

/** Prints a coverage policy as a tree of criteria. */
export const command: Command = {
  help,
  async run(argv) {
    const { rest } = parseArguments(argv, { flags: ["json"] });
    if (rest.length !== 1) throw new UsageError(help);
    const [papers, knowledge] = await Promise.all([readPapers(rest), knowledgeForPolicies()]);
    const document = papers.documents[0];
    if (!document) {
      const empty = {
        title: null,
        number: null,
        payer: null,
        effective: null,
        treatmentIds: [],
        exclusions: null,
      };
      await printJson({
        ...empty,
        criteria: { id: "c", text: "", from: [], all: [] },
        issues: papers.issues,
      });
      return 1;
    }
    const policy = readPolicy(document, knowledge);
    await printJson({ ...policy, issues: [...papers.issues, ...policy.issues] });
    return 0;
  },
};
