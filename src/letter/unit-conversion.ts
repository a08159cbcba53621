import type { Span } from "#base";
import type { DeniedService } from "#denial";
import { type Page, spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { fill, fromPages, lawSupport, type Slot } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote, sentenceRanges } from "./sentences.ts";

const measures = "mg|mcg|mL|g|IU|minutes|min";
/** What one billing unit of a code is, where a page says so beside the code. */
const unitSize = (code: string) =>
  new RegExp(
    `\\b${code}\\b[^\\n]{0,80}?(?:\\bper\\s+|\\beach\\s+|\\bunit\\s*(?:=|is|of)\\s*|,\\s*)(\\d+(?:\\.\\d+)?)\\s?(${measures})\\b(?!\\s?/|\\s+per\\b)`,
  );
/** Sentences that say how much was given. */
const giving =
  /\b(infus(?:ed|ion given)|administered|given|injected|total dose|dose given|received|session|therapy time)\b|\b(?:drug|medication|dose)\s*:/i;
const amounts = (measure: string) =>
  new RegExp(`(\\d[\\d,]*(?:\\.\\d+)?)\\s?${measure}\\b(?!\\s?/|\\s+per\\b)`, "gi");
/** The sum among several amounts of one sentence. */
const sumOf = (measure: string) =>
  new RegExp(
    `(?:total(?: dose)?(?: of| given|:)?\\s*|=\\s*)(\\d[\\d,]*(?:\\.\\d+)?)\\s?${measure}\\b(?!\\s+(?:left|right)\\b)|(\\d[\\d,]*(?:\\.\\d+)?)\\s?${measure}\\s+(?:in all|altogether|in total|total)\\b`,
    "i",
  );

/** The units of a code as the record has them, beside the count that was billed. */
export type UnitCount = {
  item: Slot;
  service: DeniedService;
  /** The count of the notice; `null` where it prints none. */
  billed: number | null;
  units: number;
};

/**
 * Units by the record: the amount given divided by what one unit of the code is, printed with its operands. The size of the
 * unit is that of a page, else of the public code set. Only where one amount is plain and divides without remainder.
 */
