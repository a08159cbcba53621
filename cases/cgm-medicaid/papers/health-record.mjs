// Writes in/records/02_health-record-export.json: a FHIR R4 export as a portal hands it out. Everything is invented.
const patient = "urn:uuid:5550a0f2-0001-4000-8000-000000000001";
const about = { reference: patient };
const code = (system, value, display) => ({ coding: [{ system, code: value, display }], text: display });
const SNOMED = "http://snomed.info/sct";
const ICD = "http://hl7.org/fhir/sid/icd-10-cm";
const LOINC = "http://loinc.org";
const RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
const active = (kind) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${kind}`, code: "active" }] });
const a1c = (value, day) => ({
  resourceType: "Observation", status: "final", subject: about, effectiveDateTime: day,
  code: code(LOINC, "4548-4", "Hemoglobin A1c"), valueQuantity: { value, unit: "%", system: "http://unitsofmeasure.org", code: "%" },
});
const medication = (rx, name, text, status, day) => ({
  resourceType: "MedicationRequest", status, intent: "order", subject: about, authoredOn: day,
  medicationCodeableConcept: code(RXNORM, rx, name), dosageInstruction: [{ text }],
  requester: { display: "Lucia M. Baca, MD" },
});
const resources = [
  { resourceType: "Patient", id: "p1", name: [{ family: "Tellez", given: ["Joaquin", "A."] }], birthDate: "1968-06-19", gender: "male" },
  { resourceType: "Condition", clinicalStatus: active("condition-clinical"), subject: about, onsetDateTime: "2015-03-02",
    code: { coding: [{ system: ICD, code: "E11.65" }, { system: SNOMED, code: "44054006" }], text: "Type 2 diabetes mellitus with hyperglycemia" } },
  medication("274783", "insulin glargine", "24 units under the skin at bedtime", "active", "2026-04-14"),
  medication("6809", "metformin", "1000 mg by mouth twice daily", "active", "2025-11-03"),
  a1c(8.9, "2026-04-14"), a1c(9.4, "2026-08-27"),
  { resourceType: "Encounter", status: "finished", class: { code: "AMB" }, subject: about, period: { start: "2026-08-27", end: "2026-08-27" },
    type: [{ text: "Office visit, diabetes follow-up" }], participant: [{ individual: { display: "Lucia M. Baca, MD" } }] },
];
const bundle = { resourceType: "Bundle", type: "collection",
  entry: resources.map((resource, index) => ({ fullUrl: index === 0 ? patient : `urn:uuid:5550a0f2-0001-4000-8000-${String(index + 1).padStart(12, "0")}`, resource })) };
process.stdout.write(`${JSON.stringify(bundle, null, 2)}\n`);
