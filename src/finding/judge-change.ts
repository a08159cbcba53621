import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf, passage } from "./chart.ts";
import { holds, met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { conceptOfKey, termsOf } from "./lexicon.ts";
import { isPlainStatement } from "./polarity.ts";
import { type Sentence, spanOfSentence } from "./sentences.ts";
import { readingsOf } from "./support.ts";

const least =
  "(?:at least|a minimum of|minimum of|greater than or equal to|no less than|more than|greater than|≥|>=|>)";
const fall = "reduction|decrease|decline|drop|loss|reduced|decreased|lost";
const rise = "increase|gain|increased|gained";
const better = "improvement|improved|response";
const change = `(?:${fall}|${rise}|${better})`;
const asksShare = new RegExp(
  `\\b(${change})\\s+(?:of|by|in\\s+\\S+\\s+of)?\\s*(?:${least}\\s*)?(\\d{1,3})\\s*(?:%|percent)|(?:${least}\\s*)(?:a\\s+)?(\\d{1,3})\\s*(?:%|percent)\\s+(?:or (?:more|greater)\\s+)?(${change})\\b|(\\d{1,3})\\s*(?:%|percent)\\s+or (?:more|greater)\\s+(${change})\\b`,
  "i",
);
const asksBetter =
  /\b(?:improvement|decrease|reduction|increase)\b[^.;]{0,60}\b(?:from|since|compared (?:to|with)|over)\s+(?:the\s+)?(?:pre-?treatment\s+)?(?:baseline|initial|start|pre-?treatment)\b/i;
/** Of these more is better; of every other score or value less. */
const moreIsBetter = new Set(
  "moca mmse fev1 fvc dlco fev1fvc lefs berg koos six_mwd kps alsfrs hgb platelets act lvef t25 rom aba_hours vineland egfr albumin cd4 height_sds grip mrc".split(
    " ",
  ),
);
/** A smaller change than this part of the first value is no improvement that a payer would grant. */
const smallest = 0.1;

/**
 * "A reduction of at least 50% in EASI from baseline", "improvement from baseline in FEV1": the first value, or the one
 * called baseline, beside the newest; else a share that a note itself gives. `null`: of no such kind, or no value.
 */
export function judgeChange(text: string, chart: Chart): Verdict | null {
  const share = asksShare.exec(text);
  if (!share && !asksBetter.test(text)) return null;
  if (/\b(?:not|no|without|less than|failure|fail\w*|loss of response)\b/i.test(text)) return null;
  const named = measuresIn(text, chart);
  const wanted = Number(share?.[2] ?? share?.[3] ?? share?.[5] ?? Number.NaN);
  const word = (share?.[1] ?? share?.[4] ?? share?.[6] ?? asksBetter.exec(text)?.[0] ?? "").toLowerCase();
  const computed = named.flatMap((concept) => changeOf(concept, word, chart) ?? []);
  const needed = Number.isFinite(wanted) ? wanted / 100 : smallest;
  const both = (list: typeof computed) =>
    list.slice(0, 2).flatMap(({ first, last, part }) => {
      const why = `${Math.round(part * 100)}% ${part >= 0 ? "better" : "worse"} than the first value`;
      return [evidenceOf(first, why), evidenceOf(last, why)];
    });
  const enough = computed.filter(({ part }) => part >= needed - 0.0005);
  if (enough.length > 0 && (enough.length === computed.length || /\bor\b|e\.g\.|such as|one of/i.test(text)))
    return met(both(enough));
  const told = Number.isFinite(wanted) ? toldShares(named, text, chart) : [];
  const show = told
    .slice(0, 2)
    .map(({ sentence }) => passage([spanOfSentence(sentence)], "the change it tells"));
  if (told.length > 0 && told.every(({ percent }) => percent >= wanted) && computed.length === 0)
    return met(show);
  if (
    computed.length > 0 &&
    Number.isFinite(wanted) &&
    computed.every(({ part }) => part < needed * 0.98) &&
    told.length === 0
  )
    return alone(text) ? notMet(both(computed)) : unknown(both(computed));
  return computed.length + show.length > 0 ? unknown([...both(computed), ...show]) : null;
}

/** Only one measure and one bound are asked for. */
const alone = (text: string): boolean => !/\b(?:or|and|e\.g\.|such as|including)\b/i.test(text);

/** Concepts with values in the chart that the text names. */
function measuresIn(text: string, chart: Chart): string[] {
  const keys = termsOf(text, chart.strict)
    .filter(({ named, key }) => named && key.startsWith("c:"))
    .map(({ key }) => conceptOfKey(key));
  const further = /\b(?:body\s*weight|weight)\b/i.test(text) ? ["weight"] : [];
  return [...new Set([...keys, ...further])].filter((key) => valuesOf(key, chart).length > 0);
}

const valuesOf = (concept: string, chart: Chart): Fact[] =>
  (chart.byConcept.get(concept) ?? []).filter(
    (fact) =>
      holds(fact) &&
      fact.value?.low !== undefined &&
      fact.value.low === (fact.value.high ?? fact.value.low) &&
      (dayOf(fact) ?? "") <= chart.asOf,
  );

type Change = { first: Fact; last: Fact; part: number };

/** The change in the wanted direction as a part of the first value; positive is what was asked for. */
function changeOf(concept: string, word: string, chart: Chart): Change | null {
  const dated = valuesOf(concept, chart)
    .filter((fact) => dayOf(fact) !== null)
    .sort((a, b) => dayOf(a)!.localeCompare(dayOf(b)!));
  const units = new Set(dated.map(({ value }) => value!.unit ?? ""));
  if (dated.length < 2 || units.size > 1) return null;
  const first = dated.find((fact) => isBaseline(fact)) ?? dated[0]!;
  const last = dated.at(-1)!;
  const same = dated.filter((fact) => dayOf(fact) === dayOf(last));
  if (dayOf(first)! >= dayOf(last)! || first.value!.low === 0) return null;
  if (same.some(({ value }) => value!.low !== last.value!.low)) return null;
  const risen = (last.value!.low! - first.value!.low!) / Math.abs(first.value!.low!);
  const up = new RegExp(`^(?:${rise})`, "i").test(word)
    ? true
    : new RegExp(`^(?:${fall})`, "i").test(word)
      ? false
      : moreIsBetter.has(concept);
  return { first, last, part: up ? risen : -risen };
}

const isBaseline = ({ text, from }: Fact): boolean =>
  /\b(?:baseline|pre-?treatment|before (?:starting|treatment)|at start)\b/i.test(
    `${text} ${from.map(({ quote }) => quote).join(" ")}`,
  );

/** "Improvement 53%", "EASI reduced by 78%", in or beside a sentence that names the measure. */
function toldShares(
  named: readonly string[],
  text: string,
  chart: Chart,
): { sentence: Sentence; percent: number }[] {
  const tells = new RegExp(
    `\\b(${change})\\b[^.;%]{0,40}?(\\d{1,3}(?:\\.\\d+)?)\\s*(?:%|percent)|(\\d{1,3}(?:\\.\\d+)?)\\s*(?:%|percent)\\s+(${change})\\b`,
    "i",
  );
  const wanted = termsOf(text.replace(asksShare, " "), chart.strict)
    .filter(({ content, key }) => content && !form.has(key))
    .map(({ key }) => key);
  return readingsOf(chart).readings.flatMap(({ sentence, terms, context }) => {
    const found = tells.exec(sentence.text);
    if (!found || !isPlainStatement(sentence.text, sentence.section, false)) return [];
    if ((sentence.on ?? "") > chart.asOf || /\b(?:no|not|goal|target|expected)\b/i.test(sentence.text))
      return [];
    const near = (key: string) => terms.some((term) => term.key === key) || context.has(key);
    const measured = named.some((concept) =>
      [...context, ...terms.map(({ key }) => key)].some((key) => conceptOfKey(key) === concept),
    );
    if (!measured && !(wanted.length > 0 && wanted.every(near))) return [];
    return [{ sentence, percent: Number(found[2] ?? found[3]) }];
  });
}

const form = new Set(
  "reduct decreas declin loss improvement increas respons baselin score scor respond therapy treatment least evidenc demonstrat documented initial compar shown has been from member total".split(
    " ",
  ),
);
