import { readDenial } from "#denial";
import { loadCodes, loadDenialPhrases, loadPayers, loadTreatments } from "#knowledge";
import { type Command, parseArguments, printJson } from "./command.ts";
import { readPapers } from "./read-papers.ts";

export const command: Command = {
  help: "read denial FILE… --json   the notice: who, what, why, until when",
  run: async (argv) => {
    const { rest } = parseArguments(argv, { flags: ["json"] });
    const [papers, payers, treatments, codes, phrases] = await Promise.all([
      readPapers(rest),
      loadPayers(),
      loadTreatments(),
      loadCodes(),
      loadDenialPhrases(),
    ]);
    const denial = readDenial(papers.documents, { payers, treatments, codes, phrases });
    await printJson({ ...denial, issues: [...papers.issues, ...denial.issues] });
    return denial.outcome !== null || denial.grounds.length > 0 ? 0 : 1;
  },
};
