import { type GroundId, type PlanKind, stateCodes } from "#base";
import type { GuideReason, GuideWords, KnownPolicies, Payer, Treatment } from "#knowledge";
import { policiesFor } from "./criteria-table.ts";
import type { GuideKey, Language, Standing } from "./types.ts";

/** What decides which pages exist. */
export type Shelf = {
  payers: ReadonlyMap<string, Payer>;
  treatments: ReadonlyMap<string, Treatment>;
  reasons: ReadonlyMap<GroundId, GuideReason>;
  policies: KnownPolicies;
  plans: readonly PlanKind[];
  words: GuideWords;
  language: Language;
  /** Addresses of the Spanish guides, made once; `null` while they are counted. */
  spanish: ReadonlySet<string>;
};

/** Payers that decide claims; managers, reviewers and vendors get no page of their own. */
export function decides(payer: Payer): boolean {
  return payer.kind === "plan" || payer.kind === "federal";
}

/** Readable words for addresses: names, never ids with underscores. */
export function slugOf(name: string): string {
  const ready = slugs.get(name);
  if (ready !== undefined) return ready;
  const slug = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  slugs.set(name, slug);
  return slug;
}

/** Ids are few and asked for on every link of every page. */
const slugs = new Map<string, string>();

/** The address of a guide. Ids of payers and treatments are readable words already. */
export function pathOf(key: GuideKey, shelf: Shelf): string {
  const path = englishPathOf(key, shelf);
  // On a Spanish shelf, what has no Spanish page is linked in English.
  return shelf.language === "es" && shelf.spanish.has(path) ? `/es${path}` : path;
}

/** The address of the English guide. */
export function englishPathOf(key: GuideKey, shelf: Shelf): string {
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
    case "how-to":
      return `/guides/how-to/${key.howTo}`;
    case "plans":
      return "/guides/plan";
    case "states":
      return "/guides/state";
  }
}

/**
 * Whether a combination is a page, and for whom. Refused: it makes no sense (a quantity limit on a process). Composed: true
 * and reachable, but it says little that the broader guide does not, so search engines are sent there. Listed: it has a policy
 * of this payer that was read, or a law of its own.
 */
export function standingOf(key: GuideKey, shelf: Shelf): Standing {
  if (key.kind === "treatment" && shelf.treatments.get(key.treatment!)!.kind === "process") {
    const nearest = pathOf({ kind: "how-to", howTo: "coverage-exception" }, shelf);
    return { state: "refused", nearest, why: "an exception is a way of asking, not a treatment" };
  }
  if (key.kind !== "payer-treatment-reason" && key.kind !== "treatment-reason") return { state: "listed" };
  const treatment = shelf.treatments.get(key.treatment!)!;
  const reason = shelf.reasons.get(key.reason!)!;
  const broad: GuideKey = { kind: "treatment-reason", treatment: treatment.id, reason: reason.id };
  if (treatment.kind === "process") {
    return {
      state: "refused",
      nearest: pathOf({ kind: "how-to", howTo: "coverage-exception" }, shelf),
      why: "an exception is a way of asking, not a treatment",
    };
  }
  if (reason.never.includes(treatment.kind)) {
    return {
      state: "refused",
      nearest: pathOf({ kind: "reason", reason: reason.id }, shelf),
      why: `${reason.phrase} is no ground for this kind of care`,
    };
  }
  const usual = treatment.reasons.includes(reason.id);
  const own = policiesFor(treatment, null, shelf).length > 0;
  if (key.kind === "treatment-reason") {
    if (usual && (own || treatment.depth === "full")) return { state: "listed" };
    return {
      state: "composed",
      canonical: pathOf({ kind: "treatment", treatment: treatment.id }, shelf),
      why: "little is known of this ground for this treatment",
    };
  }
  const payer = shelf.payers.get(key.payer!)!;
  if (usual && speaks(treatment, payer, shelf)) return { state: "listed" };
  const canonical = pathOf(
    standingOf(broad, shelf).state === "listed" ? broad : { kind: "treatment", treatment: treatment.id },
    shelf,
  );
  return { state: "composed", canonical, why: "no policy of this payer for this treatment was read" };
}

/** A page of a payer speaks when we read its policy in force; one of a family when we read those of two members. */
function speaks(treatment: Treatment, payer: Payer, shelf: Shelf): boolean {
  const read = policiesFor(treatment, payer, shelf).filter(
    ({ policy }) => policy.completeness !== "recall" && policy.scope === "payer-policy",
  );
  if (payer.id !== shelf.words.names.family.id) return read.some(({ of }) => of === "payer");
  return new Set(read.filter(({ of }) => of === "family").map(({ policy }) => policy.payerId)).size >= 2;
}

/** Every guide there is, broad ones first; refused combinations do not come. */
export function* allKeys(shelf: Shelf): Generator<GuideKey> {
  for (const reason of shelf.reasons.keys()) yield { kind: "reason", reason };
  yield { kind: "plans" };
  yield { kind: "states" };
  for (const { id } of shelf.words.howTos) yield { kind: "how-to", howTo: id };
  for (const plan of shelf.plans) yield { kind: "plan", plan };
  for (const state of stateCodes) yield { kind: "state", state };
  for (const payer of shelf.payers.values()) if (decides(payer)) yield { kind: "payer", payer: payer.id };
  for (const { id, kind } of shelf.treatments.values())
    if (kind !== "process") yield { kind: "treatment", treatment: id };
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

/** How many guides there are in Spanish. */
const spanishMost = 500;

/** The keys that have a Spanish page: reasons, plans, then treatments by how often they are appealed, with their reasons. */
export function spanishKeys(shelf: Shelf): GuideKey[] {
  const keys: GuideKey[] = [...shelf.reasons.keys()].map((reason) => ({ kind: "reason", reason }));
  keys.push(...shelf.plans.map((plan): GuideKey => ({ kind: "plan", plan })));
  for (const treatment of shelf.treatments.values()) {
    if (treatment.kind === "process") continue;
    keys.push({ kind: "treatment", treatment: treatment.id });
    for (const reason of treatment.reasons) {
      const key: GuideKey = { kind: "treatment-reason", treatment: treatment.id, reason };
      if (standingOf(key, shelf).state === "listed") keys.push(key);
    }
  }
  return keys.slice(0, spanishMost);
}
