import {
  contraindicated,
  cost,
  course,
  effect,
  failed,
  harm,
  intolerant,
  reactionBefore,
  stopped,
  worked,
} from "./course-phrases.ts";
import type { Fact } from "./types.ts";

type Course = NonNullable<Fact["course"]>;

/** What came of a drug, and why it was given up, from the words before (`near`) and after its name. */
export function outcomeOf(near: string, after: string, isStopped: boolean): Partial<Course> | null {
  const clauseAfter = /^[^;]*?(?=;|\.\s|$)/.exec(after.slice(0, 150))![0];
  const clauseBefore = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(". "), 0));
  const reason = reasonIn(clauseAfter, isStopped);
  if (reason && cost.test(reason)) return { outcome: "unspecified", reason: "cost" };
  if (isStopped && cost.test(clauseAfter)) return { outcome: "unspecified", reason: "cost" };
  if (contraindicated.test(clauseBefore) || /^\s*(?:is|was|are)?\s*contraindicated/i.test(clauseAfter))
    return { outcome: "contraindicated", ...(reason ? { reason } : {}) };
  if (reason && effect.test(reason)) return { outcome: "inadequate-response", reason };
  if (reason && harm.test(reason)) return { outcome: "intolerance", reason };
  if (
    intolerant.test(clauseBefore) &&
    !/\bno (?:side effects?|adverse)/i.test(clauseBefore) &&
    /(?:toleran|tolerat|side effects?|adverse|allerg|reaction|toxic)/i.test(clauseBefore)
  )
    return { outcome: "intolerance", ...(reason ? { reason } : {}) };
  const harmed = intolerant.exec(clauseAfter);
  if (
    harmed &&
    !/\b(?:no|without|any|denies|possible|monitor for)\s*$/i.test(clauseAfter.slice(0, harmed.index)) &&
    (harm.test(clauseAfter.slice(harmed.index)) || /toler/i.test(harmed[0]))
  )
    return {
      outcome: "intolerance",
      reason: reason ?? trimReason(clauseAfter.slice(harmed.index).replace(intolerant, "")),
    };
  const reaction = reactionBefore.exec(clauseBefore)?.groups?.["reason"];
  if (reaction) return { outcome: "intolerance", reason: trimReason(reaction) };
  if (/\bPD\b/.test(clauseAfter) || /\bPD\s+on\s*$/.test(clauseBefore))
    return { outcome: "inadequate-response" };
  if (failed.test(clauseAfter))
    return {
      outcome: "inadequate-response",
      ...(isStopped ? { reason: trimReason(failed.exec(clauseAfter)![0]) } : {}),
    };
  if (
    failed.test(clauseBefore) &&
    !/\b(?:heart|renal|kidney|respiratory|liver)\s*failure\b[^.]*$/i.test(clauseBefore)
  )
    return { outcome: "inadequate-response" };
  if (worked.test(clauseAfter) || worked.test(clauseBefore.slice(-40)))
    return { outcome: "adequate-response" };
  if (isStopped && course.test(clauseAfter)) return { outcome: "unspecified", reason: "completed" };
  return isStopped && reason ? { outcome: "unspecified", reason } : null;
}

const reasonLead =
  /\b(?:due to|because of|because|secondary to|2\/2|d\/t|for|on account of|given|2° to|as it|as she|as he|since (?:it|he|she)|limited by|owing to|after|with|by)\s+(?<reason>[^.;]{3,90})/i;

/** The stated reason behind a stop: "for cough", "due to cost", "(word finding)", "- cough". */
function reasonIn(clause: string, isStopped: boolean): string | null {
  if (!isStopped) {
    const bracket = /^\s*(?:\(|[-–]\s+)(?<reason>[^)\d;.][^);.]{2,50})\)?/.exec(clause)?.groups?.["reason"];
    if (bracket && (harm.test(bracket) || effect.test(bracket))) return trimReason(bracket) || null;
    const cause = /\b(?:due to|because of|secondary to|2\/2|d\/t)\s+(?<reason>[^.;]{3,80})/i.exec(clause)
      ?.groups?.["reason"];
    return cause && (effect.test(cause) || cost.test(cause) || /side effect|intoleran/i.test(cause))
      ? trimReason(cause) || null
      : null;
  }
  const from = stopped.exec(clause);
  const behind = from ? clause.slice(from.index + from[0].length) : clause;
  const lead = reasonLead.exec(behind)?.groups?.["reason"];
  if (lead) return trimReason(lead) || null;
  const tail = /(?:[:,(]|\d{2,4})\s*(?<reason>[A-Za-z][^.;)]{2,60})/.exec(behind)?.groups?.["reason"];
  return tail && (harm.test(tail) || cost.test(tail) || effect.test(tail)) ? trimReason(tail) || null : null;
}

/** A reason without what does not belong to it; empty where nothing is left ("see 03/12"). */
const trimReason = (text: string): string => {
  const words = text
    .replace(/\s+/g, " ")
    .replace(/\s*\((?:no|not)\b[^)]*\)?.*$/i, "")
    .replace(/^(?:severe |some |the |a |an |his |her |it |was |were |of |to )+/i, "")
    .replace(/\s*\((?:\d{1,2}\/)*\d{2,4}\)?$/, "")
    .replace(/[,:)(\s]+(?:and (?:started|switched|was|then|changed)\b.*)?$/i, "")
    .slice(0, 80)
    .replace(/^[\s)\].,:;(-]+|[\s.,;:]+$/g, "")
    .replace(/^(?:it |them |this )?(?:due to|because of|secondary to|with|by)\s+/i, "")
    .trim();
  return /[a-z]{3}|\bGI\b|\bUTI\b/i.test(words) && !/^(?:see|cf|per|as above|on|at|until)\b/i.test(words)
    ? words
    : "";
};
