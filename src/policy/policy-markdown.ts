import type { Issue, Outcome, Reading, Span } from "#base";
import type { Criterion, Policy, Test } from "./types.ts";

/**
 * The editor's form of a policy: front matter, then one line for each criterion, indented below its group. A person can
 * correct words, tests and structure; where a line came from stands in a comment at its end and travels with it.
 *
 *     - ALL
 *       - Left ventricular ejection fraction of 45% or greater `measure concept=lvef cmp=>= value=45 unit=%`
 *       - AT LEAST 2: Failure of at least two of the following
 */
export function policyToMarkdown(policy: Policy, about: { source?: string; version?: string } = {}): string {
  const front = [
    ...(["title", "number", "payer", "effective"] as const).flatMap((key) => {
      const reading = policy[key];
      return reading ? [`${key}: ${JSON.stringify(reading.value)}${placed(reading.from)}`] : [];
    }),
    `treatments: ${JSON.stringify(policy.treatmentIds)}`,
    ...(["source", "version"] as const).flatMap((key) =>
      about[key] ? [`${key}: ${JSON.stringify(about[key])}`] : [],
    ),
  ];
  const exclusions = policy.exclusions ? ["", "# Not covered", "", ...linesOf(policy.exclusions, 0)] : [];
  return [
    "---",
    ...front,
    "---",
    "",
    "# Criteria",
    "",
    ...linesOf(policy.criteria, 0),
    ...exclusions,
    "",
  ].join("\n");
}

const placed = (from: readonly Span[]): string =>
  from.length > 0 ? ` <!-- ${JSON.stringify(from)} -->` : "";

