import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, evidenceOf } from "./chart.ts";
import { withinWindow } from "./evaluate/condition.ts";
import { decideBy, gradeOf, standing } from "./evaluate/measure.ts";
import { holds, newestFirst, unknown, type Verdict } from "./evaluate/verdict.ts";
import { conceptOfKey, termsOf } from "./lexicon.ts";
import { all } from "./logic.ts";
import { isPlainStatement } from "./polarity.ts";
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
  const answers = parts.map(({ facts, test, stand }) => {
    const whole: Test = maxAgeDays === undefined ? test : { ...test, maxAgeDays };
    const passing = facts.filter((fact) => stand(fact) === "passes" && withinWindow(fact, whole, chart));
    const shown = decide(onReportsOf(text, facts, chart), whole, chart, stand);
    return { verdict: shown.status === "unknown" ? decide(facts, whole, chart, stand) : shown, passing };
  });
  const verdict = joined(answers.map((one) => one.verdict));
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

const distinct = (list: Verdict["for"]): Verdict["for"] =>
  list.filter((one, at) => list.findIndex((other) => samePlace(one, other)) === at).slice(0, 6);
const samePlace = (a: Verdict["for"][number], b: Verdict["for"][number]): boolean =>
  a.from[0]?.document === b.from[0]?.document &&
  a.from[0]?.page === b.from[0]?.page &&
  a.from[0]?.start === b.from[0]?.start;

