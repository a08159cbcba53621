import { daysBetween } from "#base";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, type Verdict } from "./evaluate/verdict.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { datesIn } from "./text-dates.ts";

const counts: Record<string, number> = {
  no: 0,
  zero: 0,
  one: 1,
  a: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  "1st": 1,
  first: 1,
  "2nd": 2,
  second: 2,
  "3rd": 3,
  third: 3,
  "4th": 4,
  fourth: 4,
};
const number = "(\\d{1,2}|no|zero|one|a single|two|three|four|five|six)";
const events =
  "(relapse|exacerbation|attack|flare|flare-up|hospitali[sz]ation|admission|seizure|infection|episode|crisis|crise|fracture|fall)";
const asked = new RegExp(
  `\\b(?:at least\\s+)?${number}\\s+(?:or more\\s+)?(?:documented\\s+|clinical\\s+|severe\\s+|moderate\\s+)?(?:(?!severe|moderate|serious)[a-z-]+\\s+){0,2}?${events}s?\\b(?:\\s+\\w+){0,4}?\\s+(?:in|within|during|over)\\s+(?:the\\s+)?(?:past|last|previous|prior)\\s+((?:\\w+\\s+)?(?:months?|year))\\b`,
  "i",
);

/** Names of one event that notes exchange freely. */
const alike = [
  ["exacerbation", "flare", "flare-up", "attack"],
  ["relapse", "attack"],
  ["hospitalization", "hospitalisation", "admission"],
];

const valueOfCount = (word: string): number =>
  counts[word.toLowerCase().replace(/^a single$/, "one")] ?? Number(word);

/**
 * "Two or more relapses in the past 12 months": what the notes themselves count in that time. A count of one author
 * against another's is shown as a conflict; a count that is too low fails a criterion that asks for nothing instead.
 * `null`: not of this kind, or nobody counts.
 */
export function judgeCount(text: string, chart: Chart): Verdict | null {
  const found = asked.exec(text);
  if (!found || !/\bor more\b|\bat least\b|≥/i.test(found[0])) return null;
  const needed = valueOfCount(found[1]!);
  const window = /year/i.test(found[3]!) ? 365 : (durationsIn(found[3]!)[0]?.days ?? 0);
  if (!Number.isFinite(needed) || window < 28) return null;
  const stated = statedCounts(found[2]!.toLowerCase(), window, chart);
  const say = (list: typeof stated) =>
    list.slice(0, 3).map(({ sentence, n }) => passage([spanOfSentence(sentence)], `counts ${n}`));
  // "Requiring systemic corticosteroids" must be said of those that are counted.
  const steroids = /\brequir\w+\b[^.;]{0,40}\b(?:corticosteroids?|steroids?)\b/i.test(text);
  const enough = stated.filter(
    ({ n, sentence }) =>
      n >= needed &&
      (!steroids ||
        /\b(?:predniso\w+|steroids?|corticosteroids?|methylprednisolone|dexamethasone|medrol)\b/i.test(
          sentence.text,
        )),
  );
  // "One exacerbation needing a hospital" does not count those that needed none.
  const fewer = stated.filter(({ n, some }) => n < needed && !some);
  if (enough.length > 0 && fewer.length > 0)
    return { status: "conflicting", for: say(enough), against: say(fewer), candidates: [] };
  const rest = text.replace(found[0], "");
  if (fewer.length > 0 && !/\bor\b/i.test(rest)) return notMet(say(fewer));
  const alone = rest.replace(
    /\b(?:the|member|patient|has|have|had|a|history|of|documented|at|least|in|past)\b|[^a-z]+/gi,
    "",
  );
  return enough.length > 0 && alone.length === 0 ? met(say(enough)) : null;
}

/** Counts of the event in that time, as sentences of the record state them within the time. */
function statedCounts(
  event: string,
  window: number,
  chart: Chart,
): { sentence: Sentence; n: number; some: boolean }[] {
  const named = `(?:${alike.find((row) => row.includes(event))?.join("|") ?? event})`;
  const months = Math.round(window / 30.4);
  const span = window >= 360 && window <= 366 ? "(?:12 months|twelve months|12 mo|year)" : `${months} months`;
  const past = `(?:(?:in|within|during|over)\\s+)?(?:the\\s+)?(?:past|last|previous|this)\\s+${span}`;
  const ways = [
    new RegExp(`\\b${event}s?\\s+${past}\\s*(?:[:=]|is|was|were)?\\s*${number}\\b`, "i"),
    new RegExp(`\\b${number}\\s+(?:\\w+\\s+)?${event}s?\\s+${past}`, "i"),
    new RegExp(`\\b${number}\\s+(?:\\w+\\s+)?${event}s?(?:\\s+[a-z-]+){1,5}?\\s+${past}`, "i"),
    new RegExp(
      `${past}[^.;\\d]{0,30}?\\b(?:had|has had|with|suffered|needed|required|experienced)\\s+${number}\\s+(?:\\w+\\s+)?${named}s?\\b`,
      "i",
    ),
    new RegExp(`\\b(1st|2nd|3rd|4th|first|second|third|fourth)\\s+(?:\\w+\\s+)?${event}\\s+${past}`, "i"),
  ];
  return chart.index.sentences.flatMap(({ sentence }, at) => {
    // The date of the note, not one that the sentence itself names ("one, in March").
    const before = chart.index.sentences[at - 1]?.sentence;
    const own = datesIn(sentence.text).length > 0 && before?.document === sentence.document;
    const on = own ? before.on : sentence.on;
    if (on === null) return [];
    const since = daysBetween(on, chart.requestedOn);
    if (since < 0 || since > window / 2) return [];
    if (
      /\b(?:pt|patient|member|mother|father) (?:reports|states|says|thinks)\b|\?\s*$|\bif\b/i.test(
        sentence.text,
      )
    )
      return [];
    const which = ways.findIndex((way) => way.test(sentence.text));
    const said = ways[which]?.exec(sentence.text)?.[1];
    const n = said === undefined ? Number.NaN : valueOfCount(said);
    return Number.isFinite(n) ? [{ sentence, n, some: which === 2 || which === 3 }] : [];
  });
}