export function unitCounts(desk: Desk): UnitCount[] {
  return refusedServices(desk.input).flatMap((service) =>
    [...new Set(service.codes.map((code) => code.value))].flatMap((code) => {
      const size = pageSize(desk, code) ?? knownSize(desk, code);
      const amount = size && amountGiven(desk, size.measure, service);
      const units = amount ? round(amount.total / size.per) : 0;
      if (!size || !amount || !Number.isInteger(units) || units < 1) return [];
      const billed = billedCount(desk, service);
      const sum = fill(
        "Units of {code} by the record: {total} {measure} ÷ {per} {measure} = {units}. The page says {said} ({place}); one unit is {size}.{counted}",
        {
          code: { text: code, rests: [] },
          total: fromPages(String(amount.total), amount.span),
          measure: { text: size.measure, rests: [] },
          per: { text: String(size.per), rests: size.said.rests },
          units: fromPages(String(units), amount.span),
          said: fromPages(`“${printedQuote(amount.span.quote)}”`, amount.span),
          place: desk.cite.place(amount.span),
          size: size.said,
          counted: countedSlot(desk, billed, units),
        },
      );
      return sum ? [{ item: sum, service, billed: billed?.count ?? null, units }] : [];
    }),
  );
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;

function countedSlot(desk: Desk, billed: Billed | null, units: number): Slot {
  const line = billed && {
    count: fromPages(String(billed.count), billed.span),
    where: desk.cite.place(billed.span),
  };
  const words =
    billed?.count === units
      ? " The notice counts {count} ({where}): the count agrees with the record."
      : " The notice counts {count} ({where}).";
  // Where the notice prints no count nothing is said of it; a blank keeps the pattern filled.
  return (line && fill(words, line)) ?? { text: " ", rests: [] };
}

type Size = { per: number; measure: string; said: Slot };

function pageSize(desk: Desk, code: string): Size | null {
  for (const exhibit of desk.cite.exhibits)
    for (const page of pagesOf(desk, exhibit)) {
      const match = unitSize(code).exec(page.text);
      if (!match) continue;
      const span = spanAt(exhibit.document, page, match.index, match.index + match[0].length);
      const said = fill("as {quote} says ({place})", {
        quote: fromPages(`“${printedQuote(span.quote)}”`, span),
        place: desk.cite.place(span),
      });
      return said && { per: Number(match[1]), measure: match[2]!, said };
    }
  return null;
}

/** The size by the public code set. */
function knownSize(desk: Desk, code: string): Size | null {
  const { units, unitSource, reprinted } = desk.knowledge.billing;
  const [per, measure] = units[code]?.split(" ") ?? [];
  if (!per || !measure) return null;
  const law = lawSupport({ id: `billing-unit#${code}`, quote: `${code}: ${per} ${measure}`, ...unitSource });
  return {
    per: Number(per),
    measure,
    said: {
      text: `${per} ${measure} (${unitSource.label}${reprinted.includes(code) ? ", by a reprint; please check" : ""})`,
      rests: [law],
    },
  };
}

const pagesOf = (desk: Desk, exhibit: { document: string; pages: number[] }): Page[] =>
  (desk.cite.sources.get(exhibit.document)?.pages ?? []).filter((page) => exhibit.pages.includes(page.page));

type Given = { total: number; span: Span; named: boolean };

/**
 * The amount that the record says was given: of sentences that name the drug, else of all; only where they agree on one
 * amount. Of several amounts in a sentence the sum that it states itself.
 */
function amountGiven(desk: Desk, measure: string, service: DeniedService): Given | null {
  const names = (service.description.value.match(/[A-Za-z]{6,}/g) ?? []).filter((word) => !common.test(word));
  const found = desk.cite.exhibits
    .filter((exhibit) => exhibit.kind === "record")
    .flatMap((exhibit) =>
      pagesOf(desk, exhibit).flatMap((page) =>
        sentenceRanges(page).flatMap(({ start, end }) => {
          const text = page.text.slice(start, end);
          const total = giving.test(text) ? totalIn(text, measure) : null;
          if (total === null) return [];
          const lead = text.length - text.trimStart().length;
          const span = spanAt(exhibit.document, page, start + lead, start + text.trimEnd().length);
          const named = names.some((name) => text.toLowerCase().includes(name.toLowerCase()));
          return [{ total, span, named }];
        }),
      ),
    );
  const told = found.some(({ named }) => named) ? found.filter(({ named }) => named) : found;
  return new Set(told.map(({ total }) => total)).size === 1 ? told[0]! : null;
}

/** Words of a line of a bill that name no drug. */
const common =
  /^(inject\w*|infus\w*|solution|intravenous\w*|subcutaneous\w*|biosimilar|excludes|service\w*|therap\w*|treatment|initial|additional|minutes|outpatient|hospital)$/i;

function totalIn(text: string, measure: string): number | null {
  const all = [...text.matchAll(amounts(measure))].map(([, digits]) => Number(digits!.replaceAll(",", "")));
  const distinct = new Set(all);
  if (all.length === 1) return all[0]!;
  const stated = sumOf(measure).exec(text);
  const digits = stated?.[2] ?? stated?.[1];
  const sum = digits ? Number(digits.replaceAll(",", "")) : null;
  // A dose that is told twice is one dose; two like doses without their sum are not counted.
  return sum !== null && (distinct.size === 1 || sum === Math.max(...all)) ? sum : null;
}

export type Billed = { count: number; span: Span };

/** The units that the notice counts for a service: "30 units", else the first whole number of its line in a table of amounts. */
export function billedCount(desk: Desk, service: DeniedService): Billed | null {
  const at = service.description.from[0];
  const page = desk.input.documents
    .find((source) => source.document === at?.document)
    ?.pages.find((entry) => entry.page === at?.page);
  if (!at || !page) return null;
  const start = page.text.lastIndexOf("\n", at.start) + 1;
  const stop = page.text.indexOf("\n", at.end);
  const end = stop < 0 ? page.text.length : stop;
  const after = page.text.slice(at.end, end);
  const table = /\$\s?\d|\t/.test(page.text.slice(start, end));
  const match =
    /\b(\d{1,5})\s+units?\b/i.exec(after) ?? (table ? /(?:^|\s)(\d{1,5})(?=\s)/.exec(after) : null);
  if (!match) return null;
  const span = table
    ? spanAt(at.document, page, start, end)
    : spanAt(at.document, page, at.end + match.index, at.end + match.index + match[0].length);
  return { count: Number(match[1]), span };
}
