import { type DenialKnowledge, readDenial } from "#denial";
import type { SortedPapers } from "#intake";
import type { SourceDocument } from "#source";

/**
 * Sorting goes by headings and usual words; a plain letter without them is found by what the reader of denials makes of it:
 * a payer, an outcome that is not an approval, a ground, and something of health in it or a time to appeal. Only asked where no paper was sorted as a denial.
 */
export function withNotice(
  sorted: SortedPapers,
  documents: readonly SourceDocument[],
  knowledge: DenialKnowledge,
): SortedPapers {
  if (sorted.papers.some(({ kind }) => kind === "denial")) return sorted;
  const unsure = new Map(
    sorted.papers
      .filter(({ kind }) => kind === "noise" || kind === "record")
      // A packet keeps its named records.
      .filter(({ document, recordKind }) => recordKind === undefined || single(sorted, document))
      .map(({ document, recordKind }) => [document, recordKind !== undefined] as const),
  );
  const notices = new Set(
    documents
      .filter(({ document }) => unsure.has(document))
      .filter((document) => isDenial(document, knowledge, unsure.get(document.document)!))
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

/** What a body writes that has decided: on the appeal, or on whether to look at it. */
const decision =
  /\b(?:uph[eo]ld(?:s|ing)?|affirm(?:s|ed|ing)?|unfavorable|adverse|den(?:y|ies|ied|ial)|dismiss(?:es|ed|al)?|overturn(?:s|ed)?|not medically necessary|sustain(?:s|ed)?)\b/i;

/**
 * The letter that answers the appeal, among the papers that were handed in since: somebody said that the answer came, so a
 * letter that decides is that answer, though it has neither the plan's headings nor another appeal to offer.
 */
export function withAnswer(
  sorted: SortedPapers,
  documents: readonly SourceDocument[],
  handedIn: readonly string[],
  knowledge: DenialKnowledge,
): SortedPapers {
  const fresh = sorted.papers.filter(({ document }) => handedIn.includes(document));
  if (fresh.length === 0 || fresh.some(({ kind }) => kind === "denial")) return sorted;
  const answer = documents.find(
    (document) =>
      fresh.some((paper) => paper.document === document.document && paper.kind !== "policy") &&
      document.pages.some(({ text }) => decision.test(text)) &&
      readDenial([document], knowledge).noticeDate !== null,
  );
  if (!answer) return sorted;
  const papers = sorted.papers.map((paper) =>
    paper.document === answer.document ? { ...paper, kind: "denial" as const } : paper,
  );
  return { ...sorted, papers };
}

/** Insurers of houses and cars refuse claims and open appeals as well. */
function speaksOfCare({ pages }: SourceDocument): boolean {
  const text = pages[0]?.text.slice(0, 6000) ?? "";
  return (
    /\b(?:health|medicare|medicaid|medical|patient|doctor|therapy|anesth\w+|clinic|hospital|surg\w+|drug|medicine)\b/i.test(
      text,
    ) && !/\b(?:homeowners|dwelling|auto policy|your vehicle|renters policy)\b/i.test(text)
  );
}

const single = (sorted: SortedPapers, document: string): boolean =>
  sorted.papers.filter((paper) => paper.document === document).length === 1;

/** `named`: the paper looks like a record of a certain kind; then only a letter that opens an appeal is a notice. */
function isDenial(document: SourceDocument, knowledge: DenialKnowledge, named: boolean): boolean {
  const denial = readDenial([document], knowledge);
  const { payer, payerId, outcome, grounds, noticeDate, diagnoses, planHints, services, issues } = denial;
  const { appealWithin, appealBy } = denial.rightsStated;
  const opensAppeal = (appealWithin !== null || appealBy !== null) && speaksOfCare(document);
  if (named && !opensAppeal) return false;
  if (issues.some(({ code }) => code === "not-a-denial" || code === "denial-missing")) return false;
  const ofHealth = services.some(({ treatmentId, codes }) => treatmentId !== null || codes.length > 0);
  if (!opensAppeal && payerId === null && diagnoses.length === 0 && planHints.length === 0 && !ofHealth)
    return false;
  const decided = outcome !== null && outcome.value !== "approved" && grounds.length > 0;
  return decided && payer !== null && noticeDate !== null;
}
