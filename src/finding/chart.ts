import { overlaps, type PlainDate, parseDate, type Span } from "#base";
import type { Matching } from "#knowledge";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";
import { type ClinicalWords, type Lexicon, lexiconsOf } from "./lexicon.ts";
import { type Patient, pagesOfOthers, patientOf } from "./patient.ts";
import { buildIndex, type SearchIndex } from "./rank.ts";
import { type ExcludedPage, sentencesOf, spanOfSentence } from "./sentences.ts";
import type { Evidence } from "./types.ts";
import { isUnstated } from "./unstated.ts";

/** The record as the evaluators see it: facts by concept, sentences ready for search, who the patient is. */
export type Chart = {
  facts: readonly Fact[];
  byConcept: Map<string, Fact[]>;
  /** The day the service was asked for: ages, windows and recency are counted from it. */
  requestedOn: PlainDate;
  asOf: PlainDate;
  index: SearchIndex;
  /** With the sentences that state nothing of the patient: to be searched, not to be believed. */
  searched: SearchIndex;
  /** Names that can stand for each other without loss, for verdicts. */
  strict: Lexicon;
  documents: readonly SourceDocument[];
  patient: Patient;
  /** Generic names of what is asked for, lower case. */
  requested: readonly string[];
  matching: Matching;
  /** Generic name → drug class, both lower case. */
  classOf: Map<string, string>;
  /** Name of a concept, lower case → its id. */
  conceptOf: Map<string, string>;
  /** All names of a concept id. */
  namesOf: (id: string) => readonly string[];
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
  requested?: readonly string[] | undefined;
};

