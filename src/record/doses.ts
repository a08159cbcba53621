/** A dose as written in a text. */
export type Dose = { text: string; start: number; end: number; hasStrength: boolean };

const amountText = "(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)";
const units =
  "(?:mg(?:\\/(?:kg|m2|day|d|ml|hr|h|\\d+ ?ml))?|mcg(?:\\/(?:kg|hr|h|min|day|act))?|micrograms?|milligrams?|grams?|gm?|ug|µg|units?(?:\\/kg)?|u|iu|meq|ml|cc|%|grains?|gr)(?![a-z])";
const forms =
  "(?:puffs?|tabs?|tablets?|capsules?|caps?|sprays?|drops?|gtts?|patch(?:es)?|pills?|teaspoons?|tsp|inhalations?|vials?|injections?|suppositor(?:y|ies)|pens?|half tabs?|half tablet)\\b";
const count =
  "(?:\\d+(?:\\.\\d+)?(?:\\s*(?:-|to)\\s*\\d+)?|one-half|one half|half|one|two|three|four|five|six|a|1/2)";
const strength = new RegExp(
  `(?<![\\w.])(?:${amountText}(?:\\s*(?:-|–|to|/|and)\\s*${amountText})*\\s*-?\\s*${units}|${count}\\s+${forms})`,
  "gi",
);
const frequency = new RegExp(
  [
    "\\b(?:b\\.?\\s?i\\.?d\\b\\.?|t\\.?\\s?i\\.?d\\b\\.?|q\\.?\\s?i\\.?d\\b\\.?|q\\.?\\s?o\\.?d\\b\\.?|q\\.?\\s?d\\b\\.?(?:\\s?day)?|q\\.?\\s?h\\.?\\s?s\\b\\.?|h\\.?s\\b\\.?|q\\.?\\s?[ap]\\.?\\s?m\\b\\.?|q\\s?am|q\\s?pm|a\\.m\\b\\.?|p\\.m\\b\\.?)",
    "\\bq\\.?\\s?\\d+(?:\\s*(?:-|to)\\s*\\d+)?\\s*(?:h|hours?|hrs?|weeks?|wks?|months?|mo|days?|d)?\\b\\.?",
    "\\b(?:once|twice|one time|two times|three times|four times|\\d times|\\dx)\\s*(?:a|per|each|every|\\/)?\\s*(?:day|daily|week|weekly|month|night|monthly)?\\b",
    "\\b(?:up to (?:one|two|three|four|five|six|\\d+) (?:times )?(?:daily|a day|per day))",
    "\\b(?:daily|weekly|monthly|biweekly|nightly|quarterly)\\b",
    "\\b(?:every|each|per|a)\\s+(?:other\\s+)?(?:\\d+(?:\\s*(?:-|to)\\s*\\d+)?|one|two|three|four|six|eight|twelve)?\\s*(?:to (?:six|eight|four) )?(?:days?|mornings?|evenings?|nights?|weeks?|months?|hours?|bedtime)\\b",
    "\\/\\s?(?:day|d|week|wk|month|mo)\\b",
    "\\b(?:at (?:bedtime|night)|in the (?:morning|evening)|with (?:meals|breakfast|dinner|food)|before meals|at h\\.?s\\.?)",
    "\\b(?:as needed|p\\.?r\\.?n\\b\\.?)",
    "\\b(?:BID|TID|QID|QD|QHS|QAM|QPM|PRN|qod|qday)\\b",
  ].join("|"),
  "gi",
);
/** Words that stand between strength and frequency and belong to the dose. */
const between =
  /^(?:[\s,;:/.-]|\(?(?:p\.?\s?o\b\.?|by mouth|orally|oral|subq|sub-?q|s\.?c\b\.?|subcutaneous(?:ly)?|i\.?v\b\.?|i\.?m\b\.?|inhaled|topical(?:ly)?|tabs?|tablets?|capsules?|caps?|pills?|one|two|1|2|3|take|half tab|puffs?|sprays?|inhaler|of|total|dose|each nostril|in each nostril|per nostril|intranasally|sublingual(?:ly)?|transdermal|patch|ophthalmic|both eyes|each eye|to the|affected area|extended release|XL|ER|SR|XR|CR|ODT|DR|inhalation|nebulized|now|half|a|use|via|nebulizer|solution|delayed release)\b\)?)*/i;

