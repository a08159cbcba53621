import { daysBetween, type PlainDate } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { datesIn } from "./text-dates.ts";

/** Events whose days papers give under names of their own, and how criteria and papers call them. */
const events: { asked: RegExp; told: RegExp }[] = [
  {
    asked: /\bface[- ]to[- ]face\b/i,
    told: /\bface[- ]to[- ]face\b(?:\s+(?:encounter|examination|exam|evaluation|visit|assessment))?/i,
  },
  { asked: /\bstart of (?:(?:home health|HH|home) )?care\b|\bSOC\b/i, told: /\b(?:start of care|SOC)\b/i },
  {
    asked: /\b(?:written |physician(?:'s)? |prescription )?order\b|\bprescription\b/i,
    told: /\b(?:date of order|order date|date ordered|written order|prescription date|date of prescription|order written)\b/i,
  },
  {
    asked: /\b(?:initial )?evaluation\b/i,
    told: /\b(?:initial (?:evaluation|eval|visit)|date of (?:initial )?evaluation|evaluation date)\b/i,
  },
  {
    asked: /\bplan of care\b.*\b(?:sign|certif)\w*|\b(?:sign|certif)\w*\b.*\bplan of care\b/i,
    told: /\b(?:signed|certified)\b[^.;]{0,70}?(?=\s*(?:on|:)?\s*\d)/i,
  },
  { asked: /\bdischarged?\b/i, told: /\b(?:discharged?|date of discharge|discharge date)\b/i },
  { asked: /\badmi(?:ssion|tted)\b/i, told: /\b(?:admitted|admission(?: date)?|date of admission)\b/i },
  {
    asked: /\b(?:surgery|operation|procedure)\b/i,
    told: /\b(?:date of (?:surgery|operation|procedure)|surgery date|underwent|s\/p|status post|DOS)\b/i,
  },
  { asked: /\binjury\b/i, told: /\b(?:date of injury|DOI|injured(?: on)?)\b/i },
  {
    asked: /\bsleep (?:study|test)\b|\bpolysomnogra\w+/i,
    told: /\b(?:sleep study|polysomnogra\w+|PSG|HSAT)\b/i,
  },
];

const length = "((?:\\d+|[a-z]+)(?:\\s*\\(\\d+\\))?[\\s-]*(?:calendar\\s+)?(?:days?|weeks?|months?))";
const asks = new RegExp(
  `^(.{6,120}?)\\b(?:within|no more than|not more than|in the)\\s+(?:the\\s+)?${length}\\s+(before|prior(?: to)?|preceding|after|following|of|from)(?:\\s+or\\s+(?:within\\s+)?${length}\\s+(after|following|before|prior to))?\\s+(?:the\\s+)?(.{4,60}?)\\W*$`,
  "i",
);

/**
 * "A face-to-face examination within 45 days before the written order": the days of both as the papers name them. `null`:
 * of no such kind, or one of the days is not given.
 */
export function judgeInterval(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text);
  if (!found) return null;
  const [, head, first, way, second, otherWay, anchor] = found;
  const event = events.find(({ asked }) => asked.test(head!));
  const to = events.find(({ asked }) => asked.test(anchor!));
  if (!event || !to || event === to) return null;
  const most = daysIn(first!);
  if (most === null) return null;
  const limits = limitsOf(way!, most, second ? daysIn(second) : null, otherWay);
  const counted = toldGaps(event.told, to.asked, chart);
  if (counted.length > 0) {
    const evidence = counted
      .slice(0, 2)
      .map(({ sentence }) => passage([spanOfSentence(sentence)], "counts the days between"));
    const kept = counted.every(({ gap }) => gap <= limits.before && -gap <= limits.after);
    return kept && !extra(head!, event.asked) ? met(evidence) : unknown(evidence);
  }
  const froms = told(event.told, chart);
  const anchors = told(to.told, chart);
  if (froms.length === 0 || new Set(anchors.map(({ day }) => day)).size !== 1) return null;
  const anchorDay = anchors[0]!.day;
  const gaps = froms.map((one) => ({ ...one, gap: daysBetween(one.day, anchorDay) }));
  const inside = gaps.filter(({ gap }) => gap <= limits.before && -gap <= limits.after);
  const show = (list: typeof gaps) =>
    [...list.slice(0, 2), ...anchors.slice(0, 1)].map(({ sentence, day }) =>
      passage([spanOfSentence(sentence)], `on ${day}`),
    );
  if (inside.length > 0) return extra(head!, event.asked) ? unknown(show(inside)) : met(show(inside));
  return new Set(gaps.map(({ day }) => day)).size === 1 ? notMet(show(gaps)) : unknown(show(gaps));
}

const apart =
  /\b((?:\d+|[a-z]+)\s+(?:days?|weeks?|months?))\s+(before|prior to|after|following)\s+(?:the\s+)?(.{4,40})/i;

/** "The face-to-face visit was 12 days prior to the start of care": days from the event to the other; negative after it. */
function toldGaps(name: RegExp, anchor: RegExp, chart: Chart): { sentence: Sentence; gap: number }[] {
  return chart.index.sentences.flatMap(({ sentence }) => {
    const found = name.test(sentence.text) ? apart.exec(sentence.text) : null;
    if (!found || !anchor.test(found[3]!) || !isPlainStatement(sentence.text, sentence.section, false))
      return [];
    const days = durationsIn(found[1]!)[0]?.days;
    return days === undefined
      ? []
      : [{ sentence, gap: /^(?:after|following)/i.test(found[2]!) ? -days : days }];
  });
}

const daysIn = (words: string): number | null =>
  durationsIn(words.replace(/\(\d+\)|calendar/g, ""))[0]?.days ?? null;

/** Days that the event may lie before and after the other. "Within 30 days of" is either side. */
function limitsOf(way: string, most: number, second: number | null, otherWay: string | undefined) {
  const isBefore = /^(?:before|prior|preceding)/i.test(way);
  const isAfter = /^(?:after|following)/i.test(way);
  const before = isAfter ? (/^(?:before|prior)/i.test(otherWay ?? "") ? (second ?? 0) : 0) : most;
  const after = isBefore ? (/^(?:after|following)/i.test(otherWay ?? "") ? (second ?? 0) : 0) : most;
  return { before, after };
}

/** The criterion says more of the event than that it took place: who, with what result. */
function extra(head: string, asked: RegExp): boolean {
  const rest = head
    .replace(asked, " ")
    .replace(
      /\b(?:an?|the|has|have|had|been|was|is|must|be|occurred?|occurs?|took place|takes place|performed|completed|conducted|documented|obtained|done|by|member|patient|individual|beneficiary|examination|exam|encounter|evaluation|visit|assessment|with|treating|ordering|prescribing|referring|certifying|practitioner|physician|provider|signed|certified|plan of care|in person|that|mobility|medical|comprehensive)\b|[^a-z]+/gi,
      "",
    );
  return rest.length > 6;
}

/** Each day that stands right after the event's name, or heads the paper that bears the name. */
function told(name: RegExp, chart: Chart): { sentence: Sentence; day: PlainDate }[] {
  const found: { sentence: Sentence; day: PlainDate }[] = [];
  for (const { sentence } of chart.index.sentences) {
    const place = name.exec(sentence.text);
    if (!place || /\b(?:will|scheduled|planned|pending|due|not|needs?)\b/i.test(sentence.text)) continue;
    const end = place.index + place[0].length;
    const beside = datesIn(sentence.text).find(({ start }) => start >= end && start - end <= 24);
    const titled = sentence.index < 4 && sentence.text.length < 90;
    const day =
      beside?.latest ?? (titled && datesIn(sentence.text).length === 0 ? dayBelow(sentence, chart) : null);
    if (day && day <= chart.asOf) found.push({ sentence, day });
  }
  return found;
}

/** The date of the paper whose title it is. */
function dayBelow(title: Sentence, chart: Chart): PlainDate | null {
  const days = chart.index.sentences
    .filter(({ sentence }) => sentence.document === title.document && sentence.page === title.page)
    .slice(0, 8)
    .flatMap(({ sentence }) =>
      /^\W*(?:date|visit date|dos|date of (?:visit|service|exam\w*))\b/i.test(sentence.text)
        ? datesIn(sentence.text)
        : [],
    );
  return days[0]?.latest ?? (title.on as PlainDate | null);
}
