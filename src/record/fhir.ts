import { findNodeAtLocation, getNodeValue, type Node, parseTree } from "jsonc-parser";
import { type Coding, daysOf, type Entry, systemName } from "./entries.ts";
import { courseOfDosage } from "./fhir-dosage.ts";
import type { Assertion, Fact } from "./types.ts";

/** A resource as plain values, with the tree it came from for places. */
// biome-ignore lint/suspicious/noExplicitAny: FHIR of any version; every access below tolerates absence.
type Json = any;
type Resource = { json: Json; node: Node };

/** The entries of FHIR in any of R4, STU3 and DSTU2: a Bundle, a list, a single resource, or one resource on each line. */
export function fhirEntries(text: string): Entry[] {
  const resources = rootsOf(text).flatMap((node) => resourcesBelow(node));
  const byId = new Map(
    resources.flatMap(({ json }) => (json.id ? [[`${json.resourceType}/${json.id}`, json] as const] : [])),
  );
  return resources.flatMap((resource) => entriesOf(resource, byId));
}

function rootsOf(text: string): Node[] {
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: true });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (
    !root ||
    (lines.length > 1 && lines.every((line) => line.trim().startsWith("{") && line.trim().endsWith("}")))
  )
    return linesOf(text);
  return [root];
}

/** Newline-delimited JSON: each line is read alone, with its offsets moved to the file's. */
function linesOf(text: string): Node[] {
  const found: Node[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const node = line.trim() === "" ? undefined : parseTree(line);
    if (node) found.push(moved(node, at));
    at += line.length + 1;
  }
  return found;
}

function moved(node: Node, by: number): Node {
  const children = (node.children ?? []).map((child) => moved(child, by));
  const copy: Node = { ...node, offset: node.offset + by, children };
  for (const child of children) Object.assign(child, { parent: copy });
  return copy;
}

function resourcesBelow(node: Node): Resource[] {
  const found: Resource[] = [];
  const walk = (one: Node): void => {
    if (one.type === "object") {
      const type = findNodeAtLocation(one, ["resourceType"])?.value;
      if (typeof type === "string" && type !== "Bundle") found.push({ json: getNodeValue(one), node: one });
    }
    if (one.type === "object" || one.type === "array" || one.type === "property")
      for (const child of one.children ?? []) walk(child);
  };
  walk(node);
  return found;
}

const list = (value: Json): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
const first = (value: Json): Json => list(value)[0];

function codingsOf(concept: Json): Coding[] {
  return list(concept).flatMap((one: Json) =>
    list(one?.coding).map((coding: Json) => ({
      system: systemName(String(coding.system ?? "")),
      code: String(coding.code ?? ""),
      display: String(coding.display ?? ""),
    })),
  );
}

const wordsOf = (concept: Json): string =>
  first(concept)?.text ??
  list(first(concept)?.coding).find((one: Json) => one.display)?.display ??
  first(concept)?.coding?.[0]?.code ??
  "";
const codeOf = (concept: Json): string =>
  (typeof concept === "string"
    ? concept
    : (first(concept)?.coding?.[0]?.code ?? first(concept)?.text ?? "")
  ).toLowerCase();

/** Where the words of a codeable concept stand in the file. */
function placeOf(node: Node, key: (string | number)[], text: string): { start: number; end: number } | null {
  const at = findNodeAtLocation(node, key);
  let found: Node | null = null;
  const walk = (one: Node): void => {
    if (found) return;
    if (
      one.type === "string" &&
      one.value === text &&
      one.parent?.type === "property" &&
      ["text", "display", "code", "reference", "valueString", "title", "description"].includes(
        String(one.parent.children?.[0]?.value),
      ) &&
      one !== one.parent.children?.[0]
    )
      found = one;
    for (const child of one.children ?? []) walk(child);
  };
  if (at) walk(at);
  if (!found && at?.type === "string") found = at;
  const place = found as Node | null;
  return place && place.length > 2 ? { start: place.offset + 1, end: place.offset + place.length - 1 } : null;
}

function entry(
  resource: Resource,
  kind: Entry["kind"],
  key: (string | number)[],
  concept: Json,
  rest: Partial<Entry>,
): Entry[] {
  const text = wordsOf(concept);
  const place = text === "" ? null : placeOf(resource.node, key, text);
  if (!place) return [];
  return [
    {
      kind,
      codings: codingsOf(concept),
      text,
      ...place,
      assertion: "present",
      when: { earliest: null, latest: null },
      ...rest,
    },
  ];
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

/** A dateTime or Period as a range. */
function span(value: Json): Fact["when"] {
  if (typeof value === "string") {
    const days = daysOf(value);
    return { earliest: days?.earliest ?? null, latest: days?.latest ?? null };
  }
  return {
    earliest: daysOf(value?.start)?.earliest ?? null,
    latest: daysOf(value?.end ?? value?.start)?.latest ?? null,
  };
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
