import { daysBetween, type PlainDate, type Span } from "#base";
import { type Page, spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { fill, fromPages, joined, type Slot } from "./passages.ts";
import { printedQuote, sentenceRanges } from "./sentences.ts";
import { shortDate, spelledDates } from "./spelled-dates.ts";

/** A number of the claim that the notice and the record have differently, by the row of billing.yaml that speaks of it. */
export type Comparison = {
  row: "drug-number" | "member-number" | "late";
  item: Slot;
  /** Words that it quotes whole. */
  used: Span[];
};

/** What the numbers of notice and record say when they are held against each other. */
export const comparedNumbers = (desk: Desk): Comparison[] => [
  ...drugNumbers(desk).map((item) => ({ row: "drug-number" as const, item, used: [] })),
  ...memberNumbers(desk).map((item) => ({ row: "member-number" as const, item, used: [] })),
  ...filingDays(desk),
];

type At = { page: Page; document: string };

const pagesOf = (desk: Desk, kind: string): At[] =>
  desk.cite.exhibits
    .filter((exhibit) => exhibit.kind === kind)
    .flatMap(({ document, pages }) =>
      (desk.cite.sources.get(document)?.pages ?? [])
        .filter((page) => pages.includes(page.page))
        .map((page) => ({ page, document })),
    );

type Found = { key: string; text: string; span: Span };

/** What an expression captures first, on pages of a kind; each once by its key. */
function captured(pages: At[], pattern: RegExp, keyOf: (text: string) => string | null): Found[] {
  const found = new Map<string, Found>();
  for (const { page, document } of pages)
    for (const match of page.text.matchAll(pattern)) {
      const key = keyOf(match[1]!);
      const start = match.index + match[0].indexOf(match[1]!);
      if (key && !found.has(key))
        found.set(key, {
          key,
          text: match[1]!,
          span: spanAt(document, page, start, start + match[1]!.length),
        });
    }
  return [...found.values()];
}

/** A National Drug Code in its 11 digits (5-4-2); `null` for what is none. */
export function elevenDigits(code: string): string | null {
  const parts = code.split("-");
  if (parts.length !== 3) return /^\d{11}$/.test(code) ? code : null;
  const [labeler, product, pack] = parts as [string, string, string];
  if (labeler.length > 5 || product.length > 4 || pack.length > 2) return null;
  return labeler.padStart(5, "0") + product.padStart(4, "0") + pack.padStart(2, "0");
}

const drugCode = /(?<![\d-])(\d{4,5}-\d{3,4}-\d{1,2}|(?<=NDC:?#?\s?)\d{11})(?![\d-])/g;

/** National Drug Codes that only one of the two has. */
function drugNumbers(desk: Desk): Slot[] {
  const billed = captured(pagesOf(desk, "denial"), drugCode, elevenDigits);
  const used = captured(pagesOf(desk, "record"), drugCode, elevenDigits);
  if (billed.length === 0 || used.length === 0) return [];
  if (billed.some(({ key }) => used.some((other) => other.key === key))) return [];
  const item = fill(
    "The National Drug Code of the notice is {billed} ({billedAt}); the record of the drug that was used has {used} ({usedAt}).",
    {
      billed: joined(billed.map(slotOf), ", "),
      billedAt: desk.cite.place(billed[0]!.span),
      used: joined(used.map(slotOf), ", "),
      usedAt: desk.cite.place(used[0]!.span),
    },
  );
  return item ? [item] : [];
}

const slotOf = ({ text, span }: Found): Slot => fromPages(text, span);

const memberNumber =
  /\b(?:member|subscriber|policy|insured|contract|card)\s*(?:ID|identification|no\.?|number|#)\s*[:#]?\s*(?:is\s+)?([A-Z]{0,4}\d[\dA-Z]{5,})\b/gi;

/** A member number in the record that is almost that of the notice: a slip at registration. */
function memberNumbers(desk: Desk): Slot[] {
  const own = desk.input.denial?.memberId;
  const at = own?.from[0];
  if (!own || !at) return [];
  const others = captured(pagesOf(desk, "record"), memberNumber, (text) => text.toUpperCase());
  return others
    .filter(({ key }) => key !== own.value.toUpperCase() && slips(key, own.value.toUpperCase()))
    .flatMap((other) => {
      const item = fill(
        "The member number in the provider's papers is {other} ({otherAt}); that of the notice is {own} ({ownAt}).",
        {
          other: slotOf(other),
          otherAt: desk.cite.place(other.span),
          own: fromPages(own.value, at),
          ownAt: desk.cite.place(at),
        },
      );
      return item ? [item] : [];
    });
}

/** Letters of two numbers that may differ while they are still one number mistyped. */
const mostSlips = 2;

function slips(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  if (one.length !== other.length) {
    const [long, short] = one.length > other.length ? [one, other] : [other, one];
    return [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short);
  }
  return [...one].filter((letter, index) => letter !== other[index]).length <= mostSlips;
}

const accepted = /\b(accepted|acknowledged|received by (?:the )?payer)\b/i;
const served = /\bdates? of service\b[^\n]{0,20}/i;
const limit =
  /\bwithin\s+(\d{2,3})\s+(?:calendar\s+)?days\s+(?:of|from|after)\s+(?:the\s+)?(?:dates?\s+of\s+service|service|discharge)/i;

/** The days from the service to the payer's acceptance of the first claim, beside the limit that the notice prints. */
function filingDays(desk: Desk): Comparison[] {
  const notice = pagesOf(desk, "denial");
  const allowed = sentencesOf(notice).flatMap(({ words, span }) => {
    const match = limit.exec(words);
    return match ? [{ days: Number(match[1]), span }] : [];
  })[0];
  const service = notice.flatMap(({ page, document }) => dated(page, document, served))[0];
  const first = sentencesOf(pagesOf(desk, "record"))
    .filter(({ words }) => accepted.test(words))
    .flatMap(({ words, span }) => spelledDates(words).map(({ date }) => ({ date, span })))
    .sort((a, b) => daysBetween(b.date, a.date))[0];
  if (!allowed || !service || !first) return [];
  const days = daysBetween(service.date, first.date);
  if (days < 0 || days > allowed.days) return [];
  const item = fill(
    "{service} to {first} is {days}. The record says {said} ({place}); the limit of the notice is {limit} ({where}).",
    {
      service: fromPages(shortDate(service.date), service.span),
      first: fromPages(shortDate(first.date), first.span),
      days: fromPages(`${days} ${days === 1 ? "day" : "days"}`, service.span, first.span),
      said: fromPages(`“${printedQuote(first.span.quote)}”`, first.span),
      place: desk.cite.place(first.span),
      limit: fromPages(`“${printedQuote(allowed.span.quote)}”`, allowed.span),
      where: desk.cite.place(allowed.span),
    },
  );
  return item ? [{ row: "late", item, used: [first.span] }] : [];
}

/** The sentences of pages, trimmed. */
const sentencesOf = (pages: At[]) =>
  pages.flatMap(({ page, document }) =>
    sentenceRanges(page).map(({ start, end }) => {
      const text = page.text.slice(start, end);
      const lead = text.length - text.trimStart().length;
      return { words: text, span: spanAt(document, page, start + lead, start + text.trimEnd().length) };
    }),
  );

type Dated = { date: PlainDate; span: Span };

/** The first date soon after words. */
function dated(page: Page, document: string, words: RegExp): Dated[] {
  const match = words.exec(page.text);
  if (!match) return [];
  const near = page.text.slice(match.index, match.index + match[0].length + 40);
  return spelledDates(near)
    .slice(0, 1)
    .map((found) => ({
      date: found.date,
      span: spanAt(document, page, match.index + found.start, match.index + found.end),
    }));
}
