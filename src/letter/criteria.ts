import type { Span } from "#base";
import type { Evidence, Finding, FindingStatus } from "#finding";
import type { Criterion } from "#policy";
import type { LetterInput } from "./input.ts";
import { tellingWords } from "./search.ts";
import { squash } from "./sentences.ts";

/** What the record says to one criterion, with the words that the letter prints for it. */
export type CriterionRow = {
  criterion: Criterion;
  /** Printed number: "3", "3a"; empty where the policy prints none. */
  number: string;
  depth: number;
  status: FindingStatus;
  for: Evidence[];
  against: Evidence[];
  candidates: Evidence[];
  missing: string | null;
  contested: boolean;
  /** The branch of an "or" that is met, by its number. */
  branch: string | null;
  group: boolean;
};

type Verdict = Pick<CriterionRow, "status" | "for" | "against" | "candidates" | "missing">;

/** The parts of a node in order. */
export function partsOf(node: Criterion): Criterion[] {
  if ("all" in node) return node.all;
  if ("any" in node) return node.any;
  if ("of" in node) return node.of;
  if ("not" in node) return [node.not];
  if ("when" in node) return [node.when, node.then];
  return [];
}

/**
 * The rows of the table: every criterion of the policy; of alternatives only the one that is relied on, unless
 * none is met. Contested ones first, the others in the order of the policy.
 */
export function criterionRows(input: LetterInput): CriterionRow[] {
  const { policy, findings } = input;
  if (!policy || !findings) return [];
  const known = new Map(findings.findings.map((finding) => [finding.criterion, finding]));
  const relied = new Set(findings.routes[0]?.leaves ?? []);
  const contested = contestedBy(input);
  const rows: CriterionRow[] = [];
  const visit = (node: Criterion, depth: number, number: string, inherited: boolean) => {
    const isContested = inherited || contested(node, number);
    const verdict = solve(node, known);
    const shown = "any" in node && verdict.status === "met" ? chosen(node.any, known, relied) : partsOf(node);
    const group = partsOf(node).length > 0 && !("not" in node);
    const branch =
      "any" in node && verdict.status === "met" ? shown.map((part) => numberOf(part)).join(", ") : "";
    rows.push({
      criterion: node,
      number,
      depth,
      ...verdict,
      contested: isContested,
      branch: branch || null,
      group,
    });
    if (group && depth < 3)
      for (const part of shown) visit(part, depth + 1, numberOf(part, number), isContested);
  };
  const top = topCriteria(policy.criteria, known, relied);
  for (const node of top) visit(node, 0, numberOf(node), false);
  return contestedFirst(rows);
}

/** Below the root's "all", or below the alternative that the record supports. */
function topCriteria(root: Criterion, known: Map<string, Finding>, relied: Set<string>): Criterion[] {
  if ("all" in root) return root.all.length === 1 ? topCriteria(root.all[0]!, known, relied) : root.all;
  if ("any" in root) {
    const [best] = chosen(root.any, known, relied);
    return best ? topCriteria(best, known, relied) : root.any;
  }
  return [root];
}

/** The alternative that the strongest route uses, else the first that is met, else the furthest. */
function chosen(parts: Criterion[], known: Map<string, Finding>, relied: Set<string>): Criterion[] {
  const routed = parts.filter((part) => leavesOf(part).some((leaf) => relied.has(leaf.id)));
  if (routed.length > 0) return routed;
  const met = parts.find((part) => solve(part, known).status === "met");
  const open = parts.find((part) => solve(part, known).status !== "not-met");
  const best = met ?? open ?? parts[0];
  return best ? [best] : [];
}

export function leavesOf(node: Criterion): Criterion[] {
  const parts = partsOf(node);
  return parts.length === 0 ? [node] : parts.flatMap(leavesOf);
}

/** Keeps each criterion with its parts together while contested ones move to the front. */
function contestedFirst(rows: CriterionRow[]): CriterionRow[] {
  const blocks: CriterionRow[][] = [];
  for (const row of rows) {
    if (row.depth === 0) blocks.push([row]);
    else blocks.at(-1)!.push(row);
  }
  const hot = blocks.filter((block) => block.some((row) => row.contested));
  return [...hot, ...blocks.filter((block) => !hot.includes(block))].flat();
}

