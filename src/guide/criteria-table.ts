import type { KnownCriterion, KnownPolicies, KnownPolicy, Matching, Payer, Treatment } from "#knowledge";
import type { Citer } from "./sources.ts";
import type { Block, Text } from "./types.ts";

/** A policy that a page may print, with the short name of its column. */
export type PolicyOnPage = { policy: KnownPolicy; of: "payer" | "family" | "medicare" | "label" | "other" };

/** Evidence trees only show fit with a trial, and archetypes are nobody's policy: neither enters a table of criteria. */
const printable = new Set([
  "ncd",
  "lcd",
  "payer-policy",
  "program",
  "label",
  "plan-document",
  "cited-policy",
]);

/**
 * Policies for a treatment, this payer's own first. Those whose text nobody read (confidence D), and those that are
 * superseded, are left to "what we do not know".
 */
export function policiesFor(treatment: Treatment, payer: Payer | null, known: KnownPolicies): PolicyOnPage[] {
  const ranked = known.policies
    .filter((policy) => policy.treatments.includes(treatment.id) && printable.has(policy.scope))
    .filter(
      ({ confidence, currency }) =>
        confidence !== "D" && currency !== "superseded" && currency !== "historic",
    )
    .map((policy) => ({ policy, of: relation(policy, payer) }));
  const shown = payer === null ? ranked : ranked.filter(({ of }) => of !== "other");
  const order = ["payer", "family", "medicare", "label", "other"];
  return shown.sort((a, b) => order.indexOf(a.of) - order.indexOf(b.of));
}

function relation(policy: KnownPolicy, payer: Payer | null): PolicyOnPage["of"] {
  if (policy.scope === "ncd" || policy.scope === "lcd") return "medicare";
  if (policy.scope === "label") return "label";
  if (payer && policy.payerId === payer.id) return "payer";
  return payer?.blueLicensee && /blue|hcsc|highmark|anthem|regence|premera/i.test(policy.payer ?? "")
    ? "family"
    : "other";
}

type Leaf = { words: string; kind: string | null; either: boolean; negated: boolean };

/** The leaves of a tree in order; `either` marks one of several ways, `negated` what must not be. */
export function leavesOf(criterion: KnownCriterion, either = false, negated = false): Leaf[] {
  const inside = (of: KnownCriterion[], or: boolean) =>
    of.flatMap((one) => leavesOf(one, either || or, negated));
  if ("all" in criterion) return inside(criterion.all, false);
  if ("any" in criterion) return inside(criterion.any, criterion.any.length > 1);
  if ("of" in criterion) return inside(criterion.of, true);
  if ("not" in criterion) return leavesOf(criterion.not, either, !negated);
  if ("when" in criterion) return inside([criterion.when, criterion.then], false);
  return [{ words: criterion.text, kind: "test" in criterion ? criterion.test.kind : null, either, negated }];
}

/** One table for each text, so that nobody takes one plan's rule for another's: what it asks, what proves it, who has it. */
export function criteriaBlocks(policies: PolicyOnPage[], matching: Matching, cite: Citer): Block[] {
  return policies.slice(0, 6).flatMap(({ policy, of }): Block[] => {
    const marker = cite.policy(policy, "criteria");
    const rows = leavesOf(policy.criteria)
      .slice(0, 18)
      .map((leaf) => rowOf(leaf, matching, marker));
    const title = `${nameOf(policy, of)}`;
    const dated = policy.effective ? `Text dated ${policy.effective}.` : "The text shows no date.";
    return [
      {
        kind: "paragraph",
        text: [{ strong: title }, ". ", dated, " In our own words, not the policy's.", marker],
      },
      {
        kind: "table",
        caption: `What ${title} asks`,
        head: ["What must be shown", "What proves it", "Who has it"],
        rows,
      },
    ];
  });
}

function rowOf(leaf: Leaf, matching: Matching, marker: Text[number]): Text[] {
  const settles = matching.settles[leaf.kind ?? ""] ?? {
    document: "a note or letter that answers this line",
    holder: "the treating physician",
  };
  const star = leaf.either ? "One of several ways: " : "";
  const words = leaf.negated ? `Must not be so: ${leaf.words}` : leaf.words;
  return [[`${star}${words}`, marker], [capital(settles.document)], [capital(settles.holder)]];
}

function nameOf({ payer, title, scope }: KnownPolicy, of: PolicyOnPage["of"]): string {
  if (of === "medicare") return `Medicare’s rule: ${title}`;
  if (of === "label") return `The FDA label: ${title}`;
  return payer && scope !== "program" ? `${payer}: ${title}` : title;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
