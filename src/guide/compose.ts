import type { GroundId } from "#base";
import type {
  GuideReason,
  GuideWords,
  KnownPolicies,
  Law,
  Matching,
  Payer,
  Reason,
  Treatment,
} from "#knowledge";
import { policiesFor } from "./criteria-table.ts";
import { pathOf, type Shelf, standingOf } from "./guide-keys.ts";
import { relatedTo } from "./related.ts";
import {
  bullets,
  checklist,
  criteria,
  nextSteps,
  planAndDay,
  reallyAnAppeal,
  section,
  sheet,
  short,
  stepLaws,
  unknowns,
} from "./sections.ts";
import { citer, rowsCheckedOn } from "./sources.ts";
import type { Guide, GuideKey, Source } from "./types.ts";

/** Everything guides are composed from. */
export type GuideKnowledge = {
  payers: readonly Payer[];
  treatments: readonly Treatment[];
  reasons: readonly Reason[];
  words: GuideWords;
  policies: KnownPolicies;
  matching: Matching;
  law: Law;
};

/** The knowledge by id, made once. */
export type Library = Shelf & { knowledge: GuideKnowledge; notes: ReadonlyMap<GroundId, Reason> };

export function openLibrary(knowledge: GuideKnowledge): Library {
  return {
    knowledge,
    payers: new Map(knowledge.payers.map((row) => [row.id, row])),
    treatments: new Map(knowledge.treatments.map((row) => [row.id, row])),
    reasons: new Map(knowledge.words.reasons.map((row) => [row.id, row])),
    notes: new Map(knowledge.reasons.map((row) => [row.id, row])),
    policies: knowledge.policies,
    plans: knowledge.words.plans.map(({ kind }) => kind),
  };
}

/** What a page is about, resolved. */
export type Subject = {
  key: GuideKey;
  payer: Payer | null;
  treatment: Treatment | null;
  reason: GuideReason | null;
  notes: Reason | null;
};

export function subjectOf(key: GuideKey, library: Library): Subject {
  return {
    key,
    payer: key.payer ? library.payers.get(key.payer)! : null,
    treatment: key.treatment ? library.treatments.get(key.treatment)! : null,
    reason: key.reason ? library.reasons.get(key.reason)! : null,
    notes: key.reason ? library.notes.get(key.reason)! : null,
  };
}

/** A guide about a denial: this treatment and reason, of this payer where the key names one. `null` when there is no such page. */
export function composeDenialGuide(key: GuideKey, library: Library): Guide | null {
  const standing = standingOf(key, library);
  if (standing.state === "refused") return null;
  const subject = subjectOf(key, library);
  const { treatment, reason, payer } = subject;
  if (!treatment || !reason) return null;
  const cite = citer(library.knowledge.law);
  const policies = policiesFor(treatment, payer, library.policies);
  const sections = [
    short(subject, policies, cite),
    planAndDay(subject, library, cite),
    reallyAnAppeal(reason),
    criteria(subject, policies, library, cite),
    sheet(reason),
    ...(reason.reach === "drugs" && treatment.kind === "drug" ? [stepLaws(library, cite)] : []),
    checklist(subject, policies, cite),
    section("gaps", "If a step is missing", [bullets(reason.gaps)]),
    section("mistakes", "Mistakes to avoid", [bullets(reason.mistakes)]),
    nextSteps(cite),
    unknowns(subject, policies),
  ];
  const named = namesOf(subject);
  const path = pathOf(key, library);
  return {
    key,
    path,
    language: "en",
    ...headOf(named),
    ...freshness(cite.rows()),
    canonical: standing.state === "composed" ? standing.canonical : path,
    listed: standing.state === "listed",
    crumbs: crumbsOf(subject, library),
    sections,
    related: relatedTo(subject, library),
    sources: cite.rows(),
    data: structured(subject, path, cite.rows()),
  };
}

/** How the page names its subject; nothing here is a slug. */
export type Names = { payer: string | null; treatment: string; phrase: string };

