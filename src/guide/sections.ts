/** The sections of a guide about a denial, each answering one question of the reader, in the reader's order. */
import { longDate, plainDate } from "#base";
import type { GuideReason } from "#knowledge";
import { clockRows, example, sells, type Timing } from "./clocks.ts";
import type { Library, Subject } from "./compose.ts";
import { criteriaBlocks, type PolicyOnPage } from "./criteria-table.ts";
import { pathOf } from "./guide-keys.ts";
import { payerName } from "./names.ts";
import { plainWords } from "./short-words.ts";
import type { Citer } from "./sources.ts";
import type { Block, Section, Text } from "./types.ts";
import type { SectionWords } from "./words/words.ts";

export function section(id: string, heading: string, blocks: Block[]): Section {
  return { id, heading, blocks };
}

export function bullets(items: readonly string[]): Block {
  return { kind: "list", style: "bullets", items: items.map((item) => [item]) };
}

function isFamily(subject: Pick<Subject, "payer">, library: Library): boolean {
  return subject.payer?.id === library.words.names.family.id;
}

export function short(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { treatment, reason, twists } = subject;
  const { say } = library;
  const twist = twists.find((one) => one.means);
  const rests = twists.flatMap(({ cites }) =>
    cites.map((id) => cite.policy(library.policies.policies.find((policy) => policy.id === id)!, "criteria")),
  );
  const means = twist?.means ?? reason!.meansFor?.[treatment!.kind] ?? reason!.means;
  const name = treatment!.name;
  const warnings = twists.flatMap(({ warning }): Block[] =>
    warning ? [{ kind: "note", tone: "due", text: [warning, ...rests] }] : [],
  );
  const branches = twists.flatMap((one) => one.branches);
  return section("short", say.shortHeading, [
    ...warnings,
    { kind: "paragraph", text: [say.thisGuide, { strong: name }, "."] },
    { kind: "paragraph", text: [means, ...(twist ? rests : [])] },
    { kind: "paragraph", text: whose(subject, policies, library, cite) },
    ...(branches.length > 0
      ? [
          { kind: "paragraph", text: [{ strong: say.which }] } as Block,
          {
            kind: "list",
            style: "bullets",
            items: branches.map(({ when, then }): Text => [{ strong: `${when}. ` }, then]),
          } as Block,
        ]
      : []),
    { kind: "paragraph", text: [{ strong: say.today }] },
    {
      kind: "list",
      style: "numbers",
      items: [[say.writeDown], [twist?.first ?? reason!.first], [say.askDoctor]],
    },
    { kind: "note", tone: "urgent", text: [say.emergency] },
  ]);
}

function whose(subject: Subject, policies: readonly PolicyOnPage[], library: Library, cite: Citer): Text {
  const { say } = library;
  const { payer } = subject;
  if (!payer) return [say.ownDecides];
  const family = isFamily(subject, library);
  const own = policies.filter(({ of }) => of === (family ? "family" : "payer"));
  if (own.length === 0) return [family ? say.ownDecides : say.notRead(payerName(payer, library))];
  const markers = own.map(({ policy }) => cite.policy(policy, "criteria"));
  return [family ? say.weReadFamily : say.weRead(payerName(payer, library)), ...markers];
}

/** Grounds that are about a bill for care already given. */
const aboutBills = new Set([
  "coding",
  "duplicate",
  "timely-filing",
  "coordination-of-benefits",
  "eligibility",
]);

function timingOf(treatment: Subject["treatment"], reason: Subject["reason"]): Timing {
  if (aboutBills.has(reason?.id ?? "")) return "post-service";
  const given = treatment?.kind === "drug" && treatment.codes?.hcpcs?.some((code) => /^[JQ]/.test(code));
  return given ? "part-b-drug" : "pre-service";
}

/** What the table of days depends on: whose plans, which clocks, and the row that explains a shared name. */
export function daysName({ payer, treatment, reason }: Subject, library: Library): string {
  const sold = library.words.plans.filter((plan) => sells(payer, plan, treatment)).map(({ id }) => id);
  return `days ${timingOf(treatment, reason)} ${payer?.blueLicensee ? payer.id : ""} ${sold.join(" ")}`;
}

