import { overlaps } from "#base";
import type { Denial } from "#denial";
import type { Clinical, Matching } from "#knowledge";
import type { NamedDrug } from "#letter";
import { readRecord } from "#record";
import type { SourceDocument } from "#source";

/**
 * The drugs that the notice names beside the one it refuses: those the plan would have had taken. Each with the names under
 * which a chart may have it, and the words for its class.
 */
export function namedDrugs(
  denial: Denial,
  notice: readonly SourceDocument[],
  clinical: Clinical,
  matching: Matching,
): NamedDrug[] {
  const asked = denial.services.flatMap(({ description }) => description.from);
  const named = readRecord(notice, clinical).facts.filter(({ type }) => type === "medication");
  const refused = new Set(
    named
      .filter(({ from }) => from.some((span) => asked.some((at) => overlaps(span, at))))
      .map(({ concept }) => concept),
  );
  const drugs = new Map<string, NamedDrug>();
  for (const { concept, from } of named) {
    const [span] = from;
    const row = clinical.drugs.find(({ generic }) => generic === concept);
    if (refused.has(concept) || drugs.has(concept) || !span || !row) continue;
    const names = [row.generic, ...row.brands, ...row.also];
    drugs.set(concept, { ingredient: concept, from: span, names, classes: classWords(row.class, matching) });
  }
  return [...drugs.values()].sort(
    (one, other) => one.from.page - other.from.page || one.from.start - other.from.start,
  );
}

/** Group names that mean this class alone; a name for several classes says too little about one of them. */
const classWords = (own: string, { groups }: Matching): string[] =>
  Object.entries(groups).flatMap(([word, classes]) =>
    classes.length === 1 && classes[0] === own ? [word] : [],
  );
