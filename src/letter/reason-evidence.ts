import { parseDate, type Span } from "#base";
import { spanAt } from "#source";
import { type Desk, reasonCue } from "./appeal.ts";
import { bookkeepingAnswers } from "./bookkeeping.ts";
import { leavesOf } from "./criteria.ts";
import { isStated } from "./criteria-table.ts";
import { daysCovered, lastsLonger } from "./durations.ts";
import { type PrintedEvidence, printSentence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { isMedical } from "./grounds.ts";
import { reasonSpans } from "./reasons.ts";
import { sentenceRanges, squash } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";
import { allStemsOf } from "./stems.ts";
import { type TriedDrug, triedDrugs } from "./tried-drugs.ts";
import { isSentence } from "./usual-evidence.ts";

/**
 * What the notice says, clause by clause, with the pages that answer it. `wrong`: it says that something is not there, and a
 * page older than the decision has it.
 */
export type ReasonAnswer = { clause: Span; said: PrintedEvidence[]; wrong: boolean };

/** Sentences quoted for one thing that the plan did not find. */
const mostEach = 2;
/** A sentence that shares fewer telling words with what was not found does not speak of it. */
const leastShared = 2;

/** The plan says that something is not so or not shown; only then is a page that says it is an answer. */
const missed = /\b(no|not|without|lack\w*|insufficient|fail\w* to|absen\w+|neither|nor|(less|fewer) than)\b/i;
/** The plan says that less would do; a page that says how that went is the answer. */
const elsewhere =
  /\b(could|can|may)( (also|safely|appropriately))? be( (safely|appropriately))? (treated|given|managed|provided|met|cared for|delivered)\b/i;
const wentBadly =
  /\b(not|never|failed|unsafe|worse\w*|attempted|relapsed|readmitted|unable|did not|cannot|anaphyla\w+|reaction)\b/i;
/** The plan says that a page is not there at all; a page that is there makes this an error of fact. */
const flatly =
  /\b(?:no|without)\s+(?:\w+\s+){0,2}(?:documentation|record|mention|report|trial|history)s?\b|\bno evidence of\b|\bnot\s+(?:been\s+)?(?:documented|recorded|reported|tried|mentioned)\b|\bnever\b/i;

/** Words before the matter that take it back: it is not so either, or still to come. */
const denied =
  /\b(no|not|without|denies|denied|negative|never|declin\w+|refus\w+|normal|unremarkable|possibl[ey]|equivocal|inconclusive|unlikely|will|planned|consider\w*|to be|pending|awaiting)\b|n't\b/i;

/** Words of notices that say nothing of the matter. */
const filler = allStemsOf(
  "documentation documented record records submitted received provide provided information evidence reviewed include included including there least demonstrate support supported indicate indicates reported needed need required requires requirement trial tried less than could would safely treated that this these those with without from your have been were will they which when what into over under after before more most such only each must criteria criterion medical medically necessary necessity policy coverage covered member patient plan request service services requested show shows shown month months year week weeks days date dated notes note does done case also same made make used using meets",
);

/** For each clause of the reason the record's words on the same matter, those that do not deny it. */
export function reasonAnswers(desk: Desk): ReasonAnswer[] {
  if (!isMedical(desk)) return bookkeepingAnswers(clausesOf(desk), desk);
  const sentences = statedSentences(desk);
  const drugs = triedDrugs(desk).filter(({ tells }) => tells);
  const told: Span[] = [];
  return clausesOf(desk).flatMap((clause) => {
    const named = drugs.find((drug) => isNamed(drug, clause.quote));
    if (named && !missed.test(clause.quote)) return [];
    // A sentence answers one clause; quoted twice it would say less.
    const fresh = sentences.filter(({ printed }) => !meet(told, [printed.span]));
    const answer = named ? ofDrug(clause, named, desk) : ofSentences(clause, fresh, desk);
    told.push(...(answer?.said ?? []).map(({ span }) => span));
    return answer ? [answer] : [];
  });
}

const isNamed = ({ concept, name }: TriedDrug, clause: string): boolean =>
  [concept, name.text].some((word) => clause.toLowerCase().includes(word.toLowerCase()));

function ofDrug(clause: Span, drug: TriedDrug, desk: Desk): ReasonAnswer {
  const { said, place, span } = drug;
  const shorter = /\b(less|fewer) than\b/i.test(clause.quote);
  const wrong = shorter ? lastsLonger(span.quote, clause.quote) : flatly.test(clause.quote);
  const shown = { said: daysCovered(span) ? joinedDays(said, span) : said, place, span };
  return { clause, said: [shown], wrong: wrong && isBefore(span, desk) };
}

const joinedDays = (said: PrintedEvidence["said"], span: Span): PrintedEvidence["said"] => {
  const days = daysCovered(span)!;
  return { text: `${said.text} (${days.text})`, rests: [...said.rests, ...days.rests] };
};

/** The sentences that share most with a clause, those that say it better first. */
function ofSentences(clause: Span, sentences: Sentence[], desk: Desk): ReasonAnswer | null {
  const less = elsewhere.test(clause.quote);
  if ((!less && !missed.test(clause.quote)) || ofScience.test(clause.quote)) return null;
  const { policy, denial } = desk.input;
  const cited = (denial?.criteriaCited ?? []).map(({ title }) => title.value);
  const service = allStemsOf([desk.slots.service?.text, policy?.title?.value, ...cited].join(" "));
  const words = matterOf(clause.quote).filter((stem) => !service.has(stem));
  const asked = askedCount(clause.quote);
  const unit = asked === null ? [] : [...allStemsOf(clause.quote)].filter((stem) => units.has(stem));
  const also = synonymsIn(clause.quote, desk);
  const need = words.length === 1 ? 1 : leastShared;
  const ranked = sentences
    .filter(({ printed }) => !less || wentBadly.test(printed.span.quote))
    .filter(({ printed }) => asked === null || reaches(printed.span.quote, asked))
    .map((sentence) => ({
      ...sentence,
      shared: [...words, ...unit].filter((stem) => sentence.stems.has(stem)),
      meant: also.filter((stem) => sentence.stems.has(stem)),
    }))
    .filter(
      ({ shared, meant, printed }) =>
        shared.length + 2 * meant.length >= need && (less || affirms(printed, [...shared, ...meant])),
    )
    .map((one) => ({ ...one, score: weight([...one.shared, ...one.meant], sentences) }))
    .sort(
      (one, other) =>
        other.score - one.score || dayOf(other.printed, desk).localeCompare(dayOf(one.printed, desk)),
    );
  const [first] = ranked;
  if (!first) return null;
  const said = [first.printed];
  for (const { printed, score } of asked === null ? ranked : [])
    if (said.length < mostEach && score > first.score / 2 && !isSaid(said, printed)) said.push(printed);
  const covered = first.shared.length / words.length;
  return {
    clause,
    said,
    wrong: flatly.test(clause.quote) && covered >= 0.5 && isBefore(first.printed.span, desk),
  };
}

/** What studies show is not answered by one patient's record. */
const ofScience =
  /\b(evidence|literature|studies|research|data)\b.{0,60}\b(not|insufficient|lack\w*|limited|inconclusive)\b|\b(insufficient|lack of|no) (\w+ ){0,3}(evidence|literature|studies)\b|\bhealth outcomes?\b/is;

/** What the clause says is not there: the words after the denial, or before it where none follow ("… is not documented"). */
function matterOf(clause: string): string[] {
  const telling = (text: string) => [...allStemsOf(text)].filter((stem) => !filler.has(stem));
  const denial = missed.exec(clause);
  const after = denial ? telling(clause.slice(denial.index + denial[0].length)) : [];
  return after.length > 0 ? after : telling(clause);
}

const units = allStemsOf("days weeks months visits sessions");

/** Where the policy says by examples what the notice misses ("a severe reaction (anaphylaxis, …)"): the examples' words. */
function synonymsIn(clause: string, desk: Desk): string[] {
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

const countWords: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  eight: 8,
  ten: 10,
  twelve: 12,
};

/** "At least 15 headache days", "six weeks": the count that the notice does not find; null where it names none. */
function askedCount(clause: string): number | null {
  const match =
    /\b(?:at least|minimum of|completed?|for)\s+(\d{1,3}|two|three|four|six|eight|ten|twelve)\b|\b(\d{1,3}|two|three|four|six|eight|ten|twelve)\s+(?:days|weeks|months|visits|sessions)\b/i.exec(
      clause,
    );
  const word = (match?.[1] ?? match?.[2])?.toLowerCase();
  return word ? (countWords[word] ?? Number(word)) : null;
}

/** True when a sentence holds a number as large as what was asked for; dates and doses are none. */
function reaches(quote: string, asked: number): boolean {
  if (/\bsince (?:[A-Z][a-z]+|\d)/.test(quote)) return true;
  const plain = quote
    .replace(/\d{1,2}\/\d{1,2}(\/\d{2,4})?|\b(19|20)\d\d\b|\b[A-Z]+-?\d+\b/g, " ")
    .replace(/\d[\d.,]*\s?(mg|mcg|mL|g|kg|cm|mm|%|units)\b/gi, " ");
  const words = Object.entries(countWords).flatMap(([word, value]) =>
    new RegExp(`\\b${word}\\b`, "i").test(plain) ? [value] : [],
  );
  return [...(plain.match(/\d+(\.\d+)?/g) ?? []).map(Number), ...words].some((value) => value >= asked);
}

/** The day of the note or of its paper, "" where none is known. */
function dayOf({ span, said }: PrintedEvidence, desk: Desk): string {
  const heading = said.text.slice(0, said.text.indexOf("“"));
  return spelledDates(heading).at(-1)?.date ?? parseDate(desk.cite.exhibitOf(span)?.date?.value ?? "") ?? "";
}

/** What is still to be done answers nothing. */
const toDo =
  /^\W*(plan|recommendations?|goals?)\b\s*:|\b(will be|to be) (scheduled|started|done|obtained)\b/i;

/** True where no word shortly before the matter denies it. */
function affirms({ span }: PrintedEvidence, shared: string[]): boolean {
  const text = span.quote.toLowerCase();
  const places = shared.map((stem) => text.indexOf(stem.slice(0, 5))).filter((at) => at >= 0);
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

/** The clauses of the reason, as they stand in the notice. */
function clausesOf(desk: Desk): Span[] {
  return reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge)).flatMap((span) => {
    const page = desk.cite.sources.get(span.document)?.pages.find((entry) => entry.page === span.page);
    if (!page) return [];
    const cuts = [
      0,
      ...[...span.quote.matchAll(/[;:]\s+|,\s+(?=(?:and|or|but|because|nor)\b)|(?<=\w\.)\s+(?=[A-Z])/g)].map(
        (match) => match.index + match[0].length,
      ),
      span.quote.length,
    ];
    return cuts.slice(0, -1).map((from, index) => {
      const to = cuts[index + 1]!;
      const text = span.quote.slice(from, to);
      const skip = /^\s*(?:(?:and|or|but|because|nor)\s+)?/.exec(text)![0].length;
      const end = span.start + from + text.replace(/[\s.,;:]+$/, "").length;
      return spanAt(span.document, page, span.start + from + skip, end);
    });
  });
}

