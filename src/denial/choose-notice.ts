import type { Issue } from "#base";
import type { DenialPhrases } from "#knowledge";
import type { SourceDocument } from "#source";
import { phrasesOf } from "./phrases.ts";

const letterSigns =
  /\b(?:denial|denied|adverse (?:benefit )?determination|not (?:approved|covered|certified|authorized)|appeal|determination|explanation of benefits|remittance|claim)\b/gi;

/** The paper that is the notice. Several notices are one warning: each is a case of its own. */
export function chooseNotice(
  documents: readonly SourceDocument[],
  phrases: DenialPhrases,
): { notice: SourceDocument | null; issues: Issue[] } {
  if (documents.length === 0)
    return {
      notice: null,
      issues: [
        {
          severity: "error",
          code: "denial-missing",
          text: "No paper could be read. Hand in the denial letter.",
        },
      ],
    };
  if (documents.length === 1) return { notice: documents[0]!, issues: [] };
  const denied = phrasesOf(phrases.outcomes.filter(({ id }) => id !== "approved" && id !== "pending"));
  const scored = documents
    .map((source) => ({ source, score: scoreOf(source, denied) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (!first) return { notice: documents[0]!, issues: [] };
  const issues: Issue[] = [];
  if (second && second.score >= 6 && second.score > first.score / 2)
    issues.push({
      severity: "warning",
      code: "several-denials",
      text: `More than one denial is among the papers; ${first.source.document} was read. Make one case for each letter.`,
    });
  return { notice: first.source, issues };
}

function scoreOf(source: SourceDocument, denied: ReturnType<typeof phrasesOf>): number {
  if (source.structured === "x12") return 8;
  const text = source.pages
    .map((page) => page.text)
    .join("\n")
    .slice(0, 20_000);
  if (source.structured === "fhir") return /"(?:ClaimResponse|ExplanationOfBenefit)"/.test(text) ? 8 : 0;
  const signs = new Set([...text.matchAll(letterSigns)].map(([word]) => word.toLowerCase())).size;
  const said = denied.some(({ says }) => says.test(text)) ? 3 : 0;
  const named = /denial|adverse|eob|determination/i.test(source.document) ? 4 : 0;
  const rights =
    /\byou (?:may|have the right to|can) (?:file an |ask for an |request an )?appeal\b|appeal rights/i.test(
      text,
    )
      ? 4
      : 0;
  return said === 0 ? 0 : signs + said + named + rights;
}