export function planAndDay(subject: Subject, library: Library, cite: Citer): Section {
  const { payer, treatment, reason } = subject;
  const { say } = library;
  const { law } = library.knowledge;
  const timing = timingOf(treatment, reason);
  const sold = library.words.plans.filter((plan) => sells(payer, plan, treatment));
  const rows = clockRows(sold, law, cite, say, timing);
  const [dated, received] = [example.dated, example.received].map((day) =>
    say.date(day, longDate(plainDate(day))),
  );
  return section("days", say.daysHeading, [
    ...(payer?.blueLicensee ? blueBlocks(subject, library, cite) : []),
    { kind: "paragraph", text: [say.exampleIs(dated!, received!)] },
    { kind: "table", caption: say.daysCaption, head: say.daysHead, rows: rows.map(({ cells }) => cells) },
    bullets(say.daysNotes),
    {
      kind: "paragraph",
      text: [
        { href: "/tools/deadline", words: say.ownDates },
        `${say.ownDatesAfter} `,
        { href: pathOf({ kind: "how-to", howTo: "insured-or-self-funded" }, library), words: say.howToTell },
        ".",
      ],
    },
  ]);
}

/** A name that many companies share is explained; its own page lists them by state. */
function blueBlocks(subject: Pick<Subject, "payer">, library: Library, cite: Citer): Block[] {
  const { say, words, payers } = library;
  const marker = cite.payer(subject.payer!, "company names");
  const lead: Block = { kind: "paragraph", text: [say.blueName, marker] };
  if (!isFamily(subject, library)) return [lead];
  const rows = Object.entries(words.names.blues).flatMap(([code, ids]): Text[][] => {
    const state = library.knowledge.law.states.find((one) => one.code === code);
    const members = ids.flatMap((id) => payers.get(id) ?? []);
    return [
      [
        [state?.name ?? code],
        members.flatMap(
          (one, at): Text => [
            at > 0 ? "; " : "",
            { href: pathOf({ kind: "payer", payer: one.id }, library), words: payerName(one, library) },
          ],
        ),
        [members.map((one) => siteOf(one.policies)).join("; "), marker],
      ],
    ];
  });
  const table: Block = { kind: "table", caption: say.blueList, head: say.blueHead, rows };
  return [
    lead,
    {
      kind: "details",
      summary: say.blueList,
      blocks: [{ kind: "paragraph", text: [say.blueStates] }, table],
    },
  ];
}

/** "medicalpolicy.hcsc.com (RX…)" → "medicalpolicy.hcsc.com": the address alone. */
function siteOf(policies: string): string {
  return /[a-z0-9.-]+\.(?:com|org|net|gov|edu)(?:\/[\w./-]*)?/i.exec(policies)?.[0] ?? policies;
}

export function reallyAnAppeal(fixes: GuideReason["fixes"], say: SectionWords): Section {
  const [before, bold, after] = say.fixLead;
  return section("fix", say.fixHeading, [
    { kind: "paragraph", text: [before!, { strong: bold! }, after!] },
    {
      kind: "table",
      caption: say.fixCaption,
      head: say.fixHead,
      rows: fixes.map((fix) => [[fix.says], [fix.maybe], [fix.do]]),
    },
  ]);
}

export function criteria(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { say } = library;
  const { treatment, payer } = subject;
  const own = policies.some(({ of }) => of === "payer");
  const family = isFamily(subject, library) && policies.some(({ of }) => of === "family");
  const lead = own ? say.criteriaOwn : family ? say.criteriaFamily : say.criteriaOther;
  const none = say.criteriaNone(treatment!.name, payer ? payerName(payer, library) : say.thePlan);
  return section("criteria", say.criteriaHeading, [
    { kind: "paragraph", text: [policies.length > 0 ? lead : none] },
    ...criteriaBlocks(policies, library, cite),
  ]);
}

