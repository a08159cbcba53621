import { type Chart, passage } from "./chart.ts";
import { type Clause, claimOf } from "./claim.ts";
import { unknown, type Verdict } from "./evaluate/verdict.ts";
import { judgeFamily } from "./families.ts";
import { judgeThreshold } from "./judge-threshold.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Support, supportFor } from "./support.ts";
import type { Evidence } from "./types.ts";

/**
 * A cautious answer from the words of the record alone: met when the record states every part of the criterion, in
 * its words or in names that mean the same; not met when it states the contrary; else unknown.
 */
export function judgeText(text: string, chart: Chart): Verdict {
  const family = judgeFamily(text, chart);
  if (family) return family;
  const threshold = judgeThreshold(text, chart);
  if (threshold) return threshold;
  const { alternatives } = claimOf(text, chart.strict);
  let denied: Verdict | null = null;
  for (const clauses of alternatives) {
    const verdict = judgeClauses(clauses, chart);
    if (verdict.status === "met") return verdict;
    if (verdict.status === "conflicting") return verdict;
    if (verdict.status === "not-met" && alternatives.length === 1) denied = verdict;
  }
  return denied ?? unknown();
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
