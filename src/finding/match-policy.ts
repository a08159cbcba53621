import type { Issue } from "#base";
import type { Matching } from "#knowledge";
import type { Criterion, Policy } from "#policy";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";
import { type Chart, openChart, passage } from "./chart.ts";
import { heldToCircumstance } from "./circumstances.ts";
import type { Verdict } from "./evaluate/verdict.ts";
import { answeredByCriteria } from "./excluded-uses.ts";
import { harmsOf } from "./harms.ts";
import { asksWho, isHeading } from "./headings.ts";
import { judgeLeaf } from "./judge-leaf.ts";
import { type ClinicalWords, lexiconsOf, termsOf } from "./lexicon.ts";
import { all, any, atLeast, not, whenThen } from "./logic.ts";
import { rankPassages } from "./rank.ts";
import { conflictsOf } from "./record-conflicts.ts";
import { routesThrough } from "./routes.ts";
import type { ExcludedPage } from "./sentences.ts";
import { spanOfSentence } from "./sentences.ts";
import { thresholdsIn } from "./thresholds.ts";
import { childrenOf } from "./tree.ts";
import type { Evidence, Finding, FindingStatus, Findings } from "./types.ts";

/** What a person has attested or judged, by criterion id. */
export type Attested = Record<string, { status: FindingStatus; by: string; why?: string }>;

export type MatchInput = {
  policy: Policy;
  facts: readonly Fact[];
  documents: readonly SourceDocument[];
  asOf: string;
  /** The day the service was asked for; windows are counted from it. Without it, `asOf`. */
  requestedOn?: string | undefined;
  clinical: ClinicalWords;
  matching: Matching;
  attested?: Attested | undefined;
  /** Generic names of what is asked for; without it, the drug of which the record speaks most. */
  requested?: readonly string[] | undefined;
  /** Pages of other people: neither searched nor shown. Pages that bear another date of birth are found here too. */
  exclude?: readonly ExcludedPage[] | undefined;
};

const candidateLimit = 6;

/** The record against every criterion of the policy, and what follows from it. Pure. */
export function matchPolicy(input: MatchInput): Findings {
  const chart = openChart({ ...input, requested: input.requested ?? drugsOfPolicy(input) });
  const findings: Finding[] = [];
  const attested = input.attested ?? {};
  const criteria = walker(chart, findings, attested, () => null)(input.policy.criteria);
  const met = new Map(findings.map((finding) => [finding.criterion, finding]));
  const exclude = walker(chart, findings, attested, (node) =>
    answeredByCriteria(node, input.policy.criteria, met),
  );
  const exclusions = input.policy.exclusions ? exclude(input.policy.exclusions) : "not-met";
  // Without criteria nothing is shown by what does not exclude.
  const status = criteria === "not-applicable" ? criteria : all([criteria, not(exclusions)]);
  const byId = new Map(findings.map((finding) => [finding.criterion, finding]));
  return {
    findings,
    result: status === "not-applicable" ? "unknown" : status,
    routes: routesThrough(input.policy.criteria, byId),
    harms: harmsOf(input.policy, byId, chart),
    issues: [...issuesOf(input), ...conflictsOf(findings.filter(isLeaf(input.policy)), chart)],
  };
}

/** Whether a finding is of a single criterion; groups only repeat what stands below them. */
function isLeaf({ criteria, exclusions }: Policy): (finding: Finding) => boolean {
  const leaves = new Set<string>();
  const walk = (node: Criterion): void => {
    const children = childrenOf(node);
    if (children.length === 0) leaves.add(node.id);
    for (const child of children) walk(child);
  };
  walk(criteria);
  if (exclusions) walk(exclusions);
  return ({ criterion }) => leaves.has(criterion);
}

