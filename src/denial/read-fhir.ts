import { type NoticeOutcome, parseDate, type Reading } from "#base";
import type { DenialCode } from "#knowledge";
import type { SourceDocument } from "#source";
import { emptyDenial } from "./empty-denial.ts";
import { fhirGrounds, type NamedCode } from "./fhir-grounds.ts";
import { diagnosesOf, servicesOf } from "./fhir-services.ts";
import { Place } from "./json-place.ts";
import { payerIdOf } from "./payer-id.ts";
import type { DenialKnowledge } from "./read-denial.ts";
import type { Denial, Reference } from "./types.ts";

/** A resource of the bundle with the address by which others point at it. */
type Resource = { type: string; id: string | null; url: string | null; place: Place };

/** A denial in FHIR R4: ClaimResponse or ExplanationOfBenefit with the Claim, Patient, Coverage and organizations beside it. */
export function readFhirDenial(source: SourceDocument, knowledge: DenialKnowledge): Denial | null {
  const root = Place.rootOf(source);
  if (!root) return null;
  const resources = resourcesOf(root);
  const answers = resources.filter(({ type }) => type === "ClaimResponse" || type === "ExplanationOfBenefit");
  const answer = answers[0]?.place;
  if (!answer) return null;
  const claim =
    follow(resources, answer.at("request")) ??
    follow(resources, answer.at("claim")) ??
    first(resources, "Claim");
  const patient = follow(resources, answer.at("patient")) ?? first(resources, "Patient");
  const coverage = follow(resources, answer.at("insurance", 0, "coverage")) ?? first(resources, "Coverage");
  const use = answer.words("use");
  const created = answer.words("created");
  const payer = nameOf(resources, answer.at("insurer")) ?? nameOf(resources, coverage?.at("payor", 0));
  const codes = reasonCodes(answer, knowledge);
  const outcome = outcomeOf(answer, codes);
  const approved = outcome?.value === "approved";
  const denial: Denial = {
    ...emptyDenial(),
    payer,
    payerId: payer ? payerIdOf(payer.value, knowledge) : null,
    memberName: personName(patient),
    memberId: memberIdOf(patient, coverage),
    groupNumber: groupOf(coverage),
    references: referencesOf(answer),
    noticeDate:
      created && parseDate(created.value.slice(0, 10))
        ? { ...created, value: created.value.slice(0, 10) }
        : null,
    stage: use ? { ...use, value: "initial" } : null,
    timing: use ? { ...use, value: use.value === "claim" ? "post-service" : "pre-service" } : null,
    urgent: urgencyOf(claim),
    outcome,
    services: servicesOf(answer, claim, knowledge),
    diagnoses: diagnosesOf([answer, ...(claim ? [claim] : [])]),
    provider:
      nameOf(resources, answer.at("provider")) ??
      nameOf(resources, answer.at("requestor")) ??
      nameOf(resources, claim?.at("provider")),
    grounds: approved ? [] : fhirGrounds(answer, codes, knowledge),
  };
  if (answers.length > 1)
    denial.issues.push({
      severity: "warning",
      code: "several-denials",
      text: "The file holds more than one decision; the first was read. Make one case for each.",
    });
  return denial;
}

function resourcesOf(root: Place): Resource[] {
  const named = (place: Place, url: string | null): Resource[] => {
    const type = place.text("resourceType");
    if (!type) return [];
    const own = { type, id: place.text("id"), url, place };
    return [own, ...place.list("contained").flatMap((inner) => named(inner, `#${inner.text("id")}`))];
  };
  if (root.text("resourceType") !== "Bundle") return named(root, null);
  return root.list("entry").flatMap((entry) => named(entry.at("resource"), entry.text("fullUrl")));
}

const first = (resources: readonly Resource[], type: string): Place | undefined =>
  resources.find((one) => one.type === type)?.place;

/** What a reference points at, within the bundle. */
function follow(resources: readonly Resource[], reference: Place | undefined): Place | undefined {
  const address = reference?.text("reference");
  if (!address) return undefined;
  const [type, id] = address.split("/").slice(-2);
  return resources.find(
    (one) => one.url === address || one.url?.endsWith(`/${address}`) || (one.type === type && one.id === id),
  )?.place;
}

/** The name of an organization or practitioner that is pointed at, else the display beside the reference. */
function nameOf(resources: readonly Resource[], reference: Place | undefined): Reading<string> | null {
  if (!reference) return null;
  const target = follow(resources, reference);
  const name = target?.at("name");
  return (name?.text() ? name.words() : target ? personName(target) : null) ?? reference.words("display");
}

function personName(person: Place | undefined): Reading<string> | null {
  const name = person?.at("name", 0);
  if (!name?.exists) return null;
  const parts = [...name.list("given"), name.at("family")].filter((part) => part.text());
  if (parts.length === 0) return name.words("text");
  return {
    value: parts.map((part) => part.text()).join(" "),
    from: parts.map((part) => part.span()),
    by: "rule",
  };
}

