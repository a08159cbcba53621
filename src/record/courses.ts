import { datesOf } from "./course-dates.ts";
import { clauseBehind, outcomeOf } from "./course-outcomes.ts";
import {
  continued,
  dischargeHome,
  hypothetical,
  imperative,
  planned,
  resumed,
  starts,
  stopped,
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
  /** The sentence before its first drug: "Failed:", "Current medications include". */
  lead: string;
  /** The paper has said before that it is taken. */
  taken: boolean;
  times: When[];
  context: Assertion | null;
};

/** "Previous trials:", "Failed:" before the first drug, or a heading that says so. */
const isPastList = ({ section, lead, before, after }: DrugClause): boolean =>
  section === "past-medications" ||
  (!isTaken(section) && onlyMark.test(lead) && onlyMark.test(before) && trialEntry.test(after)) ||
  /\b(?:failed|failures?|tried|prior|previous(?:ly)?|past|trials?|trialed|intoleran\w+|discontinued|stopped|unsuccessful|not tolerated)\b[^.]{0,80}:\s*$/i.test(
    lead,
  );
/** "Pravastatin: muscle pain", "- naltrexone 2021 - vomiting": an entry that is the drug and what came of it. */
const onlyMark = /^\s*(?:[-•*·▪]\s*|\(?\d{1,2}[.)]\s+)?(?:(?:19|20)\d\d\s*[-–:]\s*|prior\s+|previous\s+)?$/i;
const trialEntry =
  /^\s*(?:XR|ER|SR|XL|LA)?\s*(?::\s|(?:[\d.,/]+\s*(?:mg|mcg|g|units|%)?(?:\/\w+)?\s*(?:daily|BID|TID|weekly|monthly|nightly)?,?\s*)?\(?(?:(?:\d{1,2}\/)?(?:19|20)\d\d|[A-Z][a-z]{2,8}\.? (?:19|20)\d\d)\b[^:;(]{0,24}?(?::|\)?\s[-–—]\s))/;
const isTaken = (section: string) => section === "medications" || section === "discharge-medications";
/** "Currently on X with partial response", "flares despite X": what does too little may still be taken. */
const stillTaken =
  /(?:\b(?:current(?:ly)?(?: (?:on|taking|using|medications?|treatment|therapy|regimen))?:?|remain(?:s|ing)? on|continu(?:es|ing)(?: (?:on|with|to take))?|still (?:on|taking|using)|is taking|takes|uses|now on|maintained on|despite|in spite of|(?:he|she|patient|pt) is on|(?:not at goal|above goal|remains?|remained|is|are|still|uncontrolled)\b[^.;]{0,40}\bon)|^\s*on)\s+(?:[\w.%/-]+\s+){0,5}$/i;

/** The course of a drug in a sentence: dose, dates, status, outcome and reason. */
export function courseOf(clause: DrugClause): CourseRead {
  const { before, after } = clause;
  const near = before.slice(-80);
  const course: Course = {};
  const stopSaid = stopOf(near, after);
  const again = stopSaid ? resumedIn(after) : null;
  const stopWord = again ? null : stopSaid;
  if (again) return goesOnAgain(clause, again);
  const dose = doseOf(clause);
  if (dose) course.dose = dose.text;
  const outcome = outcomeOf(near, after, {
    stopped: stopWord !== null,
    past: isPastList(clause),
    current: isTaken(clause.section),
  });
  if (outcome) Object.assign(course, outcome);
  if (course.reason === "") delete course.reason;
  const assertion = assertionOf(clause, near, stopWord, course);
  const status = statusOf(assertion, stopWord !== null && assertion !== "hypothetical");
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

/** "Held for hypotension, restarted at 6.25 mg": what holds is what was said of the restart. */
function goesOnAgain(clause: DrugClause, again: { at: number; order: boolean }): CourseRead {
  const after = clause.after.slice(again.at);
  const dose =
    dosesIn(after.slice(0, 80))[0] ?? bareDose(after.replace(resumed, (said) => " ".repeat(said.length)));
  const moved = dose ? { ...dose, start: dose.start + again.at, end: dose.end + again.at } : null;
  const time = clause.times.find(({ start }) => start >= again.at && start < again.at + 90);
  const course: Course = { status: again.order ? "planned" : "active" };
  if (moved) course.dose = moved.text;
  if (time?.earliest) course.start = time.earliest;
  const when: When | null = time
    ? { ...time, latest: time.kind === "range" ? time.latest : null, kind: "since" }
    : null;
  return { course, assertion: again.order ? "planned" : "present", dose: moved, when };
}

/** Where a drug that was stopped is said to be given again; `order` when it is still to be done. */
function resumedIn(after: string): { at: number; order: boolean } | null {
  const clause = /^[^.;]*(?:\.\d[^.;]*)*/.exec(after)![0].slice(0, 170);
  const match = resumed.exec(clause);
  if (
    !match ||
    /\b(?:not|never|if|cannot|unable to|may|might|could|until|before|consider(?:ing)?|without|with)\s*(?:be\s*|been\s*|it\s*)?$/i.test(
      clause.slice(0, match.index),
    )
  )
    return null;
  const order = !/ed\b/i.test(match[0]) || /\b(?:to|will|should) be\s*$/i.test(clause.slice(0, match.index));
  return { at: match.index, order };
}

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
    !/(?:\bnot|\bcannot|n't|\bnever)\s+(?:be\s+)?$/i.test(clauseBefore.slice(0, ahead.index)) &&
    !starts.test(clauseBefore.slice(ahead.index + ahead[0].length)) &&
    !/\b(?:on|and takes|switched to)\s*$/i.test(clauseBefore.slice(ahead.index + ahead[0].length))
  )
    return { side: "before", at: ahead.index };
  const clauseAfter = clauseBehind(after).slice(0, 150);
  if (/^\s*off\b/i.test(clauseAfter) && /\b(?:taper|wean|titrate)\w*\b[^.;]*$/i.test(clauseBefore))
    return { side: "after", at: 0 };
  const behind = stopped.exec(clauseAfter);
  if (
    behind &&
    !/\b(?:not|never|if|(?<!\b(?:had|needed|has|have) )to)\s*(?:be\s*)?$/i.test(
      clauseAfter.slice(0, behind.index),
    ) &&
    !dischargeHome.test(clauseAfter) &&
    !/^\s*(?:parameters|for (?:SBP|HR|BP))/i.test(clauseAfter.slice(behind.index + behind[0].length))
  )
    return { side: "after", at: behind.index };
  return null;
}

function assertionOf(
  clause: DrugClause,
  near: string,
  stop: { side: string } | null,
  read: Course,
): Assertion {
  const { context, section, after } = clause;
  const direct = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(". "), 0));
  if (context === "family") return "family";
  if (
    /\b(?:do not|don't|should not|never|must not) (?:give|use|take|prescribe|(?:re)?start|resume)\s*$/i.test(
      direct,
    )
  )
    return "hypothetical";
  if (
    /^\s+(?:may|can|could|is known to|has been known to) (?:also |rarely |sometimes )?(?:cause|produce|lead|increase|worsen|induce|help)\b/i.test(
      after,
    )
  )
    return "hypothetical";
  if (context === "absent" && !stop && !read.outcome) return "absent";
  if (hypothetical.test(direct) && !(stop && !/if|would|may|might/i.test(direct)) && !read.outcome)
    return "hypothetical";
  const keepsOn =
    read.outcome === "inadequate-response" &&
    (isTaken(section) || (stillTaken.test(direct) && !/\b(?:was|were|been|had)\b/i.test(direct)));
  if (stop || (read.outcome && read.outcome !== "adequate-response" && !keepsOn))
    return read.outcome === "contraindicated" && !stop ? "present" : "historical";
  if (/^\s*(?:may|might) (?:have to )?be\b/i.test(after)) return "hypothetical";
  if (
    /^\s*(?:(?:was|is|were|are|be|been)\s+)?(?:also\s+)?(?:considered|discussed|offered|not favored|declined|refused|an option|deferred|avoided)\b/i.test(
      after,
    )
  )
    return "hypothetical";
  if (
    section === "past-medications" ||
    /^\s*(?:was|were|has been|had been) (?:also )?(?:tried|attempted|trialed)\b/i.test(after)
  )
    return "historical";
  if (
    planned.test(direct) ||
    imperativeIn(direct, section) ||
    /^[^.;,]{0,30}\b(?:was|is|were|will be) (?:recommended|ordered|requested|prescribed today)\b/i.test(after)
  )
    return "planned";
  if (
    /\b(?:at one (?:point|time)|previously|formerly|used to|in the past)\b[^.;]{0,40}\b(?:on|take|taking|took|used?|using)\s+$/i.test(
      direct,
    )
  )
    return "historical";
  if (continued.test(direct.slice(-50))) return "present";
  if (
    section === "plan" &&
    /^\s*(?:\(?\d{1,2}[.)]\s*|[•*-]\s*)?$/.test(direct) &&
    clause.beforeAt === 0 &&
    (/^\s*(?:IV\s+)?\d/.test(after) || (!clause.taken && bareOrder.test(after)))
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
    /\b(?:previously|prior|past|at one point|took|trialed|completed (?:a |the |his |her )?(?:\w+ )?course of|had (?:a )?(?:trial|course)s? of|(?:was|were) (?:on|treated with|given)|had been (?:on|taking)|treated with|received|used to|was on|had been on|were on|formerly|tried)\b[^.;]*$/i.test(
      direct,
    )
  )
    return "historical";
  if (section === "instructions" || section === "risks") return "hypothetical";
  return "present";
}

/** "Plan: amivantamab.", "2. Dupilumab q2 weeks": a drug by itself in a plan is ordered, when it is not yet taken. */
const bareOrder =
  /^\s*(?:$|[.;]|(?:IV|SC|SQ|subq\w*|PO|oral|injections?|infusions?|therapy|trial|weekly|monthly|daily|q ?\d\w*|every|x|once|twice|BID|TID|nightly|loading|induction|per protocol|for|at)\b)/i;

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
