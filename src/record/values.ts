import type { ClinicalConcept } from "#knowledge";
import { impliedUnit, isPlausible, unitAt } from "./units.ts";

/** A value read from a text: `[start, end)` is where it stands there. */
export type Value = {
  low?: number;
  high?: number;
  unit?: string;
  text?: string;
  start: number;
  end: number;
  /** It was measured before the value beside it. */
  older?: true;
};

const number = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?|\\.\\d+";
const scaled = `(?:${number})(?:\\s*(?:million|thousand))?`;
const comparator =
  "(?<sign><=|>=|≤|≥|<|>|less than(?: or equal to)?|greater than(?: or equal to)?|more than|at least|over|under|above|below|up to|approximately|about|around|~|≈|approx\\.?)?";
const quantity = new RegExp(
  `^${comparator}\\s*(?<minus>[-−])?(?<first>${scaled})(?<unit1>\\s?%|\\s?mm\\b|\\s?cm\\b)?(?:\\s*(?:-|–|—|to|and(?=[^,.;]{0,12}(?:%|range)))\\s*(?<second>${scaled})(?!\\s*[-/]\\d))?(?<decade>'?s\\b)?`,
  "i",
);

/** What may stand between a name and its number. */
const link =
  /^(?:\s+|[:=,~≈()[\]–—-]|->|→|\b(?:level|levels|score|scores|value|values|reading|readings|count|today|currently|current|now|again|test|result|results|class|grade|stage|index|rate|dimension|diameter|which|that|it|this|morning|evening|time|recent|most|last|latest|previous|previously|prior|initial|repeat|baseline|known|total|usually|normally|was|is|were|are|be|been|has|had|have|of|at|as|in|the|a|an|to|by|on|for|with|from|between|about|approximately|approx|around|roughly|only|just|still|also|significantly|slightly|mildly|moderately|markedly|severely|elevated|low|high|normal|abnormal|decreased|increased|reduced|depressed|improved|down|up|fell|rose|stable|estimated|est|measured|calculated|noted|found|reported|recorded|drawn|assessed|checked|obtained|ranging|range|ranges|ranged|her|his|patient|patient's|is now|came|back|visually|overall|mean|average|peak|max|maximum|biplane|biplane method|method|echo|echocardiogram|2D|TTE|cath|MUGA|visual|estimation|estimate|Simpson's|Simpson|fasting|random|resting|rested|sitting|standing|supine|seated|supine position|automated|manual|right|left|arm|quantitative|showed|shows|revealed|reveals|equals|equal|remains|remained|running|runs|admission|discharge|arrival|presentation|room air|end|month|week|year|ago|post|pre|BD|bronchodilator|January|February|March|April|May|June|July|August|September|October|November|December|across|valve|aortic|mitral|MD|whole|blood|serum|plasma|absolute|abs|auto|free|direct|calc|PISA|via|and|gradient|functional|NYHA|scale|out|lumbar|spine|femoral|neck|hip|forearm|radius|L1-L4|L1-4|improved|worsened|rising|falling|went|dropped|increased|came back|documented|remained|titer|quant(?:itative)?|log)\b|\(?\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\)?(?=\s*[:,)]|\s+(?:was|is|of|at)))/i;

/** The value after a name. `rest` begins where the name ends and holds at most its sentence. */
export function valueAfter(rest: string, concept: ClinicalConcept): Value | null {
  let at = 0;
  for (let steps = 0; steps < 24; steps++) {
    const value =
      /^[\d.<>≤≥~≈−-]|^(?:less|greater|more|at least|over|under|above|below|up to|approx|about|around)/i.test(
        rest.slice(at),
      )
        ? quantityAt(rest, at, concept)
        : null;
    if (value) return value;
    const skip = link.exec(rest.slice(at));
    if (!skip || skip[0] === "") return valueWithUnit(rest, at, concept);
    at += skip[0].length;
    if (at > 110) return null;
  }
  return null;
}

