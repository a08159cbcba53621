import type { ClinicalDrug } from "#knowledge";
import { outcomeOf } from "./course-outcomes.ts";
import { type CourseRead, courseOf } from "./courses.ts";
import { type Dose, dosesIn } from "./doses.ts";
import type { Draft } from "./drafts.ts";
import type { Mention } from "./mentions.ts";
import { authorOf, type Sentence, whenOf } from "./sentence.ts";

/** A patient on an insulin is insulin-treated, which criteria ask about by itself. */
function insulinUse(sentence: Sentence, { mention, drugs }: DrugMention, read: CourseRead): Draft[] {
  if (read.assertion !== "present" || !drugs.some((drug) => drug.class === "Insulin")) return [];
  return [
    {
      type: "procedure",
      concept: "insulin_use",
      codes: [],
      text: sentence.text.slice(mention.start, mention.end),
      assertion: "present",
      when: whenOf(sentence, read.when),
      ...authorOf(sentence),
      from: sentence.spans(mention.start, mention.end),
    },
  ];
}

type DrugMention = { mention: Mention; index: number; drugs: ClinicalDrug[] };

/** Courses of the drugs a sentence names, and of the drug the sentence before named where this one goes on about it. */
export function medicationsIn(sentence: Sentence, covers: (start: number, end: number) => boolean): Draft[] {
  const named: DrugMention[] = sentence.mentions.flatMap((mention, index) => {
    const drugs = mention.meanings.find((meaning) => meaning.drugs)?.drugs;
    return drugs && !covers(mention.start, mention.end) && !isNotTaken(sentence.text, mention)
      ? [{ mention, index, drugs }]
      : [];
  });
  if (named.length === 0) return continuing(sentence);
  const reads = named.map((_, order) => readOne(sentence, named, order));
  replaced(sentence, named, reads);
  shareAlongLists(sentence, named, reads);
  return named.flatMap((one, order) => [
    ...draftsOf(sentence, one, reads[order]!),
    ...insulinUse(sentence, one, reads[order]!),
  ]);
}

/** Names of drugs that are laboratory tests or substances ("insulin level", "lithium level", "potassium"). */
const isNotTaken = (text: string, mention: Mention) =>
  /^\s*(?:levels?|resistan\w*|sensitivit\w*|screen|deficiency|syndrome|antibod\w*|-induced|induced|overdose of|toxicity level|receptor)\b/i.test(
    text.slice(mention.end, mention.end + 14),
  );

function readOne(sentence: Sentence, named: DrugMention[], order: number): CourseRead {
  const { mention, index } = named[order]!;
  const from = named[order - 1]?.mention.end ?? 0;
  const to = named[order + 1]?.mention.start ?? sentence.text.length;
  const base = mention.end;
  /** "Glargine since 04/14/2026 and metformin": the date is the drug's before it. */
  const endsItemBefore = (at: number) =>
    order > 0 &&
    at <= mention.start &&
    /^\s*\)?\s*(?:,|;|and\b|plus\b)/.test(sentence.text.slice(at)) &&
    onlyList.test(sentence.text.slice(at, mention.start).replace(/^\s*\)/, ""));
  return courseOf({
    before: sentence.text.slice(from, mention.start),
    after: sentence.text.slice(base, to),
    afterAt: base,
    beforeAt: from,
    section: sentence.section,
    lead: sentence.text.slice(0, named[0]!.mention.start),
    taken: named[order]!.drugs.every(({ generic }) => sentence.taken.has(generic)),
    times: sentence.times
      .filter(({ start, end }) => start >= from && end <= to && !endsItemBefore(end))
      .map((time) => ({
        ...time,
        start: time.start >= base ? time.start - base : time.start - mention.start,
        end: time.end - base,
      })),
    context: sentence.contexts[index]!.assertion,
  });
}

