import type { Test } from "#policy";
import { type Chart, passage } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { currentTherapy } from "./evaluate/therapy.ts";
import { met, notMet, type Verdict } from "./evaluate/verdict.ts";
import { age } from "./evaluate/who.ts";
import { judgeAlongside } from "./judge-alongside.ts";
import { judgeAmounts } from "./judge-amounts.ts";
import { judgeCandidacy, judgeLifeExpectancy } from "./judge-candidacy.ts";
import { judgeCare } from "./judge-care.ts";
import { judgeChange } from "./judge-change.ts";
import { judgeComorbidity } from "./judge-comorbidity.ts";
import { judgeIfHas } from "./judge-condition-clause.ts";
import { judgeCount } from "./judge-count.ts";
import { judgeDaily, judgeTraining } from "./judge-daily.ts";
import { judgeDoseLimit } from "./judge-dose-limit.ts";
import { judgeElapsed, judgeSince, judgeVisit } from "./judge-elapsed.ts";
import { judgeEnumeration } from "./judge-enumeration.ts";
import { judgeClearance, judgeDiagnosedBy, judgeEvaluated } from "./judge-evaluated.ts";
import { judgeFills } from "./judge-fills.ts";
import { judgeFunction } from "./judge-function.ts";
import { judgeImaging, judgeNoneOnImaging } from "./judge-imaging.ts";
import { judgeInterval } from "./judge-interval.ts";
import { judgeLabel } from "./judge-label.ts";
import { judgeFrequency, judgeLasting } from "./judge-lengths.ts";
import {
  judgeDeficiency,
  judgeHepatitisB,
  judgeInstrument,
  judgeMeasured,
  judgeWithinRange,
} from "./judge-measured.ts";
import { judgeOtherDrugs, judgeResponse } from "./judge-other-drugs.ts";
import { judgePap } from "./judge-pap.ts";
import { judgeProgram } from "./judge-program.ts";
import { judgeRegimen } from "./judge-regimen.ts";
import { judgeRehab } from "./judge-rehab.ts";
import { judgeResult } from "./judge-result.ts";
import { judgeStated } from "./judge-stated.ts";
import { judgeTobacco } from "./judge-tobacco.ts";
import { judgeUnexplained } from "./judge-unexplained.ts";
import { judgeUtility } from "./judge-utility.ts";
import { judgeAdjunct, judgeWith } from "./judge-with.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";

/** Criteria of a kind that plain comparison of words would get wrong. `null`: of no such kind. */
export function judgeFamily(
  text: string,
  chart: Chart,
  judge: (text: string, chart: Chart) => Verdict,
): Verdict | null {
  return (
    ofConsent(text, chart) ??
    judgeFills(text, chart) ??
    judgeAmounts(text, chart) ??
    judgeRegimen(text, chart) ??
    judgeUnexplained(text, chart, (part) => judge(part, chart)) ??
    judgeAlongside(text, chart) ??
    judgeOtherDrugs(text, chart) ??
    judgeResponse(text, chart) ??
    judgeIfHas(text, chart) ??
    judgeChange(text, chart) ??
    judgeInterval(text, chart) ??
    judgeCandidacy(text, chart) ??
    judgeLifeExpectancy(text, chart) ??
    judgeDoseLimit(text, chart) ??
    judgeComorbidity(text, chart, (part) => judge(part, chart)) ??
    judgeProgram(text, chart) ??
    judgePap(text, chart) ??
    judgeSince(text, chart) ??
    judgeRehab(text, chart) ??
    judgeWith(text, chart) ??
    judgeAdjunct(text, chart) ??
    judgeMeasured(text, chart) ??
    judgeDeficiency(text, chart) ??
    judgeInstrument(text, chart) ??
    judgeWithinRange(text, chart) ??
    judgeHepatitisB(text, chart) ??
    judgeEvaluated(text, chart, (part) => judge(part, chart)) ??
    judgeClearance(text, chart) ??
    judgeDiagnosedBy(text, chart, (part) => judge(part, chart)) ??
    judgeTobacco(text, chart) ??
    judgeCount(text, chart) ??
    judgeLabel(text, chart) ??
    judgeResult(text, chart) ??
    judgeImaging(text, chart) ??
    judgeNoneOnImaging(text, chart) ??
    judgeFrequency(text, chart) ??
    judgeDaily(text, chart) ??
    judgeTraining(text, chart) ??
    judgeLasting(text, chart) ??
    judgeCare(text, chart) ??
    judgeFunction(text, chart) ??
    ofPregnancy(text, chart) ??
    ofAge(text, chart) ??
    ofPaidClaims(text, chart) ??
    ofGuidelineTherapy(text, chart) ??
    judgeElapsed(text, chart) ??
    judgeVisit(text, chart) ??
    ofDose(text, chart) ??
    judgeUtility(text, chart) ??
    judgeEnumeration(text, chart) ??
    judgeStated(text, chart)
  );
}

