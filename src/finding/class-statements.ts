import type { Test } from "#policy";
import { type Chart, passage } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";

type Outcome = "contraindicated" | "allergy" | "intolerance" | "inadequate-response";
/** What a note says of a whole class of drugs ("triptans are contraindicated"), and of how many of it. */
type ClassStatement = { name: string; outcome: Outcome; count: number; sentence: Sentence };

const of = "(?:(?:all|any|both|several|multiple|other|the|use of|every|oral)\\s+){0,3}";
const counted =
  "(?:(\\d|two|three|four|five|several|multiple|all|both)\\s+(?:(?:different|other|separate|available|generic|of the)\\s+){0,2})?";
/** Ways of saying it; `%` stands for the name of the class. The first group, where there is one, is how many. */
const ways: [Outcome, string][] = [
  [
    "contraindicated",
    `%\\s+(?:is|are|were|being)\\s+(?:absolutely\\s+|strictly\\s+|all\\s+)?contraindicated`,
  ],
  ["contraindicated", `(?:contraindication|contraindicated)s?\\s+(?:to|for)\\s+${of}%`],
  [
    "contraindicated",
    `(?:cannot|can not|can't|must not|unable to)\\s+(?:safely\\s+)?(?:take|use|receive|be given)\\s+${of}%`,
  ],
  ["contraindicated", `not\\s+a\\s+candidate\\s+for\\s+${of}%`],
  ["contraindicated", `%\\s+(?:cannot|can not|must not)\\s+be\\s+(?:used|given|taken|prescribed)`],
  [
    "allergy",
    `(?:allergic|allerg(?:y|ies)|hypersensitivity|anaphylaxis|anaphylactic reaction)\\s+(?:to|with|from)\\s+${of}%`,
  ],
  ["allergy", `%\\s+allergy`],
  [
    "intolerance",
    `(?:intolerant\\s+(?:to|of)|intolerance\\s+(?:to|of)|(?:did|could|does|can)\\s*not\\s+tolerate|cannot\\s+tolerate|unable\\s+to\\s+tolerate)\\s+${of}%`,
  ],
  ["intolerance", `%\\s+(?:was|were|have been|has been)\\s+not\\s+tolerated`],
  ["intolerance", `%[- ]+(?:intolerance|intolerant)`],
  [
    "inadequate-response",
    `(?:(?:tried\\s+and\\s+)?failed|failure\\s+of|inadequate\\s+response\\s+to|no\\s+response\\s+to|refractory\\s+to|did\\s+not\\s+respond\\s+to)\\s+(?:treatment\\s+with\\s+|a\\s+trial\\s+of\\s+)?${counted}${of}%`,
  ],
  [
    "inadequate-response",
    `%\\s+(?:have\\s+all\\s+|have\\s+|has\\s+|all\\s+)?(?:failed|(?:was|were)\\s+(?:all\\s+)?(?:ineffective|without\\s+benefit))`,
  ],
];
const denial =
  /\b(?:no|not|denie[sd]|deny|without|never|nor|neither|no longer|absence of|relative(?:ly)?)\b[^.;,]{0,40}$/i;
const conditional =
  /\b(?:criteri\w+|policy|plan requires|requires?|must have|or is|either|unless|provided that|consistent with label)\b/i;

/** A class as notes call it: "TNF inhibitors", "NSAIDs". The longest name wins. */
type ClassName = { name: string; at: RegExp };

const namesByChart = new WeakMap<Chart, ClassName[]>();

function classNames(chart: Chart): ClassName[] {
  const known = namesByChart.get(chart);
  if (known) return known;
  const labels = [...new Set(chart.classOf.values())].filter(
    (label) => label && !/[/()]| - |other/.test(label),
  );
  const all = [...new Set([...Object.keys(chart.matching.groups), ...labels, ...further])];
  const made = all
    .sort((a, b) => b.length - a.length)
    .map((name) => ({ name, at: new RegExp(`(?<![\\w-])${pattern(name)}`, "i") }));
  namesByChart.set(chart, made);
  return made;
}

/** Classes by which allergies are told and that the drug list does not part. */
const further = [
  "sulfonamide",
  "sulfa drug",
  "penicillin",
  "cephalosporin",
  "opioid",
  "fluoroquinolone",
  "macrolide",
  "thiazide",
];

const pattern = (name: string): string =>
  `${name
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/[\s-]+/g, "[\\s-]+")
    .replace(/s$/, "")}(?:s|es)?(?![\\w-])`;

const statements = new WeakMap<Chart, ClassStatement[]>();

/** Every plain statement of the record on a whole class; possible, denied and other people's are none. */
function statementsOf(chart: Chart): ClassStatement[] {
  const known = statements.get(chart);
  if (known) return known;
  const said = chart.index.sentences.flatMap(({ sentence }) => inSentence(sentence, chart));
  statements.set(chart, said);
  return said;
}

const speaks =
  /contraindicat|cannot|can not|can't|not a candidate|unable to|must not|allerg|sensitiv|anaphyla|toler|fail|response|respond|refractory|ineffective|benefit/i;

