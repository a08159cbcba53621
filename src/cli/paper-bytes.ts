import { filesOfZip } from "#io";
import type { PaperFile } from "#source";

/** The bytes of each document by the name its spans carry; files inside an archive are taken out of it. */
export async function bytesByDocument(
  papers: readonly PaperFile[],
  documents: readonly { document: string }[],
): Promise<Map<string, Uint8Array>> {
  const bytes = new Map(papers.map((paper) => [paper.name, paper.bytes]));
  for (const paper of papers) {
    if (!documents.some(({ document }) => document.startsWith(`${paper.name}/`))) continue;
    for (const inner of (await filesOfZip(paper)).files) bytes.set(inner.name, inner.bytes);
  }
  return bytes;
}
