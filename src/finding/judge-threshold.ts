import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, evidenceOf } from "./chart.ts";
import { withinWindow } from "./evaluate/condition.ts";
import { decideBy, isOfNow, standing } from "./evaluate/measure.ts";
import { holds, newestFirst, unknown, type Verdict } from "./evaluate/verdict.ts";
import { classesIn } from "./graded-classes.ts";
import { conceptOfKey, type Term, termsOf } from "./lexicon.ts";
import { all, any } from "./logic.ts";
import { onReportsOf } from "./study-pages.ts";
import { pageKey, readingsOf } from "./support.ts";
import { valuesInText } from "./text-measure.ts";
import { type Threshold, thresholdsIn } from "./thresholds.ts";
import { windowIn } from "./windows.ts";
import { isFaint, stem } from "./words.ts";

/**
 * A criterion that consists of thresholds ("LVEF of 20% to 50%"), or of a class of an instrument ("NYHA class III").
 * Words beside the threshold must stand in the passage that carries the value. `null` when it is of no such kind.
 */
export function judgeThreshold(text: string, chart: Chart): Verdict | null {
  const plain = asMeasured(text);
  const ways = alternativesIn(plain);
  if (ways.length === 1) return judgeBounds(plain, chart);
  const answers = ways.map((way) => judgeBounds(way, chart) ?? unknown());
  const verdict = joined(answers, any);
  const shows = answers.find(({ status }) => status === "met");
  return shows ? { ...shows, against: verdict.against } : verdict;
}

/** "Functional disability as measured by an Oswestry Disability Index (ODI) score" is the score; its letters in brackets say no more. */
function asMeasured(text: string): string {
  const plain = text
    .replace(/\s*\((?:[A-Z][A-Za-z0-9-]{1,9})\)/g, "")
    .replace(studied, "")
    .replace(rated, "")
    .replace(/\bweighs\b/i, "weight")
    .replace(/\bpounds\b/i, "lb");
  const by =
    /^[^.;:<>≥≤\d]{3,60}?\b(?:documented|measured|evidenced|demonstrated|defined|indicated|shown|assessed)\s+(?:by|as|on|with|using)\s+(?:an?\s+|the\s+)?(?=\S.*\b(?:score|index|scale|questionnaire|inventory)\b)/i.exec(
      plain,
    );
  return by && !/\b(?:no|not|without|absence)\b/i.test(by[0]) ? plain.slice(by[0].length) : plain;
}

/** "As measured by echocardiography, MRI or nuclear imaging": any study that measures it will do. */
const studied =
  /,?\s+(?:as\s+)?(?:measured|determined|assessed|shown|documented|demonstrated|confirmed)\s+(?:by|on|with|using)\s+(?=[^.;]*\b(?:or|any)\b)(?:(?:an?|any|either|transthoracic|transesophageal|cardiac|nuclear|echocardiogra\w+|MRI|CMR|magnetic resonance|CT|computed tomography|MUGA|ventriculogra\w+|SPECT|scan|scintigra\w+|imaging|study|ultrasound|or|other|test|angiogra\w+)[\s,]*)+$/i;

/** "On a 0-10 numeric rating scale" is no bound. */
const rated =
  /\s*\(?\b(?:on|using|by)\s+(?:an?\s+|the\s+)?(?:\d+\s*(?:-|–|to)\s*\d+|\d+[- ]point)\s+(?:[a-z-]+\s+){0,5}?(?:scale|NRS|VAS)\b\)?/i;

/** Several bounds, or several conditions of measuring, of which one suffices. */
export const hasWays = (text: string): boolean =>
  alternativesIn(asMeasured(text)).length > 1 || anyOfThem.test(text);

const orElse =
  /[,;]?\s+or\s+(?:an?\s+)?(?!equal|more\b|greater\b(?! than)|higher\b|less\b(?! than)|lower\b|above\b(?!\s*\d)|below\b(?!\s*\d)|over\b(?!\s*\d)|under\b(?!\s*\d)|fewer\b(?! than)|longer\b|older\b|younger\b|up\b)/i;

/**
 * "At least 150 within 6 weeks, or at least 300 within 12 months", "PHQ-9 of 20 or higher, or HAM-D of 24 or higher": each
 * bound is one way. What is measured is named once for all of them.
 */
function alternativesIn(text: string): string[] {
  if (/\b(?:no|not|without|absence|neither)\b/i.test(text)) return [text];
  const parts = text.split(orElse).map((part) => part.trim());
  if (parts.length < 2) return [text];
  const phrase = thresholdsIn(parts[0]!)[0]?.phrase;
  const ways = parts.map((part, at) =>
    at > 0 && phrase && /^(?:at least|greater|more|less|fewer|over|under|above|below|[<>≥≤])/i.test(part)
      ? `${phrase} ${part}`
      : part,
  );
  return ways.every((way) => thresholdsIn(way).length > 0) ? ways : [text];
}

