import { type Command, parseArguments, printJson } from "./command.ts";
import { readPapers } from "./read-papers.ts";

export const command: Command = {
  help: "read text FILE… --json   the text of papers, page by page",
  run: async (argv) => {
    const { rest, flags } = parseArguments(argv, { flags: ["json", "lines"] });
    const { documents, issues } = await readPapers(rest);
    const shown = documents.map(({ document, mediaType, pages }) => ({
      document,
      mediaType,
      pages: pages.map(({ page, text, ocr, confidence, lines }) => ({
        page,
        text,
        ocr,
        ...(confidence === undefined ? {} : { confidence }),
        ...(flags.has("lines") ? { lines } : {}),
      })),
    }));
    await printJson({ documents: shown, issues });
    return documents.length > 0 ? 0 : 1;
  },
};
