import type { Issue, Span } from "#base";
import type { SortedPapers } from "#intake";
import { findAll, type SourceDocument } from "#source";

/**
 * The words by which a claim becomes one of urgent care: delay could seriously jeopardize life, health or the ability
 * to regain maximum function (29 CFR 2560.503-1(m)(1)(i)(A); 42 CFR 422.570(c)(2); 42 CFR 438.410(a)).
 */
const jeopardy =
  /[^.\n]*\b(?:seriously|gravely)\s+(?:jeopardi[sz]e|endanger|harm)\s+(?:the\s+|her\s+|his\s+|their\s+)?(?:patient'?s?\s+|member'?s?\s+)?(?:life|health|ability)[^.\n]*\.?/gi;

/** Words that turn the sentence into a condition, a form, or its opposite. */
const notAsserted = /\b(?:if|whether|mark only|check (?:this|the) box|would not|does not|not)\b|\?/i;

/** Where the treating side says that waiting is dangerous; a plan's own boilerplate does not count. */
export function findUrgency(
  sorted: SortedPapers,
  documents: readonly SourceDocument[],
): { spans: Span[]; issues: Issue[] } {
  const clinical = new Set(
    sorted.papers
      .filter(({ kind }) => kind === "record" || kind === "support-letter")
      .map(({ document }) => document),
  );
  const foreign = new Set(sorted.foreign.map(({ document, page }) => `${document}\n${page}`));
  const spans: Span[] = [];
  for (const document of documents) {
    if (!clinical.has(document.document) || document.structured) continue;
    for (const { span } of findAll(document, jeopardy)) {
      if (!notAsserted.test(span.quote) && !foreign.has(`${span.document}\n${span.page}`)) spans.push(span);
    }
  }
  return { spans, issues: spans.slice(0, 1).map(urgent) };
}

function urgent(at: Span): Issue {
  return {
    severity: "warning",
    code: "urgent-appeal-possible",
    text: `The record says that waiting could seriously harm health (${at.document}, page ${at.page}). Ask the physician to certify it: an expedited appeal is then decided within hours, not weeks.`,
    at,
  };
}
