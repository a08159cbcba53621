import type { Entry } from "./entries.ts";
import { codeOf, entry, type Json, list, type Resource, span, wordsOf } from "./fhir-tree.ts";

/** Claims that were paid or adjudicated: their diagnoses, and the products of a pharmacy's claim as dispensings. */
export function claimLines(resource: Resource): Entry[] {
  const { json } = resource;
  const pharmacy = codeOf(json.type) === "pharmacy" || /pharmacy/i.test(wordsOf(json.type));
  const billed = span(json.billablePeriod);
  const diagnoses = list(json.diagnosis).flatMap((one: Json, index: number) =>
    one.diagnosisCodeableConcept
      ? entry(
          resource,
          "condition",
          ["diagnosis", index, "diagnosisCodeableConcept"],
          one.diagnosisCodeableConcept,
          {
            when: { earliest: null, latest: billed.latest },
          },
        )
      : [],
  );
  const items = list(json.item).flatMap((one: Json, index: number) => {
    const key = one.productOrService ? "productOrService" : "service";
    const when = span(one.servicedDate ?? one.servicedPeriod ?? json.billablePeriod);
    const drug =
      pharmacy || list(one[key]?.coding).some((coding: Json) => /\/ndc$/i.test(String(coding.system)));
    const coded = list(one[key]?.coding).some((coding: Json) => /hcpcs/i.test(String(coding.system)));
    if (!drug && !coded) return [];
    return entry(resource, drug ? "medication" : "procedure", ["item", index, key], one[key], {
      assertion: drug ? "present" : "historical",
      when,
      ...(drug ? { course: dispensed(json) } : {}),
    });
  });
  return [...diagnoses, ...items];
}

/** Days' supply of a pharmacy's claim, which CARIN keeps among its supporting information. */
function dispensed(json: Json): NonNullable<Entry["course"]> {
  const supply = list(json.supportingInfo).find((one: Json) => /dayssupply/i.test(codeOf(one.category)));
  const days = supply?.valueQuantity?.value;
  return { status: "active", ...(typeof days === "number" ? { daysSupply: days } : {}) };
}
