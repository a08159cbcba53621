import { type ClinicalNames, type Named, namesIn } from "./clinical-names.ts";
import { comparisonIn, countIn, timesOf } from "./quantities.ts";
import { addFromLead, addTrial, aged } from "./trial-fields.ts";
import type { Test } from "./types.ts";

const specialist =
  /\b(?:[a-z]*(?:neuro|cardio|onco|hemato|haemato|dermato|rheumato|gastroentero|pulmono|endocrino|nephro|uro|ophthalmo|hepato|gyneco|allergo|immuno|radio|patho|audio|psycho|electrophysio|otolaryngo|epilepto|geneto|neonato|andro|anesthesio|physio|vulno|pneumo)log(?:ist|y)|psychiatr(?:ist|y)|(?:\w+\s+)?surgeon|allergist|geneticist|orthop(?:a)?edist|physiatrist|obstetrician|pediatrician|internist|pain (?:management )?specialist|headache specialist|infectious disease|sleep (?:medicine )?specialist|obesity medicine|transplant (?:physician|specialist|center)|wound care specialist|genetic counselor|dentist|podiatrist|optometrist)s?\b/gi;
const imaging =
  /\b(MRI|magnetic resonance|CT(?: myelogram)?|computed tomography|x-?rays?|radiographs?|flexion.extension (?:films|radiographs)|ultraso(?:und|nography)|echocardiogra(?:m|phy)|PET|myelogram|angiogra(?:m|phy)|DXA|DEXA|mammogra(?:m|phy)|scintigraphy|duplex|bone scan)\b/gi;
const care =
  /\b(physical therapy|physiotherapy|home exercise|exercise|NSAIDs?|anti-inflammator\w+|analgesics?|acetaminophen|epidural|facet|injections?|chiropractic|manipulation|cognitive behavio\w+ therapy|activity modification|bracing|orthos[ie]s|splint\w*|compression|weight loss|lifestyle|diet|acupuncture|massage)\b/gi;

const unique = (list: string[]): string[] => [...new Set(list)];
const wordsOf = (text: string, pattern: RegExp): string[] =>
  unique([...text.matchAll(pattern)].map(([word]) => word.toLowerCase()));

const timed = new Set([
  "priorTherapy",
  "preferredProduct",
  "currentTherapy",
  "conservativeCare",
  "duration",
  "continuation",
  "adherence",
  "persistence",
  "response",
]);
const compared = new Set(["measure", "scale", "age", "response", "adherence", "event", "dose", "request"]);
const treated = new Set([
  "priorTherapy",
  "currentTherapy",
  "contraindication",
  "noConcurrent",
  "concurrent",
  "product",
  "preferredProduct",
  "washout",
  "persistence",
  "claims",
]);
const attested = new Set(["facility", "team", "attest", "training"]);
const denied =
  /^\s*(?:there (?:is|are) )?(?:(?:the )?(?:member|patient|beneficiary|individual)s? )?(?:is |has |have |had |does |do |are |was |will |must )?(?:no\b|not\b|never\b|without\b|absence of\b|free (?:of|from)\b|none\b|negative for\b)/i;

/** What is asked for is that the patient does not smoke. */
const withoutTobacco =
  /\b(?:non-?smok\w+|nicotine[- ]free|tobacco[- ]free|smoke[- ]free|abstain\w*|abstinen\w+|does not (?:use|smoke)|smoking cessation|stopped smoking|quit smoking)\b/i;

/**
 * Fills in what the criterion's words say of the test's fields; what they do not say stays open. `above`: the words
 * that announce the list in which the criterion stands. What they ask of a trial, and the window they set, holds for
 * each item that does not say otherwise.
 */
export function testOf(kind: string, text: string, names: ClinicalNames | null, above = ""): Test {
  const test: Test = { kind };
  const named = names ? namesIn(text, names) : [];
  addThings(test, text, named);
  const times = timesOf(text);
  if (timed.has(kind) && times.minDays !== undefined) test.minDays = times.minDays;
  if (aged.has(kind) && times.maxAgeDays !== undefined) test.maxAgeDays = times.maxAgeDays;
  if (compared.has(kind)) addComparison(test, text, named);
  if (kind === "scale" || kind === "dx") addGrades(test, text);
  if (/priorTherapy|preferredProduct|contraindication/.test(kind)) addTrial(test, text);
  addFromLead(test, above);
  addWho(test, text);
  if (
    /\b(?:before (?:treatment|starting|initiat\w+|therapy|the first dose)|pre-?treatment|baseline|prior to (?:treatment|initiat\w+|starting|therapy))\b/i.test(
      text,
    )
  )
    test.timing = "pretreatment";
  else if (/\b(?:while on|during|on) (?:treatment|therapy)\b/i.test(text)) test.timing = "on-treatment";
  if (attested.has(kind)) test.attest = true;
  if (withoutTobacco.test(text)) test.negated = true;
  if (denied.test(text) && kind !== "noConcurrent" && kind !== "age") test.negated = true;
  return test;
}

