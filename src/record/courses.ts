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

const stopped =
  /\b(?:stopped|stop|discontinued?|discontinuing|d\/c'?(?:d|ed)?|dc'?d|held|hold|weaned (?:himself |herself |self )?off|self-?wean\w*|taken off|came off|coming off|tapered off|no longer (?:taking|on|uses?|takes|using)|quit taking|off of|went off|has been off|is off|been off|currently off|was withdrawn|withdrew|wean(?:ed)? from|self-weened from|weaned|not been taking|not taking|not currently taking|has not taken|ran out of|declined pick-?up|not picked up|never filled|could not afford|unable to afford|did not fill|drug holiday)\b(?! home| to home| meds?\b| medications?\b| summary| dx\b| diagnos| instructions| on\b| to\b)/i;
const dischargeHome =
  /\b(?:meds?|medications?|condition|diagnos[ie]s) (?:at|on|upon) d\/c\b|\bd\/c'?d? (?:home|to|on|meds?|medications?|summary|dx|diagnos[ie]s|instructions|date)\b/i;
const starts =
  /\b(?:start(?:ed|ing)?|initiat(?:ed?|ing)|beg[aiu]n|placed on|put on|prescribed|restart(?:ed|ing)?|resumed?|switched to|changed to|trial of|treated with|given|loaded with|adding|added|add|try|trying)\b/i;