export function openChart(input: ChartInput): Chart {
  const asOf = parseDate(input.asOf);
  if (!asOf) throw new RangeError("asOf must be a calendar date YYYY-MM-DD");
  const requestedOn = (input.requestedOn ? parseDate(input.requestedOn) : null) ?? asOf;
  const exclude = [...(input.exclude ?? []), ...pagesOfOthers(input.documents)];
  const skipped = new Set(exclude.map(({ document, page }) => `${document}\n${page}`));
  const lexicons = lexiconsOf(input.clinical, input.matching);
  const sentences = sentencesOf(input.documents, exclude);
  const searched = buildIndex(sentences, lexicons.ranking);
  const stated = sentences.filter(({ text }) => !isUnstated(text));
  const index = stated.length === sentences.length ? searched : buildIndex(stated, lexicons.ranking);
  const unstated = sentences.filter(({ text }) => isUnstated(text)).map(spanOfSentence);
  const conditions = conditionPlaces(index);
  const places = placesOf(index);
  const facts = input.facts
    .filter(
      (fact) =>
        !fact.from.some((at) => skipped.has(`${at.document}\n${at.page}`)) &&
        !(fact.from.length > 0 && fact.from.every((at) => unstated.some((place) => overlaps(place, at)))) &&
        !(fact.value && fact.from.every((at) => conditions.some((place) => overlaps(place, at)))),
    )
    .map((fact) => datedByPlace(fact, places));
  const byConcept = new Map<string, Fact[]>();
  const kinds = conceptsByCategory(input.clinical);
  for (const fact of facts)
    for (const key of keysOf(fact, kinds)) {
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
    searched,
    strict: lexicons.strict,
    documents: input.documents,
    patient: patientOf(
      facts,
      input.documents,
      index.sentences.map(({ sentence }) => sentence),
      requestedOn,
    ),
    matching: input.matching,
    requested: input.requested?.map((name) => name.toLowerCase()) ?? drugAskedFor(index),
    classOf: new Map(
      drugs.map(({ generic, class: kind }) => [generic.toLowerCase(), (kind ?? "").toLowerCase()]),
    ),
    namesOf: namesOf(input.clinical),
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

/** A diagnosis without a concept of ours is known by its code, with and without the name of the code system. */
function keysOf({ concept }: Fact, kinds: ReadonlyMap<string, string>): string[] {
  const key = concept.toLowerCase();
  if (!key.startsWith("icd-10-cm:")) return [key];
  const code = key.slice("icd-10-cm:".length);
  const kind = kinds.get(code.slice(0, 3));
  return kind ? [key, code, kind] : [key, code];
}

const categories = new WeakMap<ClinicalWords, Map<string, string>>();

/** Categories of codes of which every named diagnosis is of one concept ("E10": diabetes): a code of the category is of it too. */
function conceptsByCategory(clinical: ClinicalWords): Map<string, string> {
  const known = categories.get(clinical);
  if (known) return known;
  const found = new Map<string, string | null>();
  for (const { code, concept } of clinical.diagnoses) {
    const category = code.slice(0, 3).toLowerCase();
    const before = found.get(category);
    found.set(category, before === undefined || before === concept ? (concept ?? null) : null);
  }
  const made = new Map([...found].filter((row): row is [string, string] => row[1] !== null));
  categories.set(clinical, made);
  return made;
}

function namesOf(clinical: ClinicalWords): Chart["namesOf"] {
  const names = new Map(clinical.concepts.map((concept) => [concept.id, [concept.label, ...concept.names]]));
  return (id) => names.get(id) ?? [];
}

type Places = Map<string, SearchIndex["sentences"]>;

function placesOf(index: SearchIndex): Places {
  const places: Places = new Map();
  for (const indexed of index.sentences) {
    const key = `${indexed.sentence.document}\n${indexed.sentence.page}`;
    const list = places.get(key);
    if (list) list.push(indexed);
    else places.set(key, [indexed]);
  }
  return places;
}

/** A value or test without a date of its own has the date of the visit or report it stands in. */
function datedByPlace(fact: Fact, places: Places): Fact {
  if (fact.when.earliest || fact.when.latest || !["observation", "procedure"].includes(fact.type))
    return fact;
  const days = fact.from.map(
    (at) =>
      places
        .get(`${at.document}\n${at.page}`)
        ?.find(({ sentence }) => sentence.start < at.end && at.start < sentence.end)?.sentence.on ?? null,
  );
  // Papers that repeat it later do not make it younger; a first place without a date leaves it open.
  const [first] = days.filter((day) => day !== null).sort();
  if (first && days[0]) return { ...fact, when: { earliest: first, latest: first } };
  return fact;
}

const restates =
  /\b(?:indications?|indicated|criteri\w+|label(?:ed|ing)?|eligib\w+|policy|coverage|require[sd]?)\b[\s\S]*\bor (?:less|more|greater|higher|lower)\b/i;

/** What is aimed at, supposed, or measured on a relative. */
const ofNobody = /^\W*(?:if|(?:goal|target)s?\s*:|(?:brother|sister|mother|father|son|daughter)\s*:)/i;

/** Sentences that repeat a label's or a policy's bounds ("LVEF 20-50%, LVESD 70 mm or less"): no measurement of anybody. */
function conditionPlaces(index: SearchIndex): Span[] {
  return index.sentences
    .filter(({ sentence }) => restates.test(sentence.text) || ofNobody.test(sentence.text))
    .map(({ sentence }) => spanOfSentence(sentence));
}

const asks =
  /\b(?:prior auth\w*|authorization request|exception request|request for (?:coverage|authorization)|precert\w*|formulary exception)\b/i;

/** The drug that the request among the papers names most, else the one of which the record speaks most. */
function drugAskedFor(index: SearchIndex): string[] {
  const requests = new Set(
    index.sentences
      .filter(({ sentence }) => asks.test(sentence.text))
      .map(({ sentence }) => `${sentence.document}\n${sentence.page}`),
  );
  const onRequests = drugCounts(index, (at) => {
    const { document, page } = index.sentences[at]!.sentence;
    return requests.has(`${document}\n${page}`);
  });
  const [asked] = onRequests;
  if (asked && asked.n > (onRequests[1]?.n ?? 0)) return [asked.name];
  const [first, second] = drugCounts(index, () => true);
  return first && first.n >= 3 && first.n > (second?.n ?? 0) ? [first.name] : [];
}

function drugCounts(index: SearchIndex, counts: (at: number) => boolean): { name: string; n: number }[] {
  return [...index.byKey]
    .filter(([key]) => key.startsWith("d:"))
    .map(([key, at]) => ({ name: key.slice(2).toLowerCase(), n: at.filter(counts).length }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n);
}

/** The day a fact speaks of, as late as it can be; `null` when the record does not date it. */
export function dayOf(fact: Fact): PlainDate | null {
  return parseDate(fact.when.latest ?? fact.when.earliest ?? "") ?? parseDate(fact.course?.start ?? "");
}

export const evidenceOf = (fact: Fact, why: string): Evidence => ({ fact: fact.id, from: fact.from, why });
export const passage = (from: Span[], why: string): Evidence => ({ fact: null, from, why });
