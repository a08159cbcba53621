import { z } from "zod";
import { type Citation, confidences, type PlanKind, planKinds } from "#base";
import { KnowledgeError, type KnowledgeFile } from "./knowledge-file.ts";
import type { Law, LawClock, LawDuty, LawRule, LawSection } from "./law.ts";
import { elementOf, wrongBodyOf } from "./law-notice-schema.ts";
import { compileStates } from "./law-states-schema.ts";
import { parseLiterate, parseYaml, type Section } from "./parse.ts";

const confidence = z.enum(confidences);
const words = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date YYYY-MM-DD in quotation marks");

/** Names that stand for several plan kinds, so that a rule says whom it binds in the field's own words. */
const groups: Record<string, readonly PlanKind[]> = {
  aca: [
    "erisa-self-funded",
    "erisa-insured",
    "individual",
    "governmental-self-funded",
    "governmental-insured",
    "church",
  ],
  "aca-group": [
    "erisa-self-funded",
    "erisa-insured",
    "governmental-self-funded",
    "governmental-insured",
    "church",
  ],
  "503-1-only": [
    "retiree-only",
    "grandfathered-erisa-insured",
    "grandfathered-erisa-self-funded",
    "excepted-benefit",
  ],
  erisa: [
    "erisa-self-funded",
    "erisa-insured",
    "retiree-only",
    "grandfathered-erisa-insured",
    "grandfathered-erisa-self-funded",
    "excepted-benefit",
  ],
  "state-law-only": ["short-term", "grandfathered-individual", "excepted-benefit"],
  insured: ["erisa-insured", "individual", "governmental-insured", "church"],
  medicaid: ["medicaid-managed-care", "medicaid-fee-for-service"],
  "federal-employees": ["fehb", "pshb"],
};

const plans = words.transform((names, context) =>
  names.flatMap((name): readonly PlanKind[] => {
    if (groups[name]) return groups[name];
    if ((planKinds as readonly string[]).includes(name)) return [name as PlanKind];
    context.addIssue({ code: "custom", message: `no plan kind or group is called ${name}` });
    return [];
  }),
);

const front = z.strictObject({
  section: z.string(),
  title: z.string(),
  source: z.url(),
  verified: z.strictObject({ on: date, by: z.string(), confidence }),
});

const conditions = z.strictObject({
  timing: words.optional(),
  urgent: z.boolean().optional(),
  item: words.optional(),
  levels: z.union([z.literal(1), z.literal(2)]).optional(),
  request: words.optional(),
  setting: words.optional(),
  "prior-authorization": z.boolean().optional(),
  "advance-notice": z.boolean().optional(),
  funding: z.enum(["self-funded", "insured"]).optional(),
  state: words.optional(),
  told: words.optional(),
  "not-told": words.optional(),
});

const clock = z.strictObject({
  n: z.int(),
  unit: z.enum(["hours", "days", "business-days", "months", "years"]),
  from: words,
  "safe-from": words.default([]),
  presumed: z.strictObject({ days: z.int(), after: words }).optional(),
  rounding: z.enum(["last-of-month", "first-of-next", "none"]).optional(),
  roll: z.enum(["federal-holiday", "va-workday"]).optional(),
  extension: z.strictObject({ n: z.int(), on: z.string() }).optional(),
  before: z.boolean().default(false),
  "first-day-counts": z.boolean().default(false),
  noon: z.boolean().default(false),
  floor: z.boolean().default(false),
});

const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+#[a-z0-9.-]+$/i, "a citation address such as 29-cfr-2560.503-1#h-3-i"),
  label: z.string(),
  also: words.default([]),
  right: z.string(),
  side: z.enum(["file", "decision", "scope"]),
  "rules-out": z.boolean().default(false),
  plans,
  when: conditions.default({}),
  clock: clock.optional(),
  function: z.string().optional(),
  "in-force": z
    .strictObject({ from: date.optional(), to: date.optional(), on: words.default([]) })
    .default({ on: [] }),
  confidence: confidence.optional(),
  url: z.url().optional(),
  note: z.string().optional(),
});

const duty = z.strictObject({
  id: z.string(),
  label: z.string(),
  plans,
  stages: words.default(["internal-appeal"]),
  text: z.string(),
  confidence: confidence.optional(),
  url: z.url().optional(),
});

const lawCase = z.strictObject({
  situation: z.record(z.string(), z.unknown()),
  expect: z.array(z.record(z.string(), z.unknown())).default([]),
  issues: z.array(z.string()).optional(),
});

/** Checks and compiles every law file, state table and calendar. */
export function compileLaw(files: KnowledgeFile[]): Law {
  const law: Law = {
    rules: [],
    duties: [],
    elements: [],
    wrongBodies: [],
    sections: [],
    ...compileStates(files),
  };
  for (const file of files.filter(({ path }) => path.endsWith(".md"))) compileSection(file, law);
  refuseTwins(law);
  return law;
}

function compileSection(file: KnowledgeFile, law: Law): void {
  const literate = parseLiterate(file);
  const head = parseYaml(file, front, literate.front, 2);
  const section: LawSection = {
    file: file.path,
    section: head.section,
    title: head.title,
    url: head.source,
    verifiedOn: head.verified.on,
  };
  law.sections.push(section);
  for (const part of literate.sections) compilePart(file, part, head, law);
}