/** Every bound of a text that joins them by "and". */
function judgeBounds(text: string, chart: Chart): Verdict | null {
  // "Weight loss when BMI is over 30": the bound says when something is asked, not what.
  if (/\b(?:when|if|unless|for (?:members|patients|those) with)\b[^.;]*\d/i.test(text)) return null;
  const looked = windowIn(text);
  const maxAgeDays = looked?.days;
  const rest = looked
    ? `${text.slice(0, looked.start)}${" ".repeat(looked.end - looked.start)}${text.slice(looked.end)}`
    : text;
  const graded = classesIn(rest, chart);
  const thresholds = graded ? [] : thresholdsIn(rest);
  if (!graded && thresholds.length === 0) return null;
  const parts = graded
    ? [{ ...graded, test: { kind: "scale" } as Test }]
    : thresholds.map((one) => thresholdPart(one, chart));
  const answers = parts.map(({ facts: all, test, stand }) => {
    const facts = underCondition(rest, all, chart);
    const whole: Test = maxAgeDays === undefined ? test : { ...test, maxAgeDays };
    const passing = facts.filter((fact) => stand(fact) === "passes" && withinWindow(fact, whole, chart));
    const shown = decide(onReportsOf(text, facts, chart), whole, chart, stand);
    return { verdict: shown.status === "unknown" ? decide(facts, whole, chart, stand) : shown, passing };
  });
  const verdict = joined(answers.map((one) => one.verdict));
  // Under another of the conditions it may have been kept.
  if (verdict.status === "not-met" && anyOfThem.test(rest)) return unknown(verdict.against);
  if (verdict.status !== "met") return verdict;
  const said = passagesSaying(
    rest,
    parts,
    answers.flatMap(({ passing }) => passing),
    chart,
  );
  if (said === null) return unknown([...verdict.for, ...verdict.candidates]);
  return { ...verdict, for: distinct([...said, ...verdict.for]) };
}

/** "At rest on room air": where some values bear the condition in their own clause, those measured otherwise do not count. */
function underCondition(text: string, facts: readonly Fact[], chart: Chart): readonly Fact[] {
  const conditions = conditionsOfMeasuring.filter((one) => one.asked.test(text));
  // "At rest, during exercise or during sleep": a value under any of them.
  if (conditions.length > 1 && anyOfThem.test(text)) return facts;
  const kept = conditions.reduce<readonly Fact[]>((left, { said }) => {
    const fit = left.filter((fact) => said.test(clausesOf(fact, chart)));
    return fit.length > 0 ? fit : left;
  }, facts);
  return kept;
}

const anyOfThem =
  /\b(?:rest|resting|exercise|exertion|ambulation|provocation|valsalva|sleep)\b[^.;]{0,25}?\bor\s+(?:at|with|during|on|after)?\s*(?:rest|resting|exercise|exertion|ambulation|provocation|valsalva|sleep)\b/i;

const conditionsOfMeasuring: { asked: RegExp; said: RegExp }[] = [
  { asked: /\broom air\b/i, said: /\b(?:room[- ]air|RA)\b/ },
  { asked: /\bat rest\b|\bresting\b/i, said: /\b(?:rest|resting)\b/i },
  {
    asked: /\b(?:exertion|exercise|ambulation)\b/i,
    said: /\b(?:exertion\w*|exercise|ambulat\w+|walking)\b/i,
  },
  { asked: /\bpre-?bronchodilator\b/i, said: /\bpre-?(?:bronchodilator|BD)?\b/i },
  { asked: /\bpost-?bronchodilator\b/i, said: /\bpost-?(?:bronchodilator|BD)?\b/i },
  { asked: /\boff (?:medication|meds)\b/i, said: /\boff\b/i },
];

/** The clause of the sentence in which a value stands: to the next comma, semicolon or colon. */
function clausesOf(fact: Fact, chart: Chart): string {
  return fact.from
    .map((at) => {
      const sentence = (readingsOf(chart).byPage.get(pageKey(at)) ?? []).find(
        ({ sentence: one }) => at.start < one.end && one.start < at.end,
      )?.sentence;
      if (!sentence) return at.quote;
      const from = Math.max(0, at.start - sentence.start);
      const before = sentence.text.slice(0, from).split(/[,;]/).at(-1)!;
      const after = sentence.text.slice(at.end - sentence.start).split(/[,;]/)[0]!;
      return `${before}${at.quote}${after}`;
    })
    .join(" ");
}

const distinct = (list: Verdict["for"]): Verdict["for"] =>
  list.filter((one, at) => list.findIndex((other) => samePlace(one, other)) === at).slice(0, 6);
const samePlace = (a: Verdict["for"][number], b: Verdict["for"][number]): boolean =>
  a.from[0]?.document === b.from[0]?.document &&
  a.from[0]?.page === b.from[0]?.page &&
  a.from[0]?.start === b.from[0]?.start;

function joined(verdicts: readonly Verdict[], by: typeof all = all): Verdict {
  return {
    status: by(verdicts.map(({ status }) => status)),
    for: verdicts.flatMap((one) => one.for),
    against: verdicts.flatMap((one) => one.against),
    candidates: verdicts.flatMap((one) => one.candidates),
  };
}

