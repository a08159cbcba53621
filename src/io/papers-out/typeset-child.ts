/**
 * The typesetter's own process. The compiler keeps a little memory of every document, so the parent replaces this
 * process after a number of them. It reads nothing but what it is sent.
 */
import { tmpdir } from "node:os";
import path from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { TypesetAnswer, TypesetJob } from "./typeset.ts";

// Only the fonts inside the compiler and our own fallback for signs: every machine sets the same pages.
const fonts = path.resolve(import.meta.dirname, "../../../assets/fonts");
const compiler = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontPaths: [fonts] }] });

process.on("message", (job: TypesetJob) => {
  process.send?.(answerTo(job));
});
process.on("disconnect", () => process.exit(0));

function answerTo(job: TypesetJob): TypesetAnswer {
  try {
    compiler.resetShadow();
    for (const [name, bytes] of Object.entries(job.files ?? {}))
      compiler.mapShadow(`${tmpdir()}/${name}`, Buffer.from(bytes));
    const pdf = compiler.pdf(
      { mainFileContent: job.template, inputs: { data: JSON.stringify(job.data) } },
      { pdfStandard: job.standard, creationTimestamp: job.createdAt },
    );
    compiler.evictCache(2);
    return { id: job.id, pdf: new Uint8Array(pdf) };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const cannotDisplay = /could not be displayed/.test(said);
    // Messages of the compiler quote the text that it could not set; only their kind leaves this process.
    return { id: job.id, error: cannotDisplay ? "glyph" : "typeset", where: ownWords(said) };
  }
}

/** The compiler's message without anything between quotation marks. */
function ownWords(said: string): string {
  return [...said.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)]
    .map((match) => match[1]!.replace(/`[^`]*`/g, "…"))
    .join("; ")
    .slice(0, 300);
}
