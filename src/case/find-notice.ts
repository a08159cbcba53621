import { type DenialKnowledge, readDenial } from "#denial";
import type { SortedPapers } from "#intake";
import type { SourceDocument } from "#source";

/**
 * Sorting goes by headings and usual words; a plain letter without them is found by what the reader of denials makes of it:
 * a payer, an outcome that is not an approval, a ground, and something of health in it. Only asked where no paper was sorted as a denial.
 */
export function withNotice(
  sorted: SortedPapers,
  documents: readonly SourceDocument[],
  knowledge: DenialKnowledge,
): SortedPapers {
  if (sorted.papers.some(({ kind }) => kind === "denial")) return sorted;
  const unsure = new Set(
    sorted.papers
      .filter(
        (paper) => (paper.kind === "noise" || paper.kind === "record") && paper.recordKind === undefined,
      )
      .map(({ document }) => document),
  );
  const notices = new Set(
    documents
      .filter((document) => unsure.has(document.document) && isDenial(document, knowledge))
      .map(({ document }) => document),
  );
  if (notices.size === 0) return sorted;
  return {
    ...sorted,
    papers: sorted.papers.map((paper) =>
      notices.has(paper.document) ? { ...paper, kind: "denial" } : paper,
    ),
  };
}

function isDenial(document: SourceDocument, knowledge: DenialKnowledge): boolean {
  const { payer, payerId, outcome, grounds, noticeDate, diagnoses, planHints, services, issues } = readDenial(
    [document],
    knowledge,
  );
  if (issues.some(({ code }) => code === "not-a-denial" || code === "denial-missing")) return false;
  const ofHealth = services.some(({ treatmentId, codes }) => treatmentId !== null || codes.length > 0);
  if (payerId === null && diagnoses.length === 0 && planHints.length === 0 && !ofHealth) return false;
  const decided = outcome !== null && outcome.value !== "approved" && grounds.length > 0;
  return decided && payer !== null && noticeDate !== null;
}