type Head = z.infer<typeof front>;

function compilePart(file: KnowledgeFile, part: Section, head: Head, law: Law): void {
  const quote = part.quotes.join(" ").trim();
  const rules: LawRule[] = [];
  const citing = (row: { id: string; label: string; url?: string | undefined }) =>
    citation(row.id, row.label, head, quote, row.url);
  for (const fence of part.fences) {
    if (fence.tag === "rule") {
      rules.push(
        toRule(parseYaml(file, rule, fence.text, fence.line), part, head, quote, file.path, fence.line),
      );
    } else if (fence.tag === "duty") {
      law.duties.push(toDuty(parseYaml(file, duty, fence.text, fence.line), head, quote));
    } else if (fence.tag === "element") {
      law.elements.push(elementOf(file, fence, plans, citing));
    } else if (fence.tag === "wrong-body") {
      law.wrongBodies.push(wrongBodyOf(file, fence, plans, citing));
    } else if (fence.tag === "cases") {
      const owner = rules.at(-1);
      if (!owner)
        throw new KnowledgeError(
          file.path,
          fence.line,
          "cases without a rule above them",
          "put the rule block first",
        );
      const cases = parseYaml(file, z.array(lawCase), fence.text, fence.line);
      owner.cases.push(...cases.map((entry) => ({ ...entry, line: fence.line })));
    } else {
      throw new KnowledgeError(
        file.path,
        fence.line,
        `unknown block ${fence.tag}`,
        "use rule, cases, duty, element or wrong-body",
      );
    }
  }
  law.rules.push(...rules);
}

/** Where a section of the federal rules or statutes stands today; other law is found where its file was read. */
function officialPage(label: string): string | null {
  const rule = /^(\d+) CFR (\d+\.\w+(?:-\d+[A-Z]*)?)(?=[(,; ]|$)/.exec(label);
  if (rule) return `https://www.ecfr.gov/current/title-${rule[1]}/section-${rule[2]}`;
  const statute = /^(\d+) USC (\d+\w*(?:-\d+\w*)?)(?=[(,; ]|$)/.exec(label);
  if (!statute) return null;
  return `https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title${statute[1]}-section${statute[2]}`;
}

function citation(id: string, label: string, head: Head, quote: string, url?: string): Citation {
  return {
    id,
    label,
    ...(quote ? { quote } : {}),
    url: url ?? officialPage(label) ?? head.source,
    verifiedOn: head.verified.on,
  };
}

function toRule(
  row: z.infer<typeof rule>,
  part: Section,
  head: Head,
  quote: string,
  file: string,
  line: number,
): LawRule {
  const { "prior-authorization": prior, "advance-notice": advance, "not-told": notTold, ...rest } = row.when;
  return {
    id: row.id,
    title: part.heading,
    cite: citation(row.id, row.label, head, quote, row.url),
    also: row.also.map((label) => ({ id: addressOf(label), label, verifiedOn: head.verified.on })),
    right: row.right,
    side: row.side,
    rulesOut: row["rules-out"],
    plans: [...row.plans],
    when: { ...rest, priorAuthorization: prior, advanceNotice: advance, notTold },
    clock: row.clock ? toClock(row.clock) : null,
    function: row.function ?? null,
    inForce: { from: row["in-force"].from ?? null, to: row["in-force"].to ?? null, on: row["in-force"].on },
    confidence: row.confidence ?? head.verified.confidence,
    note: row.note ?? null,
    file,
    line,
    cases: [],
  };
}

function toClock(row: z.infer<typeof clock>): LawClock {
  const { "safe-from": safeFrom, "first-day-counts": firstDayCounts, ...rest } = row;
  return {
    ...rest,
    safeFrom,
    firstDayCounts,
    presumed: row.presumed ?? null,
    rounding: row.rounding ?? null,
    roll: row.roll ?? null,
    extension: row.extension ?? null,
  };
}

function toDuty(row: z.infer<typeof duty>, head: Head, quote: string): LawDuty {
  return {
    id: row.id,
    text: row.text.trim(),
    cite: citation(row.id, row.label, head, quote, row.url),
    plans: [...row.plans],
    stages: row.stages,
    confidence: row.confidence ?? head.verified.confidence,
  };
}

/** "45 CFR 147.136(d)(2)(i)" → "45-cfr-147.136#d-2-i". */
export function addressOf(label: string): string {
  const [head, ...paragraphs] = label.split("(");
  const base = head!
    .trim()
    .toLowerCase()
    .replace(/[§.]+(?=\s|$)/g, "")
    .replace(/[^a-z0-9.-]+/g, "-");
  return `${base.replace(/-+$/, "")}#${paragraphs.map((text) => text.replace(/\).*$/, "")).join("-") || "all"}`;
}

function refuseTwins(law: Law): void {
  const seen = new Set<string>();
  for (const { id, file, line } of law.rules) {
    if (seen.has(id))
      throw new KnowledgeError(file, line, `two rules have the id ${id}`, "add .word to one of them");
    seen.add(id);
  }
}
