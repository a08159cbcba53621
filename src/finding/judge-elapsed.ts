import { daysBetween, type PlainDate } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";
import { datesIn } from "./text-dates.ts";
import { isFaint, stem } from "./words.ts";

const elapsed =
  /\bat least\s+(\d+|\w+)\s*(days?|weeks?|months?|years?)\b[^.]{0,40}\b(?:have |has )?(?:passed|elapsed)\s+since\s+(?:the\s+)?(.{4,90}?)[.]?$/i;

/** "At least 90 days have passed since X": the latest dated X must lie that far back. */
export function judgeElapsed(text: string, chart: Chart): Verdict | null {
  const found = elapsed.exec(text);
  if (!found) return null;
  const least = durationsIn(`${found[1]} ${found[2]}`)[0]?.days;
  if (least === undefined) return null;
  const wanted = termsOf(found[3]!, chart.strict).filter(
    (term) => term.content && !isFaint(term.key) && !generalEvent.has(term.key),
  );
  const dated = readingsOf(chart).readings.flatMap(({ sentence, terms }) => {
    const hits = wanted.map(({ key }) => terms.find((term) => term.key === key));
    if (hits.length === 0 || hits.some((hit) => !hit)) return [];
    if (!isPlainStatement(sentence.text, sentence.section, false)) return [];
    const at = hits[0]!.end;
    const day = nearestDate(sentence.text, hits[0]!.start, at);
    return day && day.latest <= chart.requestedOn ? [{ sentence, day: day.latest }] : [];
  });
  if (dated.length === 0) return unknown();
  const newest = dated.reduce((a, b) => (a.day >= b.day ? a : b));
  const since = daysBetween(newest.day, chart.requestedOn);
  const evidence = dated
    .filter(({ day }) => day === newest.day)
    .slice(0, 3)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], `${since} days before the request`));
  return since >= least ? met(evidence) : notMet(evidence);
}

const visitAsked =
  /^(?:within|in|during)\s+(?:the\s+)?(?:past\s+|last\s+)?((?:\w+|\d+)(?:\s*\(\d+\))?\s*(?:days?|weeks?|months?))\b[^,]{0,60},\s+(?:the\s+)?(?:treating\s+|ordering\s+|prescribing\s+)?(?:practitioner|physician|provider|prescriber|clinician)\s+(?:has|had)\s+(?:seen|evaluated|examined|(?:an?\s+)?[^.,;]{0,60}\b(?:visit|encounter|evaluation)\s+with)\b[^.;]{0,40}?\bto\s+(?:evaluate|assess|discuss|review)\s+(?:his\s+or\s+her\s+|their\s+|the\s+|the\s+member.s\s+)?(.{4,60}?)\.?$/i;
const seenFor =
  /\b(?:here (?:today )?for|presents? (?:today )?for|seen (?:today )?(?:for|to)|comes? in for|return(?:s|ed)? for|follow[- ]?up (?:of|for|visit for)|visit (?:for|to)|evaluat(?:ed|ion) (?:of|for))\b/i;

/** "Within 6 months before the order the practitioner has seen the member to evaluate X": a dated note that says so. */
export function judgeVisit(text: string, chart: Chart): Verdict | null {
  const found = visitAsked.exec(text);
  const most = found && durationsIn(found[1]!.replace(/\(\d+\)/, ""))[0]?.days;
  if (!found || !most) return null;
  const wanted = termsOf(found[2]!, chart.strict).filter((term) => term.content && !isFaint(term.key));
  const said = readingsOf(chart).readings.filter(({ sentence, terms }) => {
    const since = sentence.on ? daysBetween(sentence.on, chart.requestedOn) : -1;
    return (
      since >= 0 &&
      since <= most + 3 &&
      seenFor.test(sentence.text) &&
      isPlainStatement(sentence.text, sentence.section, false) &&
      wanted.every(({ key }) => terms.some((term) => term.key === key))
    );
  });
  if (wanted.length === 0 || said.length === 0) return null;
  return met(said.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "seen for it")));
}

/** The date beside an event: up to 40 characters after its name, else up to 25 before. */
function nearestDate(text: string, start: number, end: number) {
  const dates = datesIn(text);
  return (
    dates.find((date) => date.start >= end && date.start - end <= 40) ??
    dates.findLast((date) => date.end <= start && start - date.end <= 25)
  );
}

const generalEvent = new Set(["prior", "procedure", "previous", "last", "most recent"].map(stem));

const lasting =
  /^(.{4,90}?),?\s+(?:(?:for|of|with|present for|existing for|diagnosed)\s+)?(?:a duration of\s+)?(?:at least|a minimum of|minimum|more than|greater than|≥)\s+((?:\d+|[a-z]+)[\s-]*(?:months?|years?))(?:'|’)?\s*(?:of\s+)?(?:duration|ago|in duration|earlier)\W*$/i;
const since =
  /\b(?:diagnosed|dx(?:'?d)?|diagnosis|onset|since|began|started|first noted)\b[^.;]{0,25}?\b((?:19|20)\d{2})\b/i;

/** "Parkinson's disease of at least 4 years' duration": since which year a note that names it has it. `null`: not asked or not told. */
export function judgeSince(text: string, chart: Chart): Verdict | null {
  const found = lasting.exec(text);
  const least = found && durationsIn(found[2]!)[0]?.days;
  if (!found || !least || /\b(?:no|not|fail\w*|trial|therapy|treatment|taking|or)\b/i.test(found[1]!))
    return null;
  const head = found[1]!.replace(/\b(?:diagnosed|documented|diagnosis of|confirmed|by an? \w+)\b/gi, " ");
  const wanted = termsOf(head, chart.strict).filter((term) => term.content && !isFaint(term.key));
  if (!wanted.some(({ named }) => named)) return null;
  const told = readingsOf(chart).readings.flatMap(({ sentence, terms, words }) => {
    const year = since.exec(sentence.text)?.[1];
    const all = wanted.every(
      ({ key }) => terms.some((term) => term.key === key) || words.some(({ form }) => form === key),
    );
    if (!year || !all || !isPlainStatement(sentence.text, sentence.section, false)) return [];
    return [{ sentence, year: Number(year) }];
  });
  if (told.length === 0) return null;
  const latest = Math.max(...told.map(({ year }) => year));
  const evidence = told.slice(0, 2).map(({ sentence }) => passage([spanOfSentence(sentence)], "since when"));
  // A year may mean its last day or its first.
  const surely = daysBetween(`${latest}-12-31` as PlainDate, chart.requestedOn);
  const atMost = daysBetween(`${latest}-01-01` as PlainDate, chart.requestedOn);
  if (surely >= least * 0.99) return met(evidence);
  return told.every(({ year }) => year === latest) && atMost < least * 0.97
    ? notMet(evidence)
    : unknown(evidence);
}
