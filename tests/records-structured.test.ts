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

describe("billing and immunization codes", () => {
  const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] });
  test("an order by HCPCS is the drug's", () => {
    const order = {
      resourceType: "ServiceRequest",
      status: "active",
      authoredOn: "2025-04-02",
      code: coded("http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "J1745", "Injection code"),
    };
    expect(fhir(order)[0]).toMatchObject({ type: "medication", concept: "infliximab", assertion: "planned" });
  });
  test("an immunization by CVX, and one that was not given", () => {
    const shot = {
      resourceType: "Immunization",
      status: "completed",
      occurrenceDateTime: "2025-01-20",
      vaccineCode: coded("http://hl7.org/fhir/sid/cvx", "163", "immunization"),
    };
    const [given] = fhir(shot);
    expect(given).toMatchObject({
      concept: "procedure:vaccination-meningococcal-b",
      assertion: "historical",
      when: { earliest: "2025-01-20", latest: "2025-01-20" },
    });
    expect(fhir({ ...shot, status: "not-done" })[0]?.assertion).toBe("absent");
  });
  test("a pharmacy's claim is a dispensing; its diagnosis a diagnosis", () => {
    const facts = fhir({
      resourceType: "ExplanationOfBenefit",
      status: "active",
      type: { coding: [{ code: "pharmacy" }] },
      billablePeriod: { start: "2025-02-03", end: "2025-02-03" },
      supportingInfo: [{ category: { coding: [{ code: "dayssupply" }] }, valueQuantity: { value: 30 } }],
      diagnosis: [
        {
          diagnosisCodeableConcept: coded("http://hl7.org/fhir/sid/icd-10-cm", "L40.0", "Psoriasis vulgaris"),
        },
      ],
      item: [
        {
          servicedDate: "2025-02-03",
          productOrService: coded(
            "http://hl7.org/fhir/sid/ndc",
            "00000000001",
            "Apremilast 30 MG Oral Tablet",
          ),
        },
      ],
    });
    expect(facts.find(({ type }) => type === "medication")).toMatchObject({
      concept: "apremilast",
      course: { daysSupply: 30 },
      when: { earliest: "2025-02-03" },
    });
    expect(facts.find(({ type }) => type === "condition")?.codes[0]?.code).toBe("L40.0");
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
