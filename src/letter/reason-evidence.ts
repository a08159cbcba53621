import { parseDate, type Span } from "#base";
import type { Desk } from "./appeal.ts";
import { askedCount, reaches } from "./asked-counts.ts";
import { beyondPolicy } from "./beyond-policy.ts";
import { bookkeepingAnswers } from "./bookkeeping.ts";
import { leavesOf } from "./criteria.ts";
import { daysCovered, lastsLonger } from "./durations.ts";
import type { PrintedEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { isMedical } from "./grounds.ts";
import { clausesOf, filler, flatly, matterOf, missed } from "./notice-clauses.ts";
import { squash } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";
import { type Sentence, statedSentences } from "./stated-sentences.ts";
import { allStemsOf } from "./stems.ts";
import { type TriedDrug, triedDrugs } from "./tried-drugs.ts";

/**
 * What the notice says, clause by clause, with the pages that answer it. `wrong`: it says that something is not there, and a
 * page older than the decision has it.
 */
export type ReasonAnswer = {
  clause: Span;
  said: PrintedEvidence[];
  wrong: boolean;
  /** The plan says that a paper did not come; it comes with this letter. */
  now?: boolean;
  /** Words of the clause that stand nowhere in the policy: the notice asks for what the policy does not. */
  beyond?: string[];
};

/** Sentences quoted for one thing that the plan did not find. */
const mostEach = 2;
/** A sentence that shares fewer telling words with what was not found does not speak of it. */
const leastShared = 2;

/** The plan says that less would do; a page that says how that went is the answer. */
const elsewhere =
  /\b(could|can|may)( (also|safely|appropriately))? be( (safely|appropriately))? (treated|given|managed|provided|met|cared for|delivered)\b/i;
const wentBadly =
  /\b(not|never|failed|unsafe|worse\w*|attempted|relapsed|readmitted|unable|did not|cannot|anaphyla\w+|reaction)\b/i;
/** Words before the matter that take it back: it is not so either, or still to come. */
const denied =
  /\b(no|not|without|denies|denied|negative|never|declin\w+|refus\w+|normal|unremarkable|possibl[ey]|equivocal|inconclusive|unlikely|will|planned|consider\w*|to be|pending|awaiting)\b|n't\b/i;

/** What was found for a desk; several parts of a letter ask for it. */
const found = new WeakMap<Desk, ReasonAnswer[]>();

/** For each clause of the reason the record's words on the same matter, those that do not deny it. */
export function reasonAnswers(desk: Desk): ReasonAnswer[] {
  const known = found.get(desk) ?? answersFor(desk);
  found.set(desk, known);
  return known;
}

function answersFor(desk: Desk): ReasonAnswer[] {
  if (!isMedical(desk)) return [...bookkeepingAnswers(clausesOf(desk), desk), ...ofCoding(desk)];
  const sentences = statedSentences(desk);
  const drugs = triedDrugs(desk).filter(({ tells }) => tells);
  const told: Span[] = [];
  return clausesOf(desk).flatMap((clause) => {
    const named = drugs.find((drug) => isNamed(drug, clause.quote));
    if (named && !missed.test(clause.quote)) return [];
    // A sentence answers one clause; quoted twice it would say less.
    const fresh = sentences.filter(({ printed }) => !meet(told, [printed.span]));
    const answer = named
      ? ofDrug(clause, named, desk)
      : (ofTrials(clause, drugs, told) ?? ofSentences(clause, fresh, desk));
    told.push(...(answer?.said ?? []).map(({ span }) => span));
    if (answer) return [answer];
    const beyond = beyondPolicy(clause.quote, desk);
    return beyond.length > 0 ? [{ clause, said: [], wrong: false, beyond }] : [];
  });
}

/** What a coder did not find is a thing of the chart: a separate evaluation, a second site. */
function ofCoding(desk: Desk): ReasonAnswer[] {
  if (!desk.input.denial?.grounds.some(({ id }) => id === "coding")) return [];
  const sentences = statedSentences(desk);
  return clausesOf(desk).flatMap((clause) => ofSentences(clause, sentences, desk) ?? []);
}

/** Treatment that did not help, with no drug named: "refractory to medication", "failure of medical therapy". */
const inGeneral =
  /\b(?:refractory|resistant|unresponsive)\s+to\b|\b(?:fail(?:ed|ure of)|inadequate\s+response\s+to|trials?\s+of)\b[^.]{0,40}\b(?:medications?|drugs?|medical\s+(?:therapy|management)|pharmacolog\w+)\b/i;
const mostTrials = 3;

/** Then each drug whose end the record tells is the answer. */
function ofTrials(clause: Span, drugs: TriedDrug[], told: Span[]): ReasonAnswer | null {
  if (!missed.test(clause.quote) || !inGeneral.test(clause.quote)) return null;
  const said = drugs
    .filter(({ span }) => !meet(told, [span]))
    .slice(0, mostTrials)
    .map(({ said, place, span }) => ({ said, place, span }));
  return said.length > 0 ? { clause, said, wrong: false } : null;
}

const isNamed = ({ concept, name }: TriedDrug, clause: string): boolean =>
  [concept, name.text].some((word) => clause.toLowerCase().includes(word.toLowerCase()));

/** Words by which a trial is denied as such; any other word denies something about it ("the dose was increased"). */
const ofTrial = allStemsOf(
  "failure failed inadequate response intolerance intolerant tolerate contraindication contraindicated adequate documented history therapy attempted taken prescribed preventive medicine medication drug",
);

/** A drug that the clause names: what is denied must be its trial, or something that the record's words speak of. */
function ofDrug(clause: Span, drug: TriedDrug, desk: Desk): ReasonAnswer | null {
  const { said, place, span } = drug;
  const name = allStemsOf(`${drug.concept} ${drug.name.text}`);
  const rest = matterOf(clause.quote).filter((stem) => !name.has(stem) && !ofTrial.has(stem));
  const shorter = /\b(less|fewer) than\b/i.test(clause.quote);
  const told = allStemsOf(span.quote);
  if (!shorter && rest.length > 0 && !rest.some((stem) => told.has(stem))) return null;
  const wrong = shorter
    ? lastsLonger(span.quote, clause.quote)
    : flatly.test(clause.quote) && rest.length === 0;
  const shown = { said: daysCovered(span) ? joinedDays(said, span) : said, place, span };
  return { clause, said: [shown], wrong: wrong && isBefore(span, desk) };
}

const joinedDays = (said: PrintedEvidence["said"], span: Span): PrintedEvidence["said"] => {
  const days = daysCovered(span)!;
  return { text: `${said.text} (${days.text})`, rests: [...said.rests, ...days.rests] };
};

/** "… in three hours of therapy a day or that you needed a physician …": two things that were not found. */
const halvesOf = (clause: string): string[] => clause.split(/\s+(?:or|nor|and)\s+that\s+/i);

/** A sentence with what it shares with a clause, and how much that says. */
type Match = { printed: PrintedEvidence; shared: string[]; words: string[]; score: number };

/** The sentences that share most with a clause, those that say it better first. */
function ofSentences(clause: Span, sentences: Sentence[], desk: Desk): ReasonAnswer | null {
  const less = elsewhere.test(clause.quote);
  if ((!less && !missed.test(clause.quote)) || ofScience.test(clause.quote)) return null;
  // A paper that repeats the notice (an earlier appeal of ours) answers nothing.
  const own = sentences
    .filter(({ printed }) => !squash(printed.span.quote).includes(squash(clause.quote)))
    .filter(({ printed }) => !less || wentBadly.test(printed.span.quote));
  const halves = halvesOf(clause.quote).map((half) => matchesOf(half, own, less, desk));
  const [first] = halves.flatMap((matches) => matches.slice(0, 1));
  if (!first) return null;
  const said: PrintedEvidence[] = [];
  for (const matches of halves)
    for (const { printed, score } of matches)
      if (said.length < mostEach && score > matches[0]!.score / 2 && !isSaid(said, printed))
        said.push(printed);
  const covered = first.shared.length / first.words.length;
  return {
    clause,
    said,
    wrong:
      flatly.test(clause.quote) &&
      first.shared.length >= leastShared &&
      covered > 0.6 &&
      isBefore(first.printed.span, desk),
  };
}

/** What bears on one thing that the notice misses; where it names a count only the best sentence that reaches it. */
function matchesOf(text: string, sentences: Sentence[], less: boolean, desk: Desk): Match[] {
  const { policy, denial } = desk.input;
  const cited = (denial?.criteriaCited ?? []).map(({ title }) => title.value);
  const service = allStemsOf([desk.slots.service?.text, policy?.title?.value, ...cited].join(" "));
  const words = matterOf(text).filter((stem) => !service.has(stem));
  const asked = askedCount(text);
  const unit = asked === null ? [] : [...allStemsOf(text)].filter((stem) => units.has(stem));
  const also = synonymsIn(text, desk);
  const need = words.length === 1 ? 1 : leastShared;
  const ranked = sentences
    .filter(({ printed }) => asked === null || reaches(printed.span.quote, asked))
    .map((sentence) => {
      const same = sameThing(text, sentence.printed.span.quote, desk);
      return {
        ...sentence,
        words,
        same: same.map(({ at }) => at),
        shared: [...new Set([...words, ...unit])].filter(
          (stem) =>
            sentence.stems.has(stem) ||
            (stem === "hour" && sentence.stems.has("minut")) ||
            same.some(({ stems }) => stems.has(stem)),
        ),
        meant: also.filter((stem) => sentence.stems.has(stem)),
      };
    })
    .filter(
      ({ shared, meant, same, printed }) =>
        shared.length + 2 * meant.length >= need && (less || affirms(printed, [...shared, ...meant], same)),
    )
    .map((one) => ({ ...one, score: weight([...one.shared, ...one.meant], sentences) }))
    .sort(
      (one, other) =>
        other.score - one.score || dayOf(other.printed, desk).localeCompare(dayOf(one.printed, desk)),
    );
  return asked === null ? ranked : ranked.slice(0, 1);
}

/** Where a sentence names the thing of the clause by another of its names: the clause's own words for it, and the place. */
function sameThing(clause: string, quote: string, desk: Desk): { stems: Set<string>; at: number }[] {
  const [said, read] = [clause, quote].map((text) => squash(text).toLowerCase()) as [string, string];
  return (desk.input.synonyms ?? []).flatMap((names) => {
    const asked = names.filter((name) => hasWord(said, name));
    const found = names.find((name) => !asked.includes(name) && hasWord(read, name));
    return asked[0] && found ? [{ stems: allStemsOf(asked.join(" ")), at: read.indexOf(found) }] : [];
  });
}

const hasWord = (text: string, name: string): boolean =>
  ` ${text.replace(/[^a-z0-9-]+/g, " ")} `.includes(` ${name} `);

/** What studies show is not answered by one patient's record. */
const ofScience =
  /\b(evidence|literature|studies|research|data)\b.{0,60}\b(not|insufficient|lack\w*|limited|inconclusive)\b|\b(insufficient|lack of|no) (\w+ ){0,3}(evidence|literature|studies)\b|\bhealth outcomes?\b/is;

const units = allStemsOf("days weeks months visits sessions hours");

/** Where the policy says by examples what the notice misses ("a severe reaction (anaphylaxis, …)"): the examples' words. */
function synonymsIn(clause: string, desk: Desk): string[] {
  return [...byExamples(clause, desk), ...asDiagnosed(clause, desk)];
}

/** A notice speaks of cancer; a pathologist and an oncologist name the one it is. */
const anyCancer =
  /\b(?:proven|confirmed|diagnos\w+|biops\w+|histolog\w+|patholog\w+|evidence of|presence of|has|have)\b[^.]{0,40}\b(?:cancer|malignan\w+|tumou?r|neoplas\w+)\b/i;
const namedCancer = /^(?:histology|cancer_stage|icd-10-cm:(?:C|D[0-4]))/;

/** The words by which the record names the cancer, where the clause speaks of one by its general name. */
const asDiagnosed = (clause: string, { input }: Desk): string[] =>
  anyCancer.test(clause)
    ? input.facts
        .filter(({ concept, assertion }) => namedCancer.test(concept) && assertion === "present")
        .flatMap(({ text }) => [...allStemsOf(text)].filter((stem) => stem.length > 5 && !filler.has(stem)))
    : [];

function byExamples(clause: string, desk: Desk): string[] {
  if (!desk.input.policy) return [];
  const missing = allStemsOf(clause);
  return leavesOf(desk.input.policy.criteria).flatMap(({ text }) => {
    const examples = /\(([^)]{4,})\)|\b(?:such as|for example|including|e\.g\.)\s+([^.;]+)/i.exec(text);
    if (!examples) return [];
    const thing = [...allStemsOf(text.slice(0, examples.index).split(/\s+/).slice(-5).join(" "))].filter(
      (stem) => !filler.has(stem),
    );
    const shared = thing.filter((stem) => missing.has(stem)).length;
    return shared >= 2 || (shared === 1 && thing.length <= 2)
      ? [...allStemsOf(examples[1] ?? examples[2] ?? "")].filter((stem) => !filler.has(stem))
      : [];
  });
}