/** Behind words we do not know a number counts only when it carries a unit of the concept, soon and in the same clause. */
function valueWithUnit(rest: string, from: number, concept: ClinicalConcept): Value | null {
  if (concept.units.length === 0 || concept.kind === "ordinal") return null;
  const clause = /^[^;]*?(?=;|\.\s|$)/.exec(rest.slice(from, from + 70))![0];
  if (/\b(?:if|goal|target|normal range|hold for)\b/i.test(clause)) return null;
  for (const match of clause.matchAll(/(?<![\d/.,-])(?:[<>]\s*)?\d+(?:\.\d+)?/g)) {
    const value = quantityAt(rest, from + match.index, concept);
    if (value?.unit !== undefined && concept.units.includes(value.unit) && carriesUnit(rest, value))
      return value;
    if (clause.slice(0, match.index).split(/\s+/).length > 9) return null;
  }
  return null;
}

const carriesUnit = (rest: string, value: Value) => /[%a-zA-Z]\s*$/.test(rest.slice(value.start, value.end));

/** A number, range or bound with its unit at a place of a text, when the concept can have it. */
export function quantityAt(text: string, at: number, concept: ClinicalConcept): Value | null {
  const match = quantity.exec(text.slice(at, at + 60));
  if (!match) return null;
  const groups = match.groups!;
  let end = at + match[0].length;
  if (groups["decade"]?.endsWith("s") && /^s\b/.test(groups["decade"]) && groups["first"]!.length > 3)
    return null;
  if (/^\/\d/.test(text.slice(end)) && isDateLike(text.slice(at, at + 12))) return null;
  const negative = groups["minus"] && (concept.range?.[0] ?? 0) < 0 ? -1 : 1;
  if (/^[-−]\d/.test(text.slice(at)) && negative > 0) return null;
  const outOf = /^\s*(?:\/|out of)\s*(\d+)\b(?!\/)/.exec(text.slice(end));
  if (outOf && !isScale(concept, Number(outOf[1]))) return null;
  if (outOf) end += outOf[0].length;
  const found = unitAt(text.slice(end));
  const own = groups["unit1"]?.trim() ?? (found && isUnitOf(found.unit, concept) ? found.unit : undefined);
  if (
    own === undefined &&
    found &&
    !/^\s*(?:in|m|s|h|g|U)$/.test(text.slice(end, end + found.length)) &&
    isOtherUnit(found.unit, concept)
  )
    return null;
  if (found && own === found.unit) end += found.length;
  if (own === undefined && isTimespan(text, at, end, concept)) return null;
  const first = amount(groups["first"]!) * negative;
  const second = groups["second"] === undefined ? undefined : amount(groups["second"]) * negative;
  const unit = spelt(own, concept) ?? impliedUnit(first, concept);
  if (!isPlausible(first, own === undefined ? undefined : spelt(own, concept), concept)) return null;
  if (second !== undefined && !isPlausible(second, unit, concept)) return null;
  const rises = /^up to/i.test(groups["sign"] ?? "") && isChange(text, at, end);
  const bounds = boundsOf(rises ? undefined : groups["sign"], first, second, groups["decade"]);
  if (!bounds) return null;
  const written = text.slice(at, end).trim();
  return {
    ...bounds,
    ...(unit === undefined ? {} : { unit }),
    ...(bounds.low === bounds.high || rises ? {} : { text: written }),
    start: at,
    end,
  };
}