/** Every dose of a stretch of text, strength with the frequency that follows it. */
export function dosesIn(text: string): Dose[] {
  const found: Dose[] = [];
  for (const match of text.matchAll(strength)) {
    const start = match.index;
    if (start < (found.at(-1)?.end ?? 0)) continue;
    if (/^\s*(?:\/dL|per deciliter|\/L|\/mL of)/i.test(text.slice(start + match[0].length))) continue;
    const end = withFrequency(text, start + match[0].length);
    found.push({
      text: text
        .slice(start, end)
        .trim()
        .replace(/[,;:.]$/, ""),
      start,
      end,
      hasStrength: true,
    });
  }
  return found;
}

/** A dose written as a bare number right behind the drug's name: "carvedilol now 12.5 BID", "torsemide 20". */
export function bareDose(text: string): Dose | null {
  const match = new RegExp(
    `^\\s*(?:now|to|at|of|from)?\\s*(?<dose>${amountText}(?:\\s*/\\s*${amountText})?)(?![\\d/%])(?=\\s*(?:$|[,;.)]|and\\b|then\\b|since\\b|on\\b|[a-z]|[A-Z]{2,3}\\b))`,
  ).exec(text);
  if (!match) return null;
  const start = match.index + match[0].length - match.groups!["dose"]!.length;
  const end = withFrequency(text, match.index + match[0].length);
  if (
    /^\s*(?:years?|months?|weeks?|days?|times?|hours?|refills?|or|x\b|\/)/i.test(text.slice(match[0].length))
  )
    return null;
  if (/\/\s*(?:19|20)\d\d$/.test(match.groups!["dose"]!)) return null;
  if (Number(match.groups!["dose"]) > 1900 && Number(match.groups!["dose"]) < 2100) return null;
  return { ...trimmed(text, start, end), hasStrength: true };
}

/** Without the full stop of the sentence ("12.5 BID." is "12.5 BID", "5 mg b.i.d." keeps its own) and an open bracket's rest. */
function trimmed(text: string, start: number, end: number): { text: string; start: number; end: number } {
  let words = text
    .slice(start, end)
    .trimEnd()
    .replace(/[,;:]$/, "");
  if (words.endsWith(".") && !/\.[a-z]\.?$/i.test(words)) words = words.slice(0, -1);
  return { text: words, start, end: start + words.length };
}

/** The first frequency of a text near its beginning: "Zometa monthly", "Tylenol p.r.n.". */
export function bareFrequency(text: string): Dose | null {
  const lead = between.exec(text)![0].length;
  frequency.lastIndex = 0;
  const match = frequency.exec(text.slice(0, lead + 30));
  frequency.lastIndex = 0;
  if (!match || match.index > lead + 11) return null;
  const start = match.index;
  return { text: match[0].trim(), start, end: start + match[0].length, hasStrength: false };
}

/** The dose in front of a drug's name: "40 mg of Lasix", "50 mg IV". `text` ends where the name begins. */
export function doseBefore(text: string): Dose | null {
  const tail = text.slice(-48);
  const last = [...tail.matchAll(strength)].at(-1);
  if (!last) return null;
  const rest = tail.slice(last.index + last[0].length);
  if (
    !/^\s*(?:of|daily|dose of|IV|oral|p\.?o\.?|intravenous|IM|tablets? of|a day of|once daily|twice daily|of oral|of IV|of intravenous|bolus of|\s)*\s*$/i.test(
      rest,
    )
  )
    return null;
  const start = text.length - tail.length + last.index;
  return { text: last[0].trim(), start, end: start + last[0].length, hasStrength: true };
}

function withFrequency(text: string, from: number): number {
  let end = from;
  for (let steps = 0; steps < 3; steps++) {
    const lead = between.exec(text.slice(end))![0];
    if (/[;]|\.\s/.test(lead) && steps > 0) break;
    const rest = text.slice(end + lead.length);
    frequency.lastIndex = 0;
    const match = frequency.exec(rest.slice(0, 40));
    frequency.lastIndex = 0;
    if (!match || match.index > 0) break;
    end += lead.length + match[0].length;
  }
  return end;
}
