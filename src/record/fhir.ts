import { daysOf, type Entry } from "./entries.ts";
import { claimLines } from "./fhir-claims.ts";
import { courseOfDosage } from "./fhir-dosage.ts";
import {
  codeOf,
  codingsOf,
  entry,
  first,
  type Json,
  list,
  type Resource,
  resourcesBelow,
  rootsOf,
  span,
  wordsOf,
} from "./fhir-tree.ts";
import type { Assertion, Fact } from "./types.ts";

/** The entries of FHIR in any of R4, STU3 and DSTU2: a Bundle, a list, a single resource, or one resource on each line. */
export function fhirEntries(text: string): Entry[] {
  const resources = rootsOf(text).flatMap((node) => resourcesBelow(node));
  const byId = new Map(
    resources.flatMap(({ json }) => (json.id ? [[`${json.resourceType}/${json.id}`, json] as const] : [])),
  );
  return resources.flatMap((resource) => entriesOf(resource, byId));
}

function entriesOf(resource: Resource, byId: Map<string, Json>): Entry[] {
  const { json } = resource;
  const status = codeOf(json.status);
  if (status === "entered-in-error" || codeOf(json.verificationStatus) === "entered-in-error") return [];
  switch (json.resourceType) {
    case "Condition":
    case "Problem":
      return condition(resource);
    case "Observation":
      return observations(resource);
    case "MedicationRequest":
    case "MedicationOrder":
    case "MedicationPrescription":
    case "MedicationStatement":
    case "MedicationAdministration":
    case "MedicationDispense":
      return medication(resource, byId);
    case "Procedure":
      return entry(resource, "procedure", ["code"], json.code, {
        assertion: procedureAssertion(status),
        when: span(
          json.performedDateTime ??
            json.performedPeriod ??
            json.occurrenceDateTime ??
            json.occurrencePeriod ??
            json.date,
        ),
      });
    case "ServiceRequest":
    case "ProcedureRequest":
    case "DeviceRequest":
      return entry(resource, "procedure", ["code"], json.code, {
        assertion: ["completed"].includes(status) ? "present" : "planned",
        when: span(json.authoredOn ?? json.occurrenceDateTime),
      });
    case "Immunization":
      return entry(resource, "procedure", ["vaccineCode"], json.vaccineCode, {
        assertion: status === "not-done" || json.wasNotGiven === true ? "absent" : "historical",
        when: span(json.occurrenceDateTime ?? json.date),
      });
    case "ExplanationOfBenefit":
      return status === "cancelled" ? [] : claimLines(resource);
    case "Device":
      return entry(resource, "procedure", ["type"], json.type, {});
    case "AllergyIntolerance":
      return allergyEntry(resource);
    case "FamilyMemberHistory":
      return family(resource);
    case "Encounter":
      return entry(resource, "encounter", ["type"], json.type ?? json.reasonCode, {
        assertion: status === "planned" ? "planned" : "historical",
        when: span(json.period),
      });
    case "DiagnosticReport":
    case "DocumentReference":
      return entry(
        resource,
        "document",
        [json.resourceType === "DocumentReference" ? "type" : "code"],
        json.type ?? json.code,
        { when: span(json.effectiveDateTime ?? json.effectivePeriod ?? json.date ?? json.issued) },
      );
    default:
      return [];
  }
}

const procedureAssertion = (status: string): Assertion =>
  status === "not-done" || status === "aborted" || status === "stopped"
    ? "absent"
    : status === "preparation" || status === "scheduled"
      ? "planned"
      : "historical";

function condition(resource: Resource): Entry[] {
  const { json } = resource;
  const clinical = codeOf(json.clinicalStatus ?? json.status);
  const verified = codeOf(json.verificationStatus);
  const ended = json.abatementDateTime ?? json.abatementPeriod?.end ?? json.abatementDate;
  const over =
    ended !== undefined ||
    json.abatementBoolean === true ||
    json.abatementString !== undefined ||
    ["inactive", "remission", "resolved"].includes(clinical);
  const assertion: Assertion =
    verified === "refuted"
      ? "absent"
      : ["unconfirmed", "provisional", "differential"].includes(verified)
        ? "possible"
        : over
          ? "historical"
          : "present";
  const onset =
    json.onsetDateTime ??
    json.onsetPeriod?.start ??
    json.onsetDate ??
    json.recordedDate ??
    json.assertedDate ??
    json.dateRecorded ??
    json.dateAsserted;
  const author = json.asserter?.display ?? json.recorder?.display;
  return entry(resource, "condition", ["code"], json.code, {
    assertion,
    when: { earliest: daysOf(onset)?.earliest ?? null, latest: daysOf(ended)?.latest ?? null },
    ...(author ? { author } : {}),
  });
}