function inSentence(sentence: Sentence, chart: Chart): ClassStatement[] {
  const { text, section } = sentence;
  if (!speaks.test(text) || text.length > 500 || conditional.test(text)) return [];
  if ((sentence.on ?? "") > chart.asOf) return [];
  // "Could not tolerate" is no supposition.
  if (!isPlainStatement(text.replace(/\b(?:could|can)\s*not\b/gi, "cannot"), section, false)) return [];
  return classNames(chart)
    .filter(({ at }) => at.test(text))
    .flatMap(({ name, at }) =>
      ways.flatMap(([outcome, way]): ClassStatement[] => {
        const found = new RegExp(`(?<![\\w-])${way.replace("%", at.source)}`, "i").exec(text);
        if (!found || denial.test(text.slice(0, found.index))) return [];
        return [{ name, outcome, count: countOf(found[1]), sentence }];
      }),
    );
}

const numbers: Record<string, number> = {
  two: 2,
  both: 2,
  several: 2,
  multiple: 2,
  three: 3,
  four: 4,
  five: 5,
};
const countOf = (word: string | undefined): number =>
  word === undefined ? 1 : (numbers[word.toLowerCase()] ?? (Number(word) || 1));

/**
 * A criterion that asks for a contraindication to, an intolerance of or the failure of a class, and a note that says so
 * of the whole class. A contraindication or allergy to a class also holds for each drug that bears its name
 * ("sumatriptan"). How long a trial was, such a statement does not show.
 */
export function judgeClass(text: string, test: Test | null, chart: Chart): Verdict {
  const asked = outcomesAsked(text, test);
  if (asked.size === 0) return unknown();
  const classes = classNames(chart).filter(({ at }) => at.test(text));
  const drugs = termsOf(text, chart.strict)
    .filter(({ key }) => key.startsWith("d:"))
    .map(({ key }) => key.slice(2).toLowerCase());
  const said = statementsOf(chart).filter(
    ({ name, outcome }) =>
      classes.some((one) => one.name === name) ||
      (drugs.length > 0 &&
        drugs.every((drug) => bears(drug, name)) &&
        /contraindicated|allergy/.test(outcome)),
  );
  const counting = said.filter(
    ({ outcome, count }) =>
      asked.has(outcome) &&
      (outcome !== "inadequate-response" ||
        (test?.minDays === undefined &&
          count >= (test?.count ?? 1) &&
          !/\b(?:weeks?|months?|days?)\b/i.test(text))),
  );
  const evidence = (list: readonly ClassStatement[]) =>
    list
      .slice(0, 3)
      .map(({ sentence, outcome, name }) => passage([spanOfSentence(sentence)], `${name}: ${outcome}`));
  const shown = joined(text, classes)
    ? classes.every(({ name }) => counting.some((one) => one.name === name))
    : counting.length > 0;
  return shown ? met(evidence(counting)) : unknown(evidence(said));
}

/** "Of triptans and of beta blockers" asks for both. */
function joined(text: string, classes: readonly ClassName[]): boolean {
  const places = classes.map(({ at }) => text.search(at));
  return classes.length > 1 && /\band\b/i.test(text.slice(Math.min(...places), Math.max(...places)));
}

/** A text in which drugs that bear the name of a class are called by it. */
export function byClass(text: string, verdict: Verdict, chart: Chart): string {
  const names = classNames(chart).filter(({ at }) =>
    verdict.for.some(({ from }) => from.some(({ quote }) => at.test(quote))),
  );
  return termsOf(text, chart.strict)
    .filter(({ key }) => key.startsWith("d:"))
    .reduceRight((whole, { key, start, end }) => {
      const its = names.find(({ name }) => bears(key.slice(2).toLowerCase(), name));
      return its ? `${whole.slice(0, start)}${its.name}${whole.slice(end)}` : whole;
    }, text);
}

/** "Atorvastatin" bears the name of the statins. */
const bears = (drug: string, className: string): boolean =>
  className.length >= 6 && drug.endsWith(className.replace(/s$/, ""));

function outcomesAsked(text: string, test: Test | null): Set<Outcome> {
  const asked = new Set<Outcome>();
  if (
    /\b(?:no|not|without|absence of|never)\b/i.test(text) &&
    !/\b(?:not (?:tolerat|a candidate)|could not|can ?not)/i.test(text)
  )
    return asked;
  if (test?.negated) return asked;
  if (/\bcontraindicat\w*|\bnot a candidate\b/i.test(text)) asked.add("contraindicated").add("allergy");
  if (
    /\b(?:intoleran\w*|not tolerat\w*|cannot tolerate|unable to tolerate|hypersensitiv\w*|allerg\w+)/i.test(
      text,
    )
  )
    asked.add("intolerance").add("allergy");
  if (/\b(?:fail\w*|inadequate response|refractory|did not respond|ineffective)\b/i.test(text))
    asked.add("inadequate-response");
  return asked;
}
