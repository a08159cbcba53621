import { daysBetween } from "#base";
import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf, passage } from "./chart.ts";
import { holds, met, newestFirst, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { conceptNamed } from "./judge-threshold.ts";
import { conceptOfKey, termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";
import { windowIn } from "./windows.ts";

/** Panels by the words of criteria, and the values of which one shows that the panel was drawn. */
const panels: [RegExp, string[]][] = [
  [
    /\b(?:liver (?:enzymes?|function(?: tests?)?|panel)|hepatic (?:function|panel|enzymes?)|LFTs?|transaminases|ALT|AST)\b/i,
    ["alt", "ast"],
  ],
  [/\b(?:complete blood count|CBC|blood counts?)\b/i, ["hgb", "platelets", "anc", "alc"]],
  [/\b(?:renal function|kidney function|serum creatinine|creatinine|eGFR)\b/i, ["creat", "egfr"]],
  [/\b(?:lipid (?:panel|profile)|LDL(?:-C)?|cholesterol)\b/i, ["ldl", "nonhdl"]],
  [/\b(?:thyroid function|TSH)\b/i, ["tsh"]],
  [/\b(?:electrolytes|potassium)\b/i, ["potassium"]],
];
const asks =
  /^\W*(?:(?:baseline|documented|documentation (?:of|that)|results? of)\s+)*(.{3,80}?)\s+(?:(?:has|have|had|was|were|must)\s+)?(?:been\s+|be\s+)?(?:measured|obtained|checked|drawn|assessed|evaluated|performed|completed|documented|tested)(?:\s+(?:within|prior to|before|at|in)\b.*)?\W*$/i;

/**
 * "Liver enzymes and bilirubin have been measured": a value of each in the chart, inside the window where one is set.
 * `null`: of no such kind, or a thing is named of which we know no value.
 */
export function judgeMeasured(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text);
  if (!found || /\b(?:not|no|or|unless|normal|negative|above|below|by)\b|[<>≥≤]/i.test(found[1]!))
    return null;
  const window = windowIn(text);
  const things = found[1]!.split(/,\s*(?:and\s+)?|\s+and\s+/i).map((thing) => conceptsIn(thing, chart));
  if (things.some((list) => list.length === 0)) return null;
  const values = things.map((concepts) =>
    newestFirst(
      concepts
        .flatMap((concept) => chart.byConcept.get(concept) ?? [])
        .filter((fact) => isValue(fact, chart, window?.days)),
    ),
  );
  const evidence = values.flatMap((list) => list.slice(0, 1).map((fact) => evidenceOf(fact, "measured")));
  if (values.every((list) => list.length > 0)) return met(evidence);
  return evidence.length > 0 ? unknown(evidence) : null;
}

function conceptsIn(thing: string, chart: Chart): string[] {
  const panel = panels.find(([name]) => name.test(thing));
  if (panel) return panel[1];
  const named = termsOf(thing, chart.strict).filter(({ named: known, key }) => known && key.startsWith("c:"));
  const kinds = named.map(({ key }) => conceptNamed(conceptOfKey(key), chart));
  return kinds.length === 1 ? kinds : [];
}

const isValue = (fact: Fact, chart: Chart, within: number | undefined): boolean => {
  const day = dayOf(fact);
  if (!holds(fact) || !fact.value || (day ?? "") > chart.asOf) return false;
  return within === undefined || (day !== null && daysBetween(day, chart.requestedOn) <= within);
};

const exampled =
  /\b(?:assessment|instrument|measure|scale|test|tool|evaluation)\b[^.;]{0,60}\((?:e\.g\.|such as|for example|including),?\s*([^()]{3,80})\)[^.;]{0,20}\b(?:has been|was|is|have been)?\s*(?:completed|performed|administered|obtained|done|documented|used)\b/i;

/** "A standardized assessment (e.g., Vineland) has been completed": a value of one of those named. `null`: not asked or none. */
export function judgeInstrument(text: string, chart: Chart): Verdict | null {
  const found = exampled.exec(text);
  if (!found || /\b(?:not|no|unless)\b|[<>≥≤]/i.test(text)) return null;
  const window = windowIn(text);
  const values = newestFirst(
    found[1]!
      .split(/,|\bor\b|\band\b/i)
      .flatMap((name) => conceptsIn(name, chart))
      .flatMap((concept) => chart.byConcept.get(concept) ?? [])
      .filter((fact) => isValue(fact, chart, window?.days)),
  );
  return values.length > 0 ? met([evidenceOf(values[0]!, "one of the instruments named")]) : null;
}

const asksWithin =
  /^\W*(?:(?:documentation of|baseline)\s+)?(?:an?\s+)?(?:normal\s+([A-Za-z0-9 -]{3,40}?)(?:\s+levels?)?|([A-Za-z0-9 -]{3,40}?)(?:\s+levels?)?\s+(?:is|are|was|must be)\s+(?:within (?:the )?normal (?:limits|range)|normal))\W*$/i;

/** "Serum calcium is within normal limits": the newest value beside the range its laboratory prints. `null`: not asked or not printed. */
export function judgeWithinRange(text: string, chart: Chart): Verdict | null {
  const found = asksWithin.exec(text);
  const concepts = found ? conceptsIn((found[1] ?? found[2])!, chart) : [];
  if (!found || concepts.length === 0) return null;
  const [newest] = newestFirst(
    concepts
      .flatMap((concept) => chart.byConcept.get(concept) ?? [])
      .filter((fact) => isValue(fact, chart, undefined)),
  );
  if (!newest || newest.value?.low === undefined || newest.value.low !== newest.value.high) return null;
  const lines = chart.index.sentences.filter(({ sentence }) =>
    newest.from.some(
      (at) =>
        at.document === sentence.document &&
        at.page === sentence.page &&
        at.start < sentence.end &&
        sentence.start < at.end,
    ),
  );
  for (const { sentence } of lines) {
    const at = sentence.text.indexOf(String(newest.value.low));
    const range =
      at < 0
        ? null
        : /^\S*[^\d]{0,25}?(?:\(|ref\w*:?\s*|range:?\s*|\s{2,}|normal\s*)\(?(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)/i.exec(
            sentence.text.slice(at),
          );
    if (!range) continue;
    const inside = newest.value.low >= Number(range[1]) && newest.value.low <= Number(range[2]);
    const evidence = [evidenceOf(newest, `the laboratory's range is ${range[1]} to ${range[2]}`)];
    return inside ? met(evidence) : notMet(evidence);
  }
  return null;
}

const asksHepatitis =
  /\b(?:hepatitis B(?: virus)?|HBV)\b(?=[^.;]*\b(?:screen\w*|test\w*|ruled out|negative|no active|absence|evaluat\w+|excluded)\b)/i;
const surface = /\b(?:hepatitis B surface (?:antigen|Ag)|HBsAg|hep B s(?:urface)? ?Ag)\b/i;
const core = /\b(?:hepatitis B core|anti-?HBc|HBcAb|core (?:antibody|Ab))\b/i;
const nonreactive = /\b(?:non-?reactive|negative|neg|not detected)\b/i;

/** "Screened for hepatitis B and active infection ruled out": a surface antigen that is negative. `null`: not asked, or no result. */
export function judgeHepatitisB(text: string, chart: Chart): Verdict | null {
  if (!asksHepatitis.test(text) || /\b(?:hepatitis C|HIV|tuberculosis|vaccin\w+|unless)\b/i.test(text))
    return null;
  const window = windowIn(text);
  const results = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, on }) =>
        surface.test(words) &&
        (on ?? "") <= chart.asOf &&
        (!window || (on !== null && daysBetween(on, chart.requestedOn) <= window.days)) &&
        !/\b(?:ordered|pending|will|to be|recommend\w*|needs?)\b/i.test(words),
    );
  const negative = results.filter(({ text: words }) => nonreactive.test(words));
  if (negative.length === 0 || negative.length < results.length) return null;
  const cores = chart.index.sentences.filter(({ sentence }) => core.test(sentence.text));
  if (/\bcore\b|anti-?HBc/i.test(text) && !cores.some(({ sentence }) => nonreactive.test(sentence.text)))
    return null;
  return met(
    negative.slice(0, 2).map((one) => passage([spanOfSentence(one)], "the surface antigen is negative")),
  );
}