type Sentence = { printed: PrintedEvidence; stems: Set<string> };

/** Every sentence of the record that states something of the patient and is not held against us. */
function statedSentences(desk: Desk): Sentence[] {
  const { input, cite } = desk;
  const against = [...(input.findings?.harms ?? []), ...(input.checklist?.findings.harms ?? [])].flatMap(
    ({ evidence }) => evidence.from,
  );
  return cite.exhibits
    .filter(({ kind }) => kind === "record" || kind === "support-letter")
    .flatMap((exhibit) => {
      const pages = cite.sources.get(exhibit.document)?.pages ?? [];
      return pages
        .filter(({ page }) => exhibit.pages.includes(page))
        .flatMap((page) =>
          sentenceRanges(page).map(({ start, end }) => spanAt(exhibit.document, page, start, end)),
        )
        .filter(({ quote }) => !squash(quote).startsWith(exhibit.title.text));
    })
    .flatMap((span) => {
      const printed = printSentence(span, cite);
      if (!printed || !isSentence(printed.span.quote) || !isStated(printed, desk)) return [];
      if (toDo.test(printed.span.quote)) return [];
      return meet(against, [printed.span]) ? [] : [{ printed, stems: allStemsOf(printed.span.quote) }];
    });
}

/** Words in common; one that few sentences hold says more. */
const weight = (shared: string[], sentences: Sentence[]): number =>
  shared.reduce((sum, stem) => sum + 1 / sentences.filter(({ stems }) => stems.has(stem)).length, 0);
