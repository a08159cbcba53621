import { overlaps, type PlainDate, parseDate, type Span } from "#base";
import type { Matching } from "#knowledge";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";
import { type ClinicalWords, type Lexicon, lexiconsOf } from "./lexicon.ts";
import { type Patient, patientOf } from "./patient.ts";
import { buildIndex, type SearchIndex } from "./rank.ts";
import { type ExcludedPage, sentencesOf, spanOfSentence } from "./sentences.ts";
import type { Evidence } from "./types.ts";

/** The record as the evaluators see it: facts by concept, sentences ready for search, who the patient is. */
export type Chart = {
  facts: readonly Fact[];
  byConcept: Map<string, Fact[]>;
  /** The day the service was asked for: ages, windows and recency are counted from it. */
  requestedOn: PlainDate;
  asOf: PlainDate;
  index: SearchIndex;
  /** Names that can stand for each other without loss, for verdicts. */
  strict: Lexicon;
  documents: readonly SourceDocument[];
  patient: Patient;
  matching: Matching;
  /** Generic name → drug class, both lower case. */
  classOf: Map<string, string>;
  /** Name of a concept, lower case → its id. */
  conceptOf: Map<string, string>;
  /** Generic name or brand → generic, lower case. */
  genericOf: Map<string, string>;
};

export type ChartInput = {
  facts: readonly Fact[];
  documents: readonly SourceDocument[];
  asOf: string;
  requestedOn?: string | undefined;
  clinical: ClinicalWords;
  matching: Matching;
  exclude?: readonly ExcludedPage[] | undefined;
};

export function openChart(input: ChartInput): Chart {
  const asOf = parseDate(input.asOf);
  if (!asOf) throw new RangeError("asOf must be a calendar date YYYY-MM-DD");
  const requestedOn = (input.requestedOn ? parseDate(input.requestedOn) : null) ?? asOf;
  const skipped = new Set((input.exclude ?? []).map(({ document, page }) => `${document}\n${page}`));
  const lexicons = lexiconsOf(input.clinical, input.matching);
  const index = buildIndex(sentencesOf(input.documents, input.exclude), lexicons.ranking);
  const conditions = conditionPlaces(index);
  const facts = input.facts.filter(
    (fact) =>
      !fact.from.some((at) => skipped.has(`${at.document}\n${at.page}`)) &&
      !(fact.value && fact.from.every((at) => conditions.some((place) => overlaps(place, at)))),
  );
  const byConcept = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = fact.concept.toLowerCase();
    const list = byConcept.get(key);
    if (list) list.push(fact);
    else byConcept.set(key, [fact]);
  }
  const drugs = input.clinical.drugs;
  return {
    facts,
    byConcept,
    requestedOn,
    asOf,
    index,
    strict: lexicons.strict,
    documents: input.documents,
    patient: patientOf(
      facts,
      input.documents,
      index.sentences.map(({ sentence }) => sentence),
      requestedOn,
    ),
    matching: input.matching,
    classOf: new Map(
      drugs.map(({ generic, class: kind }) => [generic.toLowerCase(), (kind ?? "").toLowerCase()]),
    ),
    conceptOf: new Map(
      input.clinical.concepts.flatMap(({ id, names }) =>
        names.map((name): [string, string] => [name.toLowerCase(), id]),
      ),
    ),
    genericOf: new Map(
      drugs.flatMap(({ generic, brands }) =>
        [generic, ...brands].map((name): [string, string] => [name.toLowerCase(), generic.toLowerCase()]),
      ),
    ),
  };
}

const restates =
  /\b(?:indications?|indicated|criteri\w+|label(?:ed|ing)?|eligib\w+|policy|coverage|require[sd]?)\b[\s\S]*\bor (?:less|more|greater|higher|lower)\b/i;

/** Sentences that repeat a label's or a policy's bounds ("LVEF 20-50%, LVESD 70 mm or less"): no measurement of anybody. */
function conditionPlaces(index: SearchIndex): Span[] {
  return index.sentences
    .filter(({ sentence }) => restates.test(sentence.text))
    .map(({ sentence }) => spanOfSentence(sentence));
}

/** The day a fact speaks of, as late as it can be; `null` when the record does not date it. */
export function dayOf(fact: Fact): PlainDate | null {
  return parseDate(fact.when.latest ?? fact.when.earliest ?? "") ?? parseDate(fact.course?.start ?? "");
}

export const evidenceOf = (fact: Fact, why: string): Evidence => ({ fact: fact.id, from: fact.from, why });
export const passage = (from: Span[], why: string): Evidence => ({ fact: null, from, why });
