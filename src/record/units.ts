import type { ClinicalConcept } from "#knowledge";

/** Units of one dimension, and what one of each is in the first of them. */
const dimensions: Record<string, number>[] = [
  { kg: 1, lb: 0.45359237, g: 0.001, oz: 0.0283495 },
  { mm: 1, cm: 10 },
  { cm: 1, in: 2.54, mm: 0.1, m: 100 },
  { cm2: 1, mm2: 0.01 },
  { "m/s": 1, "cm/s": 0.01 },
  { "K/uL": 1, "/uL": 0.001 },
  { "cells/uL": 1, "/uL": 1, "K/uL": 1000 },
  { "mg/dL": 1, "g/L": 100, "g/dL": 1000, "mg/L": 0.1 },
  { "mg/L": 1, "mg/dL": 10 },
  { "g/dL": 1, "g/L": 0.1 },
  { ms: 1, s: 1000 },
  { m: 1, ft: 0.3048 },
  { "Wood units": 1, dyn: 1 / 80 },
  { "mg/g": 1, "mg/mmol": 8.84 },
  { weeks: 1, d: 1 / 7 },
  { "mEq/L": 1, "mmol/L": 1 },
  { "ng/mL": 1, "ug/L": 1 },
  { "ng/dL": 1, "nmol/L": 28.84 },
];

/** Factors that depend on what is measured: one of the unit in the concept's own unit. */
const byConcept: Record<string, Record<string, number>> = {
  ldl: { "mmol/L": 38.67 },
  nonhdl: { "mmol/L": 38.67 },
  tg: { "mmol/L": 88.57 },
  fpg: { "mmol/L": 18.016 },
  glucose_low: { "mmol/L": 18.016 },
  creat: { "umol/L": 1 / 88.4 },
};

