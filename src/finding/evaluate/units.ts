/** Factors to one unit of each kind. Conversions between mass and amount need the substance and are left out. */
const factors: Record<string, [string, number]> = {
  mm: ["mm", 1],
  cm: ["mm", 10],
  m: ["mm", 1000],
  in: ["mm", 25.4],
  kg: ["kg", 1],
  lb: ["kg", 0.45359237],
  lbs: ["kg", 0.45359237],
  pounds: ["kg", 0.45359237],
  g: ["kg", 0.001],
  "ml/min": ["ml/min", 1],
  "ml/min/1.73": ["ml/min", 1],
  "ml/min/1.73m2": ["ml/min", 1],
  "ml/min/1.73m^2": ["ml/min", 1],
  "%pred": ["%", 1],
  "%predicted": ["%", 1],
  "m/s": ["m/s", 1],
  "cm/s": ["m/s", 0.01],
  "mg/dl": ["mg/dl", 1],
  "g/dl": ["mg/dl", 1000],
  "g/l": ["mg/dl", 100],
  "ng/ml": ["ng/ml", 1],
  "ug/l": ["ng/ml", 1],
  "mcg/l": ["ng/ml", 1],
  "pg/ml": ["ng/ml", 0.001],
  "ng/l": ["ng/ml", 0.001],
  "/ul": ["/ul", 1],
  "cells/ul": ["/ul", 1],
  "cells/mcl": ["/ul", 1],
  "k/ul": ["/ul", 1000],
  "10*3/ul": ["/ul", 1000],
  "x10e3/ul": ["/ul", 1000],
  "10^9/l": ["/ul", 1000],
  cm2: ["cm2", 1],
  mm2: ["cm2", 0.01],
  ms: ["ms", 1],
  s: ["ms", 1000],
  mmhg: ["mmhg", 1],
  "%": ["%", 1],
  days: ["day", 1],
  day: ["day", 1],
  weeks: ["day", 7],
  week: ["day", 7],
  months: ["day", 30.4375],
  month: ["day", 30.4375],
  years: ["day", 365.25],
  year: ["day", 365.25],
};

/** One spelling per unit: lower case, no spaces, superscripts as digits. */
export function unitName(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/\s+/g, "")
    .replaceAll("²", "2")
    .replaceAll("µ", "u")
    .replace("mm[hg]", "mmhg")
    .replace("percent", "%");
}

/** A value in another unit of the same kind; `null` where the two cannot be compared. Missing units are taken as equal. */
export function convert(value: number, from: string | undefined, to: string | undefined): number | null {
  if (!from || !to) return value;
  const a = unitName(from);
  const b = unitName(to);
  if (a === b) return value;
  const source = factors[a];
  const target = factors[b];
  if (!source || !target || source[0] !== target[0]) return null;
  return (value * source[1]) / target[1];
}
