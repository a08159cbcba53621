/** The sections of a guide about a denial, each answering one question of the reader, in the reader's order. */
import type { GuideFix, Treatment } from "#knowledge";
import type { Library, Subject } from "./compose.ts";
import { criteriaBlocks, leafWords, linesAbout, type PolicyOnPage } from "./criteria-table.ts";
import { fullName, payerName } from "./names.ts";
import type { Citer } from "./sources.ts";
import type { Block, Section, Text } from "./types.ts";
import type { SectionWords } from "./words/words.ts";

export function section(id: string, heading: string, blocks: Block[]): Section {
  return { id, heading, blocks };
}

export function bullets(items: readonly string[]): Block {
  return { kind: "list", style: "bullets", items: items.map((item) => [item]) };
}

export function isFamily(subject: Pick<Subject, "payer">, library: Library): boolean {
  return subject.payer?.id === library.words.names.family.id;
}

/** The policies of this payer itself, or of the family's members on the page of the family. */
export function ownPolicies(policies: readonly PolicyOnPage[]): PolicyOnPage[] {
  const own = policies.filter(({ of }) => of === "payer");
  return own.length > 0 ? own : policies.filter(({ of }) => of === "family");
}

export function short(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { treatment, reason, twists } = subject;
  const { say, words, language } = library;
  const twist = twists.find((one) => one.means);
  const rests = twists.flatMap(({ cites }) =>
    cites.map((id) => cite.policy(library.policies.policies.find((policy) => policy.id === id)!, "criteria")),
  );
  const means = twist?.means ?? reason!.meansFor?.[treatment!.kind] ?? reason!.means;
  const plain = words.names.plain[treatment!.id]?.[language];
  const warnings = twists.flatMap(({ warning }): Block[] =>
    warning ? [{ kind: "note", tone: "due", text: [warning, ...rests] }] : [],
  );
  const branches = twists.flatMap((one) => one.branches);
  return section("short", say.shortHeading, [
    ...warnings,
    {
      kind: "paragraph",
      text: [say.thisGuide, { strong: fullName(treatment!, library) }, plain ? `. ${plain}` : "."],
    },
    { kind: "paragraph", text: [means, ...(twist ? rests : [])] },
    ...whose(subject, policies, library, cite),
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

/** Lines that the short version names; the table has them all. */
const mostNamed = 4;

/** What we read of this payer, and which of its lines are about the ground. */
function whose(subject: Subject, policies: readonly PolicyOnPage[], library: Library, cite: Citer): Block[] {
  const { say, language } = library;
  const { payer, reason } = subject;
  const paragraph = (...text: Text): Block => ({ kind: "paragraph", text });
  if (!payer) return [paragraph(policies.length > 0 ? say.ownDecidesRead : say.ownDecides)];
  const family = isFamily(subject, library);
  const own = policies.filter(({ of }) => of === (family ? "family" : "payer"));
  if (own.length === 0) return [paragraph(family ? say.ownDecides : say.notRead(payerName(payer, library)))];
  const markers = own.map(({ policy }) => cite.policy(policy, "criteria"));
  const whole = own.every(({ policy }) => policy.completeness === "whole");
  const name = payerName(payer, library);
  const read = family ? say.weReadFamily : whole ? say.weRead(name) : say.weReadPart(name);
  if (family) return [paragraph(read, ...markers)];
  const lines = own.flatMap(({ policy }) =>
    linesAbout(policy, reason!.lines).map((leaf): Text => {
      const words = leafWords(leaf, say);
      return [language === "en" ? words : { english: words }, cite.policy(policy, "criteria")];
    }),
  );
  if (lines.length === 0) return [paragraph(read, ...markers)];
  return [
    paragraph(read, ...markers),
    paragraph(say.linesLead),
    { kind: "list", style: "bullets", items: lines.slice(0, mostNamed) },
  ];
}

/** Those of the rows that fit this kind of care. */
export function fitsKind<Row extends { for?: "drug" | "other" }>(
  rows: readonly Row[],
  kind: Treatment["kind"],
): Row[] {
  return rows.filter((row) => !row.for || (row.for === "drug") === (kind === "drug"));
}

/** Fewer rows than this look as if nothing could be mended; rows that fit any ground then join. */
const fewestFixes = 3;

export function reallyAnAppeal(own: readonly GuideFix[], say: SectionWords): Section {
  const [before, bold, after] = say.fixLead;
  const any = say.fixAny.filter(({ maybe }) => own.every((fix) => fix.maybe !== maybe));
  const fixes = [...own, ...any.slice(0, Math.max(0, fewestFixes - own.length))];
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
  const none = say.criteriaNone(
    fullName(treatment!, library),
    payer ? payerName(payer, library) : say.thePlan,
  );
  return section("criteria", say.criteriaHeading, [
    { kind: "paragraph", text: [policies.length > 0 ? lead : none] },
    ...criteriaBlocks(policies, library, cite, subject.reason?.lines),
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
