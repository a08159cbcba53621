import { numberOf, numberPattern } from "#base";

/** A length of time named in a text, in days. `atLeast` where the text says "over" or "more than". */
export type Duration = { days: number; start: number; end: number };

const daysPer: Record<string, number> = { d: 1, w: 7, m: 30.4375, y: 365.25 };
const length = new RegExp(
  `\\b(${numberPattern})[\\s-]*(?:(?:to|-|–)\\s*\\d+[\\s-]*)?(d(?:ays?)?|w(?:ee)?ks?|mos?|months?|y(?:ea)?rs?)\\b(?![\\s-]*(?:old|of age|ago|prior|earlier|later|from now))`,
  "gi",
);

/** Every stretch of time in a text ("x 5 mo", "for 12 weeks"), without ages and without "3 months ago". */
export function durationsIn(text: string): Duration[] {
  return [...text.matchAll(length)].flatMap((match) => {
    const n = numberOf(match[1]!);
    const unit = daysPer[match[2]![0]!.toLowerCase()];
    if (n === null || unit === undefined) return [];
    return [{ days: Math.round(n * unit), start: match.index, end: match.index + match[0].length }];
  });
}
