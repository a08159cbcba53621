import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { type Right, type RightsAnswer, rightsFor, type Situation } from "#law";

const law = await loadLaw();

type Expected = Record<string, unknown> & { kind: string };

/** What the answer lacks of an expected right; the words and days that are not named do not matter. */
function lacking(answer: RightsAnswer, expected: Expected): string[] {
  const found = answer.rights.filter(({ kind }) => kind === expected.kind);
  if (found.length === 0) return expected["status"] === "not-available" ? [] : ["not listed"];
  const tries = found.map((right) => differences(right, expected));
  return tries.find((problems) => problems.length === 0) ?? tries[0]!;
}

function differences(right: Right, expected: Expected): string[] {
  const problems: string[] = [];
  if (expected["status"] && right.status !== expected["status"]) problems.push(`status ${right.status}`);
  if (expected["amount"] !== undefined && right.amount?.usd !== expected["amount"])
    problems.push(`amount ${right.amount?.usd}`);
  for (const side of ["file", "decision"] as const) {
    const wanted = (expected[side] ?? {}) as Record<string, unknown>;
    const got = (right[side] ?? {}) as Record<string, unknown>;
    for (const [key, value] of Object.entries(wanted))
      if ((got[key] ?? null) !== value) problems.push(`${side}.${key} ${got[key]}, not ${value}`);
  }
  return problems;
}

describe("the cases beside each rule of the law files", () => {
  const rules = law.rules.filter(({ cases }) => cases.length > 0);

  test.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
    for (const { situation, expect: wanted, issues, line } of rule.cases) {
      const answer = rightsFor(situation as unknown as Situation, law);
      const place = `${rule.file}:${line} ${JSON.stringify(situation)}`;
      for (const one of wanted) expect(lacking(answer, one as Expected), place).toEqual([]);
      const codes = answer.issues.map(({ code }) => code);
      for (const code of issues ?? []) expect(codes, place).toContain(code);
    }
  });

  test("every rule with a clock or a function of its own has a case", () => {
    const bare = law.rules.filter(
      (rule) =>
        (rule.clock || rule.function) &&
        rule.side !== "scope" &&
        rule.confidence !== "D" &&
        rule.cases.length === 0,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });
});
