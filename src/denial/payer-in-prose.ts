import type { Reading } from "#base";
import { readingAt, type Sheet, wordsAt } from "./sheet.ts";

const word = "[A-Z][\\w&'.-]*";
const name = `(?<name>${word}(?: (?:of|and|the|for|&|${word})){1,7}?(?: \\((?:HMO|PPO|PDP|PFFS|HMO-POS|(?:HMO |PPO )?[CD]-SNP)\\))?)`;
const patterns: RegExp[] = [
  // "Your Medicare health plan, Kestrel Complete (PPO), and/or provider", "your plan (Ferncliff HMO) has".
  new RegExp(
    `\\b[Yy]our (?:Medicare )?(?:health )?(?:plan|insurer),? \\(?${name}(?=,|\\)? (?:and|has|have|decided|will)\\b|\\))`,
    "u",
  ),
  // "Your October mailing from Harrow Valley Health Plan".
  new RegExp(
    `\\b(?:mailing|newsletter|statement|notice|letter|message|update|news) from ${name}(?=$|[.,\\n\\t])`,
    "mu",
  ),
  // "The Kestrel Foods Employee Health Plan has never covered".
  /\b[Tt]he (?<name>(?:[A-Z][\w&'.-]* ){1,5}(?:Health|Medical|Benefits?|Welfare|Insurance)(?: (?:and|&) Welfare)? (?:Plan|Fund|Trust|Program))\b/u,
];

/** The plan where it is only named in running text. */
export function planInProse(sheet: Sheet): Reading<string> | null {
  for (const pattern of patterns) {
    const match = pattern.exec(sheet.flat.slice(0, 2500));
    const found = match?.groups?.["name"];
    if (!match || !found) continue;
    const start = match.index + match[0].lastIndexOf(found);
    return readingAt(
      sheet,
      sheet.text.slice(start, start + found.length).replace(/\s+/g, " "),
      start,
      start + found.length,
    );
  }
  return null;
}

/** "FROM: Silver State Scripts, Prior Authorization Dept." on a fax, where the paper uses the name again. */
export function sender(sheet: Sheet): Reading<string> | null {
  for (const row of sheet.rows.slice(0, 12))
    for (const cell of row.cells) {
      const words = sheet.flat.slice(cell.start, cell.end);
      const match =
        /^\s*from:?\s+(?<name>[A-Z][\w&' -]{3,50}?)(?=,|\t|\s{2,}|\s*$|\s+(?:fax|phone|tel|dept)\b)/i.exec(
          words,
        );
      const found = match?.groups?.["name"];
      // "Lumenrx Clinical Services" is "Lumenrx" further on.
      const first = /^[A-Z][\w&'-]{4,}/.exec(found ?? "")?.[0];
      const used = (words: string, times: number): boolean => sheet.flat.split(words).length > times;
      if (!match || !found || !(used(found, 2) || (first && used(first, 3)))) continue;
      const start = cell.start + words.indexOf(found);
      return wordsAt(sheet, start, start + found.length);
    }
  return null;
}

const unit =
  /^(?:plan|appeals?|grievances?|member|customer|provider|claims?|attn|attention|utilization|reviews?|the|your|medical|pharmacy|department|office|complaints?|state|agency|united states|omha|maximus|c2c|qualified|po|p\.?o)\b|\b(?:office|hearings?|department|division|agency|commission|court|bureau|iro|contractor)\b/i;

/** The name with which the address for the appeal begins: "Vireo Health, Grievances and Appeals, PO Box 5541". */
export function payerOfAddress(sheet: Sheet, address: Reading<string> | null): Reading<string> | null {
  const span = address?.from[0];
  if (!address || !span) return null;
  const lead =
    /^(?:[A-Z][\w&'.-]*)(?: (?:of|and|the|for|&|[A-Z][\w&'.-]*)){1,6}(?=,| (?:Attn|Appeals?|Grievances?|Member|P\.?O\.?)\b)/.exec(
      address.value,
    )?.[0];
  const named = lead?.replace(
    /(?:,? (?:Member|Appeals?|Grievances?|and|Attn|Part D|Claims?|Review|Department|Unit|Services?))+$/,
    "",
  );
  if (!named || unit.test(named) || named.split(" ").length < 2) return null;
  const start = sheet.flat.indexOf(named);
  return start < 0 ? null : wordsAt(sheet, start, start + named.length);
}
