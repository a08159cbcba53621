/** The sections of a guide about a denial, each answering one question of the reader, in the reader's order. */
import { longDate, plainDate } from "#base";
import type { GuideReason } from "#knowledge";
import { clockRows, example, sells } from "./clocks.ts";
import type { Library, Subject } from "./compose.ts";
import { criteriaBlocks, type PolicyOnPage } from "./criteria-table.ts";
import type { Citer } from "./sources.ts";
import type { Block, Section, Text } from "./types.ts";

export function section(id: string, heading: string, blocks: Block[]): Section {
  return { id, heading, blocks };
}

export function bullets(items: readonly string[]): Block {
  return { kind: "list", style: "bullets", items: items.map((item) => [item]) };
}

export function short({ treatment, reason, payer }: Subject, policies: PolicyOnPage[], cite: Citer): Section {
  const means = reason!.meansFor?.[treatment!.kind] ?? reason!.means;
  const own = policies.filter(({ of }) => of === "payer");
  const name = payer?.names[0];
  const whose: Text =
    own.length > 0
      ? [
          `We read what ${name} wrote on this care; see below.`,
          ...own.map(({ policy }) => cite.policy(policy, "criteria")),
        ]
      : [
          name
            ? `We have not read ${name}’s own policy for this care. Ask for it; it is free.`
            : "Your plan’s own policy decides. Ask for it; it is free.",
        ];
  return section("short", "The short version", [
    { kind: "paragraph", text: [means] },
    { kind: "paragraph", text: whose },
    { kind: "paragraph", text: [{ strong: "Do three things today" }] },
    {
      kind: "list",
      style: "numbers",
      items: [
        ["Write down the date on the letter, and the day it reached you."],
        [reason!.first],
        [
          "Ask your doctor: “Is it safe for me to wait a month?” If not, ask for an urgent appeal. The doctor’s word binds most plans.",
        ],
      ],
    },
    {
      kind: "note",
      tone: "urgent",
      text: [
        "If you feel much worse, call 911 or your care team. Do not change a medicine because of this page.",
      ],
    },
  ]);
}

export function planAndDay(
  { payer, treatment }: Pick<Subject, "payer" | "treatment">,
  library: Library,
  cite: Citer,
): Section {
  const { law, words } = library.knowledge;
  const rows = clockRows(
    words.plans.filter((plan) => sells(payer, plan, treatment)),
    law,
    cite,
  );
  const blue: Block[] = payer?.blueLicensee
    ? [
        {
          kind: "paragraph",
          text: [
            "“Blue Cross Blue Shield” is a name shared by many separate companies, and each has its own rules. Look for the full company name in the small print of the letter.",
            cite.payer(payer, "company names"),
          ],
        },
      ]
    : [];
  return section("days", "Find your kind of plan and your last day", [
    ...blue,
    {
      kind: "paragraph",
      text: [
        `If two lines fit, use the earlier day until you know. The example is a letter of ${longDate(plainDate(example.dated))} that came on ${longDate(plainDate(example.received))}.`,
      ],
    },
    {
      kind: "table",
      caption: "Last day to appeal, by kind of plan",
      head: [
        "Your plan",
        "Time to appeal",
        "Example: last day",
        "The plan must answer in",
        "If it still says no",
      ],
      rows: rows.map(({ cells }) => cells),
    },
    bullets([
      "Does your letter print an earlier day? Meet that one.",
      "Send early. Most of these days do not move when they land on a weekend.",
      "Church, retiree-only, short-term and grandfathered plans can have other rules. Use the letter, and ask the plan.",
    ]),
    {
      kind: "paragraph",
      text: [
        { href: "/tools/deadline", words: "Work out my own dates" },
        ", with a calendar file. Nothing you type is kept.",
      ],
    },
  ]);
}

export function reallyAnAppeal({ fixes }: GuideReason): Section {
  return section("fix", "Is it really an appeal?", [
    {
      kind: "paragraph",
      text: [
        "Some denials are quicker to fix. But ",
        { strong: "no fix stops your appeal clock." },
        " If the last day is near, appeal as well.",
      ],
    },
    {
      kind: "table",
      caption: "What may be quicker than an appeal",
      head: ["The letter says", "It may be", "Do this"],
      rows: fixes.map((fix) => [[fix.says], [fix.maybe], [fix.do]]),
    },
  ]);
}

