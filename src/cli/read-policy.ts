import { loadPolicyWords } from "#knowledge";
import { readPolicy } from "#policy";
import { type Command, parseArguments, printJson, UsageError } from "./command.ts";
import { readPapers } from "./read-papers.ts";

const help = "usage: redress read policy FILE --json";

/** Prints a coverage policy as a tree of criteria. */
export const command: Command = {
  help,
  async run(argv) {
    const { rest } = parseArguments(argv, { flags: ["json"] });
    if (rest.length !== 1) throw new UsageError(help);
    const [papers, words] = await Promise.all([readPapers(rest), loadPolicyWords()]);
    const document = papers.documents[0];
    if (!document) {
      await printJson({
        title: null,
        number: null,
        payer: null,
        effective: null,
        treatmentIds: [],
        criteria: null,
        exclusions: null,
        issues: papers.issues,
      });
      return 1;
    }
    const policy = readPolicy(document, { words });
    await printJson({ ...policy, issues: [...papers.issues, ...policy.issues] });
    return 0;
  },
};