const isSaid = (said: PrintedEvidence[], { span }: PrintedEvidence) =>
  meet(
    said.map((other) => other.span),
    [span],
  );

/** The day of the note or of its paper, "" where none is known. */
function dayOf({ span, said }: PrintedEvidence, desk: Desk): string {
  const heading = said.text.slice(0, said.text.indexOf("“"));
  return spelledDates(heading).at(-1)?.date ?? parseDate(desk.cite.exhibitOf(span)?.date?.value ?? "") ?? "";
}

/** True where no word shortly before the matter denies it. */
function affirms({ span }: PrintedEvidence, shared: string[], also: number[] = []): boolean {
  const text = squash(span.quote).toLowerCase();
  const places = [...shared.map((stem) => text.indexOf(stem.slice(0, 5))), ...also].filter((at) => at >= 0);
  return places.some((at) => !denied.test(text.slice(Math.max(0, at - 45), at)));
}

/** True when the paper is older than the decision: it could have been read. */
function isBefore(span: Span, desk: Desk): boolean {
  const decided = parseDate(desk.input.denial?.noticeDate?.value ?? "");
  const exhibit = desk.cite.exhibitOf(span);
  const day = parseDate(exhibit?.date?.value ?? "");
  const said = spelledDates(span.quote).at(-1)?.date;
  const last = said && (!day || said > day) ? said : day;
  return Boolean(decided && last && last < decided);
}

/** Words in common; one that few sentences hold says more. */
const weight = (shared: string[], sentences: Sentence[]): number =>
  shared.reduce(
    (sum, stem) => sum + 1 / Math.max(1, sentences.filter(({ stems }) => stems.has(stem)).length),
    0,
  );
