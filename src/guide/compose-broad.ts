/** The broader guides: of a treatment, a payer, a reason, a state and a kind of plan. They lead on to the narrower ones. */
import type { PlanKind, StateCode } from "#base";
import type { GuidePlan } from "#knowledge";
import { clockRows } from "./clocks.ts";
import { freshness, type Library, subjectOf } from "./compose.ts";
import { criteriaBlocks, policiesFor } from "./criteria-table.ts";
import { pathOf, standingOf } from "./guide-keys.ts";
import { bullets, planAndDay, section } from "./sections.ts";
import { type Citer, citer } from "./sources.ts";
import { reviewText, stepText } from "./state-texts.ts";
import type { Block, Guide, GuideKey, Section, Text } from "./types.ts";

type Made = { title: string; heading: string; description: string; sections: Section[] };

/** A guide of one of the broader kinds. */
export function composeBroadGuide(key: GuideKey, library: Library): Guide {
  const cite = citer(library.knowledge.law);
  const made = makers[key.kind as keyof typeof makers](key, library, cite);
  const path = pathOf(key, library);
  const sources = cite.rows();
  const { checked, checkAgainBy } = freshness(sources);
  return {
    key,
    path,
    language: "en",
    ...made,
    title: made.title.slice(0, 60),
    description: made.description.slice(0, 160),
    checked,
    checkAgainBy,
    canonical: path,
    listed: true,
    crumbs: [{ href: "/guides", words: "Guides" }],
    related: [],
    sources,
    data: {
      "@context": "https://schema.org",
      "@type": "WebPage",
      url: path,
      inLanguage: "en",
      name: made.title,
      dateModified: checked,
    },
  };
}

const makers = { treatment: ofTreatment, payer: ofPayer, reason: ofReason, state: ofState, plan: ofPlan };

function links(keys: GuideKey[], name: (key: GuideKey) => string, library: Library): Block {
  const items = keys
    .filter((key) => standingOf(key, library).state !== "refused")
    .map((key): Text => [{ href: pathOf(key, library), words: name(key) }]);
  return { kind: "list", style: "bullets", items };
}

function ofTreatment(key: GuideKey, library: Library, cite: Citer): Made {
  const treatment = library.treatments.get(key.treatment!)!;
  const policies = policiesFor(treatment, null, library.policies);
  const reasons = treatment.reasons.map(
    (reason): GuideKey => ({ kind: "treatment-reason", treatment: treatment.id, reason }),
  );
  const evidence = (treatment.evidence ?? []).map(
    (item): Text => [item, cite.treatment(treatment, "what the record should show")],
  );
  return {
    title: `${treatment.name}: when a plan says no`,
    heading: `${treatment.name}: when your plan says no`,
    description: `What plans ask for before ${treatment.name}, which papers prove it, and how to appeal each kind of denial.`,
    sections: [
      section("reasons", "Which reason does your letter give?", [
        links(reasons, ({ reason }) => `Denied ${library.reasons.get(reason!)!.phrase}`, library),
      ]),
      section(
        "criteria",
        "What must be shown, and what proves it",
        policies.length > 0
          ? criteriaBlocks(policies, library.knowledge.matching, cite)
          : [
              {
                kind: "paragraph",
                text: [
                  "We have read no policy text for this care. Ask your plan for the one it used; it is free.",
                ],
              },
            ],
      ),
      ...(evidence.length > 0
        ? [
            section("record", "What the record should show", [
              { kind: "list", style: "boxes", items: evidence },
            ]),
          ]
        : []),
      planAndDay(subjectOf(key, library), library, cite),
    ],
  };
}

function ofPayer(key: GuideKey, library: Library, cite: Citer): Made {
  const payer = library.payers.get(key.payer!)!;
  const name = payer.names[0]!;
  const policies = library.policies.policies.filter(
    ({ payerId, confidence }) => payerId === payer.id && confidence !== "D",
  );
  const marker = cite.payer(payer, "names, where its policies are");
  const facts: Text[] = [
    [`Where its rules are published: ${payer.policies}`, marker],
    ...(payer.pharmacyBenefit
      ? [[`Drug claims may be decided by ${payer.pharmacyBenefit}. Your card or letter tells.`, marker]]
      : []),
    ...(payer.reviewers?.length
      ? [[`Requests may be reviewed by ${payer.reviewers.join(", ")}.`, marker]]
      : []),
    ...(payer.legalNames.length > 0
      ? [[`Companies behind the name: ${payer.legalNames.join("; ")}.`, marker]]
      : []),
  ];
  const treatments = [...new Set(policies.flatMap((policy) => policy.treatments))].flatMap((id) => {
    const treatment = library.treatments.get(id);
    return (treatment?.reasons ?? [])
      .slice(0, 2)
      .map(
        (reason): GuideKey => ({ kind: "payer-treatment-reason", payer: payer.id, treatment: id, reason }),
      );
  });
  return {
    title: `${name}: how to appeal a denial`,
    heading: `${name}: how to appeal a denial`,
    description: `Who decides at ${name}, where its rules are, how long you have to appeal under each kind of plan, and what to send.`,
    sections: [
      section("who", "Who decides, and by which rules", [{ kind: "list", style: "bullets", items: facts }]),
      planAndDay(subjectOf(key, library), library, cite),
      section("guides", "Guides for this payer", [
        treatments.length > 0
          ? links(
              treatments,
              (one) =>
                `${library.treatments.get(one.treatment!)!.name}, denied ${library.reasons.get(one.reason!)!.phrase}`,
              library,
            )
          : {
              kind: "paragraph",
              text: [
                "We have read none of this payer’s policies yet. ",
                { href: "/guides", words: "Search all guides" },
                ".",
              ],
            },
      ]),
    ],
  };
}

