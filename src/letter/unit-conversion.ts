import type { Span } from "#base";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { fill, fromPages, type Slot } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote } from "./sentences.ts";

const measures = "mg|mcg|mL|g|IU|minutes|min";
/** What one billing unit of a code is, where a page says so beside the code. */
const unitSize = (code: string) =>
  new RegExp(
    `\\b${code}\\b[^\\n]{0,80}?(?:\\bper\\s+|\\beach\\s+|\\bunit\\s*(?:=|is|of)\\s*|,\\s*)(\\d+(?:\\.\\d+)?)\\s?(${measures})\\b(?!\\s?/|\\s+per\\b)`,
  );
/** An amount that was given. */
const given = (measure: string) =>
  new RegExp(
    `\\b(?:infused|administered|given|injected|total dose|dose given|session|therapy time)\\b[^\\n.;]{0,60}?(\\d+(?:\\.\\d+)?)\\s?${measure}\\b`,
    "i",
  );

/**
 * Units by the record: the amount given divided by what one unit of the code is, printed with its operands. Only where both
 * stand on pages, in the same measure, and divide without remainder.
 */
export function unitConversions(desk: Desk): Slot[] {
  const codes = refusedServices(desk.input).flatMap((service) => service.codes.map((code) => code.value));
  return [...new Set(codes)].flatMap((code) => {
    const size = firstMatch(desk, unitSize(code), () => true);
    if (!size) return [];
    const [, per, measure] = size.match;
    const amount = firstMatch(desk, given(measure!), (kind) => kind === "record");
    const total = Number(amount?.match[1]);
    const units = total / Number(per);
    if (!amount || !Number.isInteger(units) || units < 1) return [];
    const sum = fill(
      "Units of {code} by the record: {total} {measure} ÷ {per} {measure} = {units}. The page says {said} ({place}); one unit is as {size} says ({where}).",
      {
        code: fromPages(code, size.span),
        total: fromPages(amount.match[1]!, amount.span),
        measure: fromPages(measure!, size.span),
        per: fromPages(per!, size.span),
        units: fromPages(String(units), amount.span),
        said: fromPages(`“${printedQuote(amount.span.quote)}”`, amount.span),
        place: desk.cite.place(amount.span),
        size: fromPages(`“${printedQuote(size.span.quote)}”`, size.span),
        where: desk.cite.place(size.span),
      },
    );
    return sum ? [sum] : [];
  });
}

function firstMatch(
  desk: Desk,
  pattern: RegExp,
  kind: (kind: string) => boolean,
): { match: RegExpExecArray; span: Span } | null {
  for (const exhibit of desk.cite.exhibits.filter((entry) => kind(entry.kind)))
    for (const page of desk.cite.sources.get(exhibit.document)?.pages ?? []) {
      if (!exhibit.pages.includes(page.page)) continue;
      const match = pattern.exec(page.text);
      if (match)
        return { match, span: spanAt(exhibit.document, page, match.index, match.index + match[0].length) };
    }
  return null;
}
