/** The broader guides on rights: of a state, a kind of plan, and how to do one thing. */
import { longDate, type PlanKind, plainDate, type StateCode } from "#base";
import type { GuidePlan } from "#knowledge";
import { links, type Made } from "./broad-links.ts";
import { clockRows, example, periodOf } from "./clocks.ts";
import type { Library } from "./compose.ts";
import { pathOf } from "./guide-keys.ts";
import { namesOf } from "./names.ts";
import { stepsTable } from "./plan-steps.ts";
import { section } from "./sections.ts";
import type { Citer } from "./sources.ts";
import { reviewText, stepText } from "./state-texts.ts";
import type { Block, GuideKey, Section, Text } from "./types.ts";

export function ofState(key: GuideKey, library: Library, cite: Citer): Made {
  const { law } = library.knowledge;
  const state = law.states.find(({ code }) => code === (key.state as StateCode))!;
  const blues = library.words.names.blues[state.code] ?? [];
  const members = blues.map((id): GuideKey => ({ kind: "payer", payer: id }));
  return {
    titles: [`${state.name}: outside review and step-therapy law`, `${state.name}: outside review`],
    heading: `${state.name}: what the state adds to your appeal`,
    description: `Outside review, step-therapy exceptions and where to complain in ${state.name}, for plans the state regulates.`,
    sections: [
      section("reach", "Whom it reaches", [
        {
          kind: "paragraph",
          text: [
            "State law binds insurance that the state regulates. It does not bind a self-funded job plan, Medicare, TRICARE or the federal employee program. ",
            { href: "/guides/how-to/insured-or-self-funded", words: "How to tell" },
            ".",
          ],
        },
      ]),
      section("review", "Outside review", [{ kind: "paragraph", text: reviewText(state, cite) }]),
      section("step", "Step-therapy exceptions", [{ kind: "paragraph", text: stepText(state, cite) }]),
      ...(members.length > 0
        ? [
            section("blue", "Blue companies here", [
              links(members, (one) => namesOf(one, library).payer!, library),
            ]),
          ]
        : []),
      section("more", "More", [
        {
          kind: "list",
          style: "bullets",
          items: [
            [{ href: `/tools/deadline?state=${state.code}`, words: "Work out my dates" }],
            [{ href: "/guides/plan", words: "Which kind of plan do I have?" }],
            [{ href: "/guides/how-to/outside-review", words: "How to ask for outside review" }],
          ],
        },
      ]),
    ],
  };
}

function daysTable(plans: readonly GuidePlan[], library: Library, cite: Citer): Block[] {
  const { say, knowledge } = library;
  const rows = clockRows(plans, knowledge.law, cite, say);
  const [dated, received] = [example.dated, example.received].map((day) =>
    say.date(day, longDate(plainDate(day))),
  );
  const tool = plans.length === 1 ? `/tools/deadline?plan=${plans[0]!.kind}` : "/tools/deadline";
  return [
    { kind: "table", caption: say.daysCaption, head: say.daysHead, rows: rows.map(({ cells }) => cells) },
    {
      kind: "paragraph",
      text: [say.exampleOnly(dated!, received!), { href: tool, words: say.ownDates }, "."],
    },
  ];
}

export function ofPlan(key: GuideKey, library: Library, cite: Citer): Made {
  const { say } = library;
  const plans = ownKinds(library.words.plans);
  const plan = plans.find(({ kind }) => kind === (key.plan as PlanKind))!;
  const others = plans.filter(({ kind }) => kind !== plan.kind);
  const label = (one: GuideKey) => plans.find(({ kind }) => kind === one.plan)!.label;
  const days = daysTable([plan], library, cite);
  const steps = stepsTable(plan, library, cite);
  return {
    titles: say.planTitles(plan.label),
    heading: say.planTitles(plan.label)[0]!,
    description: say.planDescription(plan.label),
    sections: [
      section("sign", say.signHeading, [{ kind: "paragraph", text: [plan.sign] }]),
      section("days", say.daysOnly, days),
      ...(steps ? [section("steps", say.stepsHeading, [steps])] : []),
      section("next", say.nextHeadingPlan, [{ kind: "paragraph", text: [plan.next.text] }]),
      section("others", say.notThis, [
        links(
          others.map(({ kind }) => ({ kind: "plan", plan: kind })),
          label,
          library,
        ),
      ]),
    ],
  };
}

