import { overlaps, type PlainDate, parseDate, type Reading, type Span } from "#base";
import type { PaperKind, SortedPaper } from "#intake";
import { type SourceDocument, spanAt } from "#source";
import type { LetterInput } from "./input.ts";
import type { Slot } from "./passages.ts";
import { isPlanRules } from "./plan-rules.ts";
import { shortDate, spelledDates } from "./spelled-dates.ts";

/** A paper as the letter cites it. Pages are those of the file; pages of other people are never among them. */
export type ExhibitRef = {
  label: string;
  document: string;
  kind: PaperKind;
  recordKind?: string;
  title: Slot;
  /** Where one file holds several papers: what each is called and dated, from its first page on. */
  papers?: PaperRef[];
  date: Reading<string> | null;
  pages: number[];
};

/** One paper of a file that holds several. */
export type PaperRef = { page: number; title: Slot; date: Reading<string> | null };

/** The paper of an exhibit that a page belongs to. */
export const paperAt = (exhibit: ExhibitRef, page: number): Pick<PaperRef, "title" | "date"> =>
  exhibit.papers?.findLast((paper) => paper.page <= page) ?? exhibit;

/** Kinds that never become exhibits: they prove nothing and may hold what is nobody's business. */
const leftOut = new Set<PaperKind>(["noise", "insurance-card"]);
const order: PaperKind[] = ["denial", "policy", "plan-document", "approval", "record", "support-letter"];

/** "A", "B", … "Z", "AA", … for the n-th exhibit, from 0. */
export function exhibitLabel(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : exhibitLabel(Math.floor(index / 26) - 1) + letter;
}

/**
 * Labels the papers: notice, policy, plan papers, approvals, then records, those that findings rest on first. A run
 * of pages of one file with one kind is one exhibit, so a combined scan becomes several.
 */
