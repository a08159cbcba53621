/** The broader guides: of a treatment, a payer, a reason; those on rights are in broad-rights.ts. */
import { links, type Made } from "./broad-links.ts";
import { ofHowTo, ofPlan, ofPlans, ofState, ofStates } from "./broad-rights.ts";
import { fitting, freshness, type Library, subjectOf, twinOf } from "./compose.ts";
import { criteriaBlocks, policiesFor } from "./criteria-table.ts";
import { factsSection } from "./facts.ts";
import { pathOf, standingOf } from "./guide-keys.ts";
import { capital, fullName, namesOf, payerName, phraseFor, treatmentName } from "./names.ts";
import { bullets, reallyAnAppeal, section } from "./sections.ts";
import { argument, groundSheet } from "./sections-act.ts";
import { planAndDay } from "./sections-days.ts";
import { plainWords } from "./short-words.ts";
import { type Citer, citer } from "./sources.ts";
import { structuredBroad } from "./structured.ts";
import type { Block, Guide, GuideKey, Text } from "./types.ts";

/** A guide of one of the broader kinds. */
export function composeBroadGuide(key: GuideKey, library: Library): Guide | null {
  if (standingOf(key, library).state === "refused") return null;
  const cite = citer(library.knowledge.law, library.say);
  const made = makers[key.kind as keyof typeof makers](key, library, cite);
  const path = pathOf(key, library);
  const sources = cite.rows();
  const title = fitting(made.titles, 60);
  const dates = freshness(sources);
  return {
    key,
    path,
    language: library.language,
    twin: twinOf(key, library),
    title,
    heading: made.heading,
    description: fitting([made.description, title], 160),
    sections: made.sections,
    ...dates,
    canonical: path,
    listed: true,
    crumbs: [{ href: "/guides", words: library.say.guides }],
    related: [],
    sources,
    data: {
      "@context": "https://schema.org",
      ...structuredBroad(key.kind, made.sections),
      url: path,
      inLanguage: library.language,
      name: title,
      dateModified: dates.checked,
    },
  };
}

const makers = {
  treatment: ofTreatment,
  payer: ofPayer,
  reason: ofReason,
  state: ofState,
  plan: ofPlan,
  plans: ofPlans,
  states: ofStates,
  "how-to": ofHowTo,
};

function ofTreatment(key: GuideKey, library: Library, cite: Citer): Made {
  const { say, language } = library;
  const treatment = library.treatments.get(key.treatment!)!;
  const name = treatmentName(treatment, library);
  const policies = policiesFor(treatment, null, library);
  const pages = treatment.reasons.map(
    (reason): GuideKey => ({ kind: "treatment-reason", treatment: treatment.id, reason }),
  );
  const evidence = (treatment.evidence ?? []).map((item): Text => {
    const words = plainWords(item);
    const marker = cite.treatment(treatment, "what the record should show");
    return [language === "en" ? words : { english: words }, marker];
  });
  const plain = library.words.names.plain[treatment.id]?.[language];
  const unread: Block[] = [{ kind: "paragraph", text: [say.noPolicy] }];
  const facts = factsSection(treatment, policies, library, cite);
  const boxes: Block = { kind: "list", style: "boxes", items: evidence };
  return {
    titles: say.treatmentTitles(capital(name)),
    heading: say.treatmentTitles(fullName(treatment, library))[0]!,
    description: say.treatmentDescription(name),
    sections: [
      ...(plain ? [section("what", say.whatHeading, [{ kind: "paragraph", text: [plain] }])] : []),
      section("reasons", say.whichReason, [
        links(
          pages,
          ({ reason }) => say.denied(phraseFor(library.reasons.get(reason!)!, treatment)),
          library,
        ),
      ]),
      section(
        "criteria",
        say.criteriaHeading,
        policies.length > 0 ? criteriaBlocks(policies, library, cite) : unread,
      ),
      ...(facts ? [facts] : []),
      ...(evidence.length > 0 ? [section("record", say.recordHeading, [boxes])] : []),
      planAndDay(subjectOf(key, library), library, cite),
    ],
  };
}

/** Treatments named on the page of a payer of which we read no policy: those appealed most often. */
const mostCommon = 12;

