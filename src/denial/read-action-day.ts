import type { PlainDate, Reading } from "#base";
import { datesIn } from "#source";
import { readingAt, type Sheet } from "./sheet.ts";

const action = "(?:decision|change|action|reduction|denial|termination|discharge)";
const care =
  "(?:services?|care|stay|coverage|payment|benefits?|hours|therapy|treatment|authorization|medicine|medication)";
const stops =
  "(?:end|stop|terminate|be (?:ended|stopped|reduced|cut|changed|terminated|discontinued|suspended)|go down)s?";
/** Words that lead up to the day on which care given so far is cut or ends; the day follows at once. */
const leads = [
  new RegExp(
    `\\b${action}\\s+(?:will\\s+|is to\\s+)?(?:starts?|begins?|takes? effect|(?:is|be|becomes?) effective)\\s+(?:on\\s+|as of\\s+)?$`,
    "i",
  ),
  new RegExp(
    `\\b${care}\\b[^.\\n]{0,60}\\b(?:will\\s+)?${stops}\\s+(?:on|as of|effective|after|from)\\s+$`,
    "i",
  ),
  /\beffective date (?:of (?:the |this )?(?:action|change|reduction|termination)|coverage of your current .{0,40} will end)\s*[:.]?\s*$/i,
  /\b(?:last (?:covered|approved|authorized) day|last day (?:of coverage|covered|approved))\s*(?:is|will be|:)?\s*$/i,
  /\b(?:reduced?|reducing|stop(?:ping)?|end(?:ing)?|terminat(?:e|ed|ing)|suspend(?:ed|ing)?|discontinu(?:e|ed|ing)|cut(?:ting)?)\b[^.\n]{0,80}\b(?:effective|as of|beginning|starting|from)\s+(?:on\s+)?$/i,
];

/** The day stands first, and behind it what happens from then on. */
const cutFrom = new RegExp(`^,?\\s+(?:your|the|these|we)\\b[^.]{0,90}\\b(?:will\\s+)?${stops}\\b`, "i");

/**
 * The day from which care that was already approved is cut or ends. Rights to go on with it until the appeal is decided
 * hang on this day (42 CFR 438.420(a), 422.624, 29 CFR 2560.503-1(f)(2)(ii)(A)).
 */
export function readActionDay(sheet: Sheet): Reading<PlainDate> | null {
  const ofAction = /\bnotice of (?:adverse |proposed )?action\b/i.test(sheet.text);
  for (const { value, start, end } of datesIn(sheet.text)) {
    const before = sheet.text.slice(Math.max(0, start - 160), start).replace(/\s+/g, " ");
    const after = sheet.text.slice(end, end + 160).replace(/\s+/g, " ");
    if (
      leads.some((lead) => lead.test(before)) ||
      (ofAction && /\beffective date\s*:?\s*$/i.test(before)) ||
      (/\b(?:beginning|starting|effective|as of|from)(?: on)?\s+$/i.test(before) && cutFrom.test(after))
    )
      return readingAt(sheet, value, start, end);
  }
  return null;
}