/** The grid that turns a vague wish for proof into cells somebody can fill. */
export function sheet({ sheet: { caption, columns, rows } }: GuideReason, say: SectionWords): Section {
  return section("sheet", say.sheetHeading, [
    { kind: "paragraph", text: [say.sheetLead] },
    {
      kind: "table",
      caption,
      head: columns,
      rows: rows.map((row) => [[row], ...columns.slice(1).map((): Text => [])]),
    },
  ]);
}

/** Which state laws override a drug step; for other care under that ground, that they do not. */
export function stepLaws({ treatment, reason }: Subject, library: Library, cite: Citer): Section | null {
  if (reason?.reach !== "drugs") return null;
  const { say } = library;
  if (treatment?.kind !== "drug")
    return section("state-laws", say.stepHeading, [{ kind: "paragraph", text: [say.stepDevice] }]);
  const read = library.knowledge.law.states.filter(
    ({ stepTherapy }) => stepTherapy && "AB".includes(stepTherapy.confidence),
  );
  const items = read.map(
    (state): Text => [
      { href: `/guides/state/${state.code.toLowerCase()}`, words: state.name },
      cite.state(state, "stepTherapy", "step-therapy law"),
    ],
  );
  return section("state-laws", say.stepHeading, [
    { kind: "paragraph", text: [say.stepLead] },
    { kind: "details", summary: say.stepStates, blocks: [{ kind: "list", style: "bullets", items }] },
  ]);
}

/** Papers to gather. The clinician's short words stay English; on a Spanish page they are marked so. */
export function checklist(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { say, language } = library;
  const { treatment, notes } = subject;
  const words = (item: string): Text[number] => {
    const said = capital(plainWords(item));
    return language === "en" ? said : { english: said };
  };
  const shown = (treatment!.evidence ?? []).map(
    (item): Text => [words(item), cite.treatment(treatment!, "what the record should show")],
  );
  const papers = (notes?.documents ?? []).map(
    (item): Text => [words(item), ...(/\d/.test(item) ? [cite.reason(notes!, "papers")] : [])],
  );
  const items: Text[] = [
    [say.always[0]!],
    [policies.length > 0 ? say.policyNamed : say.policyAsk],
    [say.always[1]!],
    ...shown,
    ...papers,
    [say.lettersAndProof],
    [say.claimFile, cite.rule("29-cfr-2560.503-1#h-2-iii", "claim file")],
    [say.proofSent],
  ];
  return section("checklist", say.checklistHeading, [{ kind: "list", style: "boxes", items }]);
}

export function nextSteps({ say }: Library, cite: Citer): Section {
  const items: Text[] = [
    [say.nextNow],
    [say.nextSend],
    [say.nextLate, cite.rule("45-cfr-147.136#b-2-ii-F", "late plans")],
    [say.nextReview, cite.rule("45-cfr-147.136#d-2-i", "outside review")],
  ];
  return section("next", say.nextHeading, [
    { kind: "list", style: "numbers", items },
    {
      kind: "paragraph",
      text: [
        { href: "/tools/claim-file-request", words: say.writeClaimFile },
        " · ",
        { href: "/tools/policy-request", words: say.writePolicy },
      ],
    },
  ]);
}

export function unknowns(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { treatment, payer } = subject;
  const { say } = library;
  const unread = payer && policies.every(({ of }) => of !== "payer");
  const own = !unread
    ? []
    : isFamily(subject, library)
      ? [say.unknownFamily]
      : [say.unknownPayer(payerName(payer, library), treatment!.name)];
  const partly = policies
    .filter(({ policy }) => policy.completeness !== "whole")
    .map(({ policy }): Text => {
      const rest = policy.completeness === "recall" ? say.unknownRecall : say.unknownPart;
      return [rest(policy.title), cite.policy(policy, "criteria")];
    });
  const items: Text[] = [...own.map((text) => [text]), ...partly, [say.unknownChange], [say.unknownNoDoctor]];
  return section("unknown", say.unknownHeading, [{ kind: "list", style: "bullets", items }]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
