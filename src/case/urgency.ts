import type { Issue, Span } from "#base";
import type { Denial } from "#denial";
import type { SortedPapers } from "#intake";
import type { Right, RightsAnswer } from "#law";
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

/** A bed or a program that somebody is in: what is refused from a day on is being lived through now. */
const stay =
  /\b(?:inpatient|hospital (?:stay|day|admission)|admission|skilled nursing|nursing facility|rehabilitation (?:stay|facility|hospital)|residential|partial hospitali[sz]ation|intensive outpatient|detox\w*|hospice|home health|private duty nursing|long[- ]term acute)\b/i;

const quick = [
  "fast-track-qio",
  "hospital-discharge-qio",
  "expedited-appeal",
  "tricare-expedited-reconsideration",
];

/**
 * Care that is going on is cut or ended: then days count and not weeks. The quick way of this plan is named, with its last day
 * where the law gives one; nothing where the care is over or the law of the plan has no quick way.
 */
export function findStayBeingCut(denial: Denial, { rights }: RightsAnswer, asOf: string): Issue[] {
  if (denial.timing?.value === "post-service" || denial.stage?.value === "external-review") return [];
  if (!isGoingOn(denial, asOf)) return [];
  const open = ({ status }: Right) => status === "open" || status === "unknown";
  const way = quick
    .map((kind) => rights.find((right) => right.kind === kind && open(right)))
    .find((right) => right !== undefined);
  if (!way) return [];
  const keeps = rights.find(({ kind, status }) => kind === "continuation-of-benefits" && status === "open");
  const [cite] = way.cite;
  const text = stayText(way, keeps);
  return [{ severity: "warning", code: "urgent-stay-cut", text, ...(cite ? { cite } : {}) }];
}

function isGoingOn({ timing, outcome, actionDay, grounds, services }: Denial, asOf: string): boolean {
  if (timing?.value === "concurrent" || grounds.some(({ id }) => id === "concurrent-stay")) return true;
  const cut = outcome?.value === "reduced" || outcome?.value === "terminated";
  if (cut && (actionDay !== undefined || services.some(({ description }) => stay.test(description.value))))
    return true;
  // A stay whose refused days reach to today or beyond.
  return services.some(
    ({ description, from, to }) =>
      stay.test(description.value) && from !== undefined && to !== undefined && from < asOf && to >= asOf,
  );
}

function stayText(way: Right, keeps: Right | undefined): string {
  const day = way.file?.lastDay ?? way.file?.safeDay;
  const going = "Care that is going on is being cut or ended, so a fast way is open.";
  const meanwhile = keeps
    ? ` Ask in the same letter that the care goes on meanwhile${keeps.file?.lastDay ? `, by ${keeps.file.lastDay}` : ""}.`
    : "";
  if (way.kind.endsWith("-qio"))
    return `${going} Call the Quality Improvement Organization named in the notice${day ? ` by ${day}` : " today"} and ask for its fast review; the number stands in the notice, and the call is enough.`;
  const hours = way.decision?.hours ? ` It is then decided within ${way.decision.hours} hours.` : "";
  return `${going} Ask for a fast appeal today, by telephone or fax, and let the physician say that waiting could seriously harm.${hours}${meanwhile}`;
}
