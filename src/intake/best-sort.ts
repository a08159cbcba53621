import type { PaperSort } from "#knowledge";
import type { Page } from "#source";
import { laysDownCoverage } from "./rules-of-coverage.ts";
import type { Heading } from "./sort-papers.ts";

/** A sort with its words ready to be matched. */
export type Sort = PaperSort & {
  found: RegExp;
  marks: RegExp[];
  decision: RegExp | null;
  further: RegExp | null;
};

export function sortsOf(sorts: readonly PaperSort[]): Sort[] {
  const compiled = (source: string | null): RegExp | null =>
    source === null ? null : new RegExp(source, "i");
  return sorts.map((sort) => ({
    ...sort,
    found: new RegExp(sort.title, "i"),
    marks: sort.signs.map((sign) => new RegExp(sign, "i")),
    decision: compiled(sort.decides),
    further: compiled(sort.besides),
  }));
}

/** What the file name says it is. */
export function hintOf(document: string, sorts: readonly Sort[]): PaperSort["kind"] | null {
  const name = document.toLowerCase();
  for (const sort of sorts)
    if (
      sort.files.some((word) => new RegExp(`(?:^|[^a-z])${word}(?:[^a-z]|$)`).test(name.split("/").at(-1)!))
    )
      return sort.kind;
  return /(?:^|\/)records?\//.test(name) ? "record" : null;
}

/** The sort whose heading, signs and file name speak loudest. */
export function bestSort(
  pages: readonly Page[],
  heading: Heading | null,
  hint: PaperSort["kind"] | null,
  sorts: readonly Sort[],
): Sort | null {
  const text = pages
    .map((page) => page.text)
    .join("\n")
    .slice(0, 30_000);
  const decisions = decisionsIn(text, sorts);
  const elsewhere = isOtherInsurance(text, sorts);
  const scored = sorts
    .filter(({ id }) => id !== clinicalText)
    .map((sort) => {
      const signs = sort.marks.filter((mark) => mark.test(text)).length;
      const headed = heading?.sort.id === sort.id ? 6 : 0;
      const named = hint === sort.kind ? (sort.kind === "record" ? 1 : 3) : 0;
      const cards = sort.kind === "insurance-card" && text.length > 1500 ? -5 : 0;
      const short = sort.kind === "noise" && headed === 0 ? -1 : 0;
      const said = rival(sort, decisions) ? 0 : (decisions.get(sort) ?? 0);
      const strange = sort.kind === "denial" && elsewhere ? -9 : 0;
      const score = signs * weight(sort) + headed + named + cards + short + said + strange;
      return { sort, score, signs, headed };
    });
  const top = scored.sort((a, b) => b.score - a.score)[0];
  const known = top && (top.headed > 0 || top.signs >= 2 || top.score >= 4) ? top.sort : null;
  const weak = known === null || (known.kind === "record" && top!.headed === 0 && top!.score < 4);
  const ofChart = known === null || known.kind === "record" || known.kind === "noise";
  if (ofChart && hint !== "record" && laysDownCoverage(text))
    return sorts.find(({ kind }) => kind === "policy") ?? known;
  return weak && opensDispute(text) ? (sorts.find(({ kind }) => kind === "denial") ?? known) : known;
}

/**
 * A letter to one person with a number of a claim or a member that tells how long there is to dispute it: a refusal in words we do not know.
 * Letters that only confirm, ask, or come from the person's own side say so.
 */
function opensDispute(text: string): boolean {
  if (text.length > 15_000 || !writtenTo.test(text.slice(0, 2_500)) || otherLetter.test(text)) return false;
  return text.split(/(?<=[.!?:])\s+/).some((sentence, index, all) => {
    const near = `${all[index - 1] ?? ""} ${sentence} ${all[index + 1] ?? ""}`;
    return (
      timeTo.test(sentence) &&
      disputing.test(near) &&
      !/\b(?:records|form|premium|appointment)\b/i.test(sentence)
    );
  });
}

const timeTo =
  /\b(?:within|in|have) (?:\w+ )?\(?\d{2,3}\)? (?:calendar |business )?days\b|\b(?:by|no later than|until|before) (?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}\/\d{1,2}\/\d{4})/;
const disputing =
  /\b(?:appeals?|disputes?|object|reconsider\w*|grievances?|hearing|look (?:at it )?again|second look|once more|in writing|go further|take (?:it|this) further|question this|consider it|review (?:it|this|the decision))\b/i;
const otherLetter =
  /\b(?:my patient|on behalf of (?:my|our) patient|acknowledg\w+|we (?:have )?received your (?:appeal|grievance|complaint)|open enrollment|welcome to|(?:is|are|was|were|been) (?:now )?(?:approved|authorized)|good news|i am writing to appeal|we (?:overturned|reversed))\b/i;

/** A house or a car, and no word of care: the refusal of another insurer. */
function isOtherInsurance(text: string, sorts: readonly Sort[]): boolean {
  const marks = sorts.find(({ id }) => id === "other-insurance")?.marks ?? [];
  return marks.filter((mark) => mark.test(text)).length >= 2 && !ofCare.test(text);
}

const ofCare =
  /\b(?:health (?:plan|insurance|care)|medic(?:al|are|aid|ation)\w*|patient|doctor|physician|hospital|therapy|surgery|prescri\w+|diagnos\w+)\b/i;