export function labelExhibits(input: LetterInput): ExhibitRef[] {
  const foreign = new Set(input.sorted.foreign.map((page) => `${page.document}\n${page.page}`));
  const rank = citedRank(input);
  const groups = new Map<string, SortedPaper[]>();
  for (const sorted of input.sorted.papers) {
    const paper = isPlanRules(sorted, input)
      ? { ...sorted, kind: "policy" as const }
      : isProof(sorted, input)
        ? { ...sorted, kind: "record" as const }
        : sorted;
    if (leftOut.has(paper.kind)) continue;
    const key = `${paper.document}\n${paper.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), paper]);
  }
  const sources = new Map(input.documents.map((source) => [source.document, source]));
  const refs = [...groups.values()].map((papers) => refOf(papers, foreign, sources.get(papers[0]!.document)));
  return refs
    .filter((ref) => ref.pages.length > 0)
    .map((ref, index) => ({ ref, index, cited: rank.get(ref.document) ?? Number.MAX_SAFE_INTEGER }))
    .sort(
      (a, b) =>
        order.indexOf(a.ref.kind) - order.indexOf(b.ref.kind) || a.cited - b.cited || a.index - b.index,
    )
    .map(({ ref }, index) => ({
      ...ref,
      title: decisionTitle(ref, input) ?? ref.title,
      label: exhibitLabel(index),
    }));
}

/** What the notice in hand is called: after an appeal it is a decision on it, and an earlier notice keeps its name. */
function decisionTitle({ kind, document }: ExhibitRef, { denial }: LetterInput): Slot | null {
  const stage = denial?.stage?.value ?? "initial";
  const inHand = [denial?.noticeDate, denial?.memberId].some((read) =>
    read?.from.some((span) => span.document === document),
  );
  if (kind !== "denial" || stage === "initial" || !inHand) return null;
  return {
    text: stage === "external-review" ? "Decision of the review" : "Decision on the appeal",
    rests: [{ form: true }],
  };
}

/** Receipts and answers that show what was sent, paid or said, whatever they look like. */
const proof =
  /\b(fax|transmission|confirmation|receipt|clearinghouse|277CA|postmark(ed)?|certified mail|tracking|premium|enrol+ment|reinstat\w+|call log|reference (no|number)?)\b/i;

/** A paper of no known kind that proves something of this case: it names the patient or a number of the notice. */
function isProof({ kind, document, pages }: SortedPaper, input: LetterInput): boolean {
  if (kind !== "noise") return false;
  const text = (input.documents.find((source) => source.document === document)?.pages ?? [])
    .filter(({ page }) => page >= pages.from && page <= pages.to)
    .map((page) => page.text.toLowerCase())
    .join("\n");
  const { denial, sorted } = input;
  const family = (denial?.memberName ?? sorted.patient.name)?.value
    .trim()
    .split(/[\s,]+/)
    .at(-1);
  const named = [family, denial?.memberId?.value, ...(denial?.references ?? []).map(({ value }) => value)];
  return (
    proof.test(text) &&
    named.some((name) => name !== undefined && name.length > 3 && text.includes(name.toLowerCase()))
  );
}

/** The order in which findings first rest on each document. */
function citedRank(input: LetterInput): Map<string, number> {
  const rank = new Map<string, number>();
  for (const finding of input.findings?.findings ?? [])
    for (const evidence of [...finding.for, ...finding.against])
      for (const span of evidence.from) if (!rank.has(span.document)) rank.set(span.document, rank.size);
  return rank;
}

function refOf(papers: SortedPaper[], foreign: Set<string>, source?: SourceDocument): ExhibitRef {
  const first = papers[0]!;
  const pages = papers
    .flatMap((paper) => range(paper.pages.from, paper.pages.to))
    .filter((page, index, all) => all.indexOf(page) === index && !foreign.has(`${first.document}\n${page}`))
    .sort((a, b) => a - b);
  const own = (value: Reading<string> | null) =>
    value?.from.every((span) => span.document === first.document && pages.includes(span.page)) ?? false;
  const titled = papers.find((paper) => own(paper.title));
  const letterhead = (page: number | undefined) => (source ? letterheadOf(source, page) : null);
  const each = papers
    .filter((paper) => pages.includes(paper.pages.from))
    .map((paper) => ({
      page: paper.pages.from,
      title: titleOf(paper, own(paper.title) ? paper : undefined, letterhead(paper.pages.from), source),
      date: own(paper.date) ? paper.date : null,
    }))
    .sort((a, b) => a.page - b.page);
  const dated = papers
    .filter((paper) => own(paper.date))
    .sort((a, b) => (a.date!.value < b.date!.value ? 1 : -1))[0];
  return {
    label: "",
    document: first.document,
    kind: first.kind,
    ...(first.recordKind ? { recordKind: first.recordKind } : {}),
    title: titleOf(first, titled, letterhead(pages[0]), source),
    ...(each.length > 1 ? { papers: each } : {}),
    date: dated?.date ?? null,
    pages,
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const kindNames: Record<PaperKind, string> = {
  denial: "Notice of denial",
  policy: "Coverage policy",
  record: "Medical record",
  "plan-document": "Plan document",
  "insurance-card": "Insurance card",
  "support-letter": "Supporting letter",
  approval: "Earlier approval",
  noise: "Other paper",
};

/** A heading of a section, which names no paper. */
const bareHeading =
  /^(?:\d+\.\s*)?(pharmacy|laborator(y|ies)|labs?|assessment|plan|history|medications?|subjective|objective|results?|findings|summary|impression|vitals?|allergies|policy( number)?|coverage( criteria)?)$/i;

/** The paper's own title where it has one, else its letterhead, else its kind in plain words. */
function titleOf(
  paper: SortedPaper,
  titled: SortedPaper | undefined,
  letterhead: Span | null,
  source: SourceDocument | undefined,
): Slot {
  const said = titled?.title?.value.trim() ?? "";
  // A line that says whose page it is names no paper.
  const own = said && !bareHeading.test(said) && !/\b(DOB|MRN)\b/.test(said) ? titled!.title! : null;
  if (own && paper.kind !== "denial") return saidBy(own.value, own.from);
  if (paper.kind === "record" && letterhead) return saidBy(letterhead.quote, [letterhead]);
  // Without a heading the kind is a guess from words all over the page; a list of fills is none.
  const sure = titled !== undefined || /^(?:pharmacy|laboratory|imaging)/.test(paper.recordKind ?? "");
  const kind = sure ? paper.recordKind?.replaceAll("-", " ") : undefined;
  const name =
    paper.kind === "record" && kind
      ? `${kind[0]!.toUpperCase()}${kind.slice(1)}${/^(pharmacy|laboratory|imaging)$/.test(kind) ? " record" : ""}`
      : paper.kind === "record" && source
        ? bookkeepingName(paper, source)
        : kindNames[paper.kind];
  return { text: name, rests: [{ form: true }] };
}

const clinical =
  /\b(?:diagnos\w+|assessment|exam\w*|symptoms?|medications?|mg|history of|impression|vitals?|pain|blood)\b/i;

/** A paper of an office that says nothing of the patient's health is no medical record. */
function bookkeepingName({ pages }: SortedPaper, source: SourceDocument): string {
  const text = source.pages
    .filter(({ page }) => page >= pages.from && page <= pages.to)
    .map((page) => page.text)
    .join("\n");
  if (source.structured !== undefined || clinical.test(text)) return kindNames.record;
  if (/\b(?:premiums?|enrol+ment|eligib\w+|coverage (?:began|ended|active|effective))\b/i.test(text))
    return "Coverage record";
  return /\b(?:claims?|clearinghouse|277|billed|billing)\b/i.test(text) ? "Billing record" : kindNames.record;
}

const saidBy = (text: string, from: Span[]): Slot => ({
  text: text.replace(/\s+/g, " ").trim(),
  rests: from.map((span) => ({ evidence: span })),
});

/** The first line of a paper without a heading, where it reads like the name of a clinic or of a form. */
function letterheadOf(source: SourceDocument, number: number | undefined): Span | null {
  const page = source.pages.find((one) => one.page === number);
  const line = page && /\S[^\n\t·|]*/.exec(page.text);
  const words = line?.[0].trim() ?? "";
  if (
    !page ||
    !line ||
    source.structured !== undefined ||
    !/^(?:[A-Z][\w&'’.-]*|of|and|the|for|at)(?: (?:[A-Z][\w&'’.,-]*|of|and|the|for|at|&|-|–))+(?:(?<= [-–]) [A-Z0-9]\w*(?: [a-z]+){1,4})?$/.test(
      words,
    )
  )
    return null;
  return words.length <= 60 ? spanAt(source.document, page, line.index, line.index + words.length) : null;
}

/** Finds exhibits and dates for spans. */
export function citer(exhibits: ExhibitRef[], documents: SourceDocument[]) {
  const sources = new Map(documents.map((source) => [source.document, source]));
  const exhibitOf = (at: { document: string; page: number }): ExhibitRef | null =>
    exhibits.find((entry) => entry.document === at.document && entry.pages.includes(at.page)) ?? null;
  return {
    exhibits,
    sources,
    exhibitOf,
    /** "Exhibit D, p. 4", linked; `null` for pages that are in no exhibit. */
    place(span: Span): Slot | null {
      const exhibit = exhibitOf(span);
      if (!exhibit) return null;
      const words = `Exhibit ${exhibit.label}, p. ${span.page}`;
      return { text: words, rests: [], cites: [{ words, at: span }] };
    },
    /** "10/09/2026" with the words on the page that say so; `null` where the page does not. */
    day(date: string | null | undefined, near: Span): Slot | null {
      const day = date ? parseDate(date.slice(0, 10)) : null;
      const source = day ? sources.get(near.document) : undefined;
      if (!day || !source) return null;
      const span = spellingOf(source, day, near);
      return span ? { text: shortDate(day), rests: [{ evidence: span }] } : null;
    },
    /** The date that the paper itself carries. */
    paperDay({ date }: Pick<ExhibitRef, "date">): Slot | null {
      const day = date ? parseDate(date.value) : null;
      if (!date || !day || !date.from.some((span) => dated(span, day))) return null;
      return { text: shortDate(day), rests: date.from.map((span) => ({ evidence: span })) };
    },
  };
}
export type Citer = ReturnType<typeof citer>;

const dated = (span: Span, day: PlainDate) => spelledDates(span.quote).some((found) => found.date === day);

/** Where a document spells a date, nearest above the given place, then on its page, then on earlier pages. */
function spellingOf(source: SourceDocument, day: PlainDate, near: Span): Span | null {
  const pages = source.pages.filter((page) => page.page <= near.page).sort((a, b) => b.page - a.page);
  for (const page of pages) {
    const found = spelledDates(page.text).filter((entry) => entry.date === day);
    const above = found.filter((entry) => page.page < near.page || entry.start < near.end).at(-1);
    const best = above ?? found[0];
    if (best) return spanAt(source.document, page, best.start, best.end);
  }
  return null;
}

/** True when two lists of spans share a place. */
export function meet(a: Span[], b: Span[]): boolean {
  return a.some((one) => b.some((other) => overlaps(one, other)));
}
