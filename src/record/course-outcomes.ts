import {
  contraindicated,
  cost,
  course,
  effect,
  failed,
  harm,
  harmful,
  intolerant,
  reactionBefore,
  stopped,
  takenBack,
  worked,
} from "./course-phrases.ts";
import type { Fact } from "./types.ts";

type Course = NonNullable<Fact["course"]>;
type Outcome = Partial<Course> | null;

/** What is already known of the drug when its outcome is sought. */
export type Told = {
  /** It is said to be stopped. */
  stopped: boolean;
  /** It stands in a list of drugs that were tried: a remark behind it says why it was given up. */
  past: boolean;
  /** It stands in a list of drugs that are taken: a remark behind it may be its indication. */
  current: boolean;
};

/** What came of a drug, and why it was given up, from the words before (`near`) and after its name. */
export function outcomeOf(near: string, after: string, told: Told): Outcome {
  const clauseAfter = clauseBehind(after);
  const clauseBefore = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(". "), 0));
  const reason = reasonIn(clauseAfter, told);
  if ((reason && cost.test(reason)) || (told.stopped && cost.test(clauseAfter)))
    return { outcome: "unspecified", reason: "cost" };
  if (isContraindicated(clauseBefore, clauseAfter))
    return { outcome: "contraindicated", ...(reason ? { reason } : {}) };
  return (
    ofReason(reason) ??
    saidBefore(clauseBefore, clauseAfter, reason) ??
    harmAfter(clauseAfter, reason) ??
    failure(clauseBefore, clauseAfter, told.stopped) ??
    success(clauseBefore, clauseAfter) ??
    ended(clauseAfter, reason, told.stopped)
  );
}

/** The first place where a text says it and does not take it back ("monitor for side effects", "no history of failure"). */
function said(pattern: RegExp, text: string): RegExpExecArray | null {
  let from = 0;
  for (let tries = 0; tries < 4; tries++) {
    const match = pattern.exec(text.slice(from));
    if (!match) return null;
    match.index += from;
    if (!takenBack.test(text.slice(Math.max(0, match.index - 60), match.index))) return match;
    from = match.index + Math.max(1, match[0].length);
  }
  return null;
}

