import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { type Reading, readingsOf } from "./support.ts";
import { datesIn } from "./text-dates.ts";
import { windowIn } from "./windows.ts";

/** Treatments that are no drugs: how criteria ask for them, and what a note that tells of them says. */
const kinds: { asked: RegExp; told: RegExp }[] = [
  {
    asked:
      /\b(?:psychotherap\w+|psychological (?:therapy|treatment)|cognitive behavio\w+ therapy|CBT|counseling)\b/i,
    told: /\b(?:psychotherapy|cognitive[- ]behavio\w+ therapy|CBT|interpersonal (?:psycho)?therapy|dialectical behavio\w+ therapy|DBT)\b/i,
  },
  {
    asked: /\b(?:physical therapy|physiotherapy)\b/i,
    told: /\b(?:[Pp]hysical [Tt]herapy|[Pp]hysiotherapy|PT)\b/,
  },
  {
    asked: /\b(?:corticosteroid|steroid|cortisone) injections?\b|\bintra-?articular (?:cortico)?steroids?\b/i,
    told: /\b(?:(?:cortico)?steroid|cortisone|triamcinolone|methylprednisolone|betamethasone|dexamethasone)\b[^.;]{0,40}\binjections?\b|\binjections?\b[^.;]{0,30}\b(?:(?:cortico)?steroid|cortisone|triamcinolone|methylprednisolone)\b/i,
  },
  {
    asked: /\bepidural (?:(?:cortico)?steroid )?injections?\b|\bESIs?\b/i,
    told: /\bepidural\b[^.;]{0,30}\binjections?\b|\b(?:[LTC]?ESIs?|TFESIs?)\b|\btransforaminal injections?\b/i,
  },
  { asked: /\b(?:phototherapy|UVB|PUVA)\b/i, told: /\b(?:phototherapy|UVB|PUVA)\b/ },
  {
    asked: /\b(?:compression (?:therapy|stockings?|garments?))\b/i,
    told: /\bcompression\b[^.;]{0,20}\b(?:therapy|stockings?|garments?|hose)\b|\bmmHg\b[^.;]{0,15}\bstockings?\b/i,
  },
  {
    asked: /\b(?:CPAP|positive airway pressure|PAP therapy)\b/i,
    told: /\b(?:CPAP|BiPAP|APAP|positive airway pressure)\b/i,
  },
];
/** Care of the spine and joints, where a criterion asks for conservative care as a whole. */
const conservative = {
  asked:
    /\b(?:conservative|non-?operative|non-?surgical)\s+(?:care|therap\w+|treatments?|management|measures)\b/i,
  told: /\b(?:[Pp]hysical [Tt]herapy|[Pp]hysiotherapy|PT|[Cc]hiropractic\w*|[Hh]ome exercise program)\b/,
};
const asksFailure =
  /\b(?:fail\w*|inadequate|insufficient|without (?:\w+ )?(?:relief|improvement|benefit|success)|no (?:\w+ )?(?:relief|improvement)|refractory|unsuccessful|did not (?:respond|improve))\b/i;
const failed =
  /\b(?:(?:no|without|little|minimal)\s+(?:\w+\s+)?(?:lasting\s+|significant\s+|sustained\s+|meaningful\s+)?(?:improvement|benefit|relief|change|effect|help|success)|did not (?:improve|help|respond|relieve)|goals? (?:were )?not met|ineffective|inadequate (?:response|relief)|unsuccessful|has failed|failed|(?:pain|symptoms?) (?:is |are |was |were )?(?:unchanged|persist\w*|worse\w*))/i;
/** "Three weeks of relief": it did not last. */
const passing =
  /\b((?:\d+|\w+)(?:\s*(?:-|–|to)\s*(?:\d+|\w+))?\s*(?:days?|weeks?))\s+(?:of\s+)?(?:\w+\s+)?(?:relief|benefit|improvement)\b|\b(?:relief|benefit|improvement)\s+(?:lasting\s+|lasted\s+|for\s+|of\s+)(?:only\s+|about\s+)?((?:\d+|\w+)\s*(?:days?|weeks?))\b/i;
/** How many injections or trials there were is not counted here. */
const several =
  /\b(?:[2-9]|two|three|four|multiple|several)\b[^.;]{0,30}\b(?:injections|trials|courses|sessions|visits)\b/i;
const barred =
  /\b(?:declin\w+|refus\w+|not (?:yet )?(?:tried|done|attended|completed|started)|never|no show|referred|will start|scheduled|recommend\w*)\b/i;

/**
 * "A trial of psychotherapy without improvement", "failure of three months of physical therapy": a note that tells of the
 * treatment, for as long as is asked, and beside it how it ended. `null`: of no such kind, or several that must all be.
 */
