import { childrenOf, type Evidence, type Finding, type Findings } from "#finding";
import type { Criterion, Policy } from "#policy";
import { type FhirResource, plain, type Reference } from "./fhir-elements.ts";

type Answer = { valueCoding?: { system: string; code: string; display: string }; valueString?: string };
type Item = { linkId: string; text?: string; item?: Item[]; answer?: Answer[] };

/** Our own list of answers; a reader that does not know it has the display. */
const statusSystem = "urn:redress:finding-status";
const shown: Record<Finding["status"], string> = {
  met: "Met",
  "not-met": "Not met",
  unknown: "Not shown by the record",
  conflicting: "The record says both",
  "not-applicable": "Does not apply",
};

/** The findings as a QuestionnaireResponse: one item per criterion, in the order and nesting of the policy. */
export function questionnaireResponseOf(
  policy: Policy,
  findings: Findings,
  options: { authoredOn: string; id?: string; subject?: Reference },
): FhirResource {
  const byId = new Map(findings.findings.map((finding) => [finding.criterion, finding]));
  const roots = [policy.criteria, ...(policy.exclusions ? [policy.exclusions] : [])];
  return {
    resourceType: "QuestionnaireResponse",
    ...(options.id ? { id: options.id } : {}),
    status: findings.findings.some(({ status }) => status === "unknown" || status === "conflicting")
      ? "in-progress"
      : "completed",
    ...(options.subject ? { subject: options.subject } : {}),
    authored: options.authoredOn,
    item: roots.map((root) => itemOf(root, byId)),
  };
}

function itemOf(node: Criterion, byId: ReadonlyMap<string, Finding>): Item {
  const own: Item = { linkId: node.id, text: plain(node.text) };
  const children = childrenOf(node);
  if (children.length > 0)
    return { ...own, item: [...statusItems(node.id, byId), ...children.map((child) => itemOf(child, byId))] };
  const finding = byId.get(node.id);
  return finding
    ? { ...own, item: [...statusItems(node.id, byId), ...evidenceItems(node.id, finding)] }
    : own;
}

/** The answer stands in an item of its own: R4 allows no nested items beside an answer. */
function statusItems(id: string, byId: ReadonlyMap<string, Finding>): Item[] {
  const finding = byId.get(id);
  if (!finding) return [];
  const { status } = finding;
  return [
    {
      linkId: `${id}/status`,
      text: "Status",
      answer: [{ valueCoding: { system: statusSystem, code: status, display: shown[status] } }],
    },
  ];
}

function evidenceItems(id: string, finding: Finding): Item[] {
  const sides: [string, string, readonly Evidence[]][] = [
    ["for", "Evidence for", finding.for],
    ["against", "Evidence against", finding.against],
  ];
  const items = sides.flatMap(([side, text, list]): Item[] => {
    const answers = list
      .flatMap(({ from }) => from)
      .map(({ document, page, quote }) => ({ valueString: plain(`${document}, page ${page}: "${quote}"`) }));
    return answers.length > 0 ? [{ linkId: `${id}/${side}`, text, answer: answers }] : [];
  });
  if (finding.missing)
    items.push({
      linkId: `${id}/missing`,
      text: "What would settle it",
      answer: [{ valueString: plain(finding.missing) }],
    });
  return items;
}
