import type { PlainDate } from "#base";
import type { Fact } from "#record";
import type { Chart } from "./chart.ts";
import { type Term, termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import type { Sentence } from "./sentences.ts";
import { spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";
import { plainUnit } from "./thresholds.ts";
import { stem } from "./words.ts";

const value =
  /(?:([<>≤≥~]|over|under|about)\s*)?(\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?))?\s*(%|percent|mm\s?Hg|mmHg|mm|cm2|cm²|sq cm|cm|m\/s|ms|msec|kg\/m2|kg\/m²|kg|lbs?|mg\/dL|g\/dL|ng\/mL|pg\/mL|mL\/min|points?)?/gi;
const before =
  /\b(?:prior|previous(?:ly)?|baseline|was|initial(?:ly)?|earlier|formerly|goal|target|at presentation)\b[^,;.]{0,25}$/i;
const criterial =
  /\b(?:or (?:less|more|greater|higher|lower)|at least|no more than|not more than|indication|indicated for|criteria|requires?|must)\b|[≤≥]/i;

/** Words that a laboratory's name for a value can have or leave out. */
const form = new Set(
  [
    "serum",
    "plasma",
    "blood",
    "level",
    "value",
    "concentration",
    "measurement",
    "result",
    "score",
    "total",
    "count",
  ].map(stem),
);

/**
 * Values of a named thing as the notes write them ("Mean transmitral gradient 3 mmHg"), as observations. Values that a
 * sentence calls earlier, aimed at, or a condition are left out.
 */
export function valuesInText(name: string, unit: string | undefined, chart: Chart): Fact[] {
  const wanted = termsOf(name, chart.strict).filter((term) => term.content && !form.has(term.key));
  if (wanted.length === 0) return [];
  const { readings, byKey } = readingsOf(chart);
  const rarest = wanted.map(({ key }) => byKey.get(key) ?? []).sort((a, b) => a.length - b.length)[0]!;
  return rarest.flatMap((at) => {
    const { sentence, terms } = readings[at]!;
    const place = placeOf(wanted, terms);
    if (
      place === null ||
      criterial.test(sentence.text) ||
      !isPlainStatement(sentence.text, sentence.section, false)
    )
      return [];
    const found = valueAfter(sentence.text, place.end, unit) ?? valueBefore(sentence.text, place.start, unit);
    return found ? [factOf(sentence, name, at, found)] : [];
  });
}

/** Where the name stands, its words close together; `null` when they do not. */
function placeOf(wanted: readonly Term[], terms: readonly Term[]): { start: number; end: number } | null {
  const hits = wanted.map(({ key }) => terms.find((term) => term.key === key));
  if (hits.some((hit) => !hit)) return null;
  const starts = hits.map((hit) => hit!.start);
  const ends = hits.map((hit) => hit!.end);
  const place = { start: Math.min(...starts), end: Math.max(...ends) };
  return place.end - place.start > 70 ? null : place;
}

type Found = { low: number; high: number; unit?: string };

function valueAfter(text: string, from: number, unit: string | undefined): Found | null {
  if (before.test(text.slice(Math.max(0, from - 60), from))) return null;
  value.lastIndex = from;
  for (let match = value.exec(text); match; match = value.exec(text)) {
    if (match.index - from > 45 || /[.;]\s/.test(text.slice(from, match.index))) return null;
    if (
      /[/\d.]$/.test(text.slice(0, match.index)) ||
      /^[/]\d/.test(text.slice(match.index + match[0].length))
    )
      continue;
    const its = match[4] ? plainUnit(match[4].replace("sq cm", "cm2")) : undefined;
    if (unit && !its) continue;
    if (match[1] && /[<>]|over|under/i.test(match[1])) return null;
    const low = Number(match[2]);
    return { low, high: match[3] ? Number(match[3]) : low, ...(its ? { unit: its } : {}) };
  }
  return null;
}

/** "5 mm of translation": the amount with its unit right before the name. */
function valueBefore(text: string, to: number, unit: string | undefined): Found | null {
  const ahead = text.slice(Math.max(0, to - 50), to);
  const last = [...ahead.matchAll(value)].at(-1);
  if (!unit || !last?.[4] || !/^\s*(?:of\s+)?(?:[a-z]+\s+)?$/i.test(ahead.slice(last.index + last[0].length)))
    return null;
  if (before.test(ahead.slice(0, last.index)) || (last[1] && /[<>]|over|under/i.test(last[1]))) return null;
  if (/[/\d.]$/.test(ahead.slice(0, last.index))) return null;
  const low = Number(last[2]);
  return { low, high: last[3] ? Number(last[3]) : low, unit: plainUnit(last[4].replace("sq cm", "cm2")) };
}

function factOf(sentence: Sentence, name: string, at: number, found: Found): Fact {
  const day: PlainDate | null = sentence.on;
  return {
    id: `text-${at}`,
    type: "observation",
    concept: name,
    codes: [],
    text: sentence.text,
    assertion: "present",
    value: found,
    when: { earliest: day, latest: day },
    from: [spanOfSentence(sentence)],
  };
}
