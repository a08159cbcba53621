import { type Citation, type Issue, longDate, monthNames, parseDate, proves, type Span } from "#base";
import type { RightsAnswer } from "#law";
import type { Criterion, Policy } from "#policy";
import type { SourceDocument } from "#source";
import { reckonedIn } from "./arithmetic.ts";
import { partsOf } from "./criteria.ts";
import { numbersHeld, numbersOf } from "./numbers.ts";
import { squash } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";
import type { Letter, Passage, Support } from "./types.ts";

export type GroundingOptions = {
  policy?: Policy | null;
  /** Days that the law gave for this case (lastDay, safeDay, steps); they may stand where a law supports them. */
  lawDays?: Iterable<string>;
  /** Steps of the law's count, word for word: what they say was derived there and is not derived again here. */
  lawSteps?: Iterable<string>;
  asOf?: string;
  /** Drug names to look for: one that stands in a passage must stand in its supports. */
  drugs?: Iterable<string>;
};

/** What is wrong with one passage; `passage` is its id, so that it can be shown beside it. */
export type PassageIssue = Issue & { passage: string };

/**
 * Refuses what rests on nothing: passages without support, quotations that are not on their page or in no support,
 * dates, numbers and drugs that no support holds. Empty when the letter may be finalised. Of each passage the first problem.
 */
export function checkGrounding(
  letter: Letter,
  documents: readonly SourceDocument[],
  options: GroundingOptions = {},
): PassageIssue[] {
  const context = contextOf(documents, options);
  return letter.passages.flatMap((passage) =>
    problemsOf(passage, context)
      .slice(0, 1)
      .map((problem) => issueOf(problem, passage, ` of ${letter.file}`)),
  );
}

export function issueOf(problem: Problem, passage: Passage, where = ""): PassageIssue {
  return {
    severity: "error",
    code: problem.code,
    text: `Passage ${passage.id}${where} ${problem.text} Change the words, give the page they rest on, or leave the passage out.`,
    passage: passage.id,
    ...(problem.at ? { at: problem.at } : {}),
  };
}

const deadlinesOf = (rights: RightsAnswer) =>
  rights.rights.flatMap((right) => [right.file, right.decision]).filter((deadline) => deadline !== null);

/** A step of the law's count with the day at which it arrives: "60 days later: January 19, 2027." */
export function stepWords({ text, date }: { text: string; date: string | null }): string {
  const day = parseDate(date ?? "");
  return day ? `${text.replace(/\.$/, "")}: ${longDate(day)}.` : text;
}

/** Every step by which the law's answer counts a day, and the bodies that it names. */
export const lawSteps = (rights: RightsAnswer): string[] => [
  ...deadlinesOf(rights).flatMap((deadline) =>
    deadline.steps.flatMap((step) => [step.text, stepWords(step)]),
  ),
  ...rights.rights.map((right) => right.decidedBy),
];

/** Every day that the law's answer derives. */
export const lawDays = (rights: RightsAnswer): string[] =>
  deadlinesOf(rights).flatMap((deadline) =>
    [deadline.lastDay, deadline.safeDay, ...deadline.steps.map((step) => step.date)].filter(
      (day) => day !== null,
    ),
  );

type Context = {
  pages: Map<string, string>;
  criteria: Map<string, string>;
  lawDays: Set<string>;
  lawSteps: Set<string>;
  drugs: string[];
  asOf: string;
};

export function contextOf(documents: readonly SourceDocument[], options: GroundingOptions): Context {
  const pages = new Map<string, string>();
  for (const source of documents)
    for (const page of source.pages) pages.set(`${source.document}\n${page.page}`, page.text);
  return {
    pages,
    criteria: criterionTexts(options.policy ?? null),
    lawDays: new Set(options.lawDays ?? []),
    lawSteps: new Set(options.lawSteps ?? []),
    drugs: [...new Set(options.drugs ?? [])].map((drug) => drug.toLowerCase()),
    asOf: options.asOf ?? "",
  };
}

export type Problem = { code: string; text: string; at?: Span };

/** Every problem of a passage; one whose supports do not stand themselves is not read further. */
export function problemsOf(passage: Passage, context: Context): Problem[] {
  if (squash(passage.text) === "") return [];
  if (passage.rests.length === 0) return [{ code: "passage-unsupported", text: "rests on nothing." }];
  for (const rest of passage.rests)
    if ("evidence" in rest && !stands(rest.evidence, context.pages))
      return [
        {
          code: "quote-not-on-page",
          text: "quotes words that are not on their page.",
          at: rest.evidence,
        },
      ];
  if (context.lawSteps.has(passage.text) && passage.rests.some((rest) => "law" in rest)) return [];
  const support = supportText(passage.rests, context.criteria);
  return [
    quoteProblem(passage.text, support),
    dateProblem(passage, support, context),
    numberProblem(passage, support),
    drugProblem(passage, support, context.drugs),
  ].filter((problem) => problem !== null);
}