const consents =
  /\b(?:will provide|provides?d?|gave|signed|obtained|agrees? to)\b[^.]{0,40}\b(?:informed |written )*consent\b|\bconsent(?:ed)? (?:was |is )?(?:obtained|signed|given)\b/i;
const asksConsent =
  /\b(?:informed consent|consent form|written consent|sign(?:ed)? (?:the )?(?:informed )?consent|give (?:full )?(?:informed )?consent|to consent|assent)\b/i;
const refusal =
  /\b(?:refus\w*|unable|inability|unwilling|not (?:able|willing)|missing|lack of|without|not sign\w*|cannot|none)\b/i;

/** Consent given in writing answers a criterion that asks for consent, and one that excludes its refusal. */
function ofConsent(text: string, chart: Chart): Verdict | null {
  if (!asksConsent.test(text) || text.split(/\s+/).length > 28) return null;
  const said = chart.index.sentences.filter(({ sentence }) => consents.test(sentence.text));
  if (said.length === 0) return null;
  const evidence = said
    .slice(0, 2)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "consent is recorded"));
  if (refusal.test(text)) return notMet(evidence);
  return onlyConsent(text) ? met(evidence) : null;
}

/** Nothing else of weight is asked for beside consent. */
function onlyConsent(text: string): boolean {
  const rest = text
    .toLowerCase()
    .replace(
      /\b(?:written|informed|consent(?:ed)?|assent|form|sign(?:ed|ing)?|dated?|provide[sd]?|giv(?:e[ns]?|ing)|obtained|willing(?:ness)?|able|ability|capable|capacity|full|patients?|subjects?|participants?|individuals?|parents?|guardians?|legal(?:ly)?|authorized|representatives?|participat\w+|study|trial|understand\w*|comprehend|read|prior|enter\w*|according|local|laws?|regulations?|appropriate|from|and|or|to|the|a|an|in|of|for|is|are|be|has|have|who|by|with|their|his|her|if|into|before|any|procedures?|must|voluntar\w+|agree\w*|adult|decisional|adequate|an?|on|behalf|entering|well)\b|[^a-z]+/g,
      "",
    );
  return rest.length === 0;
}

/** Pregnancy and nursing do not apply to men, nor to children before puberty. */
function ofPregnancy(text: string, chart: Chart): Verdict | null {
  if (!/\b(?:pregnan\w+|lactat\w+|breast[- ]?feed\w*|nursing (?:mothers?|women)|childbearing)\b/i.test(text))
    return null;
  const rest = text.replace(
    /\b(?:pregnan\w+|lactat\w+|breast[- ]?feed\w*|nursing|childbearing|women|woman|females?|mothers?|potential|currently|current|planned|planning|who|are|is|or|and|of|the|age|contraception|adequate|not|using|patients?|subjects?|in|become|to|be|negative|test|must|have|a)\b|[^a-z]+/gi,
    "",
  );
  const { sex, age: known } = chart.patient;
  const bars = sex?.value === "male" ? sex.from : known && known.high < 9 ? known.from : null;
  if (!bars || rest.length > 0) return null;
  return {
    status: "not-applicable",
    for: [],
    against: [passage(bars, "cannot apply to this patient")],
    candidates: [],
  };
}

const number = "(\\d{1,3})";
const agePatterns: [RegExp, (n: number, m: number) => { low?: number; high?: number }][] = [
  [
    new RegExp(
      `${number}\\s*(?:years?|yrs?)?\\s*(?:-|–|to|and|through)\\s*(?:≤\\s*)?${number}\\s*(?:years?|yrs?|y\\b)?`,
      "i",
    ),
    (n, m) => ({ low: n, high: m }),
  ],
  [new RegExp(`≥\\s*${number}[^≤<]{0,20}(?:≤|<=)\\s*${number}`, "i"), (n, m) => ({ low: n, high: m })],
  [
    new RegExp(
      `(?:≥|>=|at least|greater than or equal to|minimum(?: age)?(?: of)?|not younger than)\\s*${number}|${number}\\s*(?:years?|yrs?)?(?:\\s*of age)?\\s*(?:or|and)\\s*(?:older|over|above|greater|up)|${number}\\s*\\+?\\s*years?(?: of age)? (?:and|or) older`,
      "i",
    ),
    (n) => ({ low: n }),
  ],
  [
    new RegExp(`(?:>|over|older than|greater than|above|more than)\\s*(?:the age of\\s*)?${number}`, "i"),
    (n) => ({ low: n + 1 }),
  ],
  [
    new RegExp(`(?:≤|<=|up to|at most|less than or equal to|no older than)\\s*${number}`, "i"),
    (n) => ({ high: n }),
  ],
  [
    new RegExp(`(?:<|under|younger than|less than|below)\\s*(?:the age of\\s*)?${number}`, "i"),
    (n) => ({ high: n - 1 }),
  ],
];