/** The concept a test is about. What the words hold beyond a name is not lost: then the test has no concept. */
function addThings(test: Test, text: string, named: readonly Named[]): void {
  if (treated.has(test.kind)) {
    const from = test.kind === "noConcurrent" ? Math.max(0, text.search(/\bwith\b/i)) : 0;
    const things = unique(
      named.filter(({ sort, at }) => at >= from && (sort === "drug" || sort === "class")).map(({ id }) => id),
    );
    if (things.length > 0) test.concepts = things;
    return;
  }
  if (test.kind === "measure" || test.kind === "scale") {
    const thing = nearestToNumber(
      text,
      named.filter(({ numeric }) => numeric),
    );
    if (thing) test.concept = thing.id;
    return;
  }
  const things = named.filter(({ sort }) => sort === "diagnosis" || sort === "concept");
  const main = [...things].sort((a, b) => b.length - a.length)[0];
  if (!main || !subjects.has(test.kind)) return;
  const covered = things.reduce((sum, { length }) => sum + length, 0);
  if (asserted.has(test.kind) && covered < 0.55 * weightOf(text)) return;
  if (things.length === 1 || new Set(things.map(({ id }) => id)).size === 1) test.concept = main.id;
  else if (asserted.has(test.kind)) test.concepts = unique(things.map(({ id }) => id));
  else test.concept = main.id;
}

/** Kinds whose subject is a named thing of the clinical words. */
const subjects = new Set([
  "dx",
  "history",
  "finding",
  "status",
  "screening",
  "lab",
  "event",
  "imaging",
  "genetic",
  "family",
  "function",
  "duration",
  "test",
  "assessment",
  "persistence",
  "response",
  "adherence",
  "conservativeCare",
]);
/** Kinds that are met by the mere presence of the thing, so that a half-understood name would prove too much. */
const asserted = new Set(["dx", "history", "finding", "status"]);

const frame =
  /\b(?:diagnos(?:is|ed|es)|of|with|the|a|an|has|have|had|is|are|member|patient|beneficiary|individual|confirmed|documented|by|clinical(?:ly)?|history|prior|previous|personal|no|not|in|for|active|current|established|chronic|who|any|to|and|or|within|past|last|days|months|years|least|at)\b|\([^)]*\)|[^a-z]+/gi;
/** Letters of a text that carry its meaning. */
const weightOf = (text: string): number => text.replace(frame, "").length;

/** Of several numeric names the one with the shortest way to the next number. */
function nearestToNumber(text: string, named: readonly Named[]): Named | undefined {
  const way = ({ at, length }: Named) => {
    const next = text.slice(at + length).search(/[\dIV]/);
    return next < 0 ? Number.POSITIVE_INFINITY : next;
  };
  return [...named].sort((a, b) => way(a) - way(b))[0];
}

/** Units of one dimension can be converted; a value in another dimension is not of this concept. */
const dimensions = [
  "%",
  "mg/dl g/dl g/l mg/l mmol/l µmol/l umol/l ng/ml ng/dl pg/ml mcg/ml µg/ml µg/g miu/ml iu/ml meq/l nmol/l pmol/l",
  "ml/min ml/min/1.73 ml/min/1.73m2",
  "cells/µl /µl cells/mcl cells/ul k/µl cells/mm3 10^9/l /mm3",
  "mmhg mm hg",
  "kg lb g",
  "kg/m2 kg/m²",
  "cm mm m",
  "m/s cm/s",
  "ms msec",
  "u/l iu/l",
  "ml ml/beat",
];
function sameDimension(a: string, b: string): boolean {
  const one = (unit: string) =>
    dimensions.findIndex((units) => units.split(" ").includes(unit.toLowerCase().trim()));
  return one(a) < 0 || one(b) < 0 || one(a) === one(b);
}

