import { daysOf } from "./entries.ts";
import type { Assertion, Fact } from "./types.ts";

// biome-ignore lint/suspicious/noExplicitAny: FHIR of any version; every access below tolerates absence.
type Json = any;

const list = (value: Json): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Course, assertion and dates of a medication resource. */
export function courseOfDosage(json: Json): {
  course: NonNullable<Fact["course"]>;
  assertion: Assertion;
  when: Fact["when"];
} {
  const status = String(json.status ?? "").toLowerCase();
  const dispensed =
    json.resourceType === "MedicationDispense" || json.resourceType === "MedicationAdministration";
  const start = daysOf(startOf(json))?.earliest;
  const stop = daysOf(stopOf(json))?.latest;
  const planned =
    ["draft", "intended", "preparation"].includes(status) ||
    (["proposal", "plan"].includes(String(json.intent ?? "order")) &&
      json.reportedBoolean !== true &&
      !json.reportedReference &&
      status !== "active");
  const absent =
    status === "not-taken" ||
    json.doNotPerform === true ||
    json.wasNotTaken === true ||
    json.notGiven === true ||
    json.wasNotGiven === true;
  const over =
    ["completed", "stopped", "cancelled", "ended", "on-hold"].includes(status) &&
    !(dispensed && status === "completed");
  const assertion: Assertion = absent
    ? "absent"
    : planned
      ? "planned"
      : over
        ? "historical"
        : dispensed
          ? "historical"
          : "present";
  const course: NonNullable<Fact["course"]> = {
    status: planned ? "planned" : over || absent ? "stopped" : "active",
  };
  if (dispensed) delete course.status;
  const dose = doseOf(json);
  if (dose) course.dose = dose;
  if (start) course.start = start;
  if (stop) course.stop = stop;
  const reason = words(json.statusReason ?? json.reasonNotTaken ?? json.statusReasonCodeableConcept);
  if (reason) course.reason = reason;
  const supply = json.daysSupply?.value ?? json.dispenseRequest?.expectedSupplyDuration?.value;
  if (typeof supply === "number") course.daysSupply = supply;
  return {
    course,
    assertion,
    when: {
      earliest: start ?? null,
      latest: dispensed ? (daysOf(startOf(json))?.latest ?? null) : over && stop ? stop : null,
    },
  };
}

const words = (concept: Json): string | undefined =>
  list(concept)[0]?.text ?? list(concept)[0]?.coding?.[0]?.display;

const startOf = (json: Json): string | undefined =>
  json.effectivePeriod?.start ??
  json.effectiveDateTime ??
  json.effectiveTimePeriod?.start ??
  json.effectiveTimeDateTime ??
  json.occurenceDateTime ??
  json.occurrenceDateTime ??
  json.whenHandedOver ??
  json.whenPrepared ??
  json.authoredOn ??
  json.dateWritten ??
  json.dateAsserted ??
  timing(json)?.repeat?.boundsPeriod?.start;
const stopOf = (json: Json): string | undefined =>
  json.effectivePeriod?.end ?? json.dateEnded ?? timing(json)?.repeat?.boundsPeriod?.end;
const dosages = (json: Json): Json[] => list(json.dosageInstruction ?? json.dosage);
const timing = (json: Json): Json => dosages(json)[0]?.timing;

/** The dose in words: the instruction's own text, else amount and frequency. */
function doseOf(json: Json): string | undefined {
  const dosage = dosages(json)[0];
  if (!dosage) return undefined;
  if (typeof dosage.text === "string" && /\d|daily|needed|bedtime|weekly/i.test(dosage.text))
    return dosage.text;
  const quantity = list(dosage.doseAndRate)[0]?.doseQuantity ?? dosage.doseQuantity ?? dosage.dose;
  if (typeof quantity?.value !== "number" || !quantity.unit) return undefined;
  const often = frequencyOf(dosage.timing?.repeat);
  return [`${quantity.value} ${quantity.unit}`, often, dosage.asNeededBoolean === true ? "as needed" : ""]
    .filter(Boolean)
    .join(" ");
}

function frequencyOf(repeat: Json): string {
  if (!repeat?.frequency && !repeat?.period) return "";
  const { frequency = 1, period = 1, periodUnit = repeat.periodUnits ?? "d" } = repeat;
  if (periodUnit === "d" && period === 1)
    return (
      ["", "daily", "twice daily", "three times daily", "four times daily"][frequency] ??
      `${frequency} times daily`
    );
  if (periodUnit === "wk" && period === 1 && frequency === 1) return "weekly";
  const unit: Record<string, string> = { h: "hours", d: "days", wk: "weeks", mo: "months" };
  return `every ${period} ${unit[periodUnit] ?? periodUnit}`;
}
