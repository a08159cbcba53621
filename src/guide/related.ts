import type { Library, Subject } from "./compose.ts";
import { pathOf, standingOf } from "./guide-keys.ts";
import { capital, namesOf, phraseFor } from "./names.ts";
import type { GuideKey, Related } from "./types.ts";

/** Three to nine links that answer a next question; each says why. Never filler. */
export function relatedTo({ treatment, reason, payer, twists }: Subject, library: Library): Related[] {
  if (!treatment || !reason) return [];
  const others = treatment.reasons
    .filter((id) => id !== reason.id)
    .slice(0, twists.some((twist) => twist.related.length > 0) ? 2 : 4);
  const { say } = library;
  const treatmentId = treatment.id;
  const links: (Related | null)[] = [
    payer
      ? link(
          { kind: "treatment-reason", treatment: treatmentId, reason: reason.id },
          say.forEvery,
          say.whyEvery,
          library,
        )
      : null,
    ...others.map((id) => {
      const key: GuideKey = payer
        ? { kind: "payer-treatment-reason", payer: payer.id, treatment: treatmentId, reason: id }
        : { kind: "treatment-reason", treatment: treatmentId, reason: id };
      return link(key, phraseFor(library.reasons.get(id)!, treatment), say.whyOther, library);
    }),
    ...[...new Set(twists.flatMap((twist) => twist.related))].slice(0, 3).map((id) => {
      const same: GuideKey = { kind: "treatment-reason", treatment: id, reason: reason.id };
      const fits = library.treatments.get(id)!.reasons.includes(reason.id);
      return link(
        fits ? same : { kind: "treatment", treatment: id },
        fits ? reason.phrase : "",
        say.whyNext,
        library,
      );
    }),
    ...sameSteps(treatmentId, library).map((id) =>
      link({ kind: "treatment", treatment: id }, "", say.whySame, library),
    ),
    payer ? link({ kind: "payer", payer: payer.id }, "", say.whyPayer, library) : null,
    link({ kind: "reason", reason: reason.id }, "", say.whyReason, library),
    { href: pathOf({ kind: "plans" }, library), words: say.whichPlan, why: say.whyPlan },
    {
      href: pathOf({ kind: "how-to", howTo: "claim-file" }, library),
      words: say.claimFileTitle,
      why: say.whyFile,
    },
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
  const { payer, treatment } = namesOf(key, library);
  const name =
    key.kind === "payer"
      ? payer!
      : key.kind === "reason"
        ? library.say.denied(library.reasons.get(key.reason!)!.phrase)
        : capital(treatment);
  return { href: pathOf(key, library), words: tail ? `${name}: ${tail}` : name, why };
}