function thresholdPart({ phrase, test, start, end }: Threshold, chart: Chart) {
  const keys = termsOf(phrase, chart.strict)
    .filter((term) => term.named)
    .map(({ key }) => conceptOfKey(key));
  const known = keys
    .flatMap((key) => chart.byConcept.get(conceptNamed(key, chart)) ?? [])
    .filter((fact) => holds(fact) && fact.value);
  const whole: Test = { kind: "measure", ...test };
  return {
    start,
    end,
    test: whole,
    facts: known.length > 0 ? known : valuesInText(phrase, test.unit, chart),
    stand: (fact: Fact) => standing(fact.value!, whole),
  };
}

/** Rows of `same` name a thing in words; facts carry the concept's id. */
export function conceptNamed(key: string, chart: Chart): string {
  if (chart.byConcept.has(key)) return key;
  const row = chart.matching.same.find(([name]) => name === key);
  const id = row?.map((name) => chart.conceptOf.get(name.toLowerCase())).find((one) => one !== undefined);
  return id ?? key;
}

function decide(
  facts: readonly Fact[],
  test: Test,
  chart: Chart,
  stand: Parameters<typeof decideBy>[3],
): Verdict {
  const past = facts.filter(
    (fact) => (fact.when.latest ?? "") <= chart.asOf && isOfNow(fact, test, chart, ""),
  );
  const decided = decideBy(newestFirst(past), test, chart, stand);
  // Values read from plain words may belong to another time or study: where they disagree they decide nothing.
  const doubtful =
    past.some(({ id }) => id.startsWith("text-")) && decided.status === "not-met" && decided.for.length > 0;
  const verdict = doubtful ? unknown([...decided.for, ...decided.against]) : decided;
  const drop = (list: Verdict["for"]) => list.map(withoutTextId);
  return {
    ...verdict,
    for: drop(verdict.for),
    against: drop(verdict.against),
    candidates: drop(verdict.candidates),
  };
}

/** Values read from plain words are no facts of the record's own list. */
const withoutTextId = (one: Verdict["for"][number]): Verdict["for"][number] =>
  one.fact?.startsWith("text-") ? { ...one, fact: null } : one;

const allowed = new Set(
  (
    "symptomatic symptoms ambulatory shown performed transthoracic transesophageal recurrent residual functional class " +
    "medical therapy mean documented while despite when grade score total minimal minimum measured point fasting serum demonstrate show"
  )
    .split(" ")
    .map(stem)
    .concat("i:I50.9", "c:heart failure", "c:symptomatic", "c:echocardiography", "c:mitral regurgitation"),
);

/**
 * Telling words beside the threshold must stand in a passage that carries a passing value, or beside it. The passages
 * that say them all; `null` when there is none.
 */
function passagesSaying(
  text: string,
  taken: readonly { start: number; end: number }[],
  passing: readonly Fact[],
  chart: Chart,
): Verdict["for"] | null {
  const outside = termsOf(text, chart.strict).filter(
    (term) =>
      term.content &&
      !isFaint(term.key) &&
      !allowed.has(term.key) &&
      !taken.some(({ start, end }) => term.start < end && start < term.end),
  );
  if (outside.length === 0) return [];
  const groups = placesListed(text, outside);
  const saying = passing.filter((fact) =>
    readingsAt(fact, chart).some(({ terms, context }) =>
      groups.every((group) =>
        group.some((way) =>
          way.every(
            ({ key }) =>
              context.has(key) ||
              terms.some((term) => term.key === key || chart.strict.classOf.get(term.key) === key),
          ),
        ),
      ),
    ),
  );
  return saying.length > 0
    ? saying.slice(0, 3).map((fact) => withoutTextId(evidenceOf(fact, "says the whole of it")))
    : null;
}

/** "At the lumbar spine, femoral neck, or total hip": any of the places will do; all other words are asked for each. */
function placesListed(text: string, outside: readonly Term[]): Term[][][] {
  const list =
    /\b(?:at|of|in|on) (?:the |either )?((?:[a-z]+ ?){1,4}(?:, (?:[a-z]+ ?){1,4})*,? or (?:the )?(?:[a-z]+ ?){1,4})/i.exec(
      text,
    );
  if (!list) return outside.map((term) => [[term]]);
  const from = list.index + list[0].length - list[1]!.length;
  const to = list.index + list[0].length;
  const inside = outside.filter(({ start }) => start >= from && start < to);
  if (inside.length < 2) return outside.map((term) => [[term]]);
  const ways: Term[][] = [[]];
  for (const [at, term] of inside.entries()) {
    const before = inside[at - 1];
    if (before && /,|\bor\b/.test(text.slice(before.end, term.start))) ways.push([]);
    ways.at(-1)!.push(term);
  }
  return [...outside.filter((term) => !inside.includes(term)).map((term) => [[term]]), ways];
}

const readingsAt = (fact: Fact, chart: Chart) =>
  fact.from.flatMap((at) =>
    (readingsOf(chart).byPage.get(pageKey(at)) ?? []).filter(
      ({ sentence }) => at.start < sentence.end && sentence.start < at.end,
    ),
  );
