import { loadClinical } from "#knowledge";
import { readRecord } from "#record";
import { type Command, parseArguments, printJson } from "./command.ts";
import { readPapers } from "./read-papers.ts";

export const command: Command = {
  help: "read record FILE… --json   the facts of medical records",
  run: async (argv) => {
    const { rest } = parseArguments(argv, { flags: ["json"] });
    const [{ documents, issues }, clinical] = await Promise.all([readPapers(rest), loadClinical()]);
    const read = readRecord(documents, clinical);
    await printJson({ facts: read.facts, issues: [...issues, ...read.issues] });
    return documents.length > 0 ? 0 : 1;
  },
};
