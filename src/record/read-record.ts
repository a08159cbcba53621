import type { Clinical } from "#knowledge";
import { allSpansProve, type SourceDocument } from "#source";
import { type Draft, joined } from "./drafts.ts";
import { readText } from "./read-text.ts";
import type { RecordFacts } from "./types.ts";

export type ReadRecordOptions = {
  /** Pages that are another patient's, or no record: they yield no facts. */
  exclude?: { document: string; page: number }[];
};

/** The facts of medical records: notes, reports, lists and tables as text, FHIR and C-CDA as data. */
export function readRecord(
  documents: readonly SourceDocument[],
  clinical: Clinical,
  options: ReadRecordOptions = {},
): RecordFacts {
  const drafts: Draft[] = [];
  for (const source of documents) {
    const kept = withoutExcluded(source, options.exclude ?? []);
    if (kept.pages.length > 0) drafts.push(...factsOf(kept, clinical));
  }
  const proven = drafts.filter((draft) => draft.from.length > 0);
  const facts = joined(proven);
  return {
    facts,
    issues: allSpansProve(
      facts.flatMap(({ from }) => from),
      documents,
    ),
  };
}

function factsOf(source: SourceDocument, clinical: Clinical): Draft[] {
  return readText(source, clinical);
}

function withoutExcluded(
  source: SourceDocument,
  exclude: { document: string; page: number }[],
): SourceDocument {
  const pages = source.pages.filter(
    ({ page }) => !exclude.some((one) => one.document === source.document && one.page === page),
  );
  return pages.length === source.pages.length ? source : { ...source, pages };
}
