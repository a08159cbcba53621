import {
  continued,
  contraindicated,
  cost,
  course,
  dischargeHome,
  effect,
  failed,
  harm,
  hypothetical,
  imperative,
  intolerant,
  planned,
  reactionBefore,
  starts,
  stopped,
  worked,
} from "./course-phrases.ts";
import { bareDose, bareFrequency, type Dose, doseBefore, dosesIn } from "./doses.ts";
import type { When } from "./times.ts";
import type { Assertion, Fact } from "./types.ts";

export type Course = NonNullable<Fact["course"]>;

/** What a sentence says of one drug. Offsets are those of the sentence. */
export type CourseRead = {
  course: Course;
  assertion: Assertion;
  dose: Dose | null;
  when: When | null;
  /** The start was said before the drug's name, so that it may hold for a whole list. */
  sharesStart?: boolean;
};

/** The words about one drug: what stands before its name and after it, up to its neighbours. */
export type DrugClause = {
  before: string;
  after: string;
  afterAt: number;
  beforeAt: number;
  section: string;
  times: When[];
  context: Assertion | null;
};

/** The course of a drug in a sentence: dose, dates, status, outcome and reason. */
export function courseOf(clause: DrugClause): CourseRead {
  const { before, after } = clause;
  const near = before.slice(-80);
  const dose = doseOf(clause);
  const course: Course = {};
  if (dose) course.dose = dose.text;
  const stopWord = stopOf(near, after);
  const outcome = outcomeOf(near, after, stopWord !== null);
  if (outcome) Object.assign(course, outcome);
  if (course.reason !== undefined && !/[a-z]{2}/i.test(course.reason)) delete course.reason;
  const assertion = assertionOf(clause, near, stopWord, course);
  const status = statusOf(assertion, stopWord !== null);
  if (status !== undefined) course.status = status;
  const when = datesOf(clause, course, stopWord);
  if (course.stop !== undefined && assertion === "present" && course.status === "active" && when)
    return ended(course, dose, when);
  const sharesStart =
    course.start !== undefined &&
    clause.times.some(({ start, earliest }) => start < 0 && earliest === course.start);
  return { course, assertion, dose, when, sharesStart };
}

/** A course with both ends is over. */
const ended = (course: Course, dose: Dose | null, when: When): CourseRead => ({
  course: { ...course, status: "stopped" },
  assertion: "historical",
  dose,
  when,
});

function doseOf({ before, after }: DrugClause): Dose | null {
  const lead = /^(?:\s*\([^)]{0,30}\))?/.exec(after)![0].length;
  const listed = dosesIn(after.slice(0, 110));
  const fromTo = /\bfrom\b[^.;]*?\bto\b/i.test(after.slice(0, 70)) && listed.length > 1;
  const first = listed.find(({ start }) => start >= 0);
  const bare = bareDose(after.slice(lead));
  const ahead = first && !/[.;]\s/.test(after.slice(0, first.start)) && first.start < 60 ? first : null;
  if (fromTo) return listed[1]!;
  if (bare && (!ahead || ahead.start > bare.end + lead))
    return { ...bare, start: bare.start + lead, end: bare.end + lead };
  if (ahead) return ahead;
  const behind = doseBefore(before);
  if (behind) return { ...behind, start: behind.start - before.length, end: behind.end - before.length };
  return bareFrequency(after);
}

/** Where the drug is said to be stopped; `null` where it is not. */
function stopOf(near: string, after: string): { side: "before" | "after"; at: number } | null {
  const clauseBefore = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(". "), 0));
  const ahead = stopped.exec(clauseBefore);
  if (
    ahead &&
    !dischargeHome.test(clauseBefore) &&
    !/\b(?:not|never|don't|do not) (?:be )?$/i.test(clauseBefore.slice(0, ahead.index)) &&
    !starts.test(clauseBefore.slice(ahead.index + ahead[0].length)) &&
    !/\b(?:on|and takes|switched to)\s*$/i.test(clauseBefore.slice(ahead.index + ahead[0].length))
  )
    return { side: "before", at: ahead.index };
  const clauseAfter = /^[^.;]*(?:\.\d[^.;]*)*/.exec(after)![0].slice(0, 130);
  if (/^\s*off\b/i.test(clauseAfter) && /\b(?:taper|wean|titrate)\w*\b[^.;]*$/i.test(clauseBefore))
    return { side: "after", at: 0 };
  const behind = stopped.exec(clauseAfter);
  if (
    behind &&
    !/\b(?:not|never|if|to)\s*(?:be\s*)?$/i.test(clauseAfter.slice(0, behind.index)) &&
    !dischargeHome.test(clauseAfter) &&
    !/^\s*(?:parameters|for (?:SBP|HR|BP))/i.test(clauseAfter.slice(behind.index + behind[0].length))
  )
    return { side: "after", at: behind.index };
  return null;
}

function outcomeOf(near: string, after: string, isStopped: boolean): Partial<Course> | null {
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
    if (bracket && (harm.test(bracket) || effect.test(bracket))) return trimReason(bracket);
    const cause = /\b(?:due to|because of|secondary to|2\/2|d\/t)\s+(?<reason>[^.;]{3,80})/i.exec(clause)
      ?.groups?.["reason"];
    return cause && (effect.test(cause) || cost.test(cause) || /side effect|intoleran/i.test(cause))
      ? trimReason(cause)
      : null;
  }
  const from = stopped.exec(clause);
  const behind = from ? clause.slice(from.index + from[0].length) : clause;
  const lead = reasonLead.exec(behind)?.groups?.["reason"];
  if (lead) return trimReason(lead);
  const tail = /(?:[:,(]|\d{2,4})\s*(?<reason>[A-Za-z][^.;)]{2,60})/.exec(behind)?.groups?.["reason"];
  return tail && (harm.test(tail) || cost.test(tail) || effect.test(tail)) ? trimReason(tail) : null;
}

