import { numberOf, numberPattern } from "#base";
import type { Test } from "./types.ts";

const unitPattern =
  "%|percent|mg/dL|g/dL|g/L|ng/mL|ng/dL|pg/mL|mcg/mL|µg/mL|µg/g|mmol/L|µmol/L|mEq/L|U/L|IU/mL|IU/L|copies/mL|mL/min(?:/1\\.73\\s?m2?²?)?|cells/(?:µL|mcL|uL|mm3|mm³)|/µL|mm ?Hg|kg/m²|kg/m2|kg|lb|cm|mm|m/s|mL/beat|mL|dB|msec|ms|bpm|degrees|events per hour|events|Wood units|points?";

const DAYS: Record<string, number> = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 };
const span = new RegExp(
  `\\b(?<n>${numberPattern})(?:\\s*\\(\\d+\\))?[\\s-]+(?:consecutive\\s+|calendar\\s+)?(?<unit>hour|day|week|month|year)s?\\b`,
  "gi",
);

/** Stretches of time in days with their place; a month is 30 days, a year 365. */
export function spansOfTime(text: string): { days: number; at: number; end: number; unit: string }[] {
  return [...text.matchAll(span)].map((found) => ({
    days: Math.round((numberOf(found.groups!["n"]!) ?? 0) * DAYS[found.groups!["unit"]!.toLowerCase()]!),
    at: found.index,
    end: found.index + found[0].length,
    unit: found.groups!["unit"]!.toLowerCase(),
  }));
}

const backward =
  /\b(?:within|in|during|over|from|covering)\s+(?:the\s+)?(?:past|last|previous|prior|preceding|most recent)?\s*$|\b(?:past|last|previous|preceding|prior)\s*$/i;

/** How old evidence may be ("within the past 6 months"), and how long something must last ("for at least 12 weeks"). */
export function timesOf(text: string): Pick<Test, "maxAgeDays" | "minDays"> {
  const times: Pick<Test, "maxAgeDays" | "minDays"> = {};
  for (const { days, at, end } of spansOfTime(text)) {
    const before = text.slice(0, at);
    const after = text.slice(end);
    if (
      /^\s*(?:of age|old|and older|or older|or younger)\b/i.test(after) ||
      /\baged?\s*(?:of\s*)?(?:[≥<>≤]\s*)?(?:at least\s*)?(?:between\s*)?$/i.test(before)
    )
      continue;
    if (/\b(?:every|per|each)\s*$/i.test(before)) continue;
    if (backward.test(before) || /^\s*(?:before|prior to|preceding|of the request)\b/i.test(after))
      times.maxAgeDays ??= days;
    else if (/\b(?:less than|fewer than|<|up to|no more than)\s*$/i.test(before)) continue;
    else times.minDays ??= days;
  }
  return times;
}

type Comparison = Pick<Test, "cmp" | "value" | "low" | "high" | "unit">;
const unitAfter = new RegExp(`^\\s*-?(${unitPattern})(?![a-z])`, "i");

/** The comparison in a text: "≥ 18", "45% or greater", "from 5 to 14", "less than 70 mm". Durations are left out. */
export function comparisonIn(text: string, from = 0): Comparison | null {
  const rest = text.slice(from);
  const pair = new RegExp(
    `(?:between|from|of|range)?\\s*(?<low>\\d+(?:\\.\\d+)?)\\s*(?<u1>${unitPattern})?\\s*(?:to|–|-|and|through)\\s*(?<high>\\d+(?:\\.\\d+)?)(?!\\d*\\s*(?:hours?|days?|weeks?|months?)\\b)`,
    "i",
  ).exec(rest);
  if (pair && !/[/\d]$/.test(rest.slice(0, pair.index + pair[0].search(/\d/)))) {
    const unit = unitAfter.exec(rest.slice(pair.index + pair[0].length))?.[1] ?? pair.groups!["u1"];
    return {
      cmp: "between",
      low: Number(pair.groups!["low"]),
      high: Number(pair.groups!["high"]),
      ...(unit ? { unit } : {}),
    };
  }
  for (const found of rest.matchAll(
    /(?<before>[^\d;]{0,40}?)(?<![\d.A-Za-z-])(?<n>\d+(?:,\d{3})*(?:\.\d+)?)/g,
  )) {
    const after = rest.slice(found.index + found[0].length);
    if (
      /^[\s-]*(?:consecutive\s+)?(?:hour|day|week|month)s?\b/i.test(after) ||
      /^\s*(?:\)|of the following)/.test(after)
    )
      continue;
    const unit = unitAfter.exec(after)?.[1];
    const cmp = sign(
      rest.slice(0, found.index + found[0].length - found.groups!["n"]!.length),
      unit ? after.replace(unitAfter, "") : after,
    );
    if (cmp) return { cmp, value: Number(found.groups!["n"]!.replace(/,/g, "")), ...(unit ? { unit } : {}) };
  }
  return null;
}

function sign(before: string, after: string): Test["cmp"] | null {
  const tail =
    /^\s*(?:[\w²/.]+(?:\s+per\s+\w+)?\s+){0,4}?(?:or|and)\s+(greater|more|higher|above|older|longer|less|fewer|lower|below|younger|under)\b/i
      .exec(after)?.[1]
      ?.toLowerCase();
  if (tail) return /less|fewer|lower|below|younger|under/.test(tail) ? "<=" : ">=";
  if (
    /(?:≥|>=|=>|\bat least|\bminimum of|\bno (?:less|lower|fewer) than|\bgreater than or equal to|\bequal to or (?:greater|more) than|\bmore than or equal to|\bat or above)\s*(?:a\s+)?$/i.test(
      before,
    )
  )
    return ">=";
  if (
    /(?:≤|<=|\bat most|\bmaximum of|\bno (?:more|greater|higher|later) than|\bless than or equal to|\bequal to or less than|\bup to|\bdoes not exceed|\bnot exceed(?:ing)?|\bat or below)\s*(?:a\s+)?$/i.test(
      before,
    )
  )
    return "<=";
  if (
    /(?:>|\bgreater than|\bmore than|\babove|\bover|\bexceed(?:s|ing)?|\bhigher than|\bolder than)\s*$/i.test(
      before,
    )
  )
    return ">";
  if (/(?:<|\bless than|\bbelow|\bunder|\bfewer than|\blower than|\byounger than)\s*$/i.test(before))
    return "<";
  return null;
}

/** How many things are asked ("two preferred products", "failure of 2 DMARDs"); time and dose are no things. */
export function countIn(text: string): number | null {
  const found = new RegExp(
    `\\b(?<n>one|two|three|four|five|six|\\d)\\b(?:\\s*\\(\\d\\))?(?!\\s*(?:%|mg|mcg|mL|kg|cm|mm|${"hour|day|week|month|year"})s?\\b|[-.\\d/])(?!-)`,
    "gi",
  );
  for (const match of text.matchAll(found)) {
    if (
      /\b(?:step|type|level|stage|grade|class|day|table|section|age|tier|phase|≥|>|<|≤|\d\.|CYP|IL-|GLP-)\s*$/i.test(
        text.slice(0, match.index),
      )
    )
      continue;
    return numberOf(match.groups!["n"]!);
  }
  return null;
}