/** The drug that the policy itself names most: what it is a policy for. None where it names several alike. */
function drugsOfPolicy({ policy, clinical, matching }: MatchInput): string[] | undefined {
  const { strict } = lexiconsOf(clinical, matching);
  const counts = new Map<string, number>();
  const count = (text: string) => {
    for (const { key } of termsOf(text, strict))
      if (key.startsWith("d:")) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const walk = (node: Criterion): void => {
    count(node.text);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(policy.criteria);
  if (policy.title) count(policy.title.value);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first && first[1] > (second?.[1] ?? 0) ? [first[0].slice(2)] : undefined;
}

function issuesOf(input: MatchInput): Issue[] {
  if (input.documents.length > 0 || input.facts.length > 0) return [];
  return [
    {
      severity: "warning",
      code: "records-missing",
      text: "There are no medical records yet, so every criterion is open. Add the records of the treating physicians.",
    },
  ];
}

type Walk = (node: Criterion) => FindingStatus;

/** `answered`: what is settled before the record is read. */
function walker(
  chart: Chart,
  into: Finding[],
  attested: Attested,
  answered: (node: Criterion) => Finding | null,
): Walk {
  const walk: Walk = (node) => {
    const at = into.length;
    into.push({ criterion: node.id, status: "unknown", for: [], against: [], candidates: [], missing: null });
    const said = attested[node.id];
    const finding = said
      ? attestedFinding(node, said)
      : (answered(node) ?? ("test" in node || "judgment" in node ? leafFinding(node, chart) : null));
    const children = childrenOf(node);
    const statuses = children.map((child, index) => walk(withSubject(child, children[index - 1])));
    const done = finding ?? groupFinding(node, statuses, children, into);
    into[at] = done;
    return done.status;
  };
  return walk;
}

/** "At least 300 within 12 months" below "eosinophils of at least 150 within 6 weeks": what is measured is named once. */
function withSubject(node: Criterion, before: Criterion | undefined): Criterion {
  if (!before || !("test" in node || "judgment" in node)) return node;
  if (!/^\s*(?:at least|greater than|more than|less than|fewer than|no more than|[<>≥≤])/i.test(node.text))
    return node;
  const phrase = thresholdsIn(before.text)[0]?.phrase;
  const { id, from } = node;
  return phrase ? { id, from, text: `${phrase} ${node.text}`, judgment: true } : node;
}

function attestedFinding(node: Criterion, said: Attested[string]): Finding {
  const evidence: Evidence = { fact: null, from: [], why: said.why ?? `stated by ${said.by}` };
  return {
    criterion: node.id,
    status: said.status,
    for: said.status === "met" ? [evidence] : [],
    against: said.status === "not-met" ? [evidence] : [],
    candidates: [],
    missing: null,
    judgedBy: said.by,
  };
}

function groupFinding(
  node: Criterion,
  statuses: FindingStatus[],
  children: Criterion[],
  into: Finding[],
): Finding {
  const status = combine(node, statuses);
  const its = children.map((child) => into.find(({ criterion }) => criterion === child.id)!);
  const turned = "not" in node;
  const pick = (side: "for" | "against", wanted: FindingStatus) =>
    its
      .filter((one) => one.status === wanted || one.status === "conflicting")
      .flatMap((one) => one[side].slice(0, 3));
  const pro = turned ? pick("against", "not-met") : pick("for", "met");
  const contra = turned ? pick("for", "met") : pick("against", "not-met");
  const open = its.filter((one) => one.status === "unknown" && one.missing);
  return {
    criterion: node.id,
    status,
    for: pro.slice(0, 8),
    against: contra.slice(0, 8),
    candidates: [],
    missing:
      status === "unknown" && open.length > 0
        ? [...new Set(open.map((one) => one.missing))].slice(0, 4).join("; ")
        : null,
  };
}

function combine(node: Criterion, statuses: FindingStatus[]): FindingStatus {
  if ("all" in node) return all(statuses);
  if ("any" in node) return any(statuses);
  if ("of" in node) return atLeast(node.atLeast, statuses);
  if ("not" in node) return not(statuses[0]!);
  if ("when" in node) return whenThen(statuses[0]!, statuses[1]!);
  return "unknown";
}

function leafFinding(node: Criterion, chart: Chart): Finding {
  const test = "test" in node ? node.test : null;
  const text = node.text.replace(/\s+/g, " ").trim();
  const verdict = heldToCircumstance(judgeLeaf(text, test, chart), text, chart);
  const kind = test?.kind ?? "judgment";
  const shown = new Set([...verdict.for, ...verdict.against].map(placeOf));
  const ranked = rankPassages(text, chart.searched, 2 * candidateLimit)
    .filter(({ indexed }) => asksWho(text) || !isHeading(indexed.sentence.text))
    .slice(0, candidateLimit)
    .map(({ indexed, shared }) => passage([spanOfSentence(indexed.sentence)], whyRanked(shared)))
    .filter((candidate) => !shown.has(placeOf(candidate)));
  return {
    criterion: node.id,
    status: verdict.status,
    for: verdict.for,
    against: verdict.against,
    candidates: bestFirst(verdict, ranked).slice(0, candidateLimit),
    missing: verdict.status === "unknown" ? missingFor(kind, verdict, chart.matching) : null,
  };
}

/** The passages that share most with the criterion come first; then what the tests noticed. */
function bestFirst(verdict: Verdict, ranked: readonly Evidence[]): Evidence[] {
  if (verdict.ordered) {
    const first = new Set(verdict.candidates.map(placeOf));
    return [...verdict.candidates, ...ranked.filter((one) => !first.has(placeOf(one)))];
  }
  const places = new Set(ranked.map(placeOf));
  const noticed = verdict.candidates
    .filter((one) => !places.has(placeOf(one)))
    .map((one) => (verdict.open ? { ...one, why: `${one.why}; ${verdict.open}` } : one));
  return [...ranked.slice(0, 3), ...noticed.slice(0, 3), ...ranked.slice(3), ...noticed.slice(3)];
}

const placeOf = (evidence: Evidence) =>
  evidence.from.map((at) => `${at.document}:${at.page}:${at.start}`).join("|");

function whyRanked(shared: readonly string[]): string {
  const words = shared.map((key) => key.replace(/^[cdk]:/, "").replaceAll("_", " ")).slice(0, 4);
  return words.length > 0
    ? `speaks of ${words.join(", ")}`
    : "introduces the patient or stands beside such a passage";
}

function missingFor(kind: string, verdict: Verdict, matching: Matching): string {
  const row = matching.settles[kind] ?? matching.settles.judgment;
  const paper = row ? `${row.document}, from ${row.holder}` : "a note that answers this criterion";
  return verdict.asks ? `${verdict.asks} (${paper})` : paper;
}
