import type { Criterion } from "#policy";
import { childrenOf } from "./tree.ts";
import type { Evidence, Finding } from "./types.ts";

const allElse =
  /^(?:(?:for )?(?:all|any) other\b|uses? other than\b|(?:all|any) (?:uses?|indications?) (?:not|other)\b)/i;
const soleUse =
  /\b(?:used?|ordered|requested|intended|prescribed)\s+(?:only|solely|exclusively|purely)\s+(?:for|as|to)\b/i;

/**
 * Exclusions that the criteria themselves answer. "All other uses are investigational" says nothing beyond the
 * criteria. "Used only for wellness" does not hold where the record states a disease that the criteria ask for; the
 * statement of the disease is shown for it. `null`: the record has to be read.
 */
export function answeredByCriteria(
  node: Criterion,
  criteria: Criterion,
  byId: Map<string, Finding>,
): Finding | null {
  const finding: Finding = {
    criterion: node.id,
    status: "not-applicable",
    for: [],
    against: [],
    candidates: [],
    missing: null,
  };
  if (childrenOf(node).length > 0) return null;
  if (allElse.test(node.text.trim())) return finding;
  if (!soleUse.test(node.text)) return null;
  const treats = statedDisease(criteria, byId);
  if (treats.length === 0) return null;
  return {
    ...finding,
    status: "not-met",
    against: treats
      .slice(0, 3)
      .map((one) => ({ ...one, why: "ordered for a disease that the criteria name" })),
  };
}

/** What the record says for the first diagnosis that the criteria ask for and that is met. */
function statedDisease(node: Criterion, byId: Map<string, Finding>): Evidence[] {
  if ("test" in node && node.test.kind === "dx") {
    const its = byId.get(node.id);
    return its?.status === "met" ? its.for : [];
  }
  for (const child of childrenOf(node)) {
    const found = statedDisease(child, byId);
    if (found.length > 0) return found;
  }
  return [];
}
