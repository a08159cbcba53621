import { type Chart, evidenceOf, passage } from "./chart.ts";
import { conceptsOf, met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { drugsIn } from "./judge-regimen.ts";
import { termsOf } from "./lexicon.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";

const asksWith =
  /\b(?:co-?administered|used|given|taken|administered|prescribed|combined|(?:in )?combination|concomitant(?:ly)?|concurrent(?:ly)?|together)\b[^.;]{0,30}?\bwith\s+(?:an?\s+)?(.{4,60}?)(?:,?\s+unless\b.*|\s*\(.*\))?\W*$/i;

/**
 * "Will be given in combination with methotrexate unless contraindicated": a course of that drug that is taken or planned.
 * `null`: of no such kind, or no such course.
 */
export function judgeWith(text: string, chart: Chart): Verdict | null {
  const found = asksWith.exec(text);
  if (!found || /\b(?:not|no|without|never|another|other|any|or)\b/i.test(text.replace(/\bunless\b.*$/i, "")))
    return null;
  const drugs = termsOf(found[1]!, chart.strict).filter(({ content }) => content);
  const single = drugs.filter(({ key }) => /^d:/.test(key)).map(({ key }) => key.slice(2).toLowerCase());
  const wanted = single.length === 1 && drugs.length === 1 ? single : drugsIn(found[1]!, chart);
  if (!wanted || wanted.some((name) => chart.requested.includes(name))) return null;
  const names = conceptsOf({ kind: "currentTherapy", concepts: wanted });
  const own = chart.facts.filter(
    ({ type, concept, assertion, course }) =>
      type === "medication" &&
      !chart.requested.includes(concept.toLowerCase()) &&
      [concept.toLowerCase(), chart.classOf.get(concept.toLowerCase()) ?? ""].some((name) =>
        names.includes(name),
      ) &&
      ["present", "planned"].includes(assertion) &&
      course?.status !== "stopped" &&
      course?.outcome !== "intolerance" &&
      course?.outcome !== "contraindicated",
  );
  return own.length > 0
    ? met(own.slice(0, 2).map((fact) => evidenceOf(fact, "taken or planned with it")))
    : null;
}

const asksAdjunct =
  /\badjunct(?:ive)?\b[^.;]{0,20}\bto\b|\bin (?:combination|conjunction) with\b[^.;]{0,40}\b(?:diet|exercise|physical activity)\b|\b(?:diet|exercise|lifestyle)\b[^.;]{0,50}\b(?:will be )?(?:continued|maintained)\b/i;
const diet = /\b(?:diet\w*|kcal|calori\w+|nutrition\w*|low[- ](?:fat|carb\w*|sodium|cholesterol))\b/i;
const activity =
  /\b(?:exercis\w+|physical(?:ly)? activ\w+|walks?|walking|gym|activity|minutes? (?:a|per) (?:day|week)|days? (?:a|per) week)\b/i;

/** "As an adjunct to a reduced-calorie diet and increased physical activity": notes that tell of both. `null`: not asked or not told. */
export function judgeAdjunct(text: string, chart: Chart): Verdict | null {
  if (!asksAdjunct.test(text) || !diet.test(text)) return null;
  const needs = [diet, ...(/\b(?:exercise|activity)\b/i.test(text) ? [activity] : [])];
  const lines = chart.index.sentences
    .map(({ sentence }) => sentence)
    .filter(
      ({ text: words, section, on }) => (on ?? "") <= chart.asOf && isPlainStatement(words, section, true),
    );
  const told = needs.map((way) =>
    lines.filter(({ text: words }) => {
      const place = way.exec(words);
      return (
        place &&
        /\b(?:continu\w+|follow\w+|adher\w+|on an?|eats?|walks?|exercis\w+|maintain\w+|will|keeps?|\d)\b/i.test(
          words,
        ) &&
        !isDenied(words, place.index, place.index + place[0].length) &&
        !/\b(?:discussed|advised|encouraged|counseled|declin\w+|unable|cannot|not)\b/i.test(words)
      );
    }),
  );
  const evidence = told
    .flatMap((list) => list.slice(0, 1))
    .map((one) => passage([spanOfSentence(one)], "diet or activity"));
  if (told.every((list) => list.length > 0)) return met(evidence);
  return evidence.length > 0 ? unknown(evidence) : null;
}
