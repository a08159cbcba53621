import type { Criterion, Policy } from "#policy";

type Item = {
  linkId?: unknown;
  text?: unknown;
  type?: unknown;
  item?: unknown;
  enableWhen?: unknown;
  enableBehavior?: unknown;
};

const itemsOf = (raw: unknown): Item[] =>
  Array.isArray(raw) ? raw.filter((one) => typeof one === "object" && one !== null) : [];

/**
 * The criteria of a Da Vinci DTR Questionnaire (FHIR R4): yes-or-no questions become leaves, groups become "all of the
 * following", and a question that is asked only after a yes becomes "when … then". Questions that ask for data, not
 * for a yes, are no criteria. `null` when nothing criteria-like is in it.
 */
export function policyFromQuestionnaire(raw: Record<string, unknown>): Policy | null {
  if (raw["resourceType"] !== "Questionnaire") return null;
  const questions = new Map<string, Criterion>();
  const children = itemsOf(raw["item"]).flatMap((item) => nodesOf(item, questions));
  if (children.length === 0) return null;
  const title = typeof raw["title"] === "string" ? raw["title"] : null;
  return {
    title: title ? { value: title, from: [], by: "rule" } : null,
    number: null,
    payer: null,
    effective: null,
    treatmentIds: [],
    criteria: { id: "questionnaire", text: title ?? "All of the following", from: [], all: children },
    exclusions: null,
    issues: [],
  };
}

function nodesOf(item: Item, questions: Map<string, Criterion>): Criterion[] {
  const id = typeof item.linkId === "string" ? item.linkId : `q${questions.size + 1}`;
  const text = typeof item.text === "string" ? item.text : "";
  const below = itemsOf(item.item);
  if (item.type === "group") {
    const children = below.flatMap((one) => nodesOf(one, questions));
    return children.length > 0 ? [{ id, text, from: [], all: children }] : [];
  }
  if (item.type !== "boolean" || text === "") return below.flatMap((one) => nodesOf(one, questions));
  const leaf: Criterion = { id, text, from: [], judgment: true };
  const node = asked(item, leaf, questions);
  questions.set(id, leaf);
  return [node, ...below.flatMap((one) => nodesOf(one, questions))];
}

/** One condition "the answer to X is yes" is a "when"; anything more intricate is left to the question's own words. */
function asked(item: Item, leaf: Criterion, questions: ReadonlyMap<string, Criterion>): Criterion {
  const conditions = itemsOf(item.enableWhen) as Record<string, unknown>[];
  const [only] = conditions;
  if (conditions.length !== 1 || only?.["operator"] !== "=" || typeof only["answerBoolean"] !== "boolean")
    return leaf;
  const guard = questions.get(String(only["question"]));
  if (!guard) return leaf;
  const copy: Criterion = { ...guard, id: `${leaf.id}/when` };
  const when: Criterion = only["answerBoolean"]
    ? copy
    : { id: `${leaf.id}/unless`, text: guard.text, from: [], not: copy };
  return { id: `${leaf.id}/asked`, text: leaf.text, from: [], when, then: leaf };
}
