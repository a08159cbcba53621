import type { Clinical } from "#knowledge";
import { allSpansProve, type SourceDocument, spanAt } from "#source";
import { ccdaSections } from "./ccda.ts";
import { narrativePaper } from "./ccda-narrative.ts";
import { factsOfEntry } from "./coded-facts.ts";
import { type Draft, joined } from "./drafts.ts";
import type { Entry } from "./entries.ts";
import { fhirEntries } from "./fhir.ts";
import { fhirProse } from "./fhir-prose.ts";
import { lexiconOf } from "./lexicon.ts";
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
    if (kept.pages.length > 0) for (const draft of factsOf(kept, clinical)) drafts.push(draft);
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
  if (source.structured === "fhir")
    return [...codedFacts(source, clinical, fhirEntries), ...proseFacts(source, clinical)];
  if (source.structured === "ccda") return ccdaFacts(source, clinical);
  return readText(source, clinical);
}

/** What conclusions and notes inside FHIR say; without a date of its own it bears that of its resource. */
function proseFacts(source: SourceDocument, clinical: Clinical): Draft[] {
  return source.pages
    .flatMap((page) => fhirProse(source, page))
    .flatMap(({ paper, when }) =>
      readText(paper, clinical).map((fact) =>
        fact.when.earliest === null && fact.when.latest === null && fact.assertion === "present"
          ? { ...fact, when }
          : fact,
      ),
    );
}

/** Facts of C-CDA: the coded entries of each section; its narrative where the entries say nothing. */
function ccdaFacts(source: SourceDocument, clinical: Clinical): Draft[] {
  const lexicon = lexiconOf(clinical);
  return source.pages.flatMap((page) => {
    const sections = ccdaSections(page.text);
    if (sections === null) return [];
    return sections.flatMap(({ code, title, narrative, entries }) => {
      const coded = entries.flatMap((entry) =>
        factsOfEntry(entry, [spanAt(source.document, page, entry.start, entry.end)], lexicon),
      );
      if (!narrative || silent.has(code)) return coded;
      const told = readText(narrativePaper(source, page, title, narrative), clinical);
      if (coded.length === 0) return told;
      return measured.has(code)
        ? [
            ...coded,
            ...told.filter(
              (fact) =>
                !coded.some((one) => one.concept === fact.concept && one.value?.low === fact.value?.low),
            ),
          ]
        : coded;
    });
  });
}

/** Results and vital signs, by LOINC: their tables often hold more than their entries. */
const measured = new Set(["30954-2", "8716-3"]);
/** Immunizations, payers and advance directives say nothing we ask about. */
const silent = new Set(["11369-6", "48768-6", "42348-3", "88122-7"]);

/** Facts of a structured file; its page text is the file's own text. */
function codedFacts(
  source: SourceDocument,
  clinical: Clinical,
  entriesIn: (text: string) => Entry[],
): Draft[] {
  const lexicon = lexiconOf(clinical);
  return source.pages.flatMap((page) =>
    entriesIn(page.text).flatMap((entry) =>
      factsOfEntry(entry, [spanAt(source.document, page, entry.start, entry.end)], lexicon),
    ),
  );
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
