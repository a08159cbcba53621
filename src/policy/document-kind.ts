import type { DocumentRow, PolicyWords } from "#knowledge";
import type { SourceDocument } from "#source";

/** Papers that look like policies but decide nothing about coverage; `null` for all others. */
export function kindWithoutCriteria(
  document: SourceDocument,
  title: string,
  { documents }: PolicyWords,
): DocumentRow["kind"] | null {
  const text = document.pages.map((page) => page.text).join("\n");
  const top = `${title}\n${text.slice(0, 400)}`;
  const scores = new Map<DocumentRow["kind"], number>();
  for (const row of documents.rows) {
    if (!new RegExp(row.words, "i").test(row.where === "title" ? top : text)) continue;
    scores.set(row.kind, (scores.get(row.kind) ?? 0) + row.weight);
  }
  const [kind, score] = [...scores].sort((a, b) => b[1] - a[1])[0] ?? [];
  return kind !== undefined && score! >= documents.threshold ? kind : null;
}