/** A criterion on age alone ("adults 18 to 65", "under 18 years"), or on age and both sexes. */
function ofAge(text: string, chart: Chart): Verdict | null {
  if (!/\b(?:age[ds]?|years?|yrs?|y\/o|old(?:er)?|adults?)\b/i.test(text)) return null;
  for (const [pattern, limits] of agePatterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    const numbers = found.slice(1).filter(Boolean).map(Number);
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`.replace(
      /\b(?:age[ds]?|years?|yrs?|old|older|of|at|the|is|are|be|must|between|than|or|and|male|female|males|females|men|women|both|sexes|genders?|patients?|subjects?|participants?|members?|individuals?|adults?|time|inclusive|inclusion|day|on|in|a|any|either|sex|gender|enrol\w*|screening|study|entry|included|include|limit|range|signing|informed|consent|form|with|who|to|children|group|requested|request|service)\b|[^a-z]+/gi,
      "",
    );
    if (rest.length > 0 || /\bmonths?|weeks?\b/i.test(text)) return null;
    const test: Test = { kind: "age", cmp: "between", ...limits(numbers[0]!, numbers[1] ?? numbers[0]!) };
    const verdict = age(test, chart, text);
    return verdict.status === "unknown" ? null : verdict;
  }
  return null;
}

/** Established on paid claims: samples or supplies beside a rejected claim show the contrary in writing. */
function ofPaidClaims(text: string, chart: Chart): Verdict | null {
  if (!/\bpaid claims?\b/i.test(text) || !/\b(?:stable|established|stabilized|maintained)\b/i.test(text))
    return null;
  const find = (words: RegExp) =>
    chart.index.sentences.filter(
      ({ sentence }) => words.test(sentence.text) && isPlainStatement(sentence.text, sentence.section, true),
    );
  const samples = find(/\b(?:samples?|manufacturer(?:'s)? suppl\w+|free (?:goods|drug))\b/i);
  const rejected = find(/\b(?:reject(?:ed)?|product not covered|claim denied|not paid)\b/i);
  if (samples.length === 0 || rejected.length === 0) return null;
  return notMet(
    [...samples.slice(0, 2), ...rejected.slice(0, 2)].map(({ sentence }) =>
      passage([spanOfSentence(sentence)], "samples, or a claim that was not paid"),
    ),
  );
}

/** Guideline-directed therapy for heart failure at the maximally tolerated dose, for some time: class by class. */
function ofGuidelineTherapy(text: string, chart: Chart): Verdict | null {
  if (!/\b(?:guideline[- ]directed medical therapy|GDMT)\b/i.test(text) || !/\btolerated\b/i.test(text))
    return null;
  if (/\b(?:NYHA|New York Heart|regurgitation|ejection|symptom\w*)\b/i.test(text)) return null;
  const minDays = durationsIn(text)[0]?.days;
  const test: Test = {
    kind: "currentTherapy",
    concept: "gdmt_max",
    ...(minDays === undefined ? {} : { minDays }),
  };
  return currentTherapy(test, chart, text);
}

const withinLabel =
  /\bdos(?:e|ing|age)\b.{0,60}\b(?:not exceed|within|consistent with|up to|no more than)\b.{0,60}\b(?:label\w*|FDA|maximum|prescribing information)\b/i;
const labelMaximum =
  /(\d+(?:\.\d+)?)\s*(mg|mcg|g|units?)(?:\/day| daily| per day)?\b.{0,40}\b(?:label\w*|FDA|package insert|approved)\s*(?:dose\s*)?max(?:imum)?\w*(?: dose)?(?: is| of|:)?\s*(\d+(?:\.\d+)?)\s*(mg|mcg|g|units?)/i;

/** The dose does not exceed the label: a sentence that sets the dose beside the labeled maximum. */
function ofDose(text: string, chart: Chart): Verdict | null {
  if (!withinLabel.test(text)) return null;
  for (const { sentence } of chart.index.sentences) {
    const found = labelMaximum.exec(sentence.text);
    if (!found || found[2]!.toLowerCase() !== found[4]!.toLowerCase()) continue;
    const evidence = [passage([spanOfSentence(sentence)], "the dose beside the labeled maximum")];
    return Number(found[1]) <= Number(found[3]) ? met(evidence) : notMet(evidence);
  }
  return null;
}