function stands(span: Span, pages: Map<string, string>): boolean {
  const text = pages.get(`${span.document}\n${span.page}`);
  return text !== undefined && proves(span, text);
}

/** All the words that a passage rests on. */
export function supportText(rests: Support[], criteria: Map<string, string>): string {
  return rests
    .map((rest) => {
      if ("evidence" in rest) return rest.evidence.quote;
      if ("law" in rest) return lawText(rest.law);
      if ("criterion" in rest) return criteria.get(rest.criterion) ?? "";
      return "person" in rest ? rest.person : "";
    })
    .join(" \n ");
}

const lawText = (law: Citation) => [law.id, law.label, law.quote].filter(Boolean).join(" ");

/** The words of every criterion by id, with the policy's number and date, which any of them may name. */
export function criterionTexts(policy: Policy | null): Map<string, string> {
  const texts = new Map<string, string>();
  if (!policy) return texts;
  const head = [policy.title, policy.number, policy.effective]
    .flatMap((entry) => (entry ? [entry.value, ...entry.from.map((span) => span.quote)] : []))
    .join(" ");
  const visit = (node: Criterion) => {
    texts.set(node.id, [head, node.text, ...node.from.map((span) => span.quote)].join(" "));
    partsOf(node).forEach(visit);
  };
  visit(policy.criteria);
  if (policy.exclusions) visit(policy.exclusions);
  return texts;
}

/** Marks and spaces that differ between print and page, made equal. */
const plainWords = (text: string) =>
  squash(text.normalize("NFKC"))
    .replace(/[‘’“”"']/g, "'")
    .replace(/[‐-―−]/g, "-")
    .toLowerCase();

function quoteProblem(text: string, support: string): Problem | null {
  const held = plainWords(support);
  for (const match of text.matchAll(/“([^”]+)”/g)) {
    const quoted = plainWords(match[1]!.replace(/\s*…$/, ""));
    if (!held.includes(quoted))
      return { code: "quote-unsupported", text: "quotes words that none of its supports holds." };
  }
  return null;
}

function dateProblem(passage: Passage, support: string, context: Context): Problem | null {
  const held = new Set<string>(spelledDates(support).map((found) => found.date));
  const hasLaw = passage.rests.some((rest) => "law" in rest);
  const hasForm = passage.rests.some((rest) => "form" in rest);
  const reckoned = reckonedIn(passage.text, numbersHeld(support), held).dates;
  for (const { date } of spelledDates(passage.text)) {
    if (
      held.has(date) ||
      reckoned.has(date) ||
      (hasLaw && context.lawDays.has(date)) ||
      (hasForm && date === context.asOf)
    )
      continue;
    return {
      code: "date-unsupported",
      text: `names the date ${longDate(date)}, which none of its supports holds.`,
    };
  }
  return null;
}

/** References to exhibits, pages, criteria and paragraphs, and list numbers: ours, not facts. */
const references =
  /\b(Exhibits?|Ex\.|Tab|pp?\.|pages?|section|criterion|criteria|item|step)\s*[A-Z]?-?\d*[a-z]?(\s*(,|-|to|and|of)\s*\d+[a-z]?)*|^\s*\(?\d{1,2}[a-z]?[.)]\s|[§¶]+\s*[\w.()-]+/gi;
function numberProblem(passage: Passage, support: string): Problem | null {
  const onlyForm = passage.rests.every((rest) => "form" in rest);
  const own = withoutDates(withoutLabels(passage).replace(references, " "));
  const held = numbersHeld(support);
  const days = new Set<string>(spelledDates(support).map(({ date }) => date));
  const ended = reckonedIn(passage.text, held, days).dates;
  for (const number of reckonedIn(passage.text, held, new Set([...days, ...ended])).numbers) held.add(number);
  for (const number of numbersOf(own)) {
    if (onlyForm ? Number(number) < 100 : held.has(number)) continue;
    return {
      code: "number-unsupported",
      text: `holds the number ${number}, which none of its supports holds.`,
    };
  }
  return null;
}

/** The text without the paragraphs that it cites: a reference is no figure. */
const withoutLabels = (passage: Passage): string =>
  passage.rests.reduce(
    (text, rest) => ("law" in rest ? text.replaceAll(rest.law.label, " ") : text),
    passage.text,
  );

/** The text with its full dates taken out, so that their parts are not read as numbers. */
function withoutDates(text: string): string {
  let rest = text;
  for (const { start, end } of spelledDates(text).reverse())
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  const months = new RegExp(`\\b(${monthNames.join("|")})\\b\\.? \\d{1,2}\\b`, "g");
  return rest.replace(months, " ");
}

function drugProblem(passage: Passage, support: string, drugs: string[]): Problem | null {
  const text = passage.text.toLowerCase();
  const held = support.toLowerCase();
  const foreign = drugs.find(
    (drug) => new RegExp(`\\b${drug.replace(/[^a-z0-9]/g, ".")}\\b`).test(text) && !held.includes(drug),
  );
  return foreign
    ? { code: "drug-unsupported", text: `names ${foreign}, which none of its supports holds.` }
    : null;
}
