import type { Issue } from "#base";
import type { Denial } from "#denial";
import type { Policy } from "#policy";

/**
 * The policy that decides: the one whose number or title the denial cites, else the only one with criteria. Several that
 * fit equally are not chosen between; a policy of another number is used, and said.
 */
export function choosePolicy(
  policies: Policy[],
  denial: Denial | null,
): { policy: Policy | null; issues: Issue[] } {
  const cited = denial?.criteriaCited ?? [];
  const numbers = cited.flatMap(({ number }) => (number ? [plain(number.value)] : []));
  const byNumber = policies.filter(({ number }) => number && numbers.some(sameNumber(plain(number.value))));
  const titles = cited.map(({ title }) => plain(title.value));
  const byTitle = policies.filter(
    ({ title }) => title && titles.some((cited) => alike(cited, plain(title.value))),
  );
  const policy = only(byNumber) ?? only(byTitle) ?? only(policies.filter(hasCriteria)) ?? only(policies);
  if (!policy) return { policy: null, issues: [policies.length === 0 ? missing(denial) : several(policies)] };
  const other =
    numbers.length > 0 && policy.number !== null && !numbers.some(sameNumber(plain(policy.number.value)));
  return {
    policy,
    issues: other
      ? [
          differs(
            policy,
            cited.flatMap(({ number }) => number?.value ?? []),
          ),
        ]
      : [],
  };
}

function only<T>(values: T[]): T | null {
  return values.length === 1 ? values[0]! : null;
}

/** A document can be a policy and hold no criteria; nothing is matched with it then. */
export function hasCriteria({ criteria, exclusions }: Policy): boolean {
  const empty = "all" in criteria && criteria.all.length === 0;
  return !empty || exclusions !== null;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** "FEP 7.01.141" and "7.01.141" are one number: the longer only names the series before it. */
function sameNumber(one: string): (other: string) => boolean {
  return (other) =>
    one === other ||
    (Math.min(one.length, other.length) >= 4 && (one.endsWith(other) || other.endsWith(one)));
}

function alike(a: string, b: string): boolean {
  return a.length > 5 && b.length > 5 && (a.includes(b) || b.includes(a));
}

function missing(denial: Denial | null): Issue {
  const name = denial?.criteriaCited[0]?.title.value;
  const which = name ? `the policy the letter cites (${name})` : "the policy or criteria that were used";
  return {
    severity: "warning",
    code: "policy-missing",
    text: `${which[0]?.toUpperCase()}${which.slice(1)} is not among the papers. The plan must send it free of charge; the request letter is with the drafts. Until it comes, no criterion can be answered point by point.`,
  };
}

function several(policies: Policy[]): Issue {
  const names = policies
    .map(({ number, title }) => number?.value ?? title?.value ?? "without a title")
    .join(", ");
  return {
    severity: "warning",
    code: "policies-several",
    text: `Several policies are among the papers (${names}), and the letter does not say which was used. Keep the one it applied, or ask the plan.`,
  };
}

function differs(policy: Policy, cited: string[]): Issue {
  return {
    severity: "warning",
    code: "policy-differs",
    text: `The policy among the papers is ${policy.number?.value}; the letter cites ${cited.join(", ")}. Ask the plan for the one it applied.`,
    ...(policy.number?.from[0] ? { at: policy.number.from[0] } : {}),
  };
}
