import { z } from "zod";
import { confidences } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import { parseYaml } from "./parse.ts";
import {
  type KnownCriterion,
  type KnownPolicies,
  type KnownPolicy,
  policyScopes,
  type SeenPolicy,
} from "./policies.ts";

const words = z.string().trim().min(2);
const test = z.strictObject({
  kind: z.string().regex(/^[a-zA-Z]+$/),
  concept: z.string().optional(),
  concepts: z.array(z.string()).optional(),
  cmp: z.enum([">=", ">", "<=", "<", "between", "in"]).optional(),
  value: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  unit: z.string().optional(),
  values: z.array(z.string()).optional(),
  timing: z.enum(["pretreatment", "on-treatment", "any"]).optional(),
  maxAgeDays: z.number().int().positive().optional(),
  minDays: z.number().int().positive().optional(),
  count: z.number().int().positive().optional(),
  distinctClasses: z.boolean().optional(),
  outcomes: z.array(z.enum(["inadequate-response", "intolerance", "contraindicated"])).optional(),
  dose: z.string().optional(),
  specialty: z.array(z.string()).optional(),
  modality: z.array(z.string()).optional(),
  attest: z.boolean().optional(),
  negated: z.boolean().optional(),
});

type Node = {
  words?: string | undefined;
  note?: string | undefined;
  all?: Node[] | undefined;
  any?: Node[] | undefined;
  "at-least"?: number | undefined;
  of?: Node[] | undefined;
  not?: Node | undefined;
  when?: Node | undefined;
  then?: Node | undefined;
  test?: z.infer<typeof test> | undefined;
  judgment?: true | undefined;
};
const node: z.ZodType<Node> = z.lazy(() =>
  z
    .strictObject({
      words: words.optional(),
      note: words.optional(),
      all: z.array(node).min(1).optional(),
      any: z.array(node).min(1).optional(),
      "at-least": z.number().int().min(2).optional(),
      of: z.array(node).min(2).optional(),
      not: node.optional(),
      when: node.optional(),
      then: node.optional(),
      test: test.optional(),
      judgment: z.literal(true).optional(),
    })
    .refine(
      oneShape,
      "a node is one of: all, any, at-least with of, not, when with then, words with test or judgment",
    ),
);

function oneShape(value: Node): boolean {
  const shapes = [
    value.all,
    value.any,
    value.of && value["at-least"],
    value.not,
    value.when && value.then,
    value.words && (value.test ?? value.judgment),
  ];
  return shapes.filter((shape) => shape !== undefined).length === 1;
}

const policy = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9._-]+$/),
  title: words,
  treatments: z.array(z.string()).min(1),
  scope: z.enum(policyScopes),
  payer: words.optional(),
  "payer-id": z.string().optional(),
  line: z.enum(["medicaid", "medicare-advantage"]).optional(),
  number: words.optional(),
  effective: words.optional(),
  currency: z.enum(["verified", "as-of-source", "under-reconsideration", "superseded", "historic"]),
  status: words.optional(),
  source: z.array(words).min(1),
  completeness: z.enum(["whole", "excerpt", "excerpt-and-recall", "recall"]),
  confidence: z.enum(confidences),
  "approved-for": words.optional(),
  criteria: node,
  renewal: node.optional(),
  notes: words.optional(),
});

const head = { source: words, confidence: z.enum(confidences) };
const authority = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      rank: z.number().int().positive(),
      scope: z.enum(policyScopes),
      use: z.enum(["rule", "checklist"]),
      plans: z.enum(["all", "medicare"]),
      means: words,
    }),
  ),
  ask: z.array(
    z.strictObject({ when: z.enum(["commercial", "medicare", "medicaid"]), paper: words, why: words }),
  ),
});
const seen = z.strictObject({
  ...head,
  rows: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      payer: words,
      "payer-id": z.string().optional(),
      line: z.enum(["medicaid", "medicare-advantage"]).optional(),
      number: words.optional(),
      title: words,
      dated: words.optional(),
      historic: z.literal(true).optional(),
      treatments: z.array(z.string()).min(1),
      seen: z.enum(["title", "part", "summary"]),
      link: z.url().optional(),
      says: words,
      confidence: z.enum(confidences),
    }),
  ),
});
const ncds = z.strictObject({ ...head, rows: z.array(z.strictObject({ number: z.string(), title: words })) });
const kinds = z.object({ predicates: z.array(z.object({ kind: z.string() })) });

/** Checks the trees, the order of authority and the list of NCDs. */
export function compilePolicies(files: KnowledgeFile[]): KnownPolicies {
  const fileNamed = (name: string) => {
    const found = files.find(({ path }) => path.endsWith(`/${name}`));
    if (!found) throw new KnowledgeError(`knowledge/${name}`, 1, "the file is missing", "put the file back");
    return found;
  };
  const closed = new Set(parseYaml(fileNamed("predicates.yaml"), kinds).predicates.map(({ kind }) => kind));
  const order = parseYaml(fileNamed("authority.yaml"), authority);
  const policies = files.filter(({ path }) => path.includes("/trees/")).map((file) => known(file, closed));
  return {
    policies,
    seen: parseYaml(fileNamed("seen.yaml"), seen).rows.map(
      ({ "payer-id": payerId, ...row }) => ({ ...row, ...(payerId ? { payerId } : {}) }) as SeenPolicy,
    ),
    authority: order.rows,
    ask: order.ask,
    ncds: parseYaml(fileNamed("ncds.yaml"), ncds).rows,
  };
}

function known(file: KnowledgeFile, closed: Set<string>): KnownPolicy {
  const row = parseYaml(file, policy);
  const { "payer-id": payerId, "approved-for": approvedFor, criteria, renewal, ...rest } = row;
  const tree = (root: Node, id: string) =>
    treeOf(root, id, (kind) => {
      if (closed.has(kind)) return;
      const line = file.text.split("\n").findIndex((text) => text.trim() === `kind: ${kind}`) + 1;
      throw new KnowledgeError(
        file.path,
        Math.max(1, line),
        `there is no test of kind ${kind}`,
        "use a kind of knowledge/clinical/predicates.yaml",
      );
    });
  const made = { ...rest, criteria: tree(criteria, "c") } as KnownPolicy;
  if (payerId !== undefined) made.payerId = payerId;
  if (approvedFor !== undefined) made.approvedFor = approvedFor;
  if (renewal !== undefined) made.renewal = tree(renewal, "r");
  return made;
}

function treeOf(root: Node, id: string, check: (kind: string) => void): KnownCriterion {
  const own = { id, text: root.words ?? "", from: [] as [], ...(root.note ? { note: root.note } : {}) };
  const child = (one: Node, index: number) => treeOf(one, `${id}.${index + 1}`, check);
  if (root.all) return { ...own, all: root.all.map(child) };
  if (root.any) return { ...own, any: root.any.map(child) };
  if (root.of) return { ...own, atLeast: root["at-least"]!, of: root.of.map(child) };
  if (root.not) return { ...own, not: child(root.not, 0) };
  if (root.when && root.then) return { ...own, when: child(root.when, 0), then: child(root.then, 1) };
  if (!root.test) return { ...own, judgment: true };
  check(root.test.kind);
  return { ...own, test: root.test };
}