/** The rest of the sentence; behind a semicolon only what goes on about the drug: "for two years; stopped for nausea". */
export function clauseBehind(after: string): string {
  const [first = "", ...rest] = /^[^.]*(?:\.(?!\s|$)[^.]*)*/.exec(after.slice(0, 190))![0].split(";");
  let clause = first;
  for (const fragment of rest) {
    if (!goesOn.test(fragment)) break;
    clause += `;${fragment}`;
  }
  return clause;
}
const goesOn =
  /^\s*(?:but |then |and |however,? |later |eventually |subsequently |was |were |it |this |which )*(?:stopped|discontinued|held|d\/c|dc'?d|failed|no |not |never|ineffective|inadequate|insufficient|partial|minimal|poor|little|limited|intoleran|could|can|unable|lost|caused|developed|did|had|with|without|good|excellent|toler|side effect|adverse|switched|changed|relapse|progress|persist|symptoms|response|gave|led|result|made|because|due)/i;

const isContraindicated = (before: string, after: string) =>
  contraindicated.test(before) ||
  /^\s*(?:is|was|are|were|remains?)?\s*(?:relatively |absolutely )?contraindicated|^[^.;,]{0,20}\b(?:precluded|not an option|not appropriate) (?:by|due|because|given)/i.test(
    after,
  );

function ofReason(reason: string | null): Outcome {
  if (reason && /^(?:may|might|could|can)\b/i.test(reason)) return null;
  if (reason && (effect.test(reason) || failed.test(reason)))
    return { outcome: "inadequate-response", reason };
  return reason && harm.test(reason) ? { outcome: "intolerance", reason } : null;
}

/** "Could not tolerate [drug]", "side effects of [drug]", "rash from [drug]". */
function saidBefore(before: string, after: string, reason: string | null): Outcome {
  const harmed = said(intolerant, before);
  if (
    harmed &&
    !/^\s*(?:were |was |have been |are )?(?:discussed|reviewed|explained|outlined|include)/i.test(after) &&
    !/\bno (?:side effects?|adverse)/i.test(before) &&
    /(?:toleran|tolerat|side effects?|adverse|allerg|reaction|toxic)/i.test(before.slice(harmed.index))
  )
    return { outcome: "intolerance", ...(reason ? { reason } : {}) };
  const reaction = blaming.test(before)
    ? reactionBefore.exec(before.slice(-110))?.groups?.["reason"]
    : undefined;
  return reaction ? { outcome: "intolerance", reason: trimReason(reaction) } : null;
}

/** Only a text that ends with such a word can blame the drug behind it. */
const blaming = /\b(?:from|to|by|on|with|after|of|taking|the|her|his|prior|previous|oral|starting|2\/2)\s+$/i;

/** "[drug] caused a rash", "[drug] was complicated by uveitis", "[drug], developed hepatitis". */
function harmAfter(after: string, reason: string | null): Outcome {
  const harmed = said(intolerant, after);
  if (
    !harmed ||
    /^(?:allerg|reaction to|hypersens)/i.test(harmed[0]) ||
    /\b(?:no|without|any|denies|possible|monitor for)\s*$/i.test(after.slice(0, harmed.index))
  )
    return null;
  const rest = after.slice(harmed.index);
  const named = harmful.exec(rest)?.groups?.["harm"];
  const failedToo = named !== undefined && failed.test(named) && !harm.test(named);
  if (failedToo || !(named !== undefined || harm.test(rest) || /toler/i.test(harmed[0]))) return null;
  const told = reason ?? trimReason(named ?? rest.slice(harmed[0].length));
  return { outcome: "intolerance", ...(told ? { reason: told } : {}) };
}

function failure(before: string, after: string, isStopped: boolean): Outcome {
  if (/\bPD\b/.test(after) || /\bPD\s+on\s*$/.test(before)) return { outcome: "inadequate-response" };
  const found = said(failed, after);
  if (found) {
    const reason = isStopped ? trimReason(found[0]) : "";
    return { outcome: "inadequate-response", ...(reason ? { reason } : {}) };
  }
  const earlier = said(failed, before);
  return earlier &&
    !begunAfter.test(before.slice(earlier.index + earlier[0].length)) &&
    !/\b(?:heart|renal|kidney|respiratory|liver|hepatic|adrenal|ovarian|bone marrow|growth)\s*failure\b[^.]*$/i.test(
      before,
    )
    ? { outcome: "inadequate-response" }
    : null;
}

/** "Progressed and was then placed on [drug]": what failed is what was given before. */
const begunAfter =
  /\b(?:started|start|begun|began|initiated|placed|put|switched|changed|transitioned|then|subsequently|now|added|will|plan|recommend\w*|requesting|requires?|needs?)\b/i;

const success = (before: string, after: string): Outcome =>
  helped(after) ||
  (helped(before.slice(-50)) && /\b(?:to|on|with|by|from|of)\s+(?:[\w-]+\s+){0,3}$/i.test(before))
    ? { outcome: "adequate-response" }
    : null;

function helped(text: string): boolean {
  const match = said(worked, text);
  return (
    match !== null &&
    !/(?:\bnot|n't|\bnever|\bno longer)\s+(?:\w+\s+){0,3}$/i.test(text.slice(0, match.index))
  );
}

function ended(after: string, reason: string | null, isStopped: boolean): Outcome {
  if (isStopped && course.test(after)) return { outcome: "unspecified", reason: "completed" };
  return isStopped && reason ? { outcome: "unspecified", reason } : null;
}

const reasonLead =
  /\b(?:due to|because of|because|secondary to|2\/2|d\/t|for|on account of|given|2° to|as it|as she|as he|since (?:it|he|she)|limited by|owing to|after|with|by)\s+(?<reason>[^.;]{3,90})/i;

/** The stated reason behind a stop: "for cough", "due to cost", "(word finding)", "- cough". */
function reasonIn(clause: string, { stopped: isStopped, past, current }: Told): string | null {
  const remark = past || isStopped ? remarkIn(clause) : current ? null : bracketIn(clause);
  if (!isStopped) {
    if (remark) return remark;
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
  return tail && isReason(tail) ? trimReason(tail) || null : remark;
}

const isReason = (text: string) =>
  harm.test(text) || cost.test(text) || effect.test(text) || failed.test(text);

/** "(word finding)" or "- cough" right behind the name, outside a list of what is taken. */
function bracketIn(clause: string): string | null {
  const bracket = /^\s*(?:\(|[-–]\s+)(?<reason>[^)\d;.][^);.]{2,50})\)?/.exec(clause)?.groups?.["reason"];
  return bracket &&
    !/^for\b|^(?:pain|headaches?|seizures?|depression|anxiety|insomnia|nausea|itching|mood|reflux|constipation|diarrhea|infection|allergies)$/i.test(
      bracket.trim(),
    ) &&
    (harm.test(bracket) || effect.test(bracket))
    ? trimReason(bracket) || null
    : null;
}

/** The first remark behind a drug that was tried, past its dose and dates: "10 mg x 8 weeks - dry mouth", ": skin irritation". */
function remarkIn(clause: string): string | null {
  const [, ...pieces] = clause.split(/[(:;,]|\s[-–—]\s|\)/);
  for (const piece of pieces) {
    const words = piece.trim();
    if (
      words.length < 3 ||
      words.split(/\s+/).length > 9 ||
      /^(?:for|x|then|and started|indicated)\b/i.test(words)
    )
      continue;
    if (isReason(words)) return trimReason(words) || null;
  }
  return null;
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