/** The verdict of a node: the finding given for it, else Kleene logic over its parts. */
export function solve(node: Criterion, known: Map<string, Finding>): Verdict {
  const given = known.get(node.id);
  if (given)
    return {
      status: given.status,
      for: given.for,
      against: given.against,
      candidates: given.candidates,
      missing: given.missing,
    };
  const parts = partsOf(node).map((part) => solve(part, known));
  return {
    status: statusOf(
      node,
      parts.map((part) => part.status),
    ),
    for: parts.flatMap((part) => part.for),
    against: parts.flatMap((part) => part.against),
    candidates: parts.flatMap((part) => part.candidates),
    missing: parts.find((part) => part.missing)?.missing ?? null,
  };
}

function statusOf(node: Criterion, parts: FindingStatus[]): FindingStatus {
  if (parts.length === 0) return "unknown";
  if ("not" in node) return parts[0] === "met" ? "not-met" : parts[0] === "not-met" ? "met" : parts[0]!;
  if ("when" in node)
    return parts[0] === "not-met" ? "not-applicable" : parts[0] === "met" ? parts[1]! : "unknown";
  if ("any" in node || "of" in node) {
    const need = "of" in node ? node.atLeast : 1;
    if (parts.filter((status) => status === "met").length >= need) return "met";
    if (parts.filter((status) => status !== "not-met").length < need) return "not-met";
    return parts.includes("conflicting") ? "conflicting" : "unknown";
  }
  for (const status of ["not-met", "conflicting", "unknown"] as const)
    if (parts.includes(status)) return status;
  return parts.every((status) => status === "not-applicable") ? "not-applicable" : "met";
}

/** The printed number of a criterion: its label without marks, after its parent's where it is only a letter. */
function numberOf(node: Criterion, parent = ""): string {
  const own = (node.label ?? /^\(?([0-9]{1,2}|[A-Za-z]|[ivx]{1,4})[.)]\s/.exec(node.text)?.[1] ?? "")
    .replace(/[().\s]+$/g, "")
    .replace(/^\(/, "");
  if (!own) return "";
  return parent && !own.startsWith(parent) && own.length <= 3 ? `${parent}${own}` : own;
}

/** The criterion's words without the number that the letter prints before them. */
export function criterionWords(node: Criterion): string {
  return squash(node.text).replace(/^(\(?([0-9]{1,2}|[A-Za-z]|[ivx]{1,4})[.)])\s+/, "");
}

/** Tells which criteria the notice disputes: by number where it names numbers, else by words it shares with its reason. */
function contestedBy(input: LetterInput): (node: Criterion, number: string) => boolean {
  const reasons = (input.denial?.grounds ?? []).flatMap((ground) => ground.from);
  const numbers = numbersNamed(input, reasons);
  if (numbers.size > 0) return (_, number) => numbers.has(number);
  const said = tellingWords(reasons.map((span) => span.quote).join(" "));
  return (node) => {
    const words = [...tellingWords(criterionWords(node))];
    const shared = words.filter((word) => said.has(word)).length;
    return shared >= 2 && shared / Math.max(words.length, 1) >= 0.3;
  };
}

/** "criteria 3 and 4" on the pages of the notice. */
function numbersNamed(input: LetterInput, reasons: Span[]): Set<string> {
  const named = new Set<string>();
  const notices = new Set(reasons.map((span) => span.document));
  for (const source of input.documents)
    if (notices.has(source.document))
      for (const page of source.pages)
        for (const match of page.text.matchAll(
          /\bcriteri(?:on|a)\s+(?:numbers?\s+)?((?:\(?[0-9]{1,2}\)?[a-z]?|[A-H])(?:\s*(?:,|and|or|&|through|to)\s*\(?[0-9]{1,2}\)?[a-z]?)*)(?![\w.])/gi,
        ))
          for (const number of match[1]!.match(/[0-9]{1,2}[a-z]?|[A-H]/g) ?? []) named.add(number);
  return named;
}
