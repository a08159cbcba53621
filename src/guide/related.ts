import type { Library, Subject } from "./compose.ts";
import { pathOf, standingOf } from "./guide-keys.ts";
import type { GuideKey, Related } from "./types.ts";

/** Three to nine links that answer a next question; each says why. Never filler. */
export function relatedTo({ treatment, reason, payer }: Subject, library: Library): Related[] {
  if (!treatment || !reason) return [];
  const others = treatment.reasons.filter((id) => id !== reason.id).slice(0, 4);
  const links: (Related | null)[] = [
    payer
      ? link(
          { kind: "treatment-reason", treatment: treatment.id, reason: reason.id },
          "for every payer",
          "the same denial, whoever the payer is",
          library,
        )
      : null,
    ...others.map((id) => {
      const key: GuideKey = payer
        ? { kind: "payer-treatment-reason", payer: payer.id, treatment: treatment.id, reason: id }
        : { kind: "treatment-reason", treatment: treatment.id, reason: id };
      return link(key, `denied ${library.reasons.get(id)!.phrase}`, "the same care, another reason", library);
    }),
    ...sameSteps(treatment.id, library).map((id) =>
      link({ kind: "treatment", treatment: id }, "", "another treatment for the same illness", library),
    ),
    payer
      ? link(
          { kind: "payer", payer: payer.id },
          "",
          "how this payer decides, and where its rules are",
          library,
        )
      : null,
    link({ kind: "reason", reason: reason.id }, "", "this reason, for any care", library),
    { href: "/guides/plan", words: "Which kind of plan do I have?", why: "your days depend on it" },
  ];
  return links.filter((one) => one !== null).slice(0, 9);
}

/** Treatments that share a diagnosis code with this one. */
function sameSteps(id: string, library: Library): string[] {
  const own = new Set(
    (library.treatments.get(id)?.codes?.["icd-10-cm"] ?? []).map((code) => code.slice(0, 5)),
  );
  if (own.size === 0) return [];
  return [...library.treatments.values()]
    .filter(
      (other) =>
        other.id !== id &&
        other.kind !== "process" &&
        (other.codes?.["icd-10-cm"] ?? []).some((code) => own.has(code.slice(0, 5))),
    )
    .slice(0, 2)
    .map((other) => other.id);
}

function link(key: GuideKey, tail: string, why: string, library: Library): Related | null {
  if (standingOf(key, library).state === "refused") return null;
  const treatment = key.treatment ? library.treatments.get(key.treatment)!.name : null;
  const payer = key.kind === "payer" ? library.payers.get(key.payer!)!.names[0]! : null;
  const reason = key.kind === "reason" ? `Denied ${library.reasons.get(key.reason!)!.phrase}` : null;
  const name = treatment ?? payer ?? reason ?? "";
  return { href: pathOf(key, library), words: tail ? `${name} ${tail}` : name, why };
}