function addComparison(test: Test, text: string, named: readonly Named[]): void {
  if (test.kind === "age") {
    addAge(test, text);
    return;
  }
  if (test.kind === "event") {
    const count = countIn(text);
    if (count !== null) Object.assign(test, { count, cmp: ">=" });
    return;
  }
  const thing = named.find(({ id }) => id === test.concept);
  const found = comparisonIn(text, thing ? thing.at + thing.length : 0) ?? comparisonIn(text);
  if (!found) return;
  Object.assign(test, found);
  if (found.unit && thing?.unit && !sameDimension(found.unit, thing.unit)) {
    delete test.concept;
    return;
  }
  // "LVEF ≤ 0.30" is printed as a fraction of what the record counts in percent.
  if (thing?.unit === "%" && !found.unit && (found.value ?? found.high ?? 2) <= 1) {
    for (const key of ["value", "low", "high"] as const)
      if (test[key] !== undefined) test[key] = Math.round(test[key] * 1000) / 10;
    test.unit = "%";
  } else if (!test.unit && thing?.unit) test.unit = thing.unit;
}

function addAge(test: Test, text: string): void {
  const pair = /(\d{1,3})\s*(?:years?\s*)?(?:to|–|-|and|through)\s*(?:<\s*)?(\d{1,3})/i.exec(text);
  const unit = /\bmonths?\b/i.test(text) && !/\byears?\b/i.test(text) ? "months" : "years";
  if (pair && /\b(?:between|to|through|–|-)\b|–|-/.test(pair[0] + text.slice(0, pair.index))) {
    Object.assign(test, { cmp: "between", low: Number(pair[1]), high: Number(pair[2]), unit });
    return;
  }
  const found = comparisonIn(text);
  if (found?.value !== undefined) Object.assign(test, { cmp: found.cmp, value: found.value, unit });
  else {
    const number = /\b(\d{1,3})\b/.exec(text);
    if (number)
      Object.assign(test, {
        cmp: /\b(?:young|under|below)/i.test(text) ? "<" : ">=",
        value: Number(number[1]),
        unit,
      });
  }
}

const roman = ["0", "I", "II", "III", "IV", "V", "VI"];

/** Classes, stages and grades: "NYHA class II-IV", "ECOG 0 or 1", "Hurley stage II or III", "grade III or higher". */
function addGrades(test: Test, text: string): void {
  if (test.cmp && test.cmp !== "between") return;
  const found =
    /\b(?:class(?:ification)?|stage|grade|status|type|category|NYHA|ECOG|level)s?\s+(?:of\s+|is\s+|functional\s+class\s+)?(?<first>[0-6]|I{1,3}V?|IV|V|VI)(?<rest>(?:\s*(?:,|or|and|to|through|[–-]|,\s*or)\s*(?:[0-6]|I{1,3}V?|IV|V|VI)\b)*)(?<more>\s+or\s+(?:higher|greater|above|more|worse|lower|less|below))?/.exec(
      text,
    );
  if (!found) return;
  const { first, rest, more } = found.groups!;
  const letters = /[IV]/.test(first!);
  const place = (word: string) => (letters ? roman.indexOf(word) : Number(word));
  const write = (number: number) => (letters ? roman[number]! : String(number));
  const others = rest!.match(/[0-6]|IV|VI|I{1,3}|V/g) ?? [];
  let all = [first!, ...others].map(place);
  if (/to|through|[–-]/.test(rest!) && all.length === 2)
    all = Array.from({ length: all[1]! - all[0]! + 1 }, (_, index) => all[0]! + index);
  if (more)
    all = /higher|greater|above|more|worse/.test(more)
      ? rangeOf(all[0]!, letters ? 4 : 5)
      : rangeOf(0, all[0]!);
  if (all.some((number) => number < 0 || Number.isNaN(number))) return;
  delete test.low;
  delete test.high;
  delete test.unit;
  Object.assign(test, { cmp: "in", values: all.map(write) });
}

const rangeOf = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

function addWho(test: Test, text: string): void {
  if (/prescriber|team/.test(test.kind)) {
    const fields = wordsOf(text, specialist);
    if (fields.length > 0) test.specialty = fields;
  }
  if (test.kind === "imaging" || test.kind === "conservativeCare") {
    const kinds = wordsOf(text, test.kind === "imaging" ? imaging : care);
    if (kinds.length > 0) test.modality = kinds;
  }
  if (test.kind === "currentTherapy" && /\bmaxim(?:ally|um|al)[ -]tolerated/i.test(text))
    test.dose = "max-tolerated";
}
