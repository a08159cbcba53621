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

/** Facts in order of their places, each known once: the same statement in several papers keeps all its places. */
export function joined(drafts: Draft[]): Fact[] {
  const groups = new Map<string, Draft>();
  for (const draft of drafts) {
    let key = keyOf(draft);
    let known = groups.get(key);
    while (
      known?.coded &&
      draft.coded &&
      known.from.some(({ document }) => document === draft.from[0]!.document)
    ) {
      key += "+";
      known = groups.get(key);
    }
    if (!known) groups.set(key, { ...draft, from: [...draft.from] });
    else merge(known, draft);
  }
  return [...groups.values()].map(({ dated: _, coded: __, ...fact }, index) => ({
    id: `f${index + 1}`,
    ...fact,
  }));
}

function merge(known: Draft, other: Draft): void {
  for (const span of other.from) if (!known.from.some((one) => samePlace(one, span))) known.from.push(span);
  for (const code of other.codes)
    if (!known.codes.some((one) => one.system === code.system && one.code === code.code))
      known.codes.push(code);
  known.author ??= other.author!;
  if (known.author === undefined) delete known.author;
  if (!known.dated) {
    known.when = {
      earliest: earliest(known.when.earliest, other.when.earliest),
      latest: latest(known.when.latest, other.when.latest),
    };
  }
}

const samePlace = (a: Span, b: Span) =>
  a.document === b.document && a.page === b.page && a.start === b.start && a.end === b.end;
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
