import type { Evidence, Finding } from "#finding";
import type { Criterion } from "#policy";
import type { Desk } from "./appeal.ts";
import { leavesOf, partsOf } from "./criteria.ts";
import { isStated } from "./criteria-table.ts";
import { type PrintedEvidence, printSentence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { isMedical } from "./grounds.ts";
import { squash } from "./sentences.ts";
import { stemsOf } from "./stems.ts";

/** A passage must share about this much of the words that only one question has; less says nothing on it. */
const leastShared = 1.2;

/** A passage that answers one of the usual questions; `at` is the question's place in the list, `score` how much it says. */
type Answer = { at: number; score: number; printed: PrintedEvidence };

/**
 * While the plan's policy is not at hand: the passages of the record that answer what policies for this treatment usually
 * ask, in the order of the questions. Only the record is quoted; the questions are ours and no
 * letter prints them. What stands against a question is never among them.
 */
export function usualEvidence(desk: Desk, most: number): PrintedEvidence[] {
  const { checklist, findings } = desk.input;
  if (!checklist || findings || !isMedical(desk)) return [];
  const service = stemsOf(
    (desk.input.denial?.services ?? []).map((line) => line.description.value).join(" "),
  );
  const leaves = askedLeaves(checklist.policy.criteria, service);
  const known = new Map(checklist.findings.findings.map((finding) => [finding.criterion, finding]));
  const against = [
    ...checklist.findings.findings.flatMap((finding) => finding.against),
    ...checklist.findings.harms.map((harm) => harm.evidence),
  ].flatMap((entry) => entry.from);
  const answers = leaves.flatMap((leaf, at) =>
    answersTo(known.get(leaf.id), service, desk).flatMap((printed) => {
      const score = shared(stemsOf(leaf.text), stemsOf(printed.span.quote), leaves);
      return score >= leastShared && !meet(against, [printed.span]) ? [{ at, score, printed }] : [];
    }),
  );
  return bestFirst(answers)
    .slice(0, most)
    .sort((one, other) => one.at - other.at)
    .map(({ printed }) => printed);
}

/** Passages for one question; the second comes after the first ones of all the others. */
const mostEach = 2;

/** The best answer of each question, then the second ones; a passage answers one question only. */
function bestFirst(answers: Answer[]): Answer[] {
  const first: Answer[] = [];
  const second: Answer[] = [];
  for (const answer of [...answers].sort((one, other) => other.score - one.score)) {
    const kept = [...first, ...second];
    const told = kept.filter(({ at }) => at === answer.at).length;
    if (told >= mostEach || kept.some(({ printed }) => meet([printed.span], [answer.printed.span]))) continue;
    (told === 0 ? first : second).push(answer);
  }
  return [...first, ...second];
}

/** The sentences that bear on a question: what a clinician states, no heading and no form. */
function answersTo(
  finding: Finding | undefined,
  service: ReadonlySet<string>,
  desk: Desk,
): PrintedEvidence[] {
  if (!finding || finding.status === "not-met") return [];
  const entries: Evidence[] = [...finding.for, ...finding.candidates];
  return entries.flatMap((entry) => {
    const first = entry.from[0];
    const printed = first ? printSentence(first, desk.cite) : null;
    const states = printed && isSentence(printed.span.quote) && !isProposal(printed.span.quote, service);
    return states && isStated(printed, desk) ? [printed] : [];
  });
}

/** What is planned, ordered or asked, and the dose of the very drug that is refused: true, and no reason for it. */
const isProposal = (quote: string, service: ReadonlySet<string>): boolean =>
  /\b(will|planned|to start|asked (whether|if|to))\b|^\W*plan\b/i.test(quote) ||
  (/\d\s?m(c)?g\b/i.test(quote) && [...stemsOf(quote)].some((stem) => service.has(stem)));

export const isSentence = (quote: string): boolean =>
  /[.;!)]$/.test(squash(quote)) || squash(quote).split(" ").length >= 8;

/** The questions that are asked of this service: of branches for different services the one that names it. */
function askedLeaves(node: Criterion, service: ReadonlySet<string>): Criterion[] {
  if ("when" in node) return askedLeaves(node.then, service);
  const parts = partsOf(node);
  if (parts.length === 0) return "not" in node ? [] : leavesOf(node);
  if ("not" in node) return [];
  const named = (part: Criterion) =>
    "when" in part ? [...stemsOf(part.when.text)].filter((stem) => service.has(stem)).length : null;
  const best = Math.max(0, ...parts.map((part) => named(part) ?? 0));
  return parts
    .filter((part) => named(part) === null || named(part) === best)
    .flatMap((part) => askedLeaves(part, service));
}

/** Words that two texts share; one that few questions have says more. */
function shared(question: Set<string>, passage: Set<string>, leaves: Criterion[]): number {
  const holders = (stem: string) => leaves.filter((leaf) => stemsOf(leaf.text).has(stem)).length;
  return [...question]
    .filter((stem) => passage.has(stem))
    .reduce((sum, stem) => sum + 1 / Math.max(1, holders(stem)), 0);
}
