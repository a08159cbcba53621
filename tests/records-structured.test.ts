import { describe, expect, test } from "vitest";
import { loadClinical } from "#knowledge";
import { type Fact, readRecord } from "#record";
import type { SourceDocument } from "#source";

const clinical = await loadClinical();

function file(text: string, structured: "fhir" | "ccda"): SourceDocument {
  return {
    document: "export",
    mediaType: "text/plain",
    sha256: "0",
    structured,
    pages: [{ page: 1, text, lines: [], ocr: false }],
  };
}
const fhir = (...resources: object[]): Fact[] =>
  readRecord(
    [
      file(
        JSON.stringify(
          { resourceType: "Bundle", entry: resources.map((resource) => ({ resource })) },
          null,
          1,
        ),
        "fhir",
      ),
    ],
    clinical,
  ).facts;

describe("FHIR joins the concepts of the notes by code", () => {
  const a1c = {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "4548-4", display: "Hemoglobin A1c" }] },
    effectiveDateTime: "2025-03-12",
    valueQuantity: { value: 8.4, unit: "%" },
  };
  test("a result by LOINC", () => {
    expect(fhir(a1c)[0]).toMatchObject({
      concept: "a1c",
      value: { low: 8.4, unit: "%" },
      when: { earliest: "2025-03-12" },
    });
  });
  test("what was entered in error is left out", () => {
    expect(fhir({ ...a1c, status: "entered-in-error" })).toEqual([]);
  });
  test("a condition by ICD-10-CM, over when it has ended, absent when refuted", () => {
    const condition = {
      resourceType: "Condition",
      code: {
        coding: [
          {
            system: "http://hl7.org/fhir/sid/icd-10-cm",
            code: "I50.22",
            display: "Chronic systolic heart failure",
          },
        ],
      },
      onsetDateTime: "2024-05-01",
    };
    expect(fhir(condition)[0]).toMatchObject({ concept: "icd-10-cm:I50.22", assertion: "present" });
    expect(fhir({ ...condition, abatementDateTime: "2025-01-01" })[0]).toMatchObject({
      assertion: "historical",
    });
    expect(fhir({ ...condition, verificationStatus: { coding: [{ code: "refuted" }] } })[0]).toMatchObject({
      assertion: "absent",
    });
  });
  test("components of a blood pressure", () => {
    const part = (code: string, value: number) => ({
      code: { coding: [{ system: "http://loinc.org", code, display: code }] },
      valueQuantity: { value, unit: "mmHg" },
    });
    const facts = fhir({
      resourceType: "Observation",
      status: "final",
      code: { text: "Blood pressure" },
      component: [part("8480-6", 118), part("8462-4", 72)],
    });
    expect(facts.map(({ concept, value }) => [concept, value?.low])).toEqual([
      ["sbp", 118],
      ["dbp", 72],
    ]);
  });
  test("a stopped order is history and keeps its reason", () => {
    const facts = fhir({
      resourceType: "MedicationRequest",
      status: "stopped",
      intent: "order",
      statusReason: { text: "Cough" },
      authoredOn: "2024-01-02",
      medicationCodeableConcept: { text: "Lisinopril 10 MG Oral Tablet" },
    });
    expect(facts[0]).toMatchObject({
      concept: "lisinopril",
      assertion: "historical",
      course: { status: "stopped", start: "2024-01-02", reason: "Cough" },
    });
  });
});

describe("C-CDA", () => {
  const section = (code: string, entry: string, text = "") =>
    `<ClinicalDocument xmlns="urn:hl7-org:v3"><effectiveTime value="20260101"/><component><structuredBody><component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/><title>T</title><text>${text}</text>${entry}</section></component></structuredBody></component></ClinicalDocument>`;
  const problem = (attributes: string) =>
    `<entry><act classCode="ACT" moodCode="EVN"><entryRelationship><observation classCode="OBS" moodCode="EVN"${attributes}><code code="55607006"/><effectiveTime><low value="20200301"/></effectiveTime><value code="24700007" codeSystem="2.16.840.1.113883.6.96" displayName="Multiple sclerosis"/></observation></entryRelationship></act></entry>`;
  const read = (text: string) => readRecord([file(text, "ccda")], clinical).facts;
  test("a problem is a condition with its onset", () => {
    expect(read(section("11450-4", problem("")))[0]).toMatchObject({
      concept: "ms_dx",
      assertion: "present",
      when: { earliest: "2020-03-01", latest: null },
    });
  });
  test("negationInd denies it", () => {
    expect(read(section("11450-4", problem(' negationInd="true"')))[0]).toMatchObject({
      assertion: "absent",
    });
  });
  test("a section without entries is read from its narrative, and quotes the file", () => {
    const text = section("51848-0", "", "<paragraph>EDSS 4.5 today.</paragraph>");
    const [fact] = read(text);
    expect(fact).toMatchObject({ concept: "edss", value: { low: 4.5 } });
    expect(text.slice(fact!.from[0]!.start, fact!.from[0]!.end)).toBe("EDSS 4.5");
  });
});