/** Points for a letter that says its decision: most where it is written to somebody and says what such letters say further. */
function decided(sort: Sort, text: string): number {
  const says = sort.decision?.test(text) || (sort.kind === "denial" && paidNothing(text));
  if (!says) return 0;
  const besides = sort.further?.test(text) ?? false;
  const written = writtenTo.test(text);
  return besides && written ? 8 : besides || written ? 3 : 0;
}

/** Without the sentences that every letter prints about decisions to come: "may still be denied", "not a guarantee". */
const withoutGeneral = (text: string): string =>
  text
    .split(/(?<=[.!?])\s+/)
    .filter(
      (sentence) =>
        !/\b(?:(?:may|can|could|might) (?:still )?be denied|not a guarantee|subject to eligibility)\b/i.test(
          sentence,
        ),
    )
    .join(" \n");

/** What each sort's letters would say is decided, in points; a decision that was overturned is no refusal any more. */
function decisionsIn(whole: string, sorts: readonly Sort[]): Map<Sort, number> {
  const text = withoutGeneral(whole);
  const found = new Map<Sort, number>();
  for (const sort of sorts) {
    const points = decided(sort, text);
    if (points > 0) found.set(sort, points);
  }
  // Who writes "my patient … your denial" answers a denial.
  const answer = [...found].some(([sort, points]) => sort.kind === "support-letter" && points === 8);
  if (overturned.test(text) || answer)
    for (const sort of [...found.keys()]) if (sort.kind === "denial") found.delete(sort);
  return found;
}

const overturned =
  /\b(?:(?:have|has|we|been|was|is|are|now) (?:overturn(?:ed|ing)?|revers(?:ed|ing)|set aside)|decision is (?:fully )?(?:favorable|overturned)|overturn(?:ed|ing)? (?:our|that|the) (?:\w+ )?(?:denial|decision))\b/i;

/** A letter that approves part of what it refuses is a denial. */
const rival = (sort: Sort, decisions: ReadonlyMap<Sort, number>): boolean =>
  sort.kind === "approval" &&
  [...decisions].some(([other, points]) => other.kind === "denial" && points === 8);

/** A salutation, or a number of a member, claim or request with its figures. */
const writtenTo =
  /(?:^|\n)\s*(?:dear|hello|hi|aloha|estimad[oa])\s+\S|\b(?:member|participant|recipient|beneficiary|client|subscriber|enrollee|patient|mmis|rid|mbi|cin|pa|sa|tcn|claim|case|reference|request|authorization|appeal|medicare|medicaid|id|identification|n[uú]mero de (?:identificaci[oó]n|referencia))(?:'s)?[ \t]*(?:id|number|no\.?|#|ref\w*| )*[ \t]*(?:\/[^\n:\d]{2,25})?[:#\t ]{1,12}[A-Z-]{0,6}\d[\dA-Z -]{2}|\b(?:id|number|no\.?|#)[ \t]*(?:\/[^\n:\d]{2,25})?:?[ \t]{1,6}[A-Z]{2,5} \d[\d -]{2}/i;

/** The sort of a page that is a letter saying its decision: known without a heading. `null` for every other page. */
export function noticeOn(page: Page, sorts: readonly Sort[]): Sort | null {
  const text = page.text.slice(0, 12_000);
  const top = text.slice(0, 2_500);
  if (!writtenTo.test(top) || isOtherInsurance(text, sorts)) return null;
  const decisions = decisionsIn(text, sorts);
  const letters = [...decisions.keys()].filter(
    (sort) => decisions.get(sort) === 8 && !rival(sort, decisions),
  );
  const scored = letters
    .map((sort) => ({ sort, signs: sort.marks.filter((mark) => mark.test(text)).length * weight(sort) }))
    .sort((a, b) => b.signs - a.signs);
  return scored[0]?.sort ?? null;
}

/** A sort with many signs must not win by their number alone. */
const weight = (sort: Sort): number => Math.min(1, 6 / sort.marks.length);

/** A page of no sort we know is a record when it speaks as records do; a letter about a basement does not. */
export function looksClinical(pages: readonly Page[], sorts: readonly Sort[]): boolean {
  const words = sorts.find(({ id }) => id === clinicalText)?.marks ?? [];
  const text = pages
    .map((page) => page.text)
    .join("\n")
    .slice(0, 30_000);
  return words.filter((word) => word.test(text)).length >= 3;
}

/** The row of words that records use; it is no sort of its own. */
const clinicalText = "clinical-text";

/** The sort of denials, where the pages say a refusal. */
export function refusalIn(pages: readonly Page[], sorts: readonly Sort[]): Sort | null {
  return (
    sorts.find(
      ({ kind, decision }) =>
        kind === "denial" &&
        pages.some(({ text }) => decision?.test(text.slice(0, 20_000)) || paidNothing(text)),
    ) ?? null
  );
}

/** A line of a statement that charges something and pays nothing, where no deductible explains it. */
const paidNothing = (text: string): boolean =>
  (/(?<![\d,.])[1-9][\d,]*\.\d{2}\b[^\n]{0,160}(?<![\d,.])0\.00/.test(text) ||
    /\bcharged?s?\b[: \t]+\$?[1-9][\d,.]*\s+(?:amount )?paid[: \t]+\$?0\.00/i.test(text)) &&
  !/\bdeductible\b/i.test(text);
