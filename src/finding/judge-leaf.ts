import { numberOf, overlaps } from "#base";
import type { Test } from "#policy";
import { asksOfAnother } from "./asks-of-another.ts";
import { type Chart, evidenceOf } from "./chart.ts";
import { byClass, judgeClass } from "./class-statements.ts";
import { durationsIn } from "./durations.ts";
import { evaluators } from "./evaluate/table.ts";
import { topicalTherapy } from "./evaluate/topical.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { exampledIn } from "./examples.ts";
import { judgeTraining } from "./judge-daily.ts";
import { judgeEach } from "./judge-each.ts";
import { judgeEither } from "./judge-either.ts";
import { asksOtherDrugs } from "./judge-other-drugs.ts";
import { judgeParts } from "./judge-parts.ts";
import { judgeStatement } from "./judge-statement.ts";
import { judgeText } from "./judge-text.ts";
import { hasWays, judgeThreshold } from "./judge-threshold.ts";
import { termsOf } from "./lexicon.ts";
import { heldToItsWords } from "./said-in-full.ts";
import { thresholdsIn } from "./thresholds.ts";
import { windowIn } from "./windows.ts";

/**
 * Numbers and classes by the criterion's own words, then the typed test, held to those words; where both leave the
 * question open, the words of the record, cautiously.
 */
export function judgeLeaf(text: string, test: Test | null, chart: Chart): Verdict {
  const halves = test?.negated ? deniedAndMeasured(text) : null;
  if (halves) {
    const answers = halves.map((half) => judgeLeaf(half, null, chart));
    return answers.every(({ status }) => status === "met")
      ? met(answers.flatMap((one) => one.for))
      : unknown(answers.flatMap((one) => [...one.for, ...one.against, ...one.candidates]));
  }
  const stated = judgeStatement(text, chart);
  if (stated) return stated;
  if (test && chart.matching.settles[test.kind]?.attested) return judgeTraining(text, chart) ?? unknown();
  const numbers = test?.negated ? null : judgeThreshold(text, chart);
  if (numbers && numbers.status !== "unknown") return numbers;
  // A disease named as what the other drug is for is not what such a criterion asks about.
  const untested =
    test?.negated && /^(?:genetic|test|imaging|lab|procedure)$/.test(test.kind) && neverHad.test(text);
  const about = untested ? null : test && asksOtherDrugs(text) && !therapies.has(test.kind) ? null : test;
  const said = about ? testedBy(about, text, chart) : unknown();
  // The first of several bounds that is not kept leaves the others.
  const typed = said.status === "not-met" && hasWays(text) ? unknown(said.against) : said;
  const tested = typed.status === "unknown" ? ofClasses(text, test, chart, typed) : typed;
  const read = judgeText(text, chart);
  if (tested.status !== "unknown") return test?.kind === "age" ? tested : reconciled(tested, read);
  const candidates = [...tested.candidates, ...(numbers?.candidates ?? [])];
  if (read.status === "unknown") return opened(text, test, chart, { ...tested, candidates });
  return { ...read, against: [...read.against, ...tested.against], candidates };
}

/** "Absence of dementia, with a MoCA score of 22 or higher": the denial does not reach the score. */
function deniedAndMeasured(text: string): string[] | null {
  const parts = text.split(/,\s*(?:with|and)\s+(?:an?\s+)?|\s+(?:with|and)\s+an?\s+(?=\S.*\bscore\b)/i);
  const [denied, measured] = parts;
  const isDenial = /\b(?:no|not|without|absence)\b/i;
  return parts.length === 2 &&
    isDenial.test(denied!) &&
    !isDenial.test(measured!) &&
    thresholdsIn(measured!).length > 0
    ? parts
    : null;
}

/** A criterion of several statements is judged by each; what is open asks for no more than what is missing. */
function opened(text: string, test: Test | null, chart: Chart, whole: Verdict): Verdict {
  if (test?.negated) return whole;
  const parts = judgeParts(text, chart, judgeLeaf);
  if (parts) return { ...parts, against: [...parts.against, ...whole.against] };
  const taken = eitherTreated(text, chart) ?? judgeEither(text, chart, judgeLeaf) ?? shownEach(text, chart);
  if (taken) return taken;
  const half = openHalf(text, chart);
  return half ? { ...whole, asks: half } : whole;
}

function shownEach(text: string, chart: Chart): Verdict | null {
  const each = judgeEach(text, chart, judgeLeaf);
  return each?.status === "met" ? each : null;
}

/** A gene or a study that a note names is not one that was tested or done before. */
const neverHad =
  /\b(?:not|never)\s+(?:previously|already|yet)?\s*(?:had|been|undergone|received|completed)\b/i;