const asksNormal =
  /^\W*(?:(?:the\s+)?(?:member|patient)\s+(?:does not have|has no)\s+|no\s+|absence of\s+)?(?:an?\s+)?([A-Za-z0-9 -]{3,40}?)\s+deficiency(?:\s+(?:has|have)\s+been\s+(?:ruled out|excluded)|\s+(?:is|was)\s+(?:ruled out|excluded|absent))?\W*$/i;

/** "G6PD deficiency has been ruled out": a normal value, or the denial of the deficiency. `null`: not asked or not said. */
export function judgeDeficiency(text: string, chart: Chart): Verdict | null {
  const found = asksNormal.exec(text);
  if (!found || !/\b(?:ruled out|excluded|absent|absence|no|not)\b/i.test(text)) return null;
  const name = found[1]!.trim().replace(/\s+/g, "[\\s-]+");
  const normal = new RegExp(
    `\\b${name}\\b(?:[^.;]|\\.(?=\\d)){0,45}\\b(?:normal|within normal limits|WNL|negative for deficiency|not deficient|sufficient)\\b|\\b(?:no|negative for|not)\\s+${name}[\\s-]+deficien\\w+`,
    "i",
  );
  const low = new RegExp(
    `\\b${name}\\b(?:[^.;]|\\.(?=\\d)){0,40}\\b(?:deficien\\w+|low|abnormal|reduced)\\b`,
    "i",
  );
  const lines = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, section, on }) => (on ?? "") <= chart.asOf && isPlainStatement(words, section, false),
    );
  const said = lines.filter(({ text: words }) => normal.test(words) && !/\babnormal\b/i.test(words));
  if (said.length === 0 || lines.some(({ text: words }) => low.test(words) && !normal.test(words)))
    return null;
  return met(said.slice(0, 2).map((one) => passage([spanOfSentence(one)], "normal, in writing")));
}
