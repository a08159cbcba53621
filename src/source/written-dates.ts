import { dateOf, monthNames, type PlainDate } from "#base";

/** A value written in a text and where it stands. */
export type Written<T> = { value: T; start: number; end: number };

const months = monthNames.map((name) => name.slice(0, 3).toLowerCase());
const month =
  "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?";
const spanishMonths =
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");
const date = new RegExp(
  [
    "(?<![\\d-])(?<y>(?:19|20)\\d{2})-(?<m>\\d{2})-(?<d>\\d{2})(?!\\d)",
    // In a range without spaces ("12/01/2025-12/19/2025") one date ends where the next begins.
    "(?:(?<![\\d/.-])|(?<=[/.]\\d{2,4}-))(?<m2>\\d{1,2})[/.-](?<d2>\\d{1,2})[/.-](?<y2>(?:19|20)\\d{2}|\\d{2})(?!\\d|-(?!\\d{1,2}[/.]\\d{1,2}[/.]))",
    `\\b(?<n3>${month})\\.?[\\s-]+(?<d3>\\d{1,2})(?:st|nd|rd|th)?,?[\\s-]*(?<y3>(?:19|20)\\d{2})\\b`,
    `\\b(?<d5>\\d{1,2})(?:\\s*[º°o])? de (?<n5>${spanishMonths.join("|")}|setiembre)(?: del?|,)? (?<y5>(?:19|20)\\d{2})\\b`,
    `\\b(?<d4>\\d{1,2})(?:st|nd|rd|th)?(?: of)?[\\s-]+(?<n4>${month})\\.?,?[\\s-]+(?<y4>(?:19|20)\\d{2})\\b`,
  ].join("|"),
  "gi",
);

/**
 * Every full date in a text, American order of day and month: 2026-10-09, 10/09/2026, October 9th, 2026, 9 October 2026,
 * OCT-09-2026; in Spanish 9 de octubre de 2026.
 */
export function datesIn(text: string): Written<PlainDate>[] {
  const found: Written<PlainDate>[] = [];
  for (const match of text.matchAll(date)) {
    const g = match.groups!;
    const year = Number(g["y"] ?? g["y2"] ?? g["y3"] ?? g["y4"] ?? g["y5"]);
    const named = g["n3"] ?? g["n4"];
    const spanish = g["n5"]?.toLowerCase().replace("setiembre", "septiembre");
    const monthNumber = spanish
      ? spanishMonths.indexOf(spanish) + 1
      : named
        ? months.indexOf(named.slice(0, 3).toLowerCase()) + 1
        : Number(g["m"] ?? g["m2"]);
    const day = Number(g["d"] ?? g["d2"] ?? g["d3"] ?? g["d4"] ?? g["d5"]);
    const value = dateOf(year < 100 ? (year > 40 ? 1900 : 2000) + year : year, monthNumber, day);
    if (value) found.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
