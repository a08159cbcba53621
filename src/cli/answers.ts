/**
 * What a person tells beside the papers (`case.yaml`). Every value that cannot be used is left out and named; nothing
 * here guesses what was meant.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { type Issue, parseDate, planKinds, stateCodes } from "#base";
import type { Answers } from "#case";

export const answerFiles = ["case.yaml", "case.yml"];
export type ToldAnswers = { answers: Answers; issues: Issue[] };

/** Reads the answers that lie in the folder; none is no fault. */
export function readAnswers(folder: string): ToldAnswers {
  const name = answerFiles.find((file) => existsSync(path.join(folder, file)));
  if (!name) return { answers: {}, issues: [] };
  try {
    const told: unknown = parseYaml(readFileSync(path.join(folder, name), "utf8"), {
      schema: "core",
      logLevel: "error",
    });
    return checkAnswers(told ?? {}, name);
  } catch (cause) {
    const line = (cause as { linePos?: { line: number }[] }).linePos?.[0]?.line;
    const where = line === undefined ? "" : ` (line ${line})`;
    return {
      answers: {},
      issues: [
        issue(
          "answers-unreadable",
          `${name} is not YAML${where}; nothing in it was used. Write one "name: value" per line.`,
        ),
      ],
    };
  }
}

const issue = (code: string, text: string): Issue => ({ severity: "error", code, text });

/** Fields that the law checks itself, word by word. */
const plain = new Set([
  "timing",
  "urgent",
  "item",
  "levels",
  "funding",
  "sponsor",
  "request",
  "priorAuthorization",
  "setting",
  "amount",
  "advanceNotice",
  "zone",
]);

type Wrong = (field: string, remedy: string) => undefined;
type Check = (value: unknown, wrong: Wrong) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** How each other field is taken: the value that can be used, or `undefined` after saying what is wrong. */
const checks: Record<string, Check> = {
  plan: (value, wrong) => {
    const named = listOf(value);
    const known = named.filter((kind) => (planKinds as readonly unknown[]).includes(kind));
    if (known.length < named.length) wrong("plan", `use one or more of ${planKinds.join(", ")}`);
    return known.length > 0 ? known : undefined;
  },
  state: (value, wrong) => {
    const code = String(value).toUpperCase();
    return (stateCodes as readonly string[]).includes(code)
      ? code
      : wrong("state", "use the two letters of the postal code, such as NY");
  },
  asOf: (value, wrong) =>
    parseDate(String(value)) ??
    wrong("asOf", "it is not a date that exists; write YYYY-MM-DD. Today is used"),
  events: (value, wrong) => {
    if (!isObject(value)) return wrong("events", 'write one "name: YYYY-MM-DD" per line under it');
    return Object.fromEntries(Object.entries(value).filter(([name, date]) => isMoment(name, date, wrong)));
  },
  signer: (value, wrong) => {
    const signer = isObject(value) ? value : { name: value };
    if (typeof signer["name"] !== "string" || signer["name"].trim() === "")
      return wrong("signer", 'give "name:" and "role:" under it');
    return { name: signer["name"], role: typeof signer["role"] === "string" ? signer["role"] : "member" };
  },
  said: (value, wrong) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([slot, words]) => [slot, String(words)]))
      : wrong("said", 'write one "name: words" per line under it'),
  printed: (value, wrong) =>
    isObject(value) && (value["within"] === undefined || isObject(value["within"]))
      ? value
      : wrong("printed", 'give "by: YYYY-MM-DD", or "within:" with n and unit'),
  redact: (value, wrong) => {
    const words = listOf(value).filter((word) => typeof word === "string" || typeof word === "number");
    return words.length > 0 ? words.map(String) : wrong("redact", "write one word or name per line under it");
  },
  grounds: (value) => listOf(value),
  suspensions: (value) => listOf(value).map(String),
};

function isMoment(name: string, value: unknown, wrong: Wrong): boolean {
  const [day = "", time] = String(value).split("T");
  const exists = typeof value === "string" && parseDate(day) !== null;
  if (exists && (time === undefined || /^\d{2}:\d{2}/.test(time))) return true;
  wrong(`events.${name}`, "it is not a date that exists; write YYYY-MM-DD");
  return false;
}

/** The answers that can be used, and an issue for each that cannot. */
export function checkAnswers(told: unknown, file: string): ToldAnswers {
  if (!isObject(told))
    return {
      answers: {},
      issues: [issue("answers-unreadable", `${file} must be a list of "name: value" lines.`)],
    };
  const issues: Issue[] = [];
  const wrong: Wrong = (field, remedy) => {
    issues.push(issue("answer-unusable", `${field} in ${file} was not used: ${remedy}.`));
    return undefined;
  };
  const answers: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(told)) {
    if (value === null) continue;
    const check = checks[field];
    const used = plain.has(field)
      ? value
      : check
        ? check(value, wrong)
        : wrong(field, `there is no such field; use ${[...Object.keys(checks), ...plain].join(", ")}`);
    if (used !== undefined) answers[field] = used;
  }
  return { answers: answers as Answers, issues };
}
