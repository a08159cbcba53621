import type { FindingStatus } from "./types.ts";

/**
 * Kleene's logic over the five answers. `conflicting` is an unknown that has two sides; `not-applicable` takes no
 * part, unless nothing else is left. A group without members asks nothing.
 */
export function all(statuses: readonly FindingStatus[]): FindingStatus {
  const asked = statuses.filter((status) => status !== "not-applicable");
  if (asked.length === 0) return "not-applicable";
  if (asked.includes("not-met")) return "not-met";
  return open(asked) ?? "met";
}

export function any(statuses: readonly FindingStatus[]): FindingStatus {
  const asked = statuses.filter((status) => status !== "not-applicable");
  if (asked.length === 0) return "not-applicable";
  if (asked.includes("met")) return "met";
  return open(asked) ?? "not-met";
}

export function atLeast(n: number, statuses: readonly FindingStatus[]): FindingStatus {
  const asked = statuses.filter((status) => status !== "not-applicable");
  if (asked.length === 0) return "not-applicable";
  if (asked.filter((status) => status === "met").length >= n) return "met";
  if (asked.filter((status) => status !== "not-met").length < n) return "not-met";
  return open(asked) ?? "not-met";
}

export function not(status: FindingStatus): FindingStatus {
  if (status === "met") return "not-met";
  return status === "not-met" ? "met" : status;
}

/** "When A, then B": asks nothing where A does not hold; B decides where A holds; B met satisfies it in any case. */
export function whenThen(when: FindingStatus, then: FindingStatus): FindingStatus {
  if (when === "not-met" || when === "not-applicable") return "not-applicable";
  if (when === "met" || then === "met") return then;
  return when;
}

function open(statuses: readonly FindingStatus[]): FindingStatus | null {
  if (statuses.includes("conflicting")) return "conflicting";
  return statuses.includes("unknown") ? "unknown" : null;
}
