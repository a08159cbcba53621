import type { Span } from "#base";
import type { Fact } from "#record";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { leavesOf } from "./criteria.ts";
import { cueExpression } from "./cue.ts";
import { type PrintedEvidence, printSpan } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { type Draft, formal, joined, type Slot } from "./passages.ts";
import { tellingWords } from "./telling-words.ts";

const most = 8;
/** Outcomes that bear on a step; what ended for another reason is a weak point, not a trial. */
export const tellingOutcomes = new Set<string>(["inadequate-response", "intolerance", "contraindicated"]);

/** From day to day: a course that ended. */
const course = /\bfrom\b.{0,20}\d.{0,20}\b(to|until|through)\b.{0,20}\d|\bstarted\b.{0,60}\bstopped\b/is;

const dosed = /\d\s*(mg|mcg|units|mL)\b/i;
const dated = /\d{1,2}\/\d{1,2}\/\d{2,4}/;

/** A drug that goes well is no step. */
export const goesWell =
  /\b(tolerat(es|ing)|well tolerated|no (procedural )?contraindication|(it|this|that|which) worked|worked well)\b/i;

/** A drug that was never taken is no step. */
const untried =
  /^[\w-]+ (has |was |have )?(not|never) (yet |been )*(tried|taken|used|started|given|prescribed)\b/i;

/** The course of a drug is told in several sentences: dose, event, dose after it. */
const courseCharacters = 320;

/** `tells`: the sentence says how it ended or why it is limited, and not only that it was taken. */
type Course = { drug: string; name: string; said: PrintedEvidence; score: number; tells: boolean };

/** A drug with the best sentence of its course, and all that are printed of it. */
export type TriedDrug = {
  concept: string;
  name: Slot;
  said: Slot;
  place: Slot;
  span: Span;
  all: PrintedEvidence[];
  tells: boolean;
};

/** The drugs whose course the record tells, best told first. */
export function triedDrugs(desk: Desk): TriedDrug[] {
  const byDrug = new Map<string, Course[]>();
  for (const course of coursesOf(desk)) byDrug.set(course.drug, [...(byDrug.get(course.drug) ?? []), course]);
  return [...byDrug.entries()]
    .map(([drug, courses]) => ({ drug, best: bestOf(courses) }))
    .filter(({ best }) => (best[0]?.score ?? 0) >= 3)
    .sort((a, b) => b.best[0]!.score - a.best[0]!.score)
    .slice(0, most)
    .map(({ drug, best }) => {
      const { said, place, span } = best[0]!.said;
      const word = best[0]!.name;
      const name = { text: word[0]!.toUpperCase() + word.slice(1), rests: said.rests };
      const tells = best.some((course) => course.tells);
      const all = best.map((course) => course.said).sort(inOrder);
      return { concept: drug, name, said, place, span, all, tells };
    });
}

const inOrder = (a: PrintedEvidence, b: PrintedEvidence) =>
  a.span.document === b.span.document ? a.span.page - b.span.page || a.span.start - b.span.start : 0;

/**
 * What was tried, drug by drug, in the record's own words: of each drug the sentences that hold dose, days and the reason why
 * it ended or is limited. Nothing is concluded here; the criterion's row does that.
 */
export function addTriedDrugs(draft: Draft, desk: Desk, drugs = triedDrugs(desk)): void {
  draft.open("Drug by drug, in the record's words");
  if (drugs.length > 0) draft.row([formal("Drug"), formal("What the record says"), formal("Exhibit")]);
  for (const { name, all } of drugs) {
    const places = all
      .map(({ place }) => place)
      .filter((place, index, list) => list.findIndex((other) => other.text === place.text) === index);
    draft.row([
      name,
      joined(
        all.map(({ said }) => said),
        "; ",
      )!,
      joined(places, "; ")!,
    ]);
  }
  draft.close();
}

