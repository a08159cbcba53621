import { dateOf, monthNames, type PlainDate } from "#base";

/** A full date written in a text. */
export type PageDate = { value: PlainDate; start: number; end: number };

const months = monthNames.map((name) => name.slice(0, 3).toLowerCase());
const written =
  /(?<![\d-])(?<y>(?:19|20)\d{2})-(?<m>\d{2})-(?<d>\d{2})(?!\d)|(?<![\d/.-])(?<m2>\d{1,2})[/.-](?<d2>\d{1,2})[/.-](?<y2>(?:19|20)\d{2}|\d{2})(?![\d-])|\b(?<n3>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y3>(?:19|20)\d{2})\b|\b(?<d4>\d{1,2})\s+(?<n4>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?<y4>(?:19|20)\d{2})\b/gi;

/** Full dates of a page in reading order, American order of day and month. */
export function datesOn(text: string): PageDate[] {
  return [...text.matchAll(written)].flatMap((match) => {
    const g = match.groups!;
    const year = Number(g["y"] ?? g["y2"] ?? g["y3"] ?? g["y4"]);
    const name = g["n3"] ?? g["n4"];
    const month = name ? months.indexOf(name.toLowerCase()) + 1 : Number(g["m"] ?? g["m2"]);
    const day = Number(g["d"] ?? g["d2"] ?? g["d3"] ?? g["d4"]);
    const value = dateOf(year < 100 ? year + (year > 40 ? 1900 : 2000) : year, month, day);
    return value ? [{ value, start: match.index, end: match.index + match[0].length }] : [];
  });
}
