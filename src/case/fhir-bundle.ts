import type { Findings } from "#finding";
import type { Fact } from "#record";
import {
  type BundleEntry,
  concept,
  type FhirResource,
  plain,
  type Reference,
  urn,
  uuidOf,
} from "./fhir-elements.ts";
import { questionnaireResponseOf } from "./fhir-questionnaire-response.ts";
import type { CaseFile } from "./types.ts";

export type BundleOptions = {
  /** Name of the case: the same name gives the same identifiers. */
  caseId: string;
  /** Instant of the export, ISO 8601 with zone. */
  at: string;
};

/**
 * The case as a FHIR R4 document: who, which service, what the record says to each criterion, and the facts that the
 * findings rest on. Facts that no finding cites stay out.
 */
export function documentBundleOf(file: CaseFile, options: BundleOptions): FhirResource {
  const name = (what: string) => `${options.caseId}/${what}`;
  const subject: Reference = { reference: urn(name("patient")) };
  const entries: BundleEntry[] = [
    { fullUrl: urn(name("patient")), resource: patientOf(file, uuidOf(name("patient"))) },
  ];
  const payer = file.denial?.payer?.value;
  if (payer)
    entries.push({
      fullUrl: urn(name("payer")),
      resource: { resourceType: "Organization", id: uuidOf(name("payer")), name: plain(payer) },
    });
  if (file.policy && file.findings)
    entries.push({
      fullUrl: urn(name("findings")),
      resource: questionnaireResponseOf(file.policy, file.findings, {
        authoredOn: file.asOf,
        id: uuidOf(name("findings")),
        subject,
      }),
    });
  const cited = citedFacts(file.facts, file.findings);
  for (const fact of cited) {
    const resource = resourceOf(fact, subject, uuidOf(name(`fact/${fact.id}`)), file.asOf);
    if (resource) entries.push({ fullUrl: urn(name(`fact/${fact.id}`)), resource });
  }
  const composition = compositionOf(file, entries, subject, options);
  return {
    resourceType: "Bundle",
    identifier: { system: "urn:ietf:rfc:3986", value: urn(name("bundle")) },
    type: "document",
    timestamp: options.at,
    entry: [{ fullUrl: urn(name("composition")), resource: composition }, ...entries],
  };
}

function compositionOf(
  file: CaseFile,
  entries: readonly BundleEntry[],
  subject: Reference,
  options: BundleOptions,
): FhirResource {
  const of = (...types: string[]): Reference[] =>
    entries
      .filter(({ resource }) => types.includes(resource.resourceType))
      .map(({ fullUrl }) => ({ reference: fullUrl }));
  const sections = [
    { title: "Criteria and findings", entry: of("QuestionnaireResponse") },
    { title: "Conditions", entry: of("Condition") },
    { title: "Medications", entry: of("MedicationStatement") },
    { title: "Results and observations", entry: of("Observation") },
    { title: "Procedures", entry: of("Procedure") },
  ].filter(({ entry }) => entry.length > 0);
  const service = file.denial?.services[0]?.description.value;
  return {
    resourceType: "Composition",
    id: uuidOf(`${options.caseId}/composition`),
    status: "preliminary",
    type: { text: "Appeal of a coverage decision" },
    subject,
    date: options.at,
    author: [
      file.answers.signer ? { display: plain(file.answers.signer.name) } : { display: "Not yet signed" },
    ],
    title: plain(service ? `Appeal: ${service}` : "Appeal of a coverage decision"),
    ...(sections.length > 0 ? { section: sections } : {}),
  };
}

function patientOf(file: CaseFile, id: string): FhirResource {
  const member = file.denial?.memberId?.value;
  const name = file.denial?.memberName?.value;
  return {
    resourceType: "Patient",
    id,
    ...(member ? { identifier: [{ type: { text: "Member number" }, value: plain(member) }] } : {}),
    ...(name ? { name: [{ text: plain(name) }] } : {}),
  };
}

function citedFacts(facts: readonly Fact[], findings: Findings | null): Fact[] {
  const cited = new Set(
    (findings?.findings ?? []).flatMap((one) => [...one.for, ...one.against].map(({ fact }) => fact)),
  );
  return facts.filter(({ id }) => cited.has(id));
}

/** A fact as the resource of its kind; `null` where R4 has no honest place for it (plans, wishes, other people). */
function resourceOf(fact: Fact, subject: Reference, id: string, asOf: string): FhirResource | null {
  if (["hypothetical", "planned", "family", "possible"].includes(fact.assertion)) return null;
  const note = fact.from.map(({ document, page, quote }) => ({
    text: plain(`${document}, page ${page}: "${quote}"`),
  }));
  const code = concept(fact.text || fact.concept, fact.codes);
  switch (fact.type) {
    case "condition":
      return { resourceType: "Condition", id, ...conditionStatus(fact), code, subject, ...onset(fact), note };
    case "medication":
      return {
        resourceType: "MedicationStatement",
        id,
        status: takingStatus(fact),
        medicationCodeableConcept: code,
        subject,
        ...period(fact),
        ...dosage(fact),
        note,
      };
    case "procedure":
      return {
        resourceType: "Procedure",
        id,
        status: fact.assertion === "absent" ? "not-done" : "completed",
        code,
        subject,
        ...performed(fact),
        note,
      };
    case "observation":
      return {
        resourceType: "Observation",
        id,
        status: "final",
        code,
        subject,
        effectiveDateTime: fact.when.latest ?? fact.when.earliest ?? asOf,
        ...observed(fact),
        note,
      };
    default:
      return null;
  }
}

const code = (system: string, value: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code: value }],
});

function conditionStatus(fact: Fact) {
  if (fact.assertion === "absent") return { verificationStatus: code("condition-ver-status", "refuted") };
  return {
    clinicalStatus: code("condition-clinical", "active"),
    verificationStatus: code("condition-ver-status", "confirmed"),
  };
}

const onset = (fact: Fact) => (fact.when.earliest ? { onsetDateTime: fact.when.earliest } : {});
const performed = (fact: Fact) => (fact.when.earliest ? { performedDateTime: fact.when.earliest } : {});

function takingStatus(fact: Fact): string {
  if (fact.assertion === "absent") return "not-taken";
  return fact.course?.status === "stopped" || fact.assertion === "historical" ? "stopped" : "active";
}

function period(fact: Fact) {
  const start = fact.course?.start ?? fact.when.earliest;
  const end = fact.course?.stop;
  if (!start && !end) return {};
  return {
    effectivePeriod: { ...(start ? { start } : {}), ...(end && (!start || end >= start) ? { end } : {}) },
  };
}

const dosage = (fact: Fact) => (fact.course?.dose ? { dosage: [{ text: plain(fact.course.dose) }] } : {});

function observed(fact: Fact) {
  const { low, high, unit, text } = fact.value ?? {};
  if (fact.assertion === "absent") return { valueBoolean: false };
  const quantity = (value: number) => ({ value, ...(unit ? { unit } : {}) });
  if (low !== undefined && high !== undefined)
    return low === high
      ? { valueQuantity: quantity(low) }
      : { valueRange: { low: quantity(low), high: quantity(high) } };
  if (low !== undefined) return { valueQuantity: { ...quantity(low), comparator: ">=" } };
  if (high !== undefined) return { valueQuantity: { ...quantity(high), comparator: "<=" } };
  return text ? { valueString: plain(text) } : { valueBoolean: true };
}