function ofPayer(key: GuideKey, library: Library, cite: Citer): Made {
  const payer = library.payers.get(key.payer!)!;
  const name = payerName(payer, library);
  const family = payer.id === library.words.names.family.id;
  const policies = library.policies.policies.filter(
    ({ payerId, confidence }) =>
      confidence !== "D" && (family ? library.payers.get(payerId ?? "")?.blueLicensee : payerId === payer.id),
  );
  const marker = cite.payer(payer, "names, where its policies are");
  const known = (text: string) => !/[<>]/.test(text);
  const settled = (text: string) => text.replace(/ \((?:verify|[^)]*to be checked[^)]*)\)/g, "");
  const facts: Text[] = [
    [`Where its rules are published: ${payer.policies}`, marker],
    ...(payer.pharmacyBenefit
      ? [
          [
            `Drug claims may be decided by ${settled(payer.pharmacyBenefit)}. Your card or letter tells.`,
            marker,
          ],
        ]
      : []),
    ...(payer.reviewers?.length
      ? [[`Requests may be reviewed by ${payer.reviewers.map(settled).join(", ")}.`, marker]]
      : []),
    ...(payer.legalNames.filter(known).length > 0
      ? [[`Companies behind the name: ${payer.legalNames.filter(known).join("; ")}.`, marker]]
      : []),
  ];
  const pages = [...new Set(policies.flatMap((policy) => policy.treatments))].flatMap((id) =>
    (library.treatments.get(id)?.reasons ?? [])
      .slice(0, 2)
      .map(
        (reason): GuideKey => ({ kind: "payer-treatment-reason", payer: payer.id, treatment: id, reason }),
      ),
  );
  const wordsOf = (one: GuideKey) => {
    const { treatment, phrase } = namesOf(one, library);
    return `${capital(treatment)}, denied ${phrase}`;
  };
  const none: Text = [
    "We have read none of this payer’s policies yet. These guides go for every payer; they say what other texts ask and how to get this payer’s own rule. ",
    { href: "/guides", words: "Search all guides" },
    ".",
  ];
  const common = [...library.treatments.values()]
    .filter(({ kind }) => kind !== "process")
    .slice(0, mostCommon)
    .map(({ id }): GuideKey => ({ kind: "treatment", treatment: id }));
  const brief = library.words.names.shortPayers[payer.id] ?? name;
  return {
    titles: [name, brief].map((who) => `${who}: how to appeal a denial`),
    heading: `${name}: how to appeal a denial`,
    description: `Who decides at ${brief}, where its rules are, how long you have to appeal under each kind of plan, and what to send.`,
    sections: [
      section("who", "Who decides, and by which rules", [{ kind: "list", style: "bullets", items: facts }]),
      planAndDay(subjectOf(key, library), library, cite),
      section("guides", "Guides for this payer", [
        ...(pages.length > 0
          ? [links(pages, wordsOf, library)]
          : [
              { kind: "paragraph", text: none } as Block,
              links(common, (one) => capital(namesOf(one, library).treatment), library),
            ]),
      ]),
    ],
  };
}

function ofReason(key: GuideKey, library: Library, cite: Citer): Made {
  const { say } = library;
  const reason = library.reasons.get(key.reason!)!;
  const pages = [...library.treatments.values()]
    .filter((one) => one.reasons.includes(reason.id))
    .slice(0, 40)
    .map((one): GuideKey => ({ kind: "treatment-reason", treatment: one.id, reason: reason.id }));
  return {
    titles: say.reasonTitles(reason.phrase),
    heading: say.denied(reason.phrase),
    description: say.reasonDescription(reason.phrase),
    sections: [
      section("short", say.meansHeading, [
        { kind: "paragraph", text: [reason.means] },
        { kind: "paragraph", text: [{ strong: say.first }, reason.first] },
      ]),
      reallyAnAppeal(reason.fixes, say),
      groundSheet(reason, say),
      argument(reason, say),
      section("gaps", say.gapsHeading, [bullets(reason.gaps)]),
      section("mistakes", say.mistakesHeading, [bullets(reason.mistakes)]),
      planAndDay(subjectOf(key, library), library, cite),
      ...(pages.length > 0
        ? [
            section("guides", say.forTreatment, [
              links(pages, (one) => capital(namesOf(one, library).treatment), library),
            ]),
          ]
        : []),
    ],
  };
}