/** "Is up to 9.2 % from 7.8 %": a change, not a bound. */
const isChange = (text: string, at: number, end: number) =>
  /\b(?:is|was|went|came|now|back|and|has gone|gone|crept|trended)\s*$/i.test(text.slice(0, at)) ||
  /^\s*,?\s*\(?from\b/i.test(text.slice(end));

/** "Repeat A1c in 6 months": the number counts time. */
const isTimespan = (text: string, at: number, end: number, concept: ClinicalConcept) =>
  /^\s*-?\s*(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|minutes?|visits?|times)\b/i.test(
    text.slice(end),
  ) &&
  !concept.units.some((unit) => /week|day|month/.test(unit)) &&
  /(?:\bin|every|for|over|within|after|x|past|last|next|of)\s*$/i.test(text.slice(0, at));

function boundsOf(
  sign: string | undefined,
  first: number,
  second: number | undefined,
  decade: string | undefined,
): { low?: number; high?: number } | null {
  if (second !== undefined)
    return first <= second
      ? { low: first, high: second }
      : first - second > first / 2
        ? null
        : { low: second, high: first };
  if (decade && first % 10 === 0) return { low: first, high: first };
  const word = sign?.toLowerCase() ?? "";
  if (/^(?:<|≤|<=|less|under|below|up to)/.test(word)) return { high: first };
  if (/^(?:>|≥|>=|greater|more|at least|over|above)/.test(word)) return { low: first };
  return { low: first, high: first };
}

const isDateLike = (text: string) =>
  /^\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\b/.test(text) &&
  Number(/\/(\d+)/.exec(text)![1]) <= 31 &&
  /^\d{1,2}\/\d{1,2}\/\d/.test(text);

/** "15/24", "8 out of 10": the second number is the scale's end. */
function isScale(concept: ClinicalConcept, end: number): boolean {
  if (concept.kind !== "score" && concept.kind !== "ordinal") return false;
  return !concept.range || Math.abs(concept.range[1] - end) <= 1 || end === 10 || end === 100;
}

function isUnitOf(unit: string, concept: ClinicalConcept): boolean {
  if (concept.units.includes(unit)) return true;
  if (unit === "mmol/L" && concept.units[0] === "mEq/L") return true;
  if (unit === "/uL" || unit === "K/uL") return concept.units.some((own) => /\/uL$/.test(own));
  if (unit === "%") return concept.units.includes("% pred") || concept.kind === "score";
  if (unit === "IU/mL") return concept.units.includes("IU/mL");
  return false;
}

/** A number with a unit of another dimension is a value of something else. */
const isOtherUnit = (unit: string, concept: ClinicalConcept) =>
  unit !== "bpm" && unit !== "U" && (concept.units.length > 0 || /^(?:mg|ml|%)/i.test(unit));

const spelt = (unit: string | undefined, concept: ClinicalConcept) =>
  unit === "%" && concept.units[0] === "% pred"
    ? "% pred"
    : unit === "/uL" && concept.units[0] === "cells/uL"
      ? "cells/uL"
      : unit;

function amount(text: string): number {
  const base = Number(text.replace(/,/g, "").replace(/\s*(?:million|thousand)$/i, ""));
  return /million$/i.test(text) ? base * 1e6 : /thousand$/i.test(text) ? base * 1e3 : base;
}

/** "Indicated for LVEF 20-50% and LVESD 70 mm or less": a bound in the words of a label or a policy is no value of the patient. */
export const isCriterion = (text: string, { low, high, end }: Value): boolean =>
  (low !== high ||
    /^\s*(?:or|and) (?:less|more|greater|lower|higher|below|above|under|over)\b/i.test(text.slice(end))) &&
  /\b(?:FDA|label(?:l?ed|l?ing)?|indicated (?:for|in|when)|criteri(?:a|on)|coverage|policy|NCD|LCD|guidelines?|inclusion|eligibility|enroll(?:ed|ment)|requires?|patients (?:with|who)|approved (?:for|in))\b/i.test(
    text,
  ) &&
  !/\b(?:meets?|met|fulfil\w*|satisf\w*|exceeds?|has an?|had an?|his|her|this patient|(?:the )?patient(?:'s| has| had))\b/i.test(
    text,
  );

/** Words that say of a number behind the first one that it is the older of the two. */
const earlierCue =
  "(?:was|previously|prior|previous|earlier|(?:which is |is )?(?:down|up|decreased|increased|improved|risen|worse|better) from|from|compared (?:to|with)|vs\\.?|versus|last (?:visit|time|month|year|check|value|week)|baseline|before(?: treatment)?|pre-?treatment)";
const earlierLead = new RegExp(
  `^\\s*(?:[(\\[]\\s*(?:it )?${earlierCue}|,?\\s*(?:and )?(?:previously|prior|down from|up from|from|compared (?:to|with)|last visit|(?:which is |is )?(?:decreased|increased|improved) from|baseline))(?:\\s*(?::|of|was|value|level|reading|score|a|an|baseline)\\b|:)*\\s*(?=[\\d<>])`,
  "i",
);

/**
 * The older value behind a value: "A1c 9.4 % (8.9 % on 04/14/2026)", "(was 8.2 %)", "PHQ-9 9, down from 23". A bare number in
 * brackets counts only with a date: a reference range bears none.
 */
export function earlierBehind(rest: string, from: number, concept: ClinicalConcept): Value | null {
  const at = from + behindDate.exec(rest.slice(from))![0].length;
  const said = earlierLead.exec(rest.slice(at));
  if (said) return asOlder(quantityAt(rest, at + said[0].length, concept));
  const lead = /^\s*\((?=[\d<>])/.exec(rest.slice(from));
  const value = lead && quantityAt(rest, from + lead[0].length, concept);
  return value &&
    /^\s*(?:on|in|,|from|at)?\s*(?:\d{1,2}\/\d|\d{4}-\d\d|(?:19|20)\d\d|[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(?:19|20)\d\d)/.test(
      rest.slice(value.end),
    )
    ? asOlder(value)
    : null;
}

const asOlder = (value: Value | null): Value | null => value && { ...value, older: true };
/** The date of the first value, which stands between the two. */
const behindDate =
  /^(?:\s*\(?(?:on |in |at |from |of )?(?:\d{1,2}\/[\d/]{1,7}|\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8}\.?(?: \d{1,2},?)? (?:19|20)\d\d)\)?)?/;

/** "FEV1 1.42 L (48 % predicted)": the same measurement in its other unit. */
export function alsoInBrackets(rest: string, first: Value, concept: ClinicalConcept): Value | null {
  const lead = /^\s*[,(/]\s*(?=\d)/.exec(rest.slice(first.end));
  const value = lead && quantityAt(rest, first.end + lead[0].length, concept);
  return value?.unit !== undefined && value.unit !== first.unit && carriesUnit(rest, value) ? value : null;
}

const changed =
  /\b(?:improv|decreas|increas|went|rose|risen|fell|fallen|drop|declin|reduc|worsen|chang|down|up|climb|lower|came|progress|trend|gone|reduction|lost|gained|jump)\w*/i;
const change =
  /^(?<lead>[^\d;]{0,60}?)\bfrom\s+(?:an?\s+|about\s+|(?:the\s+)?baseline\s+(?:of\s+)?)*(?<old>[<>]?\s?\d[\d,.]*(?:\s?%)?[^\d;]{0,24}?)\b(?:down\s+|up\s+)?to\s+(?:now\s+)?(?=[<>]?\s?\.?\d)/i;

/** "PASI improved from 24 to 8", "from 7.1 to 9.2 %": the older value and the newer. `before` is what stands before the name. */
export function changeIn(before: string, rest: string, concept: ClinicalConcept): [Value, Value] | null {
  const match = change.exec(rest);
  if (!match) return null;
  const oldAt = match.index + match[0].indexOf(match.groups!["old"]!, match.groups!["lead"]!.length);
  const older = quantityAt(rest.slice(0, oldAt + match.groups!["old"]!.length), oldAt, concept);
  const newer = quantityAt(rest, match[0].length, concept);
  if (!older || !newer) return null;
  const told = changed.test(match.groups!["lead"]!) || changed.test(before.slice(-30));
  const falls = (older.low ?? older.high ?? 0) > (newer.low ?? newer.high ?? 0);
  if (/\brang/i.test(match.groups!["lead"]!) || !(told || falls)) return null;
  const unit = older.unit ?? newer.unit;
  return [{ ...older, ...(unit === undefined ? {} : { unit }), older: true }, newer];
}