function linesOf(node: Criterion, depth: number, mark = ""): string[] {
  const label = node.label ? `[${node.label}] ` : "";
  const line = (words: string) => `${"  ".repeat(depth)}- ${mark}${label}${words}${placed(node.from)}`;
  const head = (word: string) => line(node.text ? `${word}: ${oneLine(node.text)}` : word);
  const below = (list: Criterion[]) => list.flatMap((one) => linesOf(one, depth + 1));
  if ("all" in node) return [head("ALL"), ...below(node.all)];
  if ("any" in node) return [head("ANY"), ...below(node.any)];
  if ("of" in node) return [head(`AT LEAST ${node.atLeast}`), ...below(node.of)];
  if ("not" in node) return [head("NOT"), ...below([node.not])];
  if ("when" in node)
    return [head("WHEN"), ...linesOf(node.when, depth + 1), ...linesOf(node.then, depth + 1, "THEN ")];
  const test = "test" in node ? testWords(node.test) : "judgment";
  return [line(`${oneLine(node.text)} \`${test}\``)];
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").replace(/`/g, "'");

function testWords({ kind, ...fields }: Test): string {
  return [kind, ...Object.entries(fields).map(([key, value]) => `${key}=${valueWords(value)}`)].join(" ");
}

/** Lists with bars; words with blanks in quotation marks. */
function valueWords(value: unknown): string {
  const text = Array.isArray(value) ? value.join("|") : String(value);
  return /[\s"]/.test(text) || (Array.isArray(value) && value.length === 1)
    ? JSON.stringify(Array.isArray(value) ? `${text}|` : text)
    : text;
}

const numeric = new Set(["value", "low", "high", "maxAgeDays", "minDays", "count"]);
const flags = new Set(["distinctClasses", "attest", "negated"]);
const lists = new Set(["concepts", "values", "outcomes", "specialty", "modality"]);

function testOfWords(words: string): Test | null {
  const [kind, ...rest] = words.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  if (!kind || !/^[a-zA-Z]+$/.test(kind)) return null;
  const fields: Record<string, unknown> = {};
  for (const word of rest) {
    const cut = word.indexOf("=");
    const key = word.slice(0, cut);
    const raw = word.slice(cut + 1);
    const text = raw.startsWith('"') ? (JSON.parse(raw) as string) : raw;
    if (cut < 1) return null;
    if (numeric.has(key)) fields[key] = Number(text);
    else if (flags.has(key)) fields[key] = text === "true";
    else fields[key] = lists.has(key) ? text.split("|").filter(Boolean) : text;
  }
  return Object.values(fields).some((value) => Number.isNaN(value)) ? null : ({ kind, ...fields } as Test);
}

type Line = {
  number: number;
  depth: number;
  mark: boolean;
  label: string | null;
  words: string;
  from: Span[];
  children: Line[];
};

/** Reads the editor's form back. Lines that cannot be read are issues that name the line; the rest is kept. */
export function policyFromMarkdown(text: string): Outcome<Policy> {
  const issues: Issue[] = [];
  const rows = text.split(/\r?\n/);
  const close = rows.indexOf("---", 1);
  const front = new Map(
    rows.slice(1, Math.max(1, close)).flatMap((row): [string, string][] => {
      const found = /^(\w+):\s*(.*)$/.exec(row);
      return found ? [[found[1]!, found[2]!]] : [];
    }),
  );
  const sections: Record<string, Line[]> = { criteria: [], exclusions: [] };
  let open = sections["criteria"]!;
  for (const [index, row] of rows.entries()) {
    if (index <= close || !row.trim()) continue;
    if (/^#+\s/.test(row))
      open = /not covered|exclu|limit/i.test(row) ? sections["exclusions"]! : sections["criteria"]!;
    else if (/^\s*-\s/.test(row)) open.push(lineOf(row, index + 1));
    else issues.push(badLine(index + 1, "it does not begin with a dash"));
  }
  const read = (name: string, id: string): Criterion | null => {
    const roots = nested(sections[name]!);
    const trees = roots
      .map((root, index) => criterionOf(root, roots.length > 1 ? `${id}.${index + 1}` : id, issues))
      .filter((one) => one !== null);
    if (trees.length < 2) return trees[0] ?? null;
    return name === "criteria"
      ? { id, text: "", from: [], all: trees }
      : { id, text: "", from: [], any: trees };
  };
  const policy: Policy = {
    title: frontReading(front.get("title")),
    number: frontReading(front.get("number")),
    payer: frontReading(front.get("payer")),
    effective: frontReading(front.get("effective")),
    treatmentIds: jsonOr<string[]>(front.get("treatments"), []),
    criteria: read("criteria", "c") ?? { id: "c", text: "", from: [], all: [] },
    exclusions: read("exclusions", "x"),
    issues,
  };
  return { value: policy, issues };
}

const badLine = (line: number, problem: string): Issue => ({
  severity: "error",
  code: "policy-line-unreadable",
  text: `Line ${line} of the policy cannot be read: ${problem}. Write it as "- words \`kind field=value\`" or as a group (ALL, ANY, AT LEAST n, NOT, WHEN).`,
});

function jsonOr<T>(text: string | undefined, otherwise: T): T {
  try {
    return text === undefined ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

const comment = /\s*<!--\s*(\[.*\])\s*-->\s*$/;

function frontReading(text: string | undefined): Reading<string> | null {
  if (text === undefined) return null;
  const from = jsonOr<Span[]>(comment.exec(text)?.[1], []);
  const bare = text.replace(comment, "");
  const value = jsonOr<unknown>(bare, bare);
  return typeof value === "string" && value ? { value, from, by: from.length > 0 ? "rule" : "person" } : null;
}

function lineOf(row: string, number: number): Line {
  const from = jsonOr<Span[]>(comment.exec(row)?.[1], []);
  const found = /^(\s*)-\s+(THEN\s+)?(?:\[([^\]]+)\]\s+)?(.*)$/.exec(row.replace(comment, ""))!;
  return {
    number,
    depth: found[1]!.length,
    mark: found[2] !== undefined,
    label: found[3] ?? null,
    words: found[4]!.trim(),
    from,
    children: [],
  };
}

function nested(lines: readonly Line[]): Line[] {
  const roots: Line[] = [];
  const stack: Line[] = [];
  for (const line of lines) {
    while (stack.length > 0 && stack.at(-1)!.depth >= line.depth) stack.pop();
    (stack.at(-1)?.children ?? roots).push(line);
    stack.push(line);
  }
  return roots;
}

function criterionOf(line: Line, id: string, issues: Issue[]): Criterion | null {
  const group = /^(ALL|ANY|NOT|WHEN|AT LEAST (\d+))(?::\s*(.*))?$/.exec(line.words);
  const own = { id, text: group?.[3] ?? "", from: line.from, ...(line.label ? { label: line.label } : {}) };
  const children = group
    ? line.children
        .map((child, index) => criterionOf(child, `${id}.${index + 1}`, issues))
        .filter((one) => one !== null)
    : [];
  if (!group) return leafOf(line, own, issues);
  const [first, second] = children;
  const bad = (problem: string) => {
    issues.push(badLine(line.number, problem));
    return null;
  };
  if (group[1] === "ALL") return { ...own, all: children };
  if (group[1] === "ANY") return { ...own, any: children };
  if (group[2]) return { ...own, atLeast: Number(group[2]), of: children };
  if (group[1] === "NOT")
    return first && children.length === 1 ? { ...own, not: first } : bad("NOT takes one criterion");
  return first && second && children.length === 2
    ? { ...own, when: first, then: second }
    : bad("WHEN takes a condition and a THEN");
}

function leafOf(
  line: Line,
  own: { id: string; text: string; from: Span[] },
  issues: Issue[],
): Criterion | null {
  const found = /^(.*?)\s*`([^`]+)`$/.exec(line.words);
  const text = found ? found[1]! : line.words;
  if (!text || line.children.length > 0) {
    issues.push(
      badLine(
        line.number,
        line.children.length > 0 ? "a criterion holds no others; make it a group" : "it has no words",
      ),
    );
    return null;
  }
  if (!found || found[2] === "judgment") return { ...own, text, judgment: true };
  const test = testOfWords(found[2]!);
  if (!test) {
    issues.push(badLine(line.number, "its test cannot be read"));
    return { ...own, text, judgment: true };
  }
  return { ...own, text, test };
}