function ofReason(key: GuideKey, library: Library, cite: Citer): Made {
  const reason = library.reasons.get(key.reason!)!;
  const treatments = [...library.treatments.values()]
    .filter((one) => one.reasons.includes(reason.id))
    .slice(0, 40);
  const pages = treatments.map(
    (one): GuideKey => ({ kind: "treatment-reason", treatment: one.id, reason: reason.id }),
  );
  return {
    title: `Denied ${reason.phrase}: what it means and what to do`,
    heading: `Denied ${reason.phrase}`,
    description: `What it means when a health plan denies care ${reason.phrase}, what may be quicker than an appeal, and what to send.`,
    sections: [
      section("short", "What it means", [
        { kind: "paragraph", text: [reason.means] },
        { kind: "paragraph", text: [{ strong: "First: " }, reason.first] },
      ]),
      section("fix", "Is it really an appeal?", [
        {
          kind: "table",
          caption: "What may be quicker than an appeal",
          head: ["The letter says", "It may be", "Do this"],
          rows: reason.fixes.map((fix) => [[fix.says], [fix.maybe], [fix.do]]),
        },
        { kind: "paragraph", text: [{ strong: "No fix stops your appeal clock." }] },
      ]),
      section("sheet", "The sheet that carries the appeal", [
        {
          kind: "table",
          caption: reason.sheet.caption,
          head: reason.sheet.columns,
          rows: reason.sheet.rows.map((row) => [[row], ...reason.sheet.columns.slice(1).map((): Text => [])]),
        },
      ]),
      section("gaps", "If a step is missing", [bullets(reason.gaps)]),
      section("mistakes", "Mistakes to avoid", [bullets(reason.mistakes)]),
      planAndDay(subjectOf(key, library), library, cite),
      section("guides", "For your treatment", [
        links(pages, (one) => library.treatments.get(one.treatment!)!.name, library),
      ]),
    ],
  };
}

function ofState(key: GuideKey, library: Library, cite: Citer): Made {
  const { law } = library.knowledge;
  const state = law.states.find(({ code }) => code === (key.state as StateCode))!;
  return {
    title: `${state.name}: outside review and step-therapy law`,
    heading: `${state.name}: what the state adds to your appeal`,
    description: `Outside review, step-therapy exceptions and where to complain in ${state.name}, for plans the state regulates.`,
    sections: [
      section("reach", "Whom it reaches", [
        {
          kind: "paragraph",
          text: [
            "State law binds insurance that the state regulates. It does not bind a self-funded job plan, Medicare, TRICARE or the federal employee program.",
          ],
        },
      ]),
      section("review", "Outside review", [{ kind: "paragraph", text: reviewText(state, cite) }]),
      section("step", "Step-therapy exceptions", [{ kind: "paragraph", text: stepText(state, cite) }]),
      section("more", "More", [
        {
          kind: "list",
          style: "bullets",
          items: [
            [{ href: "/tools/deadline", words: "Work out my dates" }],
            [{ href: "/guides/plan", words: "Which kind of plan do I have?" }],
          ],
        },
      ]),
    ],
  };
}

function ofPlan(key: GuideKey, library: Library, cite: Citer): Made {
  const plan = library.knowledge.words.plans.find(({ kind }) => kind === (key.plan as PlanKind))!;
  return {
    title: `${plan.label}: days and steps of an appeal`,
    heading: `${plan.label}: the days and steps of an appeal`,
    description: `How long you have, how long the plan has, and who decides next when a ${plan.label} denies care.`,
    sections: [
      section("days", "The days", [
        {
          kind: "table",
          caption: "Last day to appeal",
          head: [
            "Your plan",
            "Time to appeal",
            "Example: last day",
            "The plan must answer in",
            "If it still says no",
          ],
          rows: clockRows([plan], library.knowledge.law, cite).map(({ cells }) => cells),
        },
        {
          kind: "paragraph",
          text: [
            "The example is a letter of June 1, 2026 that came on June 6, 2026. ",
            { href: `/tools/deadline?plan=${plan.kind}`, words: "Work out my own dates" },
            ".",
          ],
        },
      ]),
      section("others", "Not sure it is this kind?", [
        links(
          otherPlans(plan, library),
          (one) => library.knowledge.words.plans.find(({ kind }) => kind === one.plan)!.label,
          library,
        ),
      ]),
    ],
  };
}

function otherPlans(plan: GuidePlan, library: Library): GuideKey[] {
  return library.knowledge.words.plans
    .filter(({ kind }) => kind !== plan.kind)
    .map(({ kind }) => ({ kind: "plan", plan: kind }));
}
