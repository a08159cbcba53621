import { type Chart, passage } from "./chart.ts";
import { type Clause, claimOf } from "./claim.ts";
import { unknown, type Verdict } from "./evaluate/verdict.ts";
import { judgeFamily } from "./families.ts";
import { judgeThreshold } from "./judge-threshold.ts";
import { termsOf } from "./lexicon.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Support, supportFor } from "./support.ts";
import type { Evidence } from "./types.ts";

/**
 * A cautious answer from the words of the record alone: met when the record states every part of the criterion, in
 * its words or in names that mean the same; not met when it states the contrary; else unknown.
 */
export function judgeText(text: string, chart: Chart): Verdict {
  const family = judgeFamily(text, chart, judgeText);
  if (family) return family;
  const threshold = judgeThreshold(text, chart);
  if (threshold) return threshold;
  const { alternatives } = claimOf(text, chart.strict);
  let denied: Verdict | null = null;
  for (const clauses of alternatives) {
    const verdict = judgeClauses(clauses, chart);
    if (verdict.status === "met") return verdict;
    if (verdict.status === "conflicting") return verdict;
    if (verdict.status === "not-met" && alternatives.length === 1) denied = presently(text, verdict);
  }
  return denied ?? byExample(text, chart) ?? headDenied(text, chart) ?? unknown();
}

const together =
  /\b(?:concurrent\w*|concomitant\w*|in combination|together|simultaneous\w*|alongside|co-?administ\w*)\b/i;
const over =
  /\b(?:previous(?:ly)?|prior|stopped|discontinued|failed|history|former(?:ly)?|until|before|tried|was|(?:19|20)\d{2}\s*(?:-|–|to)\s*(?:19|20)?\d{2})\b/i;

/** Not to be taken together: a course that is told as past speaks against nothing. */
function presently(text: string, verdict: Verdict): Verdict | null {
  if (!together.test(text)) return verdict;
  const now = verdict.against.filter(({ from }) => !from.some(({ quote }) => over.test(quote)));
  return now.length > 0 ? { ...verdict, against: now } : null;
}

const exampled =
  /^([A-Za-z -]{6,60}?)[,\s]+(?:\((?:e\.g\.|such as|for example)|such as|e\.g\.|for example),?\s+([^()]{4,120})\)?\W*$/i;

/** "Systemic arthropathy such as ankylosing spondylitis": an example that the record states proves the kind. */
function byExample(text: string, chart: Chart): Verdict | null {
  const found = exampled.exec(text);
  if (
    !found ||
    /\b(?:no|not|without|absence|fail\w*|tri(?:ed|al)|therap\w+|treat\w*|history|known|signs?|symptoms?|clinical|presentation|evidence)\b|\d/i.test(
      text,
    )
  )
    return null;
  for (const example of found[2]!.split(/\s*,\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+/)) {
    const terms = termsOf(example, chart.strict).filter(({ content }) => content);
    if (terms.length !== 1 || !terms[0]!.named) continue;
    const [clauses] = claimOf(example, chart.strict).alternatives;
    const verdict = judgeClauses(clauses ?? [], chart);
    if (verdict.status === "met") return verdict;
  }
  return null;
}

const qualified =
  /,?\s+(?:as (?:seen|shown|evidenced|demonstrated|documented|confirmed)|seen on|shown on|that|which)\b/i;

/** "Neural compression as seen on MRI that …": where the thing itself is denied, so is all that is said of it. */
function headDenied(text: string, chart: Chart): Verdict | null {
  const cut = qualified.exec(text);
  if (!cut || cut.index < 8 || /\b(?:no|not|without|absence|none|lack)\b/i.test(text.slice(0, cut.index)))
    return null;
  const { alternatives } = claimOf(text.slice(0, cut.index), chart.strict);
  if (alternatives.length !== 1) return null;
  const verdict = judgeClauses(alternatives[0]!, chart);
  return verdict.status === "not-met" ? verdict : null;
}

function judgeClauses(clauses: readonly Clause[], chart: Chart): Verdict {
  const pro: Evidence[] = [];
  const contra: Evidence[] = [];
  let open = clauses.length === 0;
  for (const clause of clauses) {
    const found = supportFor(clause, chart);
    const speaking = found.filter(({ side }) => side === "for");
    const opposing = found.filter(({ side }) => side === "against");
    pro.push(...speaking.slice(0, 3).map((one) => evidence(one, "the record says so")));
    contra.push(...opposing.slice(0, 3).map((one) => evidence(one, "the record says the contrary")));
    if (speaking.length === 0) open = true;
  }
  const both = { for: pro, against: contra, candidates: [] };
  if (!open && contra.length === 0) return { status: "met", ...both };
  if (!open && pro.length > 0 && contra.length > 0) return { status: "conflicting", ...both };
  return contra.length > 0 && pro.length === 0 ? { status: "not-met", ...both } : unknown();
}

function evidence({ reading }: Support, why: string): Evidence {
  return passage([spanOfSentence(reading.sentence)], why);
}
