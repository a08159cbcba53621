import type { Span } from "#base";
import type { Evidence, Finding, FindingStatus } from "#finding";
import type { Criterion } from "#policy";
import { contestedBy } from "./contested.ts";
import type { LetterInput } from "./input.ts";
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
  /** One of alternatives of which enough are met, so that it may stay open. */
  spare: boolean;
  /** The open alternatives that it is one of: one of them is enough. */
  among: string | null;
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
  const route = findings.routes.find((entry) => entry.status === "met");
  const relied = new Set(route?.leaves ?? []);
  const contested = contestedBy(input);
  const label = labelReader(input);
  const titles = titlesOf(input);
  const rows: CriterionRow[] = [];
  const visit = (
    node: Criterion,
    depth: number,
    parent: string,
    inherited: boolean,
    spare = false,
    among: string | null = null,
  ) => {
    if (isCircumstance(node, known, label(node)) || isTitle(node, titles)) return;
    const verdict = solve(node, known);
    const shown = shownParts(node, verdict.status, known, relied);
    const seeThrough = shown.length > 0 && isSeeThrough(node, depth, label(node));
    if (seeThrough) {
      for (const part of shown) visit(part, depth, parent, inherited, spare, among);
      return;
    }
    const number = numberOf(label(node), parent);
    const isContested = inherited || contested(node, number);
    const branch =
      "any" in node && verdict.status === "met" ? shown.map((part) => label(part)).filter(Boolean) : [];
    const group = shown.length > 0;
    rows.push({
      criterion: node,
      number,
      depth,
      ...verdict,
      contested: isContested,
      branch: branch.map((one) => numberOf(one, number)).join(", ") || null,
      group,
      spare,
      among,
    });
    const settled = ("any" in node || "of" in node) && verdict.status === "met";
    const open = "any" in node && !settled ? node.id : null;
    if (depth < 3) for (const part of shown) visit(part, depth + 1, number, isContested, settled, open);
  };
  visit(policy.criteria, 0, "", false);
  return contestedFirst(rows);
}

/** Of alternatives that are met only the one relied on; of a condition what it asks, once it applies. */
function shownParts(
  node: Criterion,
  status: FindingStatus,
  known: Map<string, Finding>,
  relied: Set<string>,
): Criterion[] {
  if ("not" in node) return [];
  if ("when" in node) return status === "not-applicable" ? [] : [node.then];
  if ("any" in node && (status === "met" || wordless(node))) return chosen(node.any, known, relied);
  return partsOf(node);
}

const wordless = (node: Criterion) => squash(node.text) === "";

/** Groups that only hold others together have no row: those without words, the list's own heading, a condition. */
function isSeeThrough(node: Criterion, depth: number, label: string): boolean {
  if (wordless(node)) return true;
  if ("when" in node) return true;
  return "all" in node && depth === 0 && label === "";
}

/** Titles of the policy as the papers print them; one that was read as a criterion is none. */
function titlesOf(input: LetterInput): Set<string> {
  const titles = [
    input.policy?.title?.value,
    ...(input.denial?.criteriaCited ?? []).map((cited) => cited.title.value),
    ...input.sorted.papers.map((paper) => paper.title?.value),
  ];
  return new Set(titles.flatMap((title) => (title ? [squash(title).toLowerCase()] : [])));
}

const isTitle = (node: Criterion, titles: Set<string>): boolean =>
  partsOf(node).length === 0 && titles.has(squash(node.text).toLowerCase());

/** "initial authorization", "A. Primary regurgitation", "coverage criteria": headings, not what a record could meet. */
function isCircumstance(node: Criterion, known: Map<string, Finding>, label: string): boolean {
  if (partsOf(node).length > 0 || solve(node, known).status !== "unknown") return false;
  const text = squash(node.text);
  const words = text.split(" ").length;
  if (words <= 6 && /^[A-Z]$/.test(label.replace(/[().]/g, ""))) return true;
  if (words <= 4 && /\b(authorization|request|renewal|approval|continuation|therapy)s?$/i.test(text))
    return true;
  return (
    words <= 9 &&
    /\b(criteria|coverage|indications?|policy|guidelines?|requirements?|background|description)$/i.test(text)
  );
}

/** The alternative of a route that is met, else the one with most met and least failed leaves: the way the record goes. */
function chosen(parts: Criterion[], known: Map<string, Finding>, relied: Set<string>): Criterion[] {
  const routed = parts.filter((part) => leavesOf(part).some((leaf) => relied.has(leaf.id)));
  if (routed.length === 1) return routed;
  const standing = (part: Criterion) => {
    const statuses = leavesOf(part).map((leaf) => solve(leaf, known).status);
    const count = (status: FindingStatus) => statuses.filter((one) => one === status).length;
    return count("met") - count("not-met") + (solve(part, known).status === "met" ? 100 : 0);
  };
  const [best] = [...parts].sort((x, y) => standing(y) - standing(x));
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
  for (const [first] of hot) if (first) first.contested = true;
  return [...hot, ...blocks.filter((block) => !hot.includes(block))].flat();
}

/** The verdict of a node: the finding given for it, else Kleene logic over its parts. */
export function solve(node: Criterion, known: Map<string, Finding>): Verdict {
  const given = known.get(node.id);
  if (given)
    return {
      status: given.status,
      for: given.for.map((entry) => ({ ...entry, from: ownWordsFirst(entry.from, node) })),
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

/** Of the places of one piece of evidence those that hold the criterion's own words stand first ("HER2" for "HER2 negative"). */
function ownWordsFirst(from: Span[], node: Criterion): Span[] {
  const own = node.text.toLowerCase();
  const isOwn = ({ quote }: Span) => Number(own.includes(squash(quote).toLowerCase()));
  return [...from].sort((one, other) => isOwn(other) - isOwn(one));
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

/** The label that a policy prints before a criterion: its own field, the text's beginning, or the words just before it. */
function labelReader(input: LetterInput): (node: Criterion) => string {
  const pages = new Map(
    input.documents.flatMap((source) =>
      source.pages.map((page) => [`${source.document}\n${page.page}`, page.text]),
    ),
  );
  const mark = "\\(?([0-9]{1,2}|[A-Za-z]|[ivx]{1,4})[.)]";
  const atStart = new RegExp(`^${mark}\\s`);
  const atEnd = new RegExp(`(?:^|\\s)${mark}\\s*$`);
  return (node) => {
    if (node.label) return node.label;
    const at = node.from[0];
    const before = at
      ? (pages.get(`${at.document}\n${at.page}`) ?? "").slice(Math.max(0, at.start - 8), at.start)
      : "";
    return (
      atStart.exec(node.text)?.[1] ?? atStart.exec(at?.quote ?? "")?.[1] ?? atEnd.exec(before)?.[1] ?? ""
    );
  };
}

/** "3", "3a": the label without marks, after its parent's where it is only a letter. */
function numberOf(label: string, parent: string): string {
  const own = label
    .replace(/[().\s]+$/g, "")
    .replace(/^\(/, "")
    .replace(/(?<=\d)\.(?=[a-z])|(?<=[a-z])\.(?=\w)/gi, "");
  return parent && /^([a-z]|[ivx]{1,4}|[0-9]{1,2})$/i.test(own) ? `${parent}${own}` : own;
}

/** The criterion's words without the number that the letter prints before them. */
export function criterionWords(node: Criterion): string {
  return squash(node.text).replace(/^(\(?([0-9]{1,2}|[A-Za-z]|[ivx]{1,4})[.)])\s+/, "");
}
