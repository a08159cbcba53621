/** The sections of a guide that say what to do: the sheet, the letter, the papers, the steps, and what we do not know. */
import type { GuideReason, PaperHolder } from "#knowledge";
import type { Library, Subject } from "./compose.ts";
import { leafWords, leavesOf, linesAbout, type PolicyOnPage } from "./criteria-table.ts";
import { capital, fullName, payerName } from "./names.ts";
import { fitsKind, isFamily, ownPolicies, section } from "./sections.ts";
import { plainWords } from "./short-words.ts";
import type { Citer } from "./sources.ts";
import type { Block, Section, Text } from "./types.ts";
import type { SectionWords } from "./words/words.ts";

/** Lines of a policy that become rows of the sheet; a longer sheet is no longer filled in. */
const mostRows = 12;

/**
 * The grid that turns a vague wish for proof into cells somebody can fill. Its rows are the treatment's own where it has
 * some, else the lines of this payer's policy that the ground is about, else those of the ground.
 */
export function sheet(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { say } = library;
  const reason = subject.reason!;
  const own = subject.twists.find((twist) => twist.sheet)?.sheet;
  const lines = own ? [] : sheetLines(subject, policies, library, cite);
  return sheetOf(own ?? reason.sheet, lines, say);
}

/** The sheet of a ground for any care. */
export function groundSheet(reason: GuideReason, say: SectionWords): Section {
  return sheetOf(reason.sheet, [], say);
}

function sheetOf(
  { caption, columns, rows }: GuideReason["sheet"],
  lines: Text[],
  say: SectionWords,
): Section {
  const heads = lines.length > 0 ? lines : rows.map((row): Text => [row]);
  return section("sheet", say.sheetHeading, [
    { kind: "paragraph", text: [say.sheetLead] },
    {
      kind: "table",
      caption,
      head: columns,
      rows: heads.map((head) => [head, ...columns.slice(1).map((): Text => [])]),
    },
  ]);
}

/** For medical necessity every line counts; for other grounds those that it names. */
function sheetLines(
  subject: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Text[] {
  const { id, lines } = subject.reason!;
  const first = ownPolicies(policies)[0];
  if (!first || isFamily(subject, library)) return [];
  const leaves =
    id === "medical-necessity" ? leavesOf(first.policy.criteria) : linesAbout(first.policy, lines);
  const marker = cite.policy(first.policy, "criteria");
  const words = (text: string) => (library.language === "en" ? text : { english: text });
  return leaves
    .slice(0, mostRows)
    .map(
      (leaf): Text => [leaf.negated ? library.say.mustNot : "", words(leafWords(leaf, library.say)), marker],
    );
}

/** The order in which a letter for this ground argues. */
export function argument({ argue }: GuideReason, say: SectionWords): Section {
  return section("letter", say.argueHeading, [
    { kind: "paragraph", text: [say.argueLead] },
    { kind: "list", style: "numbers", items: argue.map((line): Text => [line]) },
  ]);
}

/** Papers to gather by who has them, each with its reason. The clinician's short words stay English and are marked so. */
export function checklist(
  { treatment, reason }: Subject,
  policies: readonly PolicyOnPage[],
  library: Library,
  cite: Citer,
): Section {
  const { say, language } = library;
  const boxes = (items: Text[]): Block => ({ kind: "list", style: "boxes", items });
  const head = (words: string): Block => ({ kind: "paragraph", text: [{ strong: words }] });
  const with_ = (paper: string, why: string): Text => [{ strong: paper }, ` – ${why}`];
  const papers = (from: PaperHolder) =>
    fitsKind(reason!.papers, treatment!.kind)
      .filter((one) => one.from === from)
      .map(({ paper, why }) => with_(paper, why));
  const group = (words: string, items: Text[]): Block[] =>
    items.length > 0 ? [head(words), boxes(items)] : [];
  const shown = (treatment!.evidence ?? []).map((item): Text => {
    const words = capital(plainWords(item));
    return [
      language === "en" ? words : { english: words },
      cite.treatment(treatment!, "what the record should show"),
    ];
  });
  const file: Text = [
    ...with_(say.claimFile, say.claimFileWhy),
    cite.rule("29-cfr-2560.503-1#h-2-iii", "claim file"),
  ];
  return section("checklist", say.checklistHeading, [
    { kind: "paragraph", text: [policies.length > 0 ? say.checklistLead : say.checklistNoPolicy] },
    ...group(say.fromYou, [with_(say.denialPages, say.denialWhy), ...papers("you")]),
    ...group(say.fromPlan, [...papers("plan"), file]),
    ...group(say.fromClinic, [...papers("clinic"), with_(say.doctorLetter, say.doctorWhy)]),
    ...group(say.fromPharmacy, papers("pharmacy")),
    ...group(say.recordShows, shown),
    ...group(say.withAppeal, [with_(say.proofTable, say.proofWhy), with_(say.proofSent, say.proofSentWhy)]),
  ]);
}

/** Four steps in order; where the ground is no matter of medical judgment, whom to ask instead of outside reviewers. */
export function nextSteps({ outside }: GuideReason, { say }: Library, cite: Citer): Section {
  const review = cite.rule("45-cfr-147.136#d-2-i", "outside review");
  const after = { medical: say.nextReview, contract: say.nextContract, paper: say.nextPaper }[outside];
  const items: Text[] = [
    [say.nextNow],
    [say.nextSend],
    [say.nextLate, cite.rule("45-cfr-147.136#b-2-ii-F", "late plans")],
    [after, review],
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
      : [say.unknownPayer(payerName(payer, library), fullName(treatment!, library))];
  const partly = policies
    .filter(({ policy }) => policy.completeness !== "whole")
    .map(({ policy }): Text => {
      const rest = policy.completeness === "recall" ? say.unknownRecall : say.unknownPart;
      return [rest(policy.title), cite.policy(policy, "criteria")];
    });
  const items: Text[] = [...own.map((text) => [text]), ...partly, [say.unknownChange], [say.unknownNoDoctor]];
  return section("unknown", say.unknownHeading, [{ kind: "list", style: "bullets", items }]);
}