/** Every sentence in which a drug's course stands, weighed by what it tells. */
function coursesOf(desk: Desk): Course[] {
  const steps = cueExpression(desk.knowledge.cues.find((row) => row.id === "steps")?.cue ?? "(?!)");
  const decides = new Set(
    (desk.input.findings?.findings ?? []).flatMap((finding) =>
      finding.for.flatMap((entry) => entry.fact ?? []),
    ),
  );
  const noStep = cueExpression(desk.knowledge.cues.find((row) => row.id === "no-step")?.cue ?? "(?!)");
  const notice = noticeWords(desk);
  const requested = tellingWords(desk.slots.service?.text ?? "");
  return desk.input.facts
    .filter(
      (fact) => fact.type === "medication" && isReal(fact) && !requested.has(fact.concept.toLowerCase()),
    )
    .flatMap((fact) =>
      placesOf(fact, desk).flatMap((span) => {
        const said = printSpan(span, desk.input, desk.cite, null, courseCharacters);
        if (!said || !desk.search.usable(said.span)) return [];
        const text = said.span.quote;
        const name = namesOf(fact).find((one) => text.toLowerCase().includes(one));
        if (goesWell.test(text) || name === undefined) return [];
        const named = text.toLowerCase().indexOf(name);
        const near = text.slice(Math.max(0, named - 80), named + 180);
        if (untried.test(text.slice(named, named + 60))) return [];
        const step = isStep(near, steps);
        const outcome = fact.course?.outcome !== undefined && tellingOutcomes.has(fact.course.outcome);
        // What ended for cost, or by the patient's own choice, answers nothing; the weak points show it.
        if (!outcome && noStep.test(near)) return [];
        const limited = /\bmax(imal|imum|imally)?\b.{0,20}\b(tolerated|dose)/i.test(text);
        const asked = policyNames(desk, fact.concept) || noticeNames(notice, fact);
        const known = asked || decides.has(fact.id);
        // A drug taken for something else stands beside a cue by chance ("NSAIDs avoided, on clopidogrel").
        const told = course.test(text.slice(named, named + 120)) || (dosed.test(text) && dated.test(text));
        if (!outcome && !limited && !known && !(step && told)) return [];
        const score =
          (outcome ? 2 : 0) +
          (step ? 2 : 0) +
          (limited ? 1.5 : 0) +
          (dosed.test(text) ? 1 : 0) +
          (dated.test(text) ? 1 : 0) +
          (/\b(started|since|began|from)\b/i.test(text) ? 0.5 : 0) +
          (asked ? 1.5 : 0) +
          (text.length > 60 ? 0.5 : 0);
        return [{ drug: fact.concept, name, said, score, tells: outcome || step || limited }];
      }),
    );
}

/** Where a drug's course is told: its mentions, or the row of a table in whose cells it stands. */
function placesOf(fact: Fact, desk: Desk): Span[] {
  const [first] = fact.from;
  const outcome = fact.course?.outcome !== undefined && tellingOutcomes.has(fact.course.outcome);
  const cells = fact.from.filter(
    (span) => span.document === first?.document && span.page === first.page && span.quote.length < 60,
  );
  const page = desk.cite.sources
    .get(first?.document ?? "")
    ?.pages.find((entry) => entry.page === first?.page);
  const start = Math.min(...cells.map((span) => span.start));
  const end = Math.max(...cells.map((span) => span.end));
  if (!first || !page || !outcome || cells.length < 3 || end - start > courseCharacters)
    return fact.from.slice(0, 2);
  return [spanAt(first.document, page, start, end)];
}

/** A word of the cue near the drug that is not denied ("no syncope"). */
export function isStep(near: string, steps: RegExp): boolean {
  const match = steps.exec(near);
  return match !== null && !/\b(no|denies|without)\b[^.;]{0,25}$/i.test(near.slice(0, match.index));
}

/** True when the policy speaks of the drug by name. */
const policyNames = (desk: Desk, drug: string): boolean =>
  desk.input.policy !== null &&
  leavesOf(desk.input.policy.criteria).some((leaf) => leaf.text.toLowerCase().includes(drug.toLowerCase()));

/** The notice as one lower-case text: the drugs that it names are the ones to answer. */
function noticeWords({ input }: Desk): string {
  const notices = new Set(
    input.sorted.papers.filter(({ kind }) => kind === "denial").map(({ document }) => document),
  );
  return input.documents
    .filter(({ document }) => notices.has(document))
    .flatMap(({ pages }) => pages.map(({ text }) => text.toLowerCase()))
    .join("\n");
}

/** True when the notice names the drug, by its ingredient or by the name that the record uses. */
const noticeNames = (notice: string, fact: Fact): boolean =>
  namesOf(fact).some((name) => notice.includes(name));

/** How a drug is given, before its name. */
const wayGiven =
  /^(?:(?:intravenous|subcutaneous|oral|topical|inhaled|intranasal|intramuscular|intrathecal|generic|brand)\s+)+/i;

/** What was done with a drug is no name of it ("Stopped for muscle pain"). */
const deed =
  /^(?:stopp?ed|started|stop|start|held|hold|discontinued?|continued?|increased?|decreased?|lowered|raised|reduced|switched|changed|restarted|resumed|taken|took|tried|given|failed|dose|this|that|both|same|drug|medication|treatment|therapy)$/;

/** The ingredient, and the name under which the record has it ("Ubrelvy 100 mg", "Intravenous immune globulin"). */
const namesOf = (fact: Fact): string[] =>
  [fact.concept, /^[\w-]+(?: globulin)?/i.exec(fact.text.replace(wayGiven, ""))?.[0] ?? ""]
    .map((name) => name.toLowerCase())
    .filter((name) => name.length > 3 && !deed.test(name));

const isReal = (fact: Fact) => fact.assertion !== "family" && fact.assertion !== "planned";

/** The two best sentences of a drug that are not the same place; the second only where it tells something too. */
function bestOf(courses: Course[]): Course[] {
  const sorted = [...courses].sort((a, b) => Number(b.tells) - Number(a.tells) || b.score - a.score);
  const first = sorted[0];
  const second = sorted.find(
    (course) => first && !meet([course.said.span], [first.said.span]) && course.score >= 3,
  );
  return [first, second].filter((course): course is Course => course !== undefined);
}