const onlyList =
  /^(?:[\s,/&+;]|\band\b|\bor\b|\bvs\b\.?|\bversus\b|\bas well as\b|\bthen\b|\bplus\b|\bboth\b|\([^)]*\)|\d[\d./-]*\s*(?:mg|mcg|units?|g)?\b|\b(?:daily|BID|TID|QD|b\.i\.d\.|q\.d\.|p\.o\.|weekly|low dose|high dose|also|IV|oral|the|with)\b)*$/i;

/** "Recommend amitriptyline for prophylactic treatment and Motrin for …": one order, two drugs. */
const ordersAlike = /^\s+for (?:[\w-]+\s+){1,4}and\s+$/i;

/** "Failed topiramate and propranolol": what is said before the first name holds for the list. */
function shareAlongLists(sentence: Sentence, named: DrugMention[], reads: CourseRead[]): void {
  for (let order = 1; order < named.length; order++) {
    const between = sentence.text.slice(named[order - 1]!.mention.end, named[order]!.mention.start);
    if (onlyList.test(between)) share(reads[order - 1]!, reads[order]!);
    else if (ordersAlike.test(between) && reads[order - 1]!.assertion === "planned")
      share(reads[order - 1]!, reads[order]!);
  }
  for (let order = named.length - 2; order >= 0; order--) {
    const between = sentence.text.slice(named[order]!.mention.end, named[order + 1]!.mention.start);
    const next = reads[order + 1]!;
    if (/^\s*(?:\/|\+|&|and|plus)\s*$/i.test(between) && next.course.start && !reads[order]!.course.start) {
      reads[order]!.course.start = next.course.start;
      reads[order]!.when ??= next.when;
    }
    if (
      onlyList.test(between) &&
      !/\bthen\b/i.test(between) &&
      next.course.outcome &&
      !reads[order]!.course.outcome &&
      (reads[order]!.assertion === "present" || reads[order]!.assertion === "historical")
    )
      share(next, reads[order]!);
  }
}

const replacing =
  /\b(?:switched|changed|transitioned|converted|rotated|replaced)\b[^.;]{0,40}?\b(?:to|with|by|for)\s+(?:[\w.%/-]+\s+){0,2}$/i;

/**
 * "X was switched to Y for cough", "switched from X to Y because of cough": X was stopped, and the reason behind Y's
 * name is why.
 */
function replaced(sentence: Sentence, named: DrugMention[], reads: CourseRead[]): void {
  for (let order = 0; order + 1 < named.length; order++) {
    const [old, fresh] = [reads[order]!, reads[order + 1]!];
    const before = sentence.text.slice(
      Math.max(0, named[order]!.mention.start - 60),
      named[order]!.mention.start,
    );
    const between = sentence.text.slice(named[order]!.mention.end, named[order + 1]!.mention.start);
    const from =
      /\b(?:switched|changed|transitioned|converted|rotated)\b[^.;]*\bfrom\s+(?:[\w.%/-]+\s+){0,3}$/i.test(
        before,
      );
    if (!(from ? /^[^.;]{0,60}\bto\s+(?:[\w.%/-]+\s+){0,2}$/i.test(between) : replacing.test(between)))
      continue;
    if (
      old.assertion === "planned" ||
      old.assertion === "hypothetical" ||
      /\b(?:will|plan|recommend|consider|if)\b/i.test(before + between)
    )
      continue;
    const behind = sentence.text.slice(named[order + 1]!.mention.end, named[order + 2]?.mention.start);
    const why = outcomeOf("", behind, { stopped: true, past: false, current: false });
    if (why?.outcome && why.outcome !== "adequate-response") {
      if (!old.course.outcome) old.course = { ...old.course, ...why };
      delete fresh.course.outcome;
      delete fresh.course.reason;
      if (!fresh.course.stop) {
        fresh.course.status = "active";
        fresh.assertion = "present";
      }
    }
    old.course.status = "stopped";
    old.assertion = "historical";
  }
}

