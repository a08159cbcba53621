import type { Span } from "#base";
import type { ConceptKind } from "#knowledge";
import type { Fact, FactType } from "./types.ts";

/** A fact before it is numbered and joined with others that say the same. */
export type Draft = Omit<Fact, "id"> & {
  /** The date stands in the text beside the fact, so that facts of other dates are other facts. */
  dated?: boolean;
  /** An entry of a structured file: two of the same file are two facts. */
  coded?: boolean;
};

const typeOfKind: Partial<Record<ConceptKind, FactType>> = {
  pathology: "condition",
  diagnosis: "condition",
  exclusion: "condition",
  history: "condition",
  event: "encounter",
  provider: "encounter",
  therapy: "procedure",
  device: "procedure",
  test: "procedure",
  screen: "procedure",
  plan: "procedure",
  assessment: "statement",
  assertion: "statement",
  facility: "statement",
  family: "family-history",
  safety: "allergy",
  document: "document",
  dose: "medication",
};

/** The type of fact that a concept of this kind makes; measurements and findings are observations. */
export const factTypeOf = (kind: ConceptKind): FactType => typeOfKind[kind] ?? "observation";

/** A statement and the places it is known from. */
type Group = { draft: Draft; places: Set<string>; documents: Set<string> };

/** Facts in order of their places, each known once: the same statement in several papers keeps all its places. */
export function joined(drafts: Draft[]): Fact[] {
  const groups = new Map<string, Group>();
  for (const draft of drafts) {
    let key = keyOf(draft);
    let known = groups.get(key);
    while (known?.draft.coded && draft.coded && known.documents.has(draft.from[0]!.document)) {
      key += "+";
      known = groups.get(key);
    }
    if (known) merge(known, draft);
    else groups.set(key, groupOf(draft));
  }
  return [...groups.values()].map(({ draft: { dated: _, coded: __, ...fact } }, index) => ({
    id: `f${index + 1}`,
    ...fact,
  }));
}

function groupOf(draft: Draft): Group {
  const group = { draft: { ...draft, from: [] }, places: new Set<string>(), documents: new Set<string>() };
  addPlaces(group, draft.from);
  return group;
}

function addPlaces({ draft, places, documents }: Group, spans: Span[]): void {
  for (const span of spans) {
    const place = `${span.document}\n${span.page} ${span.start} ${span.end}`;
    if (places.has(place)) continue;
    places.add(place);
    documents.add(span.document);
    draft.from.push(span);
  }
}

function merge(group: Group, other: Draft): void {
  const known = group.draft;
  addPlaces(group, other.from);
  for (const code of other.codes)
    if (!known.codes.some((one) => one.system === code.system && one.code === code.code))
      known.codes.push(code);
  if (known.author === undefined && other.author !== undefined) known.author = other.author;
  const noted = latest(known.noted ?? null, other.noted ?? null);
  if (noted !== null) known.noted = noted;
  if (known.dated) return;
  known.when = {
    earliest: earliest(known.when.earliest, other.when.earliest),
    latest: latest(known.when.latest, other.when.latest),
  };
}

const earliest = (a: string | null, b: string | null) => (a === null ? b : b === null || a < b ? a : b);
const latest = (a: string | null, b: string | null) => (a === null ? b : b === null || a > b ? a : b);

/** What must be equal for two facts to be one statement. Undated conditions are one whenever they were written down. */
function keyOf(draft: Draft): string {
  const { value, course } = draft;
  const numbers = value?.low !== undefined || value?.high !== undefined;
  const dated = draft.dated || numbers || draft.type === "medication" || draft.type === "encounter";
  return JSON.stringify([
    draft.type,
    draft.concept,
    draft.assertion,
    value ? [value.low, value.high, value.unit, numbers ? "" : value.text?.toLowerCase()] : null,
    course
      ? [course.dose?.toLowerCase(), course.status, course.outcome, course.start, course.stop, course.reason]
      : null,
    dated ? [draft.when.earliest, draft.when.latest] : null,
    draft.type === "allergy" || draft.type === "family-history"
      ? [draft.substance?.toLowerCase(), draft.relation]
      : null,
    draft.concept.startsWith("icd-10-cm:") || draft.type === "condition" ? draft.codes[0]?.code : null,
  ]);
}