/** A supplement is no kind of plan of its own: its rows are those of Original Medicare. */
const ownKinds = (plans: readonly GuidePlan[]) => plans.filter(({ soldBy }) => soldBy !== "medigap");

export function ofPlans(_key: GuideKey, library: Library, cite: Citer): Made {
  const plans = ownKinds(library.words.plans);
  const signs: Text[][] = plans.map(({ kind, label, sign }) => [
    [{ href: pathOf({ kind: "plan", plan: kind }, library), words: label }],
    [sign],
  ]);
  return {
    titles: ["Which kind of health plan do I have?"],
    heading: "Which kind of plan do I have?",
    description:
      "How to tell job plans, Marketplace plans, Medicare, Medicaid and federal plans apart, and how long you have under each.",
    sections: [
      section("signs", "Signs to look for", [
        {
          kind: "table",
          caption: "What tells each kind",
          head: ["Kind of plan", "What tells it"],
          rows: signs,
        },
        {
          kind: "paragraph",
          text: [
            { href: "/guides/how-to/insured-or-self-funded", words: "Insured or self-funded? How to tell" },
            ".",
          ],
        },
      ]),
      section("days", "How long you have under each", daysTable(plans, library, cite)),
    ],
  };
}

export function ofStates(_key: GuideKey, library: Library): Made {
  const { states } = library.knowledge.law;
  const keys = states.map(({ code }): GuideKey => ({ kind: "state", state: code }));
  return {
    titles: ["Outside review and step-therapy law by state"],
    heading: "What each state adds",
    description: "Outside review and step-therapy law in each state, for plans that the state regulates.",
    sections: [
      section("states", "Choose your state", [
        links(keys, (one) => states.find(({ code }) => code === one.state)!.name, library),
      ]),
    ],
  };
}

export function ofHowTo(key: GuideKey, library: Library, cite: Citer): Made {
  const { howTos } = library.words;
  const page = howTos.find(({ id }) => id === key.howTo)!;
  const sections = page.sections.map(({ heading, text, steps, clock, cites }, at): Section => {
    const markers = cites.map((id) => cite.rule(id, heading.toLowerCase()));
    const rule = clock ? library.knowledge.law.rules.find(({ id }) => id === clock) : undefined;
    const time = rule?.clock ? ` ${periodOf(rule.clock, library.say)}.` : "";
    const blocks: Block[] = [];
    if (text) blocks.push({ kind: "paragraph", text: [`${text}${time}`, ...markers] });
    if (steps) blocks.push({ kind: "list", style: "numbers", items: steps.map((step) => [step]) });
    return section(`part-${at + 1}`, heading, blocks);
  });
  const others = howTos
    .filter(({ id }) => id !== page.id)
    .map(({ id }): GuideKey => ({ kind: "how-to", howTo: id }));
  const name = (one: GuideKey) => howTos.find(({ id }) => id === one.howTo)!.title;
  const tools: Text[] = [
    [{ href: "/tools/deadline", words: "Work out my dates" }],
    [{ href: "/tools/claim-file-request", words: "Write the request for the claim file" }],
    [{ href: "/guides/plan", words: "Which kind of plan do I have?" }],
  ];
  return {
    titles: [page.title],
    heading: page.title,
    description: page.description,
    sections: [
      ...sections,
      section("tools", "Tools for this", [{ kind: "list", style: "bullets", items: tools }]),
      section("others", "Other how-to pages", [links(others, name, library)]),
    ],
  };
}