function share(from: CourseRead, to: CourseRead): void {
  if (to.course.outcome || !["present", "absent", "historical"].includes(to.assertion)) return;
  if (to.assertion === "historical" && from.assertion !== "historical") return;
  if (to.course.status === "active" && from.course.status === "active") {
    shareStart(from, to);
    return;
  }
  to.assertion = from.assertion;
  if (from.course.status) to.course.status = from.course.status;
  else delete to.course.status;
  if (from.course.outcome) to.course.outcome = from.course.outcome;
  if (from.course.reason) to.course.reason = from.course.reason;
}

/** "Stable since 05/21/2026: carvedilol 12.5 mg, spironolactone 12.5 mg": the date before the list is the list's. */
function shareStart(from: CourseRead, to: CourseRead): void {
  if (!from.sharesStart || !from.course.start || to.course.start || to.when) return;
  to.course.start = from.course.start;
  to.when = from.when;
  to.sharesStart = true;
}

function draftsOf(sentence: Sentence, { mention, drugs }: DrugMention, read: CourseRead): Draft[] {
  const start = Math.min(
    mention.start,
    read.dose && read.dose.start < 0 ? mention.start + read.dose.start : mention.start,
  );
  const end = read.dose && read.dose.start >= 0 ? mention.end + read.dose.end : mention.end;
  return drugs.map((drug) => ({
    type: "medication" as const,
    concept: drug.generic,
    codes: drug.generic.includes("/")
      ? []
      : drug.rxnorm.slice(0, 1).map((code) => ({ system: "rxnorm", code })),
    text: sentence.text.slice(start, end),
    assertion: read.assertion,
    ...(Object.keys(read.course).length > 0 ? { course: read.course } : {}),
    when: read.when
      ? whenOf(sentence, read.when)
      : read.assertion === "historical"
        ? { earliest: null, latest: sentence.visit.date }
        : whenOf(sentence, null),
    ...(read.course.start && !read.course.stop && read.assertion === "present" && sentence.visit.date
      ? { noted: sentence.visit.date }
      : {}),
    ...authorOf(sentence),
    from: sentence.spans(start, end),
  }));
}

const goesOn =
  /^\s*(?:(?:at|about|in|around|after|by|since|on|over|later|currently|initially|during)\b[^,;.]{0,50},\s*)?(?:then |she |he |it |(?:the |her |his )?(?:dose|dosage) |this |(?:the )?patient )*(?:was |were |has been |had been |is |has |had )?(?:on |now on |taking |takes |currently on |returned|increased|decreased|raised|lowered|reduced|titrated|restarted|stopped|held|resumed|retry|discontinued|changed|varied|ranged|went up|went down|up-?titrated|down-?titrated|dose)\b/i;

/** "Returned to 12.5 mg BID on 04/02/2026." goes on about the drug of the sentence before. */
function continuing(sentence: Sentence): Draft[] {
  if (!sentence.lastDrug || !goesOn.test(sentence.text)) return [];
  const dose = lastDose(sentence.text);
  const stop = /\b(?:stopped|held|discontinued)\b/i.test(sentence.text);
  if (!dose && !stop) return [];
  const verb = goesOn.exec(sentence.text)!;
  const read = courseOf({
    before: "",
    after: sentence.text,
    afterAt: 0,
    beforeAt: 0,
    section: sentence.section,
    lead: "",
    taken: true,
    times: sentence.times,
    context: null,
  });
  if (!read.course.start && read.when && !stop && read.when.earliest) read.course.start = read.when.earliest;
  if (dose) {
    read.course.dose = dose.text;
    read.dose = dose;
  }
  const start = /^\s*/.exec(sentence.text)![0].length;
  const mention: Mention = { first: 0, after: 1, start, end: dose ? 0 : verb[0].length, meanings: [] };
  return draftsOf(sentence, { mention, index: 0, drugs: sentence.lastDrug }, read);
}

/** "Decreased from 25 mg to 20 mg, but then increased to 22.5 mg": the last dose is the one that holds. */
function lastDose(text: string): Dose | undefined {
  const doses = dosesIn(text);
  const reached = doses.filter(({ start }) => /\b(?:to|at|on)\s*$/i.test(text.slice(0, start)));
  return reached.at(-1) ?? doses[0];
}