function joined(verdicts: readonly Verdict[]): Verdict {
  return {
    status: all(verdicts.map(({ status }) => status)),
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
function conceptNamed(key: string, chart: Chart): string {
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
  const past = facts.filter((fact) => (fact.when.latest ?? "") <= chart.asOf);
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

const instruments: { name: RegExp; concept: string; said: RegExp }[] = [
  {
    name: /\b(?:NYHA|New York Heart Association)(?: functional)?(?: class(?:ification)?)?/i,
    concept: "nyha",
    said: /\bNYHA(?: functional)?(?: class)?[\s:]*\(?((?:IV|III|II|I|[1-4])(?:[ab])?(?:\s*(?:-|–|to|\/)\s*(?:IV|III|II|I|[1-4]))?)\b/i,
  },
  {
    name: /\bECOG(?: performance status| PS)?/i,
    concept: "ecog",
    said: /\bECOG(?: performance status| PS)?[\s:]*(?:of |is )?([0-4](?:\s*(?:-|–|to)\s*[0-4])?)\b/i,
  },
];
const severe =
  /\bmoderate[- ]to[- ]severe\s+or\s+severe\b|\b3\+\s*(?:or\s*(?:4\+|greater|more|higher))|\b(?:grade )?(?:III|3)\s*or\s*(?:greater|higher|IV|more)/i;
const regurgitation = /\b(?:mitral regurgitation|MR)\b/i;
const gradeSaid =
  /\b(?:(moderate[- ]to[- ]severe|mod[- ]sev(?:ere)?)(?:\s+to\s+severe)?|(severe)|(moderate)|(mild)|([1-4])\+?\s*(?:-|–|to)\s*([1-4])\+|([1-4])\+)/gi;

type Graded = {
  start: number;
  end: number;
  facts: Fact[];
  stand: (fact: Fact) => "passes" | "fails" | "straddles" | null;
};

/** Classes of an instrument, or grades of regurgitation, with the values the chart gives. */
function classesIn(text: string, chart: Chart): Graded | null {
  for (const { name, concept, said } of instruments) {
    const found = name.exec(text);
    if (!found) continue;
    const after = text.slice(found.index + found[0].length);
    const listed =
      /^[\s:,]*(?:of |is )?(?:class(?:es)?\s*)?((?:(?:ambulatory|class|or|and|to|through|,|-|–|\s)|\b(?:IV|III|II|I|[0-4])[ab]?\b)+)/i.exec(
        after,
      );
    const wanted = listed ? gradesOf(listed[1]!) : [];
    if (wanted.length === 0) return null;
    const known = (chart.byConcept.get(concept) ?? []).filter((fact) => holds(fact) && fact.value);
    const facts = known.length > 0 ? known : saidIn(chart, said, concept);
    return {
      start: found.index,
      end: found.index + found[0].length + listed![0].length,
      facts,
      stand: (fact) => among(fact, wanted),
    };
  }
  const grade = severe.exec(text);
  if (!grade || !regurgitation.test(text)) return null;
  const known = (chart.byConcept.get("mr_grade") ?? []).filter((fact) => holds(fact) && fact.value);
  const facts = known.length > 0 ? known : regurgitationIn(chart);
  const words = /\b(?:moderate|severe|3\+|4\+|grade|greater)\b/gi;
  const places = [...text.matchAll(words)].map(({ index }) => index);
  return {
    start: Math.min(...places),
    end: Math.max(...places) + 8,
    facts,
    stand: (fact) => standing(fact.value!, { kind: "scale", cmp: ">=", value: 3 }),
  };
}

function gradesOf(list: string): number[] {
  const grades = [...list.matchAll(/\b(IV|III|II|I|[0-4])[ab]?\b/gi)].map(([word]) => gradeOf(word!)!);
  if (/\b(?:to|through)\b|-|–/.test(list) && grades.length === 2)
    return Array.from({ length: grades[1]! - grades[0]! + 1 }, (_, at) => grades[0]! + at);
  return grades;
}

function among(fact: Fact, wanted: readonly number[]) {
  const low = fact.value?.low ?? gradeOf(fact.value?.text ?? "") ?? null;
  if (low === null) return null;
  const high = fact.value?.high ?? low;
  const inside = wanted.filter((grade) => grade >= low && grade <= high).length;
  if (inside >= high - low + 1) return "passes" as const;
  return inside > 0 ? ("straddles" as const) : ("fails" as const);
}

function saidIn(chart: Chart, said: RegExp, concept: string): Fact[] {
  return readingsOf(chart).readings.flatMap(({ sentence }, at) => {
    const found = said.exec(sentence.text);
    if (!found || /\b(?:class II|criteria|indication|previous|prior|was NYHA)\b.*\bor\b/i.test(sentence.text))
      return [];
    const grades = gradesOf(found[1]!);
    return [observation(sentence, concept, at, Math.min(...grades), Math.max(...grades))];
  });
}

function regurgitationIn(chart: Chart): Fact[] {
  return readingsOf(chart).readings.flatMap(({ sentence }, at) => {
    if (!isPlainStatement(sentence.text, sentence.section, false)) return [];
    const place = regurgitation.exec(sentence.text);
    if (
      !place ||
      /\b(?:prior|previous|post[- ]clip|after clip|improved to|reduced to|goal|history of)\b/i.test(
        sentence.text,
      )
    )
      return [];
    const near = sentence.text.slice(Math.max(0, place.index - 60), place.index + 70);
    const grades = [...near.matchAll(gradeSaid)].flatMap(([, modSev, sev, mod, mild, from, to, one]) =>
      modSev ? [3] : sev ? [4] : mod ? [2] : mild ? [1] : from ? [Number(from), Number(to)] : [Number(one)],
    );
    return grades.length > 0
      ? [observation(sentence, "mr_grade", at, Math.min(...grades), Math.max(...grades))]
      : [];
  });
}

function observation(
  sentence: Parameters<typeof evidenceSpan>[0],
  concept: string,
  at: number,
  low: number,
  high: number,
): Fact {
  return {
    id: `text-${at}`,
    type: "observation",
    concept,
    codes: [],
    text: sentence.text,
    assertion: "present",
    value: { low, high },
    when: { earliest: sentence.on, latest: sentence.on },
    from: [evidenceSpan(sentence)],
  };
}

const evidenceSpan = (sentence: import("./sentences.ts").Sentence) => ({
  document: sentence.document,
  page: sentence.page,
  start: sentence.start,
  end: sentence.end,
  quote: sentence.text,
});

const allowed = new Set(
  (
    "symptomatic symptoms ambulatory shown performed transthoracic transesophageal recurrent residual functional class " +
    "medical therapy mean documented while despite when grade"
  )
    .split(" ")
    .map(stem)
    .concat("c:symptomatic", "c:echocardiography", "c:mitral regurgitation"),
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
  const saying = passing.filter((fact) =>
    readingsAt(fact, chart).some(({ terms, context }) =>
      outside.every(
        ({ key }) =>
          context.has(key) ||
          terms.some((term) => term.key === key || chart.strict.classOf.get(term.key) === key),
      ),
    ),
  );
  return saying.length > 0
    ? saying.slice(0, 3).map((fact) => withoutTextId(evidenceOf(fact, "says the whole of it")))
    : null;
}

const readingsAt = (fact: Fact, chart: Chart) =>
  fact.from.flatMap((at) =>
    (readingsOf(chart).byPage.get(pageKey(at)) ?? []).filter(
      ({ sentence }) => at.start < sentence.end && sentence.start < at.end,
    ),
  );
