import type { PolicyWords } from "#knowledge";
import type { SourceDocument } from "#source";

/** Papers that look like policies but decide nothing about coverage; `null` for all others. */
export function kindWithoutCriteria(
  document: SourceDocument,
  title: string,
  { documents }: PolicyWords,
): "payment-policy" | "bulletin" | null {
  const text = document.pages.map((page) => page.text).join("\n");
  const top = `${title}\n${text.slice(0, 400)}`;
  const scores = new Map<string, number>();
  for (const row of documents.rows) {
    if (!new RegExp(row.words, "i").test(row.where === "title" ? top : text)) continue;
    scores.set(row.kind, (scores.get(row.kind) ?? 0) + row.weight);
  }
  const [kind, score] = [...scores].sort((a, b) => b[1] - a[1])[0] ?? [];
  return score !== undefined && score >= documents.threshold ? (kind as "payment-policy" | "bulletin") : null;
}
