import { findNodeAtLocation, type Node } from "jsonc-parser";
import type { Line, Page, SourceDocument } from "#source";
import { daysOf } from "./entries.ts";
import { codeOf, type Json, list, resourcesBelow, rootsOf } from "./fhir-tree.ts";
import type { Fact } from "./types.ts";

/** Free text inside a FHIR resource, as a paper of its own whose page is the file, and the day of the resource. */
export type Prose = { paper: SourceDocument; when: Fact["when"] };

/** Resources whose remarks speak of the patient; a family history's or a claim's remarks do not. */
const telling = new Set([
  "DiagnosticReport",
  "Condition",
  "Observation",
  "Procedure",
  "MedicationRequest",
  "MedicationStatement",
  "ClinicalImpression",
  "Encounter",
]);

/** The conclusions of reports and the notes on conditions, results, procedures and drugs. */
export function fhirProse(source: SourceDocument, page: Page): Prose[] {
  return rootsOf(page.text)
    .flatMap((root) => resourcesBelow(root))
    .filter(({ json }) => telling.has(json.resourceType) && codeOf(json.status) !== "entered-in-error")
    .flatMap(({ json, node }) => {
      const lines = placesOf(json)
        .map((path) => findNodeAtLocation(node, path))
        .filter((one): one is Node => one?.type === "string")
        .flatMap((one) => linesOf(page.text, one));
      if (lines.length === 0) return [];
      const paper: SourceDocument = { ...source, pages: [{ ...page, lines }] };
      delete paper.structured;
      return [{ paper, when: dayOf(json) }];
    });
}

const placesOf = (json: Json): (string | number)[][] => [
  ...(typeof json.conclusion === "string" ? [["conclusion"]] : []),
  ...(typeof json.summary === "string" ? [["summary"]] : []),
  ...list(json.note).map((_: Json, index: number) => ["note", index, "text"]),
];

/** The lines of a JSON string where they stand in the file. */
function linesOf(text: string, { offset, length }: Node): Line[] {
  const lines: Line[] = [];
  let start = offset + 1;
  for (const piece of text.slice(start, offset + length - 1).split(/(\\[nrt])/)) {
    if (!/^\\[nrt]$/.test(piece) && piece.trim() !== "")
      lines.push({ start, end: start + piece.length, indent: 0 });
    start += piece.length;
  }
  return lines;
}

function dayOf(json: Json): Fact["when"] {
  const said =
    json.effectiveDateTime ??
    json.effectivePeriod?.start ??
    json.performedDateTime ??
    json.recordedDate ??
    json.authoredOn ??
    json.date ??
    json.issued;
  const days = typeof said === "string" ? daysOf(said) : null;
  return { earliest: days?.earliest ?? null, latest: days?.latest ?? null };
}
