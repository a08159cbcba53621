import { type Chart, evidenceOf } from "./chart.ts";
import { holds, met, unknown, type Verdict } from "./evaluate/verdict.ts";

const asks =
  /^(.*?)(?:[,;]?\s+(?:and|with|plus|in the presence of)\s+)?(?:at least one|one or more|at least 1|≥\s?1|1 or more|a)\s+(?:of the following\s+)?(?:(?:clinically|significant|documented|high-risk|additional|other|weight|obesity|related|cardiovascular|serious|major|coexisting|co-existing)[- ,]+)*(?:co-?morbid\w*(?:\s+conditions?)?|conditions?|risk factors?)\s*(?:\(\s*(?:e\.g\.|i\.e\.|such as|including|for example)?,?\s*([^()]{5,300})\)|(?::|,?\s*such as|,?\s*including)\s+(.{5,300}?))\W*$/i;

/**
 * "BMI of 27 or greater and at least one weight-related comorbidity (e.g., hypertension, dyslipidemia)": the first part by
 * itself, and any of the illnesses named as the patient's own. `null`: of no such kind, or none of them is recorded.
 */
export function judgeComorbidity(
  text: string,
  chart: Chart,
  judge: (text: string) => Verdict,
): Verdict | null {
  const found = asks.exec(text);
  const list = found?.[2] ?? found?.[3];
  if (!found || !list || /\b(?:not|no|without|absence)\b/i.test(text)) return null;
  const own = list
    .split(/,|;|\bor\b|\band\b|\//i)
    .map((name) => name.trim())
    .filter((name) => name.length > 2)
    .flatMap((name) => {
      const own = namedAs(name, chart);
      if (own.length > 0) return own;
      const said = judge(name);
      return said.status === "met" ? said.for.slice(0, 1) : [];
    });
  if (own.length === 0) return null;
  const evidence = own.slice(0, 3);
  const head = found[1]!.replace(/[\s,;]+$/, "");
  if (head.replace(/\b(?:the|member|patient|has|have|with|presence|of)\b|[^a-z]+/gi, "") === "")
    return met(evidence);
  const first = judge(head);
  if (first.status === "met") return met([...first.for, ...evidence]);
  return first.status === "not-met" ? first : unknown([...first.candidates, ...evidence]);
}

/** Other illnesses that end in the same word. */
const otherKind = /\b(?:pulmonary|portal|ocular|intracranial|gestational|white[- ]coat|family|pre)\b/i;

/** The patient's own illnesses that the record calls so, with or without words before it ("essential hypertension"). */
function namedAs(name: string, chart: Chart): Verdict["for"] {
  const ends = new RegExp(
    `(?:^|\\s)${name.replace(/[^a-z0-9 ]/gi, ".").replace(/\s+/g, "\\s+")}(?:$|[\\s,;(])`,
    "i",
  );
  return chart.facts
    .filter(
      (fact) =>
        fact.type === "condition" &&
        fact.assertion === "present" &&
        holds(fact) &&
        ends.test(fact.text) &&
        (otherKind.test(name) || !otherKind.test(fact.text)),
    )
    .slice(0, 1)
    .map((fact) => evidenceOf(fact, "one of the conditions named"));
}
