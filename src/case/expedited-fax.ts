import type { Span } from "#base";
import { type SourceDocument, spanAt } from "#source";

const number = /(?<![\d-])(?:\+?1[\s.-]{0,2})?(?:\(\d{3}\)\s?|\d{3}[\s.-]{1,2})\d{3}[\s.-]{1,2}\d{4}(?!\d)/g;
const fast = /\b(?:expedited|urgent|fast(?:er|[- ]track)?|72[- ]hours?)\b/gi;
const slow = /\bstandard\b/gi;

/** A fax number that a notice gives for requests that cannot wait, with the place where it says so. */
export type ExpeditedFax = { to: string; from: Span[] };

/**
 * Fax numbers that the notice keeps for expedited requests: in the same sentence or row, "expedited" or the like stands
 * nearer before the number than "standard", and "fax" stands between or beside.
 */
export function expeditedFaxes(notice: SourceDocument): ExpeditedFax[] {
  return notice.pages.flatMap((page) => {
    const text = page.text.replace(/\s/g, " ");
    let before = 0;
    return [...text.matchAll(number)].flatMap((match) => {
      const { index } = match;
      const end = index + match[0].length;
      const lead = leadOf(text.slice(Math.max(before, index - 160), index));
      const beside = /^\s*\(fax\)/i.test(text.slice(end, end + 12));
      if (!beside && !/\bfax(?:es|ed)?\b[^.]{0,40}$/i.test(lead)) return [];
      // What was said of one fax number is not said of the next; a telephone may share its sentence with a fax.
      before = end;
      if (
        !isFast(lead) &&
        !/^[^.;\d]{0,12}\bfor (?:an? )?(?:expedited|urgent|fast)/i.test(text.slice(end, end + 50))
      )
        return [];
      return [{ to: match[0].trim(), from: [spanAt(notice.document, page, index, end)] }];
    });
  });
}

/** What stands before a number in its own sentence. */
const leadOf = (text: string): string => text.split(/[.;]\s+(?=[A-Z])|;\s/).at(-1) ?? "";

function isFast(lead: string): boolean {
  const last = (pattern: RegExp) => [...lead.matchAll(pattern)].at(-1)?.index ?? -1;
  return last(fast) >= 0 && last(fast) > last(slow);
}