const trimReason = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .replace(/\s*\((?:no|not)\b[^)]*\)?.*$/i, "")
    .replace(/^(?:severe |some |the |a |an |his |her |it |was |were |of |to )+/i, "")
    .replace(/\s*\((?:\d{1,2}\/)*\d{2,4}\)?$/, "")
    .replace(/[,:)(\s]+(?:and (?:started|switched|was|then|changed)\b.*)?$/i, "")
    .slice(0, 80)
    .replace(/^[\s)\].,:;(-]+/, "")
    .trim();

function assertionOf(
  clause: DrugClause,
  near: string,
  stop: { side: string } | null,
  read: Course,
): Assertion {
  const { context, section, after } = clause;
  const direct = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(". "), 0));
  if (context === "family") return "family";
  if (context === "absent" && !stop && !read.outcome) return "absent";
  if (hypothetical.test(direct) && !(stop && !/if|would|may|might/i.test(direct)) && !read.outcome)
    return "hypothetical";
  if (stop || (read.outcome && read.outcome !== "adequate-response"))
    return read.outcome === "contraindicated" && !stop ? "present" : "historical";
  if (/^\s*(?:may|might) (?:have to )?be\b/i.test(after)) return "hypothetical";
  if (
    /^\s*(?:(?:was|is|were|are|be|been)\s+)?(?:also\s+)?(?:considered|discussed|offered|not favored|declined|refused|an option|deferred|avoided)\b/i.test(
      after,
    )
  )
    return "hypothetical";
  if (section === "past-medications") return "historical";
  if (
    planned.test(direct) ||
    imperativeIn(direct, section) ||
    /^[^.;,]{0,30}\b(?:was|is|were|will be) (?:recommended|ordered|requested|prescribed today)\b/i.test(after)
  )
    return "planned";
  if (continued.test(direct.slice(-50))) return "present";
  if (
    section === "plan" &&
    /^\s*(?:\(?\d{1,2}[.)]\s*|[•*-]\s*)?$/.test(direct) &&
    clause.beforeAt === 0 &&
    /^\s*(?:IV\s+)?\d/.test(after)
  )
    return "planned";
  if (
    context === "planned" &&
    /\b(?:will|plan|plans|recommend|start|begin|add|initiate|order|refer)\b/i.test(direct)
  )
    return "planned";
  if (context === "hypothetical" && section !== "medications" && section !== "discharge-medications")
    return "hypothetical";
  if (
    context === "historical" ||
    /\b(?:previously|prior|past|at one point|(?:was|were) (?:on|treated with|given)|had been (?:on|taking)|treated with|received|used to|was on|had been on|were on|formerly|tried)\b[^.;]*$/i.test(
      direct,
    )
  )
    return "historical";
  if (section === "instructions" || section === "risks") return "hypothetical";
  return "present";
}

function imperativeIn(direct: string, section: string): boolean {
  return (
    ["plan", "assessment", "other", "instructions", "history"].includes(section) &&
    imperative.test(direct) &&
    !/\b(?:was|were|been|is|and) (?:started|begun|initiated)\b/i.test(direct)
  );
}

function statusOf(assertion: Assertion, isStopped: boolean): Course["status"] {
  if (assertion === "planned") return "planned";
  if (isStopped || assertion === "historical") return "stopped";
  return assertion === "present" ? "active" : undefined;
}

/** Dates of the clause: of start, of stop, or of the statement itself. */
function datesOf(clause: DrugClause, read: Course, stop: { side: string; at: number } | null): When | null {
  let when: When | null = null;
  let [startOn, stopOn]: (string | null)[] = [null, null];
  for (const time of clause.times) {
    if (time.kind === "range") {
      startOn ??= time.earliest;
      stopOn ??= time.latest;
      when ??= time;
      continue;
    }
    const lead = clause.after.slice(0, Math.max(0, time.start)).slice(-34);
    const before =
      time.start < 0 ? clause.before.slice(0, clause.before.length + time.start).slice(-34) : lead;
    if (
      time.kind === "until" ||
      (stop &&
        /(?:stopped|d\/c'?d?|discontinued|held|until|through|to|-|–|off)\s*(?:on|in)?\s*$/i.test(before))
    )
      stopOn ??= time.latest;
    else if (
      time.kind === "since" ||
      /\b(?:start(?:ed)?|initiated|begun|began|since|from|placed on|added|resumed|restart(?:ed)?|raised|increased|returned|reduced|decreased)\b[^,;]{0,30}$/i.test(
        before,
      )
    )
      startOn ??= time.earliest;
    when ??= time;
  }
  if (stop && stopOn == null && when && startOn == null) stopOn = when.latest;
  if (startOn != null) read.start = startOn;
  if (stopOn != null) read.stop = stopOn;
  if (read.start && read.stop)
    return { earliest: read.start, latest: read.stop, start: 0, end: 0, kind: "range" };
  if (read.start) return { earliest: read.start, latest: null, start: 0, end: 0, kind: "since" };
  return when;
}