const treatedWith =
  /^(.{6,60}?)\s+or\s+(.{6,60}?)\s+(?:treated with|managed with|receiving|requiring|on|who (?:use|take)s?)\s+([a-z][a-z -]{2,30})\W*$/i;

/** "Type 1 diabetes or type 2 diabetes treated with insulin": the first, where the drug is taken too, whichever it is said of. */
function eitherTreated(text: string, chart: Chart): Verdict | null {
  const found = treatedWith.exec(text);
  if (!found) return null;
  const illness = judgeText(found[1]!, chart);
  const wanted = found[3]!.trim().toLowerCase();
  const taken = chart.facts.filter(
    ({ type, concept, assertion, course }) =>
      type === "medication" &&
      assertion === "present" &&
      course?.status === "active" &&
      (concept.toLowerCase() === wanted || chart.classOf.get(concept.toLowerCase()) === wanted),
  );
  if (illness.status !== "met" || taken.length === 0) return null;
  return met([...illness.for, ...taken.slice(0, 2).map((fact) => evidenceOf(fact, "taken now"))]);
}

const halves = /\bpre-?\s*(?:and|\/|&)\s*post-?\s?(\w+(?:\s+(?!by\b|with\b|for\b)\w+){0,2})/i;

/** "Pre- and post-test counseling" where the passages speak of one half only: the other is what is missing. */
function openHalf(text: string, chart: Chart): string | null {
  const asked = halves.exec(text)?.[1];
  if (!asked) return null;
  const first = asked.split(/\s+/)[0]!;
  const said = (half: string) => {
    const name = new RegExp(`\\b${half}-?\\s?${first}`, "i");
    return chart.index.sentences.some(({ sentence }) => name.test(sentence.text));
  };
  if (said("pre") === said("post")) return null;
  return `a note of ${said("pre") ? "post" : "pre"}-${asked}`;
}

/**
 * Facts and words that disagree: where both rest on the same place, the words are read as they stand; where they rest
 * on different places, the record says both.
 */
function reconciled(tested: Verdict, read: Verdict): Verdict {
  const opposite =
    (tested.status === "met" && read.status === "not-met") ||
    (tested.status === "not-met" && read.status === "met");
  if (!opposite) return tested;
  const places = (verdict: Verdict) => [...verdict.for, ...verdict.against].flatMap(({ from }) => from);
  if (places(tested).every((at) => places(read).some((other) => overlaps(at, other)))) return read;
  return {
    status: "conflicting",
    for: tested.status === "met" ? tested.for : read.for,
    against: tested.status === "met" ? read.against : tested.against,
    candidates: [],
  };
}

/** What notes say of whole classes of drugs, where the courses of single drugs leave the question open. */
function ofClasses(text: string, test: Test | null, chart: Chart, typed: Verdict): Verdict {
  const kind = test?.kind ?? "priorTherapy";
  if (!therapies.has(kind) || kind === "currentTherapy" || kind === "concurrent") return typed;
  const said = judgeClass(text, test, chart);
  const held = heldToItsWords(said, byClass(text, said, chart), chart);
  if (held.status === "met") return { ...held, against: [...held.against, ...typed.against] };
  return { ...typed, candidates: [...typed.candidates, ...held.candidates] };
}

const therapies = new Set([
  "priorTherapy",
  "preferredProduct",
  "currentTherapy",
  "contraindication",
  "concurrent",
]);

function testedBy(test: Test, text: string, chart: Chart): Verdict {
  const kind = kindByWords(test.kind, text);
  if (asksOfAnother(test, kind, text, chart)) return unknown();
  const topical = /priorTherapy|preferredProduct/.test(kind)
    ? topicalTherapy({ ...trialByWords(text), ...test }, text, chart)
    : null;
  if (topical) return topical;
  const evaluate = evaluators[kind];
  if (!evaluate) return unknown();
  const named = test.concept || test.concepts?.length ? test : completed(test, kind, text, chart);
  // "A 3-month trial" asks for three months, whether or not the test says it.
  const ofTrial = /^(?:continuation|priorTherapy|preferredProduct)$/.test(kind);
  const asked = ofTrial ? { ...trialByWords(withoutWindow(text)), ...named } : named;
  const whole = therapies.has(kind) ? withKind(asked, text, chart) : asked;
  const verdict = turned(evaluate(whole, chart, text), whole);
  if (test.kind === "prescriber" || text === "") return verdict;
  // "No untreated depression": the illness alone does not fail it, and where it is denied nothing is untreated.
  if (test.negated && untended.test(text) && verdict.status === "not-met")
    return verdict.against.some(({ from }) => from.some(({ quote }) => untended.test(quote)))
      ? verdict
      : unknown(verdict.against);
  const held = heldToItsWords(
    verdict,
    test.negated ? text.replace(untended, " ").replace(narrowing, " ") : text,
    chart,
  );
  // An age outside the limits fails a criterion that is about age; of a long one it may be one way of several.
  const about = text.split(/\s+/).length <= 14;
  return test.kind === "age" && held.status === "not-met" && !about ? unknown(held.against) : held;
}