export function judgeCare(text: string, chart: Chart): Verdict | null {
  if (!asksFailure.test(text) || text.split(/\s+/).length > 30) return null;
  if (
    /\b(?:not|unless|except|contraindicat\w*|surgery)\b/i.test(
      text.replace(/\bdid not\b|\bnot (?:respond|improve)\w*/gi, ""),
    )
  )
    return null;
  const asked = kinds.filter((one) => one.asked.test(text));
  const whole = conservative.asked.test(text);
  if (asked.length === 0 && !whole) return null;
  if (several.test(text)) return null;
  // Several treatments joined by "and" are several trials; "such as" and "or" let one of them do.
  if (asked.length > 1 && /\band\b/i.test(text) && !/\bor\b/i.test(text)) return null;
  const ways = asked.length > 0 ? asked : [conservative];
  const looked = windowIn(text);
  const least = durationsIn(looked ? text.replace(looked.words, "") : text)[0]?.days ?? 0;
  const { readings } = readingsOf(chart);
  const told = readings.flatMap((reading, at) => {
    const way = ways.find((one) => one.told.test(reading.sentence.text));
    if (!way || !isTold(reading, chart)) return [];
    const near = nearby(readings, at);
    if (looked && !isRecent([reading, ...near], looked.days, chart)) return [];
    return [{ reading, days: lengthOf([reading, ...near]), end: endOf(way.told, reading, near) }];
  });
  const long = told.filter(({ days }) => least === 0 || (days ?? -1) >= least * 0.97);
  const proven = long.filter(({ end }) => end !== null);
  const show = (list: typeof told) =>
    list
      .slice(0, 3)
      .flatMap(({ reading, end }) =>
        [...new Set([reading, ...(end ? [end] : [])])].map(({ sentence }) =>
          passage([spanOfSentence(sentence)], "the treatment, its length and how it ended"),
        ),
      );
  return proven.length > 0 ? met(show(proven)) : told.length > 0 ? unknown(show(told)) : null;
}

function isTold({ sentence }: Reading, chart: Chart): boolean {
  return (
    isPlainStatement(sentence.text, sentence.section, false) &&
    !barred.test(sentence.text) &&
    !/\bINR\b|prothrombin|,\s*PT\b/i.test(sentence.text) &&
    (sentence.on ?? "") <= chart.asOf &&
    /\d|\b(?:completed|attended|weekly|sessions?|visits?|tried|underwent|received|failed)\b/i.test(
      sentence.text,
    )
  );
}

const otherCare =
  /\b\d+\s?(?:mg|mcg|units)\b|\b(?:injections?|surgery|acupuncture|chiropractic\w*|massage|brac(?:e|ing)|TENS|medications?|opioids?|NSAIDs?|stretch\w*|therapy)\b/i;

/** The sentences of the same paper right after, while they speak of no other treatment. */
function nearby(readings: readonly Reading[], at: number): Reading[] {
  const { document, page } = readings[at]!.sentence;
  const near: Reading[] = [];
  for (let next = at + 1; next <= at + 5; next++) {
    const one = readings[next];
    if (!one || one.sentence.document !== document || one.sentence.page !== page) break;
    if (otherCare.test(one.sentence.text) || one.terms.some(({ key }) => key.startsWith("d:"))) break;
    near.push(one);
  }
  return near;
}

/** Its last day lies in the look-back that the criterion sets. */
function isRecent(readings: readonly Reading[], days: number, chart: Chart): boolean {
  const last = readings
    .flatMap(({ sentence }) => datesIn(sentence.text).map(({ latest }) => latest))
    .filter((day) => day <= chart.requestedOn)
    .sort()
    .at(-1);
  const day = last ?? readings[0]!.sentence.on;
  return !!day && daysBetween(day, chart.requestedOn) <= days;
}

function endOf(told: RegExp, reading: Reading, near: readonly Reading[]): Reading | null {
  const from = reading.sentence.text.search(told);
  if (ended(reading.sentence.text, from)) return reading;
  if (better.test(unlessDenied(reading.sentence.text))) return null;
  return near.find(({ sentence }) => ended(sentence.text, 0)) ?? null;
}

const better =
  /\bimprov(?:ed|ing)\b|\bgood (?:relief|response|benefit)\b|\bresolved\b|\bhelp(?:ed|s|ful)\b|\bwith (?:\w+ )?(?:benefit|improvement)\b/i;
const unlessDenied = (text: string): string =>
  text.replace(
    /\b(?:not|no|never|without|hardly)\s+(?:\w+\s+)?(?:improved?|improving|help(?:ed|s|ful)?|resolved?)\b|\bdid not (?:improve|help)\b/gi,
    "",
  );

/** The failure stands after the treatment's name, and nothing in the sentence says that it helped. */
function ended(text: string, from: number): boolean {
  if (better.test(unlessDenied(text))) return false;
  const rest = text.slice(Math.max(0, from - 25));
  if (failed.test(rest)) return true;
  const short = passing.exec(rest);
  const days = short && durationsIn((short[1] ?? short[2])!)[0]?.days;
  return !!days && days <= 62;
}

/** Days between the first and the last date of the sentence, or of the dates of care that follow it; or the length it names. */
function lengthOf(readings: readonly Reading[]): number | null {
  const [own, ...after] = readings.map(({ sentence }) => sentence.text);
  for (const text of [
    own!,
    ...after.filter((one) => /\bdates? of (?:care|service|treatment)\b/i.test(one)),
  ]) {
    const spans = [...text.matchAll(/(?:\b(?:to|through|until)\s+|\s*[–-]\s*)(?=\d|[A-Z][a-z]{2})/g)];
    const dates = datesIn(text);
    for (const { index } of spans) {
      const first = dates.filter(({ end }) => end <= index + 1).at(-1);
      const last = dates.find(({ start }) => start >= index);
      if (first && last && last.start - first.end < 12) return daysBetween(first.latest, last.earliest);
    }
  }
  const named = durationsIn(own!.replace(passing, "")).map(({ days }) => days);
  return named.length > 0 ? Math.min(...named) : null;
}
