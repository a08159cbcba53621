import { daysBetween } from "#base";
import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf } from "../chart.ts";
import { decideBy, standing } from "./measure.ts";
import {
  type Evaluate,
  factsFor,
  holds,
  met,
  newestFirst,
  notMet,
  saying,
  unknown,
  type Verdict,
} from "./verdict.ts";

/** How much a statement weighs against a contrary one. */
export function weightOf(fact: Fact, chart: Chart): number {
  let weight = 1;
  if (fact.type === "observation" && fact.value) weight += 1;
  if (fact.specialty) weight += 0.5;
  if (/\b(per|reported by|states|copied|template|carried forward)\b/i.test(fact.text)) weight -= 0.5;
  const day = dayOf(fact);
  if (day) weight += 0.5 * Math.max(0, 1 - daysBetween(day, chart.requestedOn) / 730);
  return weight;
}

/** A diagnosis or finding asserted for the patient. Possible is open; only a written denial settles the contrary. */
export const condition: Evaluate = (test, chart, words) => {
  const facts = newestFirst(
    factsFor(test, chart).filter((fact) => withinWindow(fact, test, chart) && !isNameOfTest(fact, chart)),
  );
  if (test.cmp && facts.some((fact) => fact.value)) {
    const valued = facts.filter((fact) => holds(fact) && fact.value);
    return decideBy(valued, test, chart, (fact) => standing(fact.value!, test));
  }
  // "No personal or family history of X" asks about relatives as well.
  const kin = /\b(?:family|relatives?)\b/i.test(words);
  const present = facts.filter(
    (fact) =>
      (holds(fact) || (kin && fact.assertion === "family" && isNear(fact, words))) &&
      namesKind(fact, test) &&
      !isFormer(fact),
  );
  const unspecific = facts.filter((fact) => holds(fact) && !present.includes(fact));
  const absent = facts.filter(
    (fact) => fact.assertion === "absent" && (kin || fact.type !== "family-history") && !isSymptom(fact),
  );
  const open = facts.filter(({ assertion }) => assertion === "possible" || assertion === "family");
  return settle(present, absent, [...unspecific, ...open], chart);
};

const firstDegree =
  /\b(?:mother|father|parents?|sisters?|brothers?|siblings?|sons?|daughters?|child(?:ren)?|twin)\b/i;

/** Where a first-degree relative is asked for, an aunt is none, nor is a half-sister. */
const isNear = ({ relation, text, from }: Fact, words: string): boolean =>
  !/\bfirst[- ]degree\b/i.test(words) ||
  (firstDegree.test(relation ?? `${text} ${from.map(({ quote }) => quote).join(" ")}`) &&
    !/\b(?:half|grand|step|in-law|great)\b/i.test(relation ?? ""));

/** "Pregnancy test", "infection screen": the name of a test, a clinic or a risk is no illness. */
function isNameOfTest({ from, text, value }: Fact, chart: Chart): boolean {
  if (value) return false;
  const topic =
    /^\s*(?:tests?|testing|screen(?:ing)?|panel|clinic|foundation|prevention|prophylaxis|precautions|control|education|vaccin\w+|risk|counsel\w*|cessation)\b(?!\W{0,3}(?:is |was )?(?:positive|negative|reactive))/i;
  if (/\b(?:tests?|screen)$/i.test(text)) return !from.some(({ quote }) => /positive|negative/i.test(quote));
  return from.every((at) =>
    chart.index.sentences.some(
      ({ sentence }) =>
        sentence.document === at.document &&
        sentence.page === at.page &&
        at.start >= sentence.start &&
        at.end <= sentence.end &&
        topic.test(sentence.text.slice(at.end - sentence.start)) &&
        at.end - at.start < 40,
    ),
  );
}

/** A symptom that is missing today says nothing of the illness: the codes of symptoms deny nothing. */
const isSymptom = ({ concept }: Fact): boolean => /^icd-10-cm:r\d/i.test(concept);

/** Somebody who has stopped smoking neither smokes nor has never smoked. */
const isFormer = (fact: Fact): boolean =>
  fact.concept === "smoking" &&
  (fact.assertion === "historical" || /\bformer\b/i.test(fact.value?.text ?? ""));

/** Both sides of a yes-or-no question. */
export function settle(present: Fact[], absent: Fact[], open: Fact[], chart: Chart): Verdict {
  if (present.length > 0 && absent.length > 0) {
    const pro = Math.max(...present.map((fact) => weightOf(fact, chart)));
    const contra = Math.max(...absent.map((fact) => weightOf(fact, chart)));
    const both = {
      for: saying(present, "stated in the record"),
      against: saying(absent, "denied in the record"),
      candidates: [],
    };
    if (present.length >= 2 * absent.length && pro > contra) return { status: "met", ...both };
    return { status: "conflicting", ...both };
  }
  if (present.length > 0) return met(saying(present, "stated in the record"));
  if (absent.length > 0) return notMet(saying(absent, "denied in writing"));
  return unknown(saying(open, "possible, or of unstated kind", 3));
}

/** Where the test names subtypes, the fact must name one of them. */
function namesKind(fact: Fact, test: Test): boolean {
  if (!test.values || test.values.length === 0) return true;
  const said =
    `${fact.text} ${fact.value?.text ?? ""} ${fact.from.map(({ quote }) => quote).join(" ")}`.toLowerCase();
  return test.values.some((value) => said.includes(value.toLowerCase()));
}

export function withinWindow(fact: Fact, test: Test, chart: Chart): boolean {
  if (test.maxAgeDays === undefined) return true;
  const day = dayOf(fact);
  return day !== null && daysBetween(day, chart.requestedOn) <= test.maxAgeDays;
}

/**
 * An excluding condition or a history: silence is unknown, a written denial settles it. With `negated` the criterion
 * asks that it is absent.
 */
export const exclusion: Evaluate = (test, chart, words) => condition(test, chart, words);