export function criteria(
  { treatment, payer }: Subject,
  policies: PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const ask = library.policies.ask.find(({ when }) => when === "commercial");
  const own = policies.some(({ of }) => of === "payer");
  const lead = own
    ? "Work from the policy your letter names, in the version it names. This is what we found."
    : "Work from the policy your letter names. If it names none, ask for it. Until it comes, this is what we found in other texts. They do not bind your plan, except Medicare’s where you have Medicare.";
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: [
        policies.length > 0
          ? lead
          : `We have read no policy text for ${treatment!.name}. Ask ${payer?.names[0] ?? "the plan"} for ${ask?.paper ?? "the policy it used"}.`,
      ],
    },
  ];
  return section("criteria", "What must be shown, and what proves it", [
    ...blocks,
    ...criteriaBlocks(policies, library.knowledge.matching, cite),
  ]);
}

/** The grid that turns a vague wish for proof into cells somebody can fill. */
export function sheet({ sheet: { caption, columns, rows } }: GuideReason): Section {
  return section("sheet", "The sheet that carries the appeal", [
    {
      kind: "paragraph",
      text: ["Ask the clinic to fill this in with you. Print this page, or copy the table."],
    },
    {
      kind: "table",
      caption,
      head: columns,
      rows: rows.map((row) => [[row], ...columns.slice(1).map((): Text => [])]),
    },
  ]);
}

export function stepLaws(library: Library, cite: Citer): Section {
  const states = library.knowledge.law.states.filter(
    ({ stepTherapy }) => stepTherapy && stepTherapy.confidence !== "D",
  );
  const read = states.filter(
    ({ stepTherapy }) => stepTherapy!.confidence === "A" || stepTherapy!.confidence === "B",
  );
  return section("state-laws", "Where state step-therapy laws reach", [
    {
      kind: "paragraph",
      text: [
        "Many states let a doctor override a drug step. These laws bind insurance that the state regulates. They do not bind a self-funded job plan, Medicare or the federal employee program.",
      ],
    },
    {
      kind: "details",
      summary: "States whose law we read, in full or in part",
      blocks: [
        {
          kind: "list",
          style: "bullets",
          items: read.map((state) => [
            { href: `/guides/state/${state.code.toLowerCase()}`, words: state.name },
            cite.state(state, "stepTherapy", "step-therapy law"),
          ]),
        },
      ],
    },
  ]);
}

export function checklist({ treatment, notes }: Subject, policies: PolicyOnPage[], cite: Citer): Section {
  const own = cite.treatment(treatment!, "what the record should show");
  const shown = (treatment!.evidence ?? []).map((item): Text => [capital(item), own]);
  const papers = (notes?.documents ?? []).map((item): Text => [capital(item)]);
  const always: Text[] = [
    ["The denial letter, every page"],
    [
      policies.length > 0
        ? "The policy the letter names, with its number and date"
        : "The policy or rule the plan used (ask for it)",
    ],
    ["A table: the policy’s line, your proof, the page"],
  ];
  const after: Text[] = [
    ["A letter from your doctor that answers each line"],
    [
      "A request for your claim file: all papers used, reviewer notes, and the names of experts asked. It is free.",
      cite.rule("29-cfr-2560.503-1#h-2-iii", "claim file"),
    ],
    ["Proof that you sent it, and when"],
  ];
  return section("checklist", "Your appeal checklist", [
    { kind: "list", style: "boxes", items: [...always, ...shown, ...papers, ...after] },
  ]);
}

export function nextSteps(cite: Citer): Section {
  return section("next", "Next steps", [
    {
      kind: "list",
      style: "numbers",
      items: [
        ["This week: ask the plan for the policy and the file. Ask the clinic for the sheet above."],
        ["Well before the last day: send everything once, and keep proof."],
        [
          "Mark the day the answer is due. If a job or individual plan is late, you can often go on at once.",
          cite.rule("45-cfr-147.136#b-2-ii-F", "late plans"),
        ],
        [
          "If the answer is no: ask for outside review. It covers disputes of medical judgment.",
          cite.rule("45-cfr-147.136#d-2-i", "outside review"),
        ],
      ],
    },
    {
      kind: "paragraph",
      text: [
        { href: "/tools/claim-file-request", words: "Write the request for the claim file" },
        " · ",
        { href: "/tools/policy-request", words: "Write the request for the policy" },
      ],
    },
  ]);
}

export function unknowns({ treatment, payer }: Subject, policies: PolicyOnPage[]): Section {
  const partly = policies.filter(({ policy }) => policy.completeness !== "whole");
  const items = [
    ...(policies.every(({ of }) => of !== "payer") && payer
      ? [`What ${payer.names[0]} asks today for ${treatment!.name}. We have not read its policy.`]
      : []),
    ...partly.map(
      ({ policy }) =>
        `The rest of “${policy.title}”: we read ${policy.completeness === "recall" ? "about it only" : "part of it"}.`,
    ),
    "Whether any text above has changed since we looked. Ask for the version in force on the day of your denial.",
  ];
  return section("unknown", "What we do not know", [bullets(items)]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