const planned =
  /\b(?:will (?:take|start|begin|add|try|prescribe|put|give|be started|restart|resume|initiate|switch|use|place|be placed|change)|plan(?:s|ned|ning)? (?:to|for|on)|going to (?:start|add|try|put|prescribe)|to (?:start|begin|initiate)|we'?ll (?:start|add|try|put|prescribe)|i'?ll (?:start|add|prescribe)|recommend(?:ed|s|ing|ation)?|prescribe|request(?:s|ed|ing)?|prior authorization for|restarting|would like to start|let'?s (?:start|try|add)|prescriptions? (?:(?:was |were )?(?:given|provided|written|sent) )?(?:for|of)|applying for|gave (?:him|her|the patient) (?:a )?(?:prescription|samples)|samples of|agreed to (?:start|try)|decided on|chose|elected|opted for|suggest(?:ed)?)\b/i;
const imperative =
  /(?:^\s*|[.;,:•-]\s*|\band\s+|\d\.\s+|\bthen\s+)(?:start|begin|add|initiate|trial of|try|prescribe|restart|resume|switch to|change to|then|give|rx|prescribed|use)\b[^.;]*$/i;
const continued =
  /\b(?:continu(?:e|es|ed|ing)|remain(?:s|ed)? on|maintain(?:ed)? on|stay on|currently (?:on|taking)|takes|is taking|taking|increase[ds]?|increasing|decrease[ds]?|decreasing|reduce[ds]?|lower(?:ed)?|raise[ds]?|titrate[ds]?|keep on|on)\b/i;
const hypothetical =
  /\b(?:consider(?:ing|ed|ation)?|may (?:need|try|benefit|have|want|require|be)|might (?:need|try|benefit|want|be)|could (?:try|consider|use|be)|if (?:\w+ ){0,6}|would (?:consider|recommend considering|discontinue|benefit|then)|goal:?|target:?|discuss(?:ed|ing)? (?:options|the option|starting|possib)|option of|options?:|options (?:include|such as|including)|candidate for|willing to|risks? of|side effects of|avoid(?:ing)?|in the future|as an alternative|alternatives? (?:include|such as)|versus|rather than|refus(?:ed|es)|declin(?:ed|es))\b[^.;]*$/i;
const failed =
  /\b(?:failed|fail(?:s|ure (?:of|to respond to|on))?|no (?:relief|benefit|response|improvement|effect)|without (?:relief|benefit|response|improvement|success|much relief|significant relief|any relief)|not (?:respon(?:d|sive|ded)|effective|help(?:ed|ful|ing)?|work(?:ing|ed)?|improved|relieved|controlled by|well controlled on)|(?:did|does|do|has|have)(?: not|n't) (?:help|work|respond|seem to help|relieve|improve|provide|touch|control|been helpful|helped)|(?:didn|doesn|hasn|haven)'?t (?:help|work|respond|helped|worked)|ineffective|inadequate (?:response|relief|control)|inadequately controlled|insufficient (?:response|relief)|suboptimal (?:response|control)|refractory to|unresponsive to|minimal (?:relief|benefit|response|improvement)|little (?:relief|benefit|response|improvement)|lack of (?:efficacy|response|effect|benefit)|loss of (?:response|efficacy)|lost response|progress(?:ed|ion|ive disease)(?: on| despite| through| while on)?|breakthrough (?:relapses?|disease|seizures?)|despite|in spite of|partial response only|only (?:partial|minimal|mild) (?:relief|response|benefit)|still (?:\d+|having|had)|persist(?:ed|ent|s) despite|no longer (?:effective|helping|working)|relapsed? (?:on|while on|despite)|not achieved|wore off|breakthrough)\b/i;
const intolerant =
  /\b(?:intoleran(?:t|ce)|(?:could|can|did|does)(?: not|n't|not) tolerate|cannot tolerate|unable to tolerate|not tolerat(?:ed?|ing)|poorly tolerated|not well tolerated|(?<!known |common |possible |potential |any |no )side effects?|adverse (?:effects?|reactions?|events?)|allerg(?:y|ic)(?: reaction)? to|reaction to|caus(?:ed|es|ing)|result(?:ed|ing) in|led to|made (?:him|her) (?:sick|drowsy|sleepy|ill|nauseated)|gave (?:him|her)|complicated by|hypersensitiv\w+|toxicity|induced|developed|got some|experienced|due to (?:cough|rash|nausea|dizziness))\b/i;
const worked =
  /\b(?:good (?:response|relief|results?|benefit|control|success)|excellent (?:response|relief|results?|control)|work(?:ed|ing|s) (?:well|great|fine)|well[- ]controlled (?:on|with)|well responsive to|responded (?:well|nicely|to)|respond(?:s|ing) well|quite successfully|successfully treated|significant (?:relief|improvement|benefit)|great (?:relief|benefit)|effective(?:ly)?|help(?:s|ed|ing|ful)(?: (?:a lot|significantly|greatly|with))?|improved (?:on|with)|controlled (?:on|with)|with (?:good )?relief|seizure[- ]free|doing well on|stable on|in remission on|relieved (?:by|with)|complete resolution)\b/i;
const contraindicated =
  /\b(?:contraindicat(?:ed|ion)|cannot (?:take|receive|be given|use)|can't (?:take|receive|use)|not (?:a )?candidate for|unable to take|should not (?:take|receive))\b/i;
const cost =
  /\b(?:cost|costs|afford|copay|co-pay|insurance|formulary|coverage|covered|expens(?:e|ive)|price|financial|declined pickup)\b/i;
const effect =
  /\b(?:lack of|no effect|not effective|ineffective|efficacy|inadequate|did not work|did not help|no benefit|no relief|not working|not helping|failure|progression|loss of response|breakthrough|relapse|did(?:n't| not) (?:work|help|respond)|insufficient|suboptimal|non-?response|seizures? continued)\b/i;
const course = /\b(?:complet(?:ed|ion)|finished|plateau|course (?:was )?complete)\b/i;
const harm =
  /\b(?:cough|rash|hives|nausea|vomiting|dizz\w*|brady\w*|hypotension|hypotensive|bleed\w*|edema|swelling|angioedema|myalgia\w*|cramps?|pain|ache\w*|headache\w*|fatigue|sedation|drows\w*|sleepy|somnolence|weight gain|diarrhea|constipation|hyperkal\w*|hypokal\w*|insomnia|irritab\w*|paresthesia\w*|word[- ]finding|cognitive|confusion|tremor\w*|neuropathy|neutropenia|leukopenia|lymphopenia|thrombocytopenia|anemia|transaminit\w*|elevated (?:lft|liver|alt|ast|creatinine|k)|hepat\w*|pancreatit\w*|infection|pml|depression|suicid\w*|hallucinat\w*|palpitation\w*|syncope|presyncope|near-faint|SBP \d+|HR \d+|K \d|Cr \d|BP \d+|flush\w*|injection[- ]site|irritation|galactorrhea|stomatitis|mouth sores|ulcers?|bronchospasm|wheez\w*|anaphyla\w*|GI upset|upset stomach|dyspepsia|itch\w*|pruritus|hair loss|alopecia|dyskinesia|akathisia|dystonia|QT|arrhythmia|gynecomastia|impotence|sexual|hot flashes|dry mouth|blurred|vision|tinnitus|seizure\w*|allerg\w*|reaction|side effects?|intoleran\w*|adverse|toxicity|rhabdo\w*|CK|kidney|renal|AKI|hyponatremia|hypoglyc\w*|ketoacidosis|UTI|yeast|abdominal|bloating|reflux|bruising|lethargy|mood|agitat\w*|anxiety|nightmares?)\b/i;

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

/** "Drug eruption from lamotrigine", "hyponatremia on oxcarbazepine": the harm before the drug's name. */
const reactionBefore =
  /(?<reason>(?:[\w-]+\s+){0,2}(?:rash|eruption|hives|urticaria|angioedema|anaphylaxis|hyponatremia|hyperkalemia|bradycardia|hypotension|myalgias?|rhabdomyolysis|neutropenia|leukopenia|lymphopenia|hepatotoxicity|transaminitis|pancreatitis|stevens[- ]johnson|DRESS|serum sickness|paresthesias|side effects?|adverse effects?|intolerance|allergy|GI bleed|bleeding))\s+(?:from|due to|caused by|secondary to|2\/2|on|with|to|while on|while taking)\s*$/i;

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