function observations(resource: Resource): Entry[] {
  const { json } = resource;
  if (["cancelled", "registered"].includes(codeOf(json.status))) return [];
  const when = span(
    json.effectiveDateTime ??
      json.effectivePeriod ??
      json.effectiveInstant ??
      json.appliesDateTime ??
      json.appliesPeriod ??
      json.issued,
  );
  const author = first(json.performer)?.display;
  const rest = { when, ...(author ? { author } : {}) };
  const own = valueEntry(resource, ["code"], json, rest);
  const parts = list(json.component).flatMap((part: Json, index: number) =>
    valueEntry(resource, ["component", index, "code"], part, rest),
  );
  return [...own, ...parts];
}

function valueEntry(resource: Resource, key: (string | number)[], json: Json, rest: Partial<Entry>): Entry[] {
  const quantity = json.valueQuantity;
  const coded = json.valueCodeableConcept;
  const plain =
    json.valueString ?? (typeof json.valueInteger === "number" ? { value: json.valueInteger } : undefined);
  if (quantity && typeof quantity.value === "number")
    return entry(resource, "observation", key, json.code, { ...rest, value: measured(quantity) });
  if (plain && typeof plain === "object")
    return entry(resource, "observation", key, json.code, { ...rest, value: measured(plain) });
  if (json.valueRange)
    return entry(resource, "observation", key, json.code, {
      ...rest,
      value: {
        low: json.valueRange.low?.value,
        high: json.valueRange.high?.value,
        unit: json.valueRange.low?.unit,
      },
    });
  if (coded)
    return entry(resource, "observation", key, json.code, {
      ...rest,
      value: { text: wordsOf(coded) },
      valueCodings: codingsOf(coded),
      ...(deniedBy(coded) ? { assertion: "absent" as const } : {}),
    });
  if (typeof plain === "string") {
    const number = /^\s*(\d+(?:\.\d+)?)\s*(.*)$/.exec(plain);
    return entry(resource, "observation", key, json.code, {
      ...rest,
      value: number
        ? { low: Number(number[1]), high: Number(number[1]), ...(number[2] ? { unit: number[2] } : {}) }
        : { text: plain },
    });
  }
  return [];
}

const deniedBy = (coded: Json) => /^(?:not at all|no|none|absent|negative|never)$/i.test(wordsOf(coded));

function measured(quantity: Json): NonNullable<Fact["value"]> {
  const unit = quantity.unit ?? quantity.code;
  const bound = String(quantity.comparator ?? "");
  const numbers = bound.startsWith("<")
    ? { high: quantity.value }
    : bound.startsWith(">")
      ? { low: quantity.value }
      : { low: quantity.value, high: quantity.value };
  return {
    ...numbers,
    ...(unit ? { unit: String(unit) } : {}),
    ...(bound ? { text: `${bound}${quantity.value}` } : {}),
  };
}

function medication(resource: Resource, byId: Map<string, Json>): Entry[] {
  const { json } = resource;
  const reference = json.medicationReference ?? (json.medication?.reference ? json.medication : undefined);
  const contained = list(json.contained).find((one: Json) => `#${one.id}` === reference?.reference);
  const pointed = contained ?? byId.get(String(reference?.reference ?? ""));
  const key = json.medicationCodeableConcept
    ? ["medicationCodeableConcept"]
    : json.medication?.concept
      ? ["medication", "concept"]
      : contained
        ? ["contained", list(json.contained).indexOf(contained), "code"]
        : ["medicationReference", "display"];
  const concept = json.medicationCodeableConcept ??
    json.medication?.concept ??
    pointed?.code ?? { text: reference?.display };
  const { course, assertion, when } = courseOfDosage(json);
  const author = json.requester?.display ?? json.prescriber?.display ?? json.requester?.agent?.display;
  const rest = { course, assertion, when, ...(author ? { author } : {}) };
  const own = entry(
    resource,
    "medication",
    key,
    key[0] === "medicationReference" ? { text: reference?.display, coding: concept.coding } : concept,
    rest,
  );
  return own;
}

function allergyEntry(resource: Resource): Entry[] {
  const { json } = resource;
  const key = json.code ? "code" : "substance";
  const verified = codeOf(json.verificationStatus ?? json.status);
  const clinical = codeOf(json.clinicalStatus);
  const reaction = list(json.reaction)
    .flatMap((one: Json) => list(one.manifestation))
    .map((one: Json) => wordsOf(one.concept ?? one))
    .filter(Boolean)
    .join(", ");
  return entry(resource, "allergy", [key], json[key], {
    assertion:
      verified === "refuted"
        ? "absent"
        : ["resolved", "inactive"].includes(clinical)
          ? "historical"
          : "present",
    ...(reaction ? { course: { outcome: "intolerance", reason: reaction } } : {}),
  });
}

function family(resource: Resource): Entry[] {
  const { json } = resource;
  const relation = wordsOf(json.relationship).toLowerCase();
  return list(json.condition).flatMap((_one: Json, index: number) =>
    entry(resource, "family-history", ["condition", index, "code"], json.condition[index].code, {
      assertion: "family",
      relation,
    }),
  );
}