function memberIdOf(patient: Place | undefined, coverage: Place | undefined): Reading<string> | null {
  const own = patient?.list("identifier") ?? [];
  const member = own.find((one) =>
    one
      .at("type")
      .list("coding")
      .some((coding) => coding.text("code") === "MB"),
  );
  return (
    coverage?.words("subscriberId") ??
    member?.words("value") ??
    coverage?.words("identifier", 0, "value") ??
    own[0]?.words("value") ??
    null
  );
}

function groupOf(coverage: Place | undefined): Reading<string> | null {
  const group = coverage?.list("class").find((one) =>
    one
      .at("type")
      .list("coding")
      .some((coding) => coding.text("code") === "group"),
  );
  return group?.words("value") ?? null;
}

function referencesOf(answer: Place): Reference[] {
  const claim = answer.text("use") === "claim";
  const own = answer.list("identifier").map((one) => one.words("value"));
  const prior = [
    ...answer.list("preAuthRef"),
    ...answer.list("insurance").flatMap((one) => one.list("preAuthRef")),
  ].map((one) => one.words());
  return [
    ...own.flatMap((one): Reference[] => (one ? [{ ...one, kind: claim ? "claim" : "reference" }] : [])),
    ...prior.flatMap((one): Reference[] => (one ? [{ ...one, kind: "authorization" }] : [])),
  ];
}

function urgencyOf(claim: Place | undefined): Reading<boolean> | null {
  const priority = claim?.at("priority").list("coding")[0]?.words("code");
  return priority ? { ...priority, value: priority.value === "stat" } : null;
}

/** Review action (A1 certified … A3 not certified) or, for claims, what was paid of each line. */
function outcomeOf(answer: Place, codes: readonly NamedCode[]): Reading<NoticeOutcome> | null {
  const actions = reviewActions(answer);
  const meaning: Record<string, NoticeOutcome> = {
    A1: "approved",
    A2: "partly-denied",
    A3: "denied",
    A6: "partly-denied",
  };
  const told = actions.flatMap((place) => {
    const value = meaning[place.text("code") ?? ""];
    return value ? [{ value, place }] : [];
  });
  if (told.length > 0) {
    const refused = told.filter(({ value }) => value !== "approved");
    const chosen = refused[0] ?? told[0]!;
    const value = refused.length > 0 && refused.length < told.length ? "partly-denied" : chosen.value;
    return chosen.place.at(chosen.place.text("display") ? "display" : "code").reading(value);
  }
  if (actions.length > 0) return null;
  const items = answer.list("item");
  const denied = items.filter((item) => codes.some((code) => code.denial && within(item, code)));
  if (codes.some((code) => code.denial)) {
    const at = codes.find((code) => code.denial)!.reading;
    return {
      ...at,
      value:
        items.length > 0 && denied.length > 0 && denied.length < items.length ? "partly-denied" : "denied",
    };
  }
  const outcome = answer.at("outcome");
  if (outcome.text() === "complete") return outcome.reading("approved");
  if (outcome.text() === "partial") return outcome.reading("partly-denied");
  return outcome.text() === "error" ? outcome.reading("denied") : null;
}

function reviewActions(answer: Place): Place[] {
  const inside = (place: Place): Place[] =>
    place.list("extension").flatMap((one) => {
      if (/reviewActionCode/.test(one.text("url") ?? ""))
        return one.at("valueCodeableConcept").list("coding");
      return inside(one);
    });
  const adjudications = [...answer.list("item"), ...answer.list("addItem")].flatMap((item) =>
    item.list("adjudication"),
  );
  return [...adjudications, ...answer.list("adjudication")].flatMap(inside);
}

const within = (item: Place, code: NamedCode): boolean => {
  const [outer, inner] = [item.span(), code.reading.from[0]!];
  return inner.start >= outer.start && inner.end <= outer.end;
};

/** CARC, RARC and NCPDP codes wherever the resource carries them. */
function reasonCodes(answer: Place, { codes }: DenialKnowledge): NamedCode[] {
  const found: NamedCode[] = [];
  const look = (coding: Place): void => {
    const system = coding.text("system") ?? "";
    const code = coding.text("code");
    const list = /adjustment-reason|\/claim-adjustment|CARC/i.test(system)
      ? "carc"
      : /remark|RARC/i.test(system)
        ? "rarc"
        : /ncpdp/i.test(system)
          ? "ncpdp"
          : null;
    const row: DenialCode | undefined =
      list && code
        ? codes[list].find((one) => one.code === code.replace(/^(?:CO|PR|OA|PI)-?/, ""))
        : undefined;
    if (!list || !row) return;
    found.push({
      code: `${list.toUpperCase()} ${row.code}`,
      row,
      denial: list === "carc" ? row.denial !== false && row.grounds.length > 0 : false,
      reading: coding.at("code").reading(row.code),
    });
  };
  const groups = [answer, ...answer.list("item"), ...answer.list("addItem")];
  for (const group of groups)
    for (const adjudication of group.list("adjudication")) {
      for (const coding of adjudication.at("reason").list("coding")) look(coding);
      for (const coding of adjudication.at("category").list("coding")) look(coding);
    }
  for (const error of answer.list("error"))
    for (const coding of error.at("code").list("coding")) look(coding);
  for (const note of answer.list("supportingInfo"))
    for (const coding of note.at("code").list("coding")) look(coding);
  return found;
}