/** Spellings of units in charts, the longest first. */
const spellings: [RegExp, string][] = [
  [/^(?:mL\/min(?:\/1\.73 ?m(?:2|²)?)?|ml per min(?:ute)?)/i, "mL/min/1.73m2"],
  [/^(?:mm ?Hg|mm\[Hg\]|millimeters of mercury|torr)\b/i, "mmHg"],
  [/^mm\/hr?\b/i, "mm/h"],
  [/^(?:mm2|mm²|sq\.? ?mm)/i, "mm2"],
  [/^(?:cm2|cm²|sq\.? ?cm|cm squared|centimeters? squared|square centimeters?|cm3)/i, "cm2"],
  [/^(?:kg\/m2|kg\/m²|kg\/sq\.? ?m)/i, "kg/m2"],
  [/^(?:mg\/dL|mg\/dl|mg%|mg per dL|milligrams per deciliter)/i, "mg/dL"],
  [/^(?:g\/dL|gm\/dL|g%|gm%|grams per deciliter|gm\/dl)/i, "g/dL"],
  [/^(?:ng\/dL)/i, "ng/dL"],
  [/^(?:ng\/mL)/i, "ng/mL"],
  [/^(?:pg\/mL)/i, "pg/mL"],
  [/^(?:mEq\/L|meq\/l|milliequivalents? per liter)/i, "mEq/L"],
  [/^mmol\/mol/i, "mmol/mol"],
  [/^mmol\/L/i, "mmol/L"],
  [/^nmol\/L/i, "nmol/L"],
  [/^(?:umol\/L|µmol\/L|μmol\/L)/i, "umol/L"],
  [
    /^(?:(?:x ?)?10(?:\*|\^|e|\+|E)?3 ?\/ ?[uµμm]?(?:L|cL)|K\/(?:uL|µL|μL|mcL|cumm|mm3)|thou(?:sand)?\/(?:uL|mcL)|[x×] ?10³\/[uµμ]L|k\/ul)/i,
    "K/uL",
  ],
  [/^(?:cells?\/(?:uL|µL|μL|mcL|mm3|cumm)|\/(?:uL|µL|μL|mcL|mm3|cumm))/i, "/uL"],
  [/^K\b(?!\/)/, "K/uL"],
  [/^mg\/mmol/i, "mg/mmol"],
  [/^(?:mg\/g|mcg\/mg|ug\/mg|µg\/mg)/i, "mg/g"],
  [/^mg\/L/i, "mg/L"],
  [/^g\/L/i, "g/L"],
  [/^(?:ug\/L|µg\/L|mcg\/L)/i, "ug/L"],
  [/^(?:ug\/g|mcg\/g|µg\/g)/i, "ug/g"],
  [/^(?:ug\/mL|mcg\/mL|µg\/mL)/i, "ug/mL"],
  [/^(?:IU\/mL|kU\/L|IU\/ml)/i, "IU/mL"],
  [/^(?:U\/L|IU\/L|units?\/L)/i, "U/L"],
  [/^copies\/mL/i, "copies/mL"],
  [/^(?:m\/s(?:ec)?|meters? per second|m per sec)/i, "m/s"],
  [/^cm\/s(?:ec)?/i, "cm/s"],
  [
    /^(?:beats? per min(?:ute)?|beats? a minute|bpm|beats?\/min(?:ute)?|\/min(?:ute)?|per minute|beats)/i,
    "bpm",
  ],
  [/^(?:events? (?:per|an) hour|events?\/(?:hour|hr|h)|\/(?:hour|hr|h)\b|per hour)/i, "events/h"],
  [/^(?:days?(?:\/| per | a )(?:month|mo\b))/i, "days/mo"],
  [/^ppb\b/i, "ppb"],
  [/^(?:eos\/hpf|\/hpf|per hpf|eosinophils per (?:high[- ]power field|hpf))/i, "eos/hpf"],
  [/^(?:% ?pred(?:icted)?|percent (?:of )?predicted|% of predicted)/i, "% pred"],
  [/^(?:%|percent\b|per cent\b)/i, "%"],
  [/^(?:kilograms?|kgs?|kilos?|kg)\b/i, "kg"],
  [/^(?:pounds?|lbs?|#|\[lb_av\])(?![a-z])/i, "lb"],
  [/^(?:ounces?|oz)\b/i, "oz"],
  [/^(?:grams?|gm?)\b/i, "g"],
  [/^(?:centimeters?|cms?)\b/i, "cm"],
  [/^(?:millimeters?|mm)\b/i, "mm"],
  [
    /^(?:inches|inch|in)\b(?! (?:the|his|her|a|an|both|all|january|feb|mar|apr|may|june|july|aug|sep|oct|nov|dec|\d))/i,
    "in",
  ],
  [/^(?:feet|foot|ft)\b/i, "ft"],
  [/^(?:m2|m²|sq\.? ?m\b|square meters?)/i, "m2"],
  [/^(?:meters?|m)\b/, "m"],
  [/^(?:WU|Wood units?)\b/i, "Wood units"],
  [/^dynes?\b/i, "dyn"],
  [/^(?:liters?|L)\b(?![/-])/, "L"],
  [/^mL\b/i, "mL"],
  [/^(?:milliseconds?|msecs?|ms)\b/i, "ms"],
  [/^(?:seconds?|secs?|s)\b/i, "s"],
  [/^(?:weeks?|wks?)\b/i, "weeks"],
  [/^(?:hours?|hrs?|h)\b/i, "h"],
  [/^(?:Gy)\b/, "Gy"],
  [/^(?:uM|µM|μM|micromolar)\b/i, "uM"],
  [/^(?:kPa)\b/, "kPa"],
  [/^(?:units?|U)\b/, "U"],
  [/^(?:degrees?|°)/i, "deg"],
];

/** The unit at the beginning of a text, and how long it is; `null` where there is none we know. */
export function unitAt(text: string): { unit: string; length: number } | null {
  const space = /^\s*-?\s*/.exec(text)![0].length;
  const rest = text.slice(space, space + 40);
  for (const [pattern, unit] of spellings) {
    const match = pattern.exec(rest);
    if (match) return { unit, length: space + match[0].length };
  }
  return null;
}

/** A value in the concept's own unit, for plausibility only; `null` where the unit is not one it can have. */
export function inOwnUnit(value: number, unit: string | undefined, concept: ClinicalConcept): number | null {
  const own = concept.units[0];
  if (unit === undefined || own === undefined || unit === own) return value;
  const special = byConcept[concept.id]?.[unit];
  if (special !== undefined) return value * special;
  if (!concept.units.includes(unit) && !(own === "K/uL" && unit === "/uL")) return null;
  if (unit === "mmol/mol" && own === "%") return value * 0.0915 + 2.15;
  const dimension = dimensions.find((units) => own in units && unit in units);
  return dimension ? (value * dimension[unit]!) / dimension[own]! : value;
}

/** True when a value could be one of the concept, as written or in another unit people leave out. */
export function isPlausible(value: number, unit: string | undefined, concept: ClinicalConcept): boolean {
  if (!concept.range) return unit === undefined || concept.units.length === 0 || concept.units.includes(unit);
  const [low, high] = concept.range;
  if (unit !== undefined && isOtherDimension(unit, concept)) return true;
  const tries =
    unit === undefined
      ? [concept.units[0], ...concept.units.slice(1), ...(concept.units[0] === "K/uL" ? ["/uL"] : [])]
      : [unit];
  return tries.some((one) => {
    if (one !== undefined && isOtherDimension(one, concept)) return false;
    const own = inOwnUnit(value, one, concept);
    return own !== null && own >= low && own <= high;
  });
}

/** Litres of a value whose range is given in percent: no range to check it by. */
const isOtherDimension = (unit: string, { id, units }: ClinicalConcept) =>
  units.includes(unit) &&
  unit !== units[0] &&
  byConcept[id]?.[unit] === undefined &&
  !(unit === "mmol/mol" && units[0] === "%") &&
  !/^%/.test(unit) &&
  !dimensions.some((dimension) => units[0]! in dimension && unit in dimension);

/** The unit a bare number must have: the concept's own where it fits, else the only other one that fits. */
export function impliedUnit(value: number, concept: ClinicalConcept): string | undefined {
  const [low, high] = concept.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [...concept.units, ...(concept.units[0] === "K/uL" ? ["/uL"] : [])].find((unit) => {
    if (isOtherDimension(unit, concept)) return false;
    const own = inOwnUnit(value, unit, concept);
    return own !== null && own >= low && own <= high;
  });
}
