import { type CaseFile, type CaseLog, nextLevel, type SentBlob, type SentPaper } from "#case";
import { loadLetters } from "#knowledge";

/** Keeps the exact bytes of what goes out, so that they can be taken home again after the case has moved on. */
export async function keepPapers(log: CaseLog, papers: readonly SentPaper[]): Promise<SentBlob[]> {
  const kept: SentBlob[] = [];
  for (const { name, bytes, sha256, pages } of papers) {
    const { blob } = await log.put(bytes);
    kept.push({ name, blob, sha256, pages });
  }
  return kept;
}

/** The kind of right that the packet's appeal uses: of those its letter is made for, the one that is open. */
export async function stepOfPacket({ letters, rights }: CaseFile): Promise<string | null> {
  const { appeals } = await loadLetters();
  const row = letters
    .map(({ kind }) => appeals.find(({ id }) => id === kind))
    .find((one) => one !== undefined);
  if (!row) return null;
  // A letter for plans without a ladder of their own takes the first step that this plan has.
  if (row.step.length === 0) return nextLevel(rights.rights, [])?.kind ?? null;
  const open = row.step.find((step) =>
    rights.rights.some(({ kind, status }) => kind === step && status === "open"),
  );
  return open ?? row.step[0] ?? null;
}