export function namesOf({ payer, treatment, reason }: Subject): Names {
  const name = treatment?.name ?? "";
  const short =
    treatment?.drugs?.length === 1 && treatment.drugs[0]!.brands?.[0] ? treatment.drugs[0]!.brands[0] : name;
  return {
    payer: payer?.names[0] ?? null,
    treatment: short.length > 0 && short.length < name.length ? short : name,
    phrase: reason?.phrase ?? "",
  };
}

/** Title of at most 60 characters and description of at most 160: the tail is dropped before the name is cut. */
function headOf({ payer, treatment, phrase }: Names): Pick<Guide, "title" | "heading" | "description"> {
  const who = payer ?? "Your plan";
  const titles = [
    `${who} denied ${treatment} ${phrase}: how to appeal`,
    `${who} denied ${treatment} ${phrase}: what to do`,
    `${who} denied ${treatment} ${phrase}`,
    `${treatment} denied ${phrase}`,
    `${treatment} denied: how to appeal`,
  ];
  const title = titles.find((one) => one.length <= 60) ?? `${treatment.slice(0, 59)}…`;
  const heading = payer
    ? `Your ${payer} plan denied ${treatment} ${phrase}`
    : `Your plan denied ${treatment} ${phrase}`;
  const description = `What plans ask for before ${treatment}, what proves each point, and how long you have to appeal under each kind of plan.`;
  return {
    title,
    heading,
    description:
      description.length <= 160 ? description : `${description.slice(0, 157).replace(/\s\S*$/, "")} …`,
  };
}

/** Pages are due a year after their oldest fact of law, half a year after a policy. */
export function freshness(sources: readonly Source[]): Pick<Guide, "checked" | "checkAgainBy"> {
  const days = sources.flatMap(({ checked }) => (checked ? [checked] : [])).sort();
  const checked = days[0] ?? rowsCheckedOn;
  const policies = sources.filter(({ records }) => records.some((id) => !id.includes("#")));
  const monthsLater = (day: string, months: number) => {
    const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-${day.slice(8)}`.replace(
      /-(29|30|31)$/,
      "-28",
    );
  };
  return { checked, checkAgainBy: monthsLater(checked, policies.length > 0 ? 6 : 12) };
}

function crumbsOf({ treatment, reason, payer }: Subject, library: Library): Guide["crumbs"] {
  return [
    { href: "/guides", words: "Guides" },
    { href: pathOf({ kind: "treatment", treatment: treatment!.id }, library), words: treatment!.name },
    ...(payer
      ? [
          {
            href: pathOf({ kind: "treatment-reason", treatment: treatment!.id, reason: reason!.id }, library),
            words: `Denied ${reason!.phrase}`,
          },
        ]
      : []),
  ];
}

/** schema.org data; nothing that invites odds, ratings or sale. */
function structured(
  { treatment, payer, reason }: Subject,
  path: string,
  sources: readonly Source[],
): Record<string, unknown> {
  const { checked } = freshness(sources);
  const codes = [
    ...(treatment!.codes?.cpt ?? []).map((code) => ["CPT", code]),
    ...(treatment!.codes?.hcpcs ?? []).map((code) => ["HCPCS", code]),
  ];
  const kind =
    treatment!.kind === "drug" ? "Drug" : treatment!.kind === "device" ? "MedicalDevice" : "MedicalProcedure";
  return {
    "@context": "https://schema.org",
    "@type": "MedicalWebPage",
    url: path,
    inLanguage: "en",
    name: headOf(namesOf({ treatment, payer, reason, key: { kind: "treatment-reason" }, notes: null })).title,
    lastReviewed: checked,
    dateModified: checked,
    audience: { "@type": "Patient" },
    about: {
      "@type": kind,
      name: treatment!.name,
      ...(treatment!.names.length > 0 ? { alternateName: treatment!.names } : {}),
      ...(codes.length > 0
        ? {
            code: codes
              .slice(0, 6)
              .map(([codingSystem, codeValue]) => ({ "@type": "MedicalCode", codingSystem, codeValue })),
          }
        : {}),
    },
    citation: sources.flatMap(({ label, url }) =>
      url ? [{ "@type": "CreativeWork", name: label, url }] : [],
    ),
  };
}
