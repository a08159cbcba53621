import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

/** Treatments that somebody can be unfit for, and how they are named. */
const treatments: RegExp[] = [
  /\b(?:surg(?:ery|ical|ically)|resect\w*|operat(?:ion|ive)|excision|unresectable|inoperable)\b/i,
  /\btransplant\w*/i,
  /\b(?:radiation|radiotherapy|irradiation)\b/i,
  /\bchemotherap\w+/i,
];
const barred =
  "(?:not (?:be )?(?:indicated|an option|a (?:viable |reasonable |good )?option|feasible|possible|recommended|advised|appropriate|planned|advisable|offered)|contraindicated)";
const unfit = new RegExp(
  `\\bnot (?:felt to be |considered |currently )?an?\\s+(?:\\w+\\s+){0,2}candidates?\\b|\\bpoor (?:\\w+ )?candidate\\b|\\bnot (?:amenable to|eligible for|suitable for)\\b|\\b(?:unresectable|inoperable)\\b|\\b${barred}\\b|\\bineligible for\\b|\\bno (?:further |additional |other |role for )?(?:\\w+ ){0,3}(?:is |are )?(?:indicated|planned|recommended|offered|possible|an option)\\b`,
  "i",
);
/** Words of such a criterion that ask for nothing more. */
const frame =
  /\b(?:the|an?|member|patient|individual|is|are|has|been|was|further|additional|open|surg\w+|resect\w*|operat\w+|treatment|therapy|interventions?|no|option|options|transplant\w*|radiation|radiotherapy|chemotherapy|candidates?|for|to|of|with|curative|intent|not|be|deemed|considered|determined|found|good|appropriate|suitable|eligible|amenable|ineligible|poor|tumou?r|lesions?|disease|that|or|by|documented|documentation|unresectable|inoperable|indicated|feasible|possible|recommended|advised|planned|contraindicated|liver|lung|cardiac|conventional|stem|cell)\b|[^a-z]+/gi;
const contrary =
  /\b(?:is|remains|would be) an?\s+(?:good |excellent |appropriate |suitable )?(?:surgical )?candidate for (?:surg|resect|transplant)|(?<!\b(?:no|not) (?:\w+ ){0,2})\b(?:surgery|resection|transplant\w*) (?:is |was )?(?:scheduled|indicated|recommended)\b/i;

/**
 * "Surgical resection is not indicated", "not a candidate for transplant": a note that says so of the same treatment, in
 * whichever of the usual ways. `null`: of no such kind, or not said.
 */
export function judgeCandidacy(text: string, chart: Chart): Verdict | null {
  if (!unfit.test(text) || text.split(/\s+/).length > 22 || text.replace(frame, "").length > 8) return null;
  if (/\bunless\b|\bif\b/i.test(text)) return null;
  const asked = treatments.filter((one) => one.test(text));
  if (asked.length !== 1) return null;
  const said = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter((sentence) => asked[0]!.test(sentence.text) && usable(sentence, chart));
  const pro = said.filter(
    ({ text: words, section }) => saysUnfit(words, asked[0]!) && isPlainStatement(words, section, true),
  );
  if (pro.length === 0) return null;
  const evidence = pro.slice(0, 2).map((one) => passage([spanOfSentence(one)], "the record says so"));
  return said.some(({ text: words }) => contrary.test(words)) ? unknown(evidence) : met(evidence);
}

/** The words of unfitness and the treatment stand in one clause. */
function saysUnfit(words: string, treatment: RegExp): boolean {
  return words
    .split(/[;.]|\bbut\b|\bhowever\b/i)
    .some((clause) => unfit.test(clause) && (treatment.test(clause) || /\bsurgery\s*:/i.test(words)));
}

const usable = ({ text, on }: Sentence, chart: Chart): boolean =>
  text.length < 400 && (on ?? "") <= chart.asOf && !/\b(?:whether|unless|policy|criteria)\b/i.test(text);

const asksLife =
  /\b(?:life expectancy|expected survival|prognosis|anticipated survival)\b[^.;]{0,30}?(?:at least|greater than|more than|exceeds?|longer than|of|over|≥|>)\s*((?:\d+|[a-z]+)\s+(?:weeks?|months?|years?))/i;
const tellsLife =
  /\b(?:life expectancy|expected survival|prognosis|(?<!graft |implant |year |free |median |overall |device |flap )survival(?= (?:is|of|more|over|well|greater|exceed|beyond|longer|likely|expected)))\b[^.;]{0,40}?(greater than|more than|exceed(?:s|ing)?|longer than|at least|over|≥|>|less than|under|<|of|is)\s*((?:\d+|[a-z]+)\s+(?:weeks?|months?|years?))/i;

/** "Life expectancy of at least 6 months": what a note says of it. `null`: not asked or not said. */
export function judgeLifeExpectancy(text: string, chart: Chart): Verdict | null {
  const found = asksLife.exec(text);
  const least = found && durationsIn(found[1]!)[0]?.days;
  if (!least || text.split(/\s+/).length > 14 || /\b(?:less than|not)\b/i.test(text)) return null;
  const told = chart.index.sentences.flatMap(({ sentence }) => {
    const place = tellsLife.exec(sentence.text);
    const days = place && durationsIn(place[2]!)[0]?.days;
    if (
      !days ||
      (sentence.on ?? "") > chart.asOf ||
      /\b(?:policy|criteria|if|requires?|eligib\w+|father|mother|wife|husband|sister|brother|graft|implant|median|trials?)\b|or less\b/i.test(
        sentence.text,
      )
    )
      return [];
    return [{ sentence, days, below: /less|under|</i.test(place[1]!) }];
  });
  if (told.length === 0) return null;
  const evidence = told
    .slice(0, 2)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "life expectancy"));
  if (told.every(({ below, days }) => !below && days >= least * 0.97)) return met(evidence);
  return told.every(({ below, days }) => below && days <= least) ? notMet(evidence) : unknown(evidence);
}
