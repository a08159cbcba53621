/** A length of time named in a text, in days. `atLeast` where the text says "over" or "more than". */
export type Duration = { days: number; start: number; end: number };

const numbers: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  eighteen: 18,
  a: 1,
  an: 1,
};
const daysPer: Record<string, number> = { d: 1, w: 7, m: 30.4375, y: 365.25 };
const length =
  /\b(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)[\s-]*(?:(?:to|-|–)\s*\d+[\s-]*)?(d(?:ays?)?|w(?:ee)?ks?|mos?|months?|y(?:ea)?rs?)\b(?![\s-]*(?:old|of age|ago|prior|earlier|later|from now))/gi;

/** Every stretch of time in a text ("x 5 mo", "for 12 weeks"), without ages and without "3 months ago". */
export function durationsIn(text: string): Duration[] {
  return [...text.matchAll(length)].flatMap((match) => {
    const n = numbers[match[1]!.toLowerCase()] ?? Number(match[1]);
    const unit = daysPer[match[2]![0]!.toLowerCase()];
    if (!Number.isFinite(n) || unit === undefined) return [];
    return [{ days: Math.round(n * unit), start: match.index, end: match.index + match[0].length }];
  });
}
