import type { DenialKnowledge } from "./read-denial.ts";

/** Id of the payer whose name is printed. */
export function payerIdOf(name: string, { payers }: Pick<DenialKnowledge, "payers">): string | null {
  const plain = (words: string): string =>
    words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .replace(/\bblue (cross|shield)/g, "blue$1")
      .trim();
  const wanted = plain(name);
  const found = payers
    .flatMap((payer) =>
      [...payer.names, ...payer.legalNames].map((known) => ({ id: payer.id, known: plain(known) })),
    )
    .filter(({ known }) => known.length > 3 && (` ${wanted} `.includes(` ${known} `) || wanted === known))
    .sort((a, b) => b.known.length - a.known.length)[0];
  return found?.id ?? null;
}