/** A test without concepts takes them from the criterion's words. */
function completed(test: Test, kind: string, text: string, chart: Chart): Test {
  if (therapies.has(kind)) return { ...trialByWords(text), ...test, concepts: drugsNamed(text, chart) };
  if (kind !== "dx") return test;
  const named = termsOf(text, chart.strict).map(({ key }) => key.replace(/^[ci]:/, "").toLowerCase());
  const known = [...new Set(named)].filter((id) =>
    chart.byConcept.get(id)?.some(({ type }) => type === "condition"),
  );
  return known.length === 1 ? { ...test, concepts: known } : test;
}

/** Drugs named as examples bring in the other drugs of the kind that they stand for. */
function withKind(test: Test, text: string, chart: Chart): Test {
  const kind = exampledIn(text, chart);
  const its = kind ? drugsNamed(kind.head, chart) : [];
  if (its.length === 0) return test;
  const { concept, ...rest } = test;
  return {
    ...rest,
    concepts: [...new Set([...(concept ? [concept] : []), ...(test.concepts ?? []), ...its])],
  };
}

/** "Has tried at least three alternatives, each at a maintenance dose" is about trials, whatever else it names. */
function kindByWords(kind: string, text: string): string {
  const trials =
    /\b(?:has |have |had )?(?:tried|failed|a trial of|trials of)\b.{0,60}\b(?:alternatives?|drugs?|agents?|products?|medications?|therap(?:y|ies))\b/i;
  if (
    kind === "priorTherapy" &&
    established.test(text) &&
    !/\b(?:fail\w*|inadequate|intoleran\w*|despite|tried)\b/i.test(text)
  )
    return "continuation";
  return !therapies.has(kind) && trials.test(text) ? "priorTherapy" : kind;
}

/** Where a thing is denied without a limit, so is each kind of it: "no infection" is no systemic or local infection. */
const narrowing =
  /\b(?:active|systemic|local|localized|serious|severe|significant|clinically|concurrent|current|acute|known|other|any|underlying|ongoing)\b(?:\s+or\s+(?=(?:local|systemic|serious|active|severe)\b))?/gi;

const untended =
  /\b(?:untreated|uncontrolled|unstable|unmanaged|uncorrected|undertreated|poorly controlled|inadequately (?:treated|controlled))\b/i;

const established =
  /\b(?:established on|(?:has|have) been (?:on|receiving|taking|treated with|maintained on)|stable on|maintained on|currently (?:receiving|taking|on|treated with))\b/i;

function withoutWindow(text: string): string {
  const window = windowIn(text);
  return window ? text.replace(window.words, " ") : text;
}

/** What the words ask of a trial where the test does not say it. */
function trialByWords(text: string): Partial<Test> {
  const count =
    /\bat least (\w+)\b(?!\s*(?:weeks?|months?|days?|years?))/i.exec(text)?.[1]?.toLowerCase() ?? "";
  const n = numberOf(count) ?? 0;
  const days = durationsIn(text)[0]?.days;
  return { ...(n > 0 ? { count: n } : {}), ...(days ? { minDays: days } : {}) };
}

/** Drugs, classes and groups of drugs that a criterion names, where its test does not. */
function drugsNamed(text: string, chart: Chart): string[] {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, " ");
  const groups = Object.entries(chart.matching.groups)
    .filter(([name]) => plain.includes(name.replace(/[^a-z0-9]+/g, " ")))
    .flatMap(([, classes]) => classes);
  const terms = termsOf(text, chart.strict).filter(({ key }) => /^[dk]:/.test(key));
  const alternatives =
    /\b(?:formulary|preferred|covered)\s+(?:alternatives?|drugs?|agents?|products?)\b/i.test(text);
  return [
    ...new Set([
      ...groups,
      ...terms.map(({ key }) => key.slice(2)),
      ...(alternatives ? likeRequested(chart) : []),
    ]),
  ];
}

/** The other drugs of the class of what is asked for. */
function likeRequested(chart: Chart): string[] {
  const classes = new Set(chart.requested.map((generic) => chart.classOf.get(generic)).filter(Boolean));
  return [...chart.classOf]
    .filter(([generic, its]) => classes.has(its) && !chart.requested.includes(generic))
    .map(([generic]) => generic);
}

function turned(verdict: Verdict, test: Test): Verdict {
  if (!test.negated) return verdict;
  if (verdict.status === "met") return notMet(verdict.for, verdict.against);
  if (verdict.status === "not-met") return met(verdict.against, verdict.for);
  return { ...verdict, for: verdict.against, against: verdict.for };
}
