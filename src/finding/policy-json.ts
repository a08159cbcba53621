import type { Criterion, Policy } from "#policy";

import { policyFromQuestionnaire } from "./questionnaire.ts";

type Raw = Record<string, unknown>;
const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A policy written as JSON in the public shape, by an editor or another program. `null` when it holds no criteria.
 * A DTR Questionnaire is taken too. A leaf without a test is left to judgment; `p` is taken as another name of a test's `kind`.
 */
export function policyFromJson(text: string): Policy | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(raw)) return null;
  if (raw.resourceType === "Questionnaire") return policyFromQuestionnaire(raw);
  if (!isObject(raw.criteria)) return null;
  return {
    title: null,
    number: null,
    payer: null,
    effective: null,
    issues: [],
    ...(raw as Partial<Policy>),
    treatmentIds: Array.isArray(raw.treatmentIds) ? (raw.treatmentIds as string[]) : [],
    criteria: criterionOf(raw.criteria, "c"),
    exclusions: isObject(raw.exclusions) ? criterionOf(raw.exclusions, "x") : null,
  };
}

function criterionOf(raw: Raw, id: string): Criterion {
  const own = {
    ...(typeof raw.label === "string" ? { label: raw.label } : {}),
    id: typeof raw.id === "string" ? raw.id : id,
    text: typeof raw.text === "string" ? raw.text : "",
    from: Array.isArray(raw.from) ? (raw.from as Criterion["from"]) : [],
  };
  const listed = (key: string) => {
    const value = raw[key];
    return Array.isArray(value)
      ? value.filter(isObject).map((one, at) => criterionOf(one, `${own.id}.${at + 1}`))
      : null;
  };
  const single = (key: string, at: number) =>
    isObject(raw[key]) ? criterionOf(raw[key], `${own.id}.${at}`) : null;
  const [all, any, of] = [listed("all"), listed("any"), listed("of")];
  if (all) return { ...own, all };
  if (any) return { ...own, any };
  if (of && typeof raw.atLeast === "number") return { ...own, atLeast: raw.atLeast, of };
  const denied = single("not", 1);
  if (denied) return { ...own, not: denied };
  const [when, then] = [single("when", 1), single("then", 2)];
  if (when && then) return { ...own, when, then };
  const test = raw.test;
  if (isObject(test)) {
    const kind = test.kind ?? test.p;
    if (typeof kind === "string") return { ...own, test: { ...test, kind } };
  }
  return { ...own, judgment: true };
}
