import type { Issue, Span } from "#base";
import type { Fact } from "#record";
import type { Chart } from "./chart.ts";
import { spanOfSentence } from "./sentences.ts";
import type { Finding } from "./types.ts";

const immune = /\b(?:hives|urticaria|rash|anaphyla\w+|angio-?edema|swelling|allerg\w+)\b/i;
const denies =
  /\b(?:never|not|no|isn.t|wasn.t|without)\b[^.;]{0,30}\b(?:hives|urticaria|rash|anaphyla\w+|angio-?edema|allerg\w+)\b/i;

/** Where two places of the record contradict each other: both are quoted, and who could settle it is named. */
export function conflictsOf(leaves: readonly Finding[], chart: Chart): Issue[] {
  const found = [...leaves.flatMap(criterionConflict), ...allergyConflicts(chart)];
  return found.filter((issue, index) => found.findIndex(({ text }) => text === issue.text) === index);
}

const quoted = (at: Span): string =>
  `“${at.quote.replace(/\s+/g, " ").trim()}” (${at.document}, page ${at.page})`;

function criterionConflict({ status, for: pro, against }: Finding): Issue[] {
  const [one, other] = [pro[0]?.from[0], against[0]?.from[0]];
  if (status !== "conflicting" || !one || !other) return [];
  return [conflict(`${quoted(one)} and ${quoted(other)}`, one)];
}

const conflict = (both: string, at: Span): Issue => ({
  severity: "warning",
  code: "record-conflict",
  text: `The record contradicts itself: ${both}. Ask the treating physician which holds, and say so before the insurer does.`,
  at,
});

/** An allergy to a drug in one paper; in another, somebody denies it, or the drug was taken for weeks and ended otherwise. */
function allergyConflicts(chart: Chart): Issue[] {
  return allergySaid(chart).flatMap(({ drug, at }) => {
    const other = endedOtherwise(drug, at, chart) ?? deniedAt(drug, at, chart);
    return other ? [conflict(`an allergy, ${quoted(at)}, against ${quoted(other)}`, at)] : [];
  });
}

/** "Allergies: Keppra (hives)": the drugs that a list of allergies names with a reaction of the immune system. */
function allergySaid(chart: Chart): { drug: string; at: Span }[] {
  return chart.index.sentences.flatMap(({ sentence }) => {
    if (!/\ballerg(?:y|ies|ic to)\b/i.test(sentence.text)) return [];
    return [
      ...sentence.text.matchAll(/\b([A-Z]?[a-z]{4,})\s*(?:\(([^)]{3,40})\)|[:–-]\s*([a-z]{4,20}))/g),
    ].flatMap((found) => {
      const drug = chart.genericOf.get(found[1]!.toLowerCase());
      if (!drug || !immune.test(found[2] ?? found[3] ?? "")) return [];
      const start = sentence.start + found.index;
      const { document, page } = sentence;
      return [{ drug, at: { document, page, start, end: start + found[0].length, quote: found[0] } }];
    });
  });
}

const namesFor = (drug: string, chart: Chart): string[] =>
  [...chart.genericOf].filter(([, generic]) => generic === drug).map(([name]) => name);

function deniedAt(drug: string, said: Span, chart: Chart): Span | null {
  const names = namesFor(drug, chart);
  const found = chart.index.sentences.find(
    ({ sentence }) =>
      (sentence.document !== said.document || sentence.start > said.end || sentence.end < said.start) &&
      names.some((name) => sentence.text.toLowerCase().includes(name)) &&
      denies.test(sentence.text),
  );
  return found ? spanOfSentence(found.sentence) : null;
}

/** A course that ended for lack of effect or another side effect, in another paper. */
function endedOtherwise(drug: string, said: Span, chart: Chart): Span | null {
  const other = (fact: Fact) =>
    fact.type === "medication" &&
    fact.from.some(({ document }) => document !== said.document) &&
    (fact.course?.outcome === "inadequate-response" || fact.course?.outcome === "intolerance") &&
    !immune.test(`${fact.course.reason ?? ""}`);
  const fact = (chart.byConcept.get(drug) ?? []).find(other);
  const at = fact?.from.find(({ document }) => document !== said.document);
  const whole =
    at &&
    chart.index.sentences.find(
      ({ sentence }) =>
        sentence.document === at.document &&
        sentence.page === at.page &&
        sentence.start <= at.start &&
        at.end <= sentence.end,
    );
  if (!whole || immune.test(whole.sentence.text)) return null;
  return spanOfSentence(whole.sentence);
}
