import { type GroundId, type PlanKind, stateCodes } from "#base";
import type { GuideReason, KnownPolicies, Payer, Treatment } from "#knowledge";
import { policiesFor } from "./criteria-table.ts";
import type { GuideKey, Standing } from "./types.ts";

/** What decides which pages exist. */
export type Shelf = {
  payers: ReadonlyMap<string, Payer>;
  treatments: ReadonlyMap<string, Treatment>;
  reasons: ReadonlyMap<GroundId, GuideReason>;
  policies: KnownPolicies;
  plans: readonly PlanKind[];
};

/** Payers that decide claims; managers, reviewers and vendors get no page of their own. */
export function decides(payer: Payer): boolean {
  return payer.kind === "plan" || payer.kind === "federal";
}

/** Readable words for addresses: names, never ids with underscores. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The address of a guide. Ids of payers and treatments are readable words already. */
export function pathOf(key: GuideKey, shelf: Shelf): string {
  const reason = key.reason ? `/${shelf.reasons.get(key.reason)!.slug}` : "";
  const treatment = key.treatment ? `/${slugOf(key.treatment)}` : "";
  switch (key.kind) {
    case "payer-treatment-reason":
      return `/guides/${slugOf(key.payer!)}${treatment}${reason}`;
    case "treatment-reason":
      return `/guides/treatment${treatment}${reason}`;
    case "treatment":
      return `/guides/treatment${treatment}`;
    case "payer":
      return `/guides/payer/${slugOf(key.payer!)}`;
    case "reason":
      return `/guides/reason${reason}`;
    case "state":
      return `/guides/state/${key.state!.toLowerCase()}`;
    case "plan":
      return `/guides/plan/${key.plan}`;
  }
}

/**
 * Whether a combination is a page, and for whom. Refused: it makes no sense (a quantity limit on a process). Composed: true
 * and reachable, but it says little that the broader guide does not, so search engines are sent there. Listed: it has a policy
 * of this payer that was read, or a law of its own.
 */
export function standingOf(key: GuideKey, shelf: Shelf): Standing {
  if (key.kind !== "payer-treatment-reason" && key.kind !== "treatment-reason") return { state: "listed" };
  const treatment = shelf.treatments.get(key.treatment!)!;
  const reason = shelf.reasons.get(key.reason!)!;
  const broad: GuideKey = { kind: "treatment-reason", treatment: treatment.id, reason: reason.id };
  if (treatment.kind === "process" || reason.never.includes(treatment.kind)) {
    return {
      state: "refused",
      nearest: pathOf({ kind: "reason", reason: reason.id }, shelf),
      why: `${reason.phrase} is no ground for this kind of care`,
    };
  }
  const usual = treatment.reasons.includes(reason.id);
  const own = policiesFor(treatment, null, shelf.policies).length > 0;
  if (key.kind === "treatment-reason") {
    if (usual && (own || treatment.depth === "full")) return { state: "listed" };
    return {
      state: "composed",
      canonical: pathOf({ kind: "treatment", treatment: treatment.id }, shelf),
      why: "little is known of this ground for this treatment",
    };
  }
  const payer = shelf.payers.get(key.payer!)!;
  const read = policiesFor(treatment, payer, shelf.policies).some(
    ({ of, policy }) => of === "payer" && "AB".includes(policy.confidence),
  );
  if (usual && read) return { state: "listed" };
  const canonical = pathOf(
    standingOf(broad, shelf).state === "listed" ? broad : { kind: "treatment", treatment: treatment.id },
    shelf,
  );
  return { state: "composed", canonical, why: "no policy of this payer for this treatment was read" };
}

/** Every guide there is, broad ones first; refused combinations do not come. */
export function* allKeys(shelf: Shelf): Generator<GuideKey> {
  for (const reason of shelf.reasons.keys()) yield { kind: "reason", reason };
  for (const plan of shelf.plans) yield { kind: "plan", plan };
  for (const state of stateCodes) yield { kind: "state", state };
  for (const payer of shelf.payers.values()) if (decides(payer)) yield { kind: "payer", payer: payer.id };
  for (const treatment of shelf.treatments.keys()) yield { kind: "treatment", treatment };
  for (const key of combinations(shelf)) if (standingOf(key, shelf).state !== "refused") yield key;
}

function* combinations(shelf: Shelf): Generator<GuideKey> {
  for (const treatment of shelf.treatments.keys()) {
    for (const reason of shelf.reasons.keys()) yield { kind: "treatment-reason", treatment, reason };
  }
  for (const payer of shelf.payers.values()) {
    if (!decides(payer)) continue;
    for (const treatment of shelf.treatments.values()) {
      for (const reason of treatment.reasons)
        yield { kind: "payer-treatment-reason", payer: payer.id, treatment: treatment.id, reason };
    }
  }
}
