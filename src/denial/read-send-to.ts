import type { Reading } from "#base";
import type { Sentence } from "./sentences.ts";
import { readingAt, type Sheet } from "./sheet.ts";
import type { SendTo } from "./types.ts";

const phoneNumber =
  /(?<![\d-])(?:\+?1[\s.-]{0,2})?(?:\(\d{3}\)\s?|\d{3}[\s.-]{1,2})\d{3}[\s.-]{1,2}\d{4}(?!\d)/g;
const zip = /\b(?:[A-Z]{2}|D\.C)\.?,?\s+\d{5}(?:-\s?\d{4})?\b/g;
const sendWords =
  /\b(?:send|mail(?:ing)?|write|fax|submit|deliver|address|appeals? (?:to|may be sent)|forward|return)\b/i;
const notHere =
  /\b(?:(?:department|bureau|division|office) of (?:insurance|patient protection)|insurance (?:department|division|bureau|commission|administration)|department of managed|ombudsman|office for civil rights|legal (?:aid|help|services)|1-800-medicare|employee benefits security|commissioner|attorney general|help line|consumer assistance|elder care|rights center|can help|smart nc|marketplace)\b/i;

type Hit = { start: number; end: number; score: number };

/**
 * Where the next step goes: an address in the passage on rights, with its fax, telephone, e-mail and portal. `outside`: the plan has
 * decided for the last time, so that the way may lead to a regulator.
 */
export function readSendTo(sheet: Sheet, sentences: readonly Sentence[], outside: boolean): SendTo {
  const rights = sentences.filter(({ zone }) => zone === "rights");
  // A table with its legend has no body: the way may stand anywhere in it.
  const spoken = sentences.some(({ zone }) => zone === "body")
    ? sentences.filter(({ zone }) => zone === "body" || zone === "reason")
    : [];
  const zones = rights.length > 0 ? rights : spoken;
  const from = zones[0]?.start ?? 0;
  const to = zones.at(-1)?.end ?? sheet.flat.length;
  const inside = (start: number): boolean => zones.some((one) => start >= one.start - 2 && start <= one.end);
  return {
    address: readAddress(sheet, from, to, outside) ?? addressAbove(sheet, zones),
    fax: best(sheet, phones(sheet, from, to, inside, true, outside)),
    phone: best(sheet, phones(sheet, from, to, inside, false, outside)),
    email: best(
      sheet,
      matches(sheet, /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}/g, from, to, 1),
    ),
    portal: best(
      sheet,
      matches(
        sheet,
        /(?<![\w@.-])(?:https?:\/\/|www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|gov|net|example)(?:\/[\w./#-]*)?(?![\w@])/gi,
        from,
        to,
        1,
      ).filter((hit) => portalFits(sheet, hit)),
    ),
  };
}

function best(sheet: Sheet, hits: Hit[]): Reading<string> | null {
  const top = [...hits].sort((a, b) => b.score - a.score || a.start - b.start)[0];
  if (!top || top.score <= 0) return null;
  const words = sheet.text
    .slice(top.start, top.end)
    .replace(/-\s+/g, "-")
    .replace(/\s+/g, " ")
    .replace(/[.]$/, "");
  return readingAt(sheet, words, top.start, top.end);
}

function matches(sheet: Sheet, pattern: RegExp, from: number, to: number, score: number): Hit[] {
  return [...sheet.flat.slice(from, to).matchAll(pattern)].map((match) => {
    const trimmed = match[0].replace(/[.,]+$/, "");
    return { start: from + match.index, end: from + match.index + trimmed.length, score };
  });
}

function portalFits(sheet: Sheet, { start, end }: Hit): boolean {
  const words = sheet.flat.slice(start, end);
  if (/\.gov/i.test(words) || sheet.flat[start - 1] === "@") return false;
  const before = sheet.flat.slice(Math.max(0, start - 70), start);
  // "PO Box 5526, Denver | fax 303-555-0188 | my.plan.example".
  if (/\d{4}\s*\|\s*$/.test(before)) return true;
  return /\b(?:online|upload|portal|website|web|go to|visit|at|log in|submit|electronically)\b[^.]{0,50}$/i.test(
    before,
  );
}

function phones(
  sheet: Sheet,
  from: number,
  to: number,
  inside: (start: number) => boolean,
  fax: boolean,
  outside: boolean,
): Hit[] {
  return [...sheet.flat.slice(from, to).matchAll(phoneNumber)].flatMap((match) => {
    const start = from + match.index;
    if (!inside(start)) return [];
    const before = sheet.flat.slice(Math.max(from, start - 60), start);
    const after = sheet.flat.slice(start + match[0].length, start + match[0].length + 30);
    const wide = sheet.flat.slice(Math.max(from, start - 130), start + match[0].length + 60);
    const isFax =
      /^ (?:by|via) fax\b/i.test(after) ||
      (/\bfax(?:ed|es|\s?number)?\b[^.;()]{0,28}$/i.test(before) &&
        !/\b(?:phone|call|calling|telephone|tel)\b(?:(?!fax)[^.;]){0,14}$/i.test(before));
    if (isFax !== fax || /\b(?:TTY|TDD)\b(?:(?!fax)[^.;)]){0,18}$/i.test(before)) return [];
    let score = 10 - match.index / 2000;
    if (/\bappeal|review|grievance|reconsider/i.test(wide)) score += 3;
    if (/\b(?:phone|call(?:ing)?|telephone|orally|contact)\b[^.]{0,30}$/i.test(before)) score += 2;
    if (notHere.test(wide.slice(0, -40)) || /medicare rights/i.test(after))
      score -=
        outside && /\b(?:external|independent)\b/i.test(sheet.flat.slice(Math.max(from, start - 260), start))
          ? 3
          : 20;
    if (
      /\b(?:peer[- ]to[- ]peer|new request|language|interpreter|medical director|receive|not the intended)\b/i.test(
        wide.slice(-200, -20),
      )
    )
      score -= 5;
    const lead = sheet.flat.slice(Math.max(from, start - 110), start);
    if (/peer[- ]to[- ]peer|\b(?:talk|speak) with (?:our|the) (?:reviewer|doctor|medical)/i.test(lead))
      return [];
    if (
      /\brepresentative\b[^.]{0,40}\.?[^.]{0,20}$|\b(?:act for you|name a relative|large print|braille|other formats)\b/i.test(
        lead,
      )
    )
      score -= 5;
    if (
      /\b(?:help (?:reading|with|desk)|(?:other )?questions|member services|customer (?:service|care)|authorization)\b[^.]{0,40}$/i.test(
        before,
      )
    )
      score -= 3;
    if (
      /\bappeals? (?:line|phone|telephone|unit|department)\b[^.]{0,12}$|\b(?:phone|telephone|call) (?:for|to) (?:an )?appeals?\b[^.]{0,12}$/i.test(
        before,
      ) ||
      /^[^.]{0,12}\bto (?:file |start |ask for )?(?:an )?appeal/i.test(after)
    )
      score += 3;
    // The telephone that stands beside the address and the fax of the appeal.
    if (
      /\b\d{5}(?:-\d{4})?\b[^@]{0,70}$|\bfax[^.]{0,30}\.?\s+[^.]{0,20}$/i.test(lead) &&
      !/\bform\b/i.test(lead)
    )
      score += 2;
    // The standard way before the fast one, where a form names both.
    if (/\b(?:urgent|expedited|fast)\b[^.]{0,60}$/i.test(before)) score -= fax ? 3 : 1;
    return [{ start, end: start + match[0].length, score }];
  });
}

/** From the name of the addressee to the postal code, on one line or several. */
function readAddress(sheet: Sheet, from: number, to: number, outside: boolean): Reading<string> | null {
  const choices: Hit[] = [];
  for (const match of sheet.flat.slice(from, to).matchAll(zip)) {
    const end = from + match.index + match[0].length;
    const start = addressStart(sheet, from, from + match.index);
    if (start === null) continue;
    const before = sheet.flat.slice(Math.max(0, start - 110), start);
    if (from === 0 && !sendWords.test(before)) continue;
    let score = 5 - match.index / 3000;
    if (sendWords.test(before.slice(-60))) score += 5;
    else if (sendWords.test(before)) score += 2;
    if (/appeal|grievance|review|reconsider|redetermin/i.test(sheet.flat.slice(start, end))) score += 3;
    if (notHere.test(sheet.flat.slice(start - 40, end)) || /complaints?:?\s*$/i.test(before))
      score -= outside && /\b(?:external|independent) |within|take the matter/i.test(before) ? 3 : 9;
    if (!outside && /state fair hearing|external review|independent review/i.test(before)) score -= 2;
    choices.push({ start, end, score });
  }
  if (choices.length === 0) return boxWithoutZip(sheet, from, to);
  return best(sheet, choices);
}

const streetLine =
  /P\.?\s?O\.?\s?Box|PO BOX|P\.?O\.? BOX|Post Office Box|\b\d{2,5}\s+[A-Z0-9][\w.]*\s+[\w. ]{0,40}(?:St(?:reet)?|Ave(?:nue)?|Road|Rd|Blvd|Drive|Dr|Way|Lane|Ln|Suite|Place|Plaza|Parkway|Pkwy|Court|Ct)\b|\b\d{2,5} [A-Z][\w.']*(?: [A-Z][\w.']*){0,3} (?:NE|NW|SE|SW|N|S|E|W)\b|\b\d{1,5} (?:[NSEW]\.? )?[A-Z0-9][\w.']*(?: [A-Z][\w.']*){0,3}(?=,\s+[A-Z])|\bMail ?Stop/g;

/** The beginning of an address: behind "to:", "mail", "at"; else the line that holds a name above the street. */
function addressStart(sheet: Sheet, from: number, end: number): number | null {
  const text = sheet.flat.slice(Math.max(from, end - 260), end);
  const base = end - text.length;
  const street = [...text.matchAll(streetLine)].at(-1)?.index ?? -1;
  if (street < 0) return null;
  const lead = text.slice(0, street);
  // "… within 12 months of this letter: 34 State House Station": what stands before the colon is the sentence.
  if (
    /[a-z]:\s+$/.test(lead) &&
    /^\d/.test(text.slice(street)) &&
    !/\b(?:to|mail|address|at)\s*:\s+$/i.test(lead)
  )
    return base + street;
  const cue = [
    ...text
      .slice(0, street + 1)
      .matchAll(
        /(?:\b(?:to|mail(?:ing address)?|at|address(?: is)?|write(?: to)?|by mail|online or by mail|appeal to|sent? (?:it )?to|or mail(?: it)?(?: to)?|below)\s*:?\s+|:\s*)(?=["A-Z])/g,
      ),
  ].at(-1);
  const sentence = [...lead.matchAll(/(?:[.!?]\s+|\n\n)(?=[A-Z])/g)]
    .filter(
      (match) => !/(?:Inc|Co|Attn|Dept|P\.O|St|c\/o|Corp|U\.S)\.\s*$/.test(lead.slice(0, match.index + 1)),
    )
    .at(-1);
  const start = Math.max(
    cue ? cue.index + cue[0].length : 0,
    sentence ? sentence.index + sentence[0].length : 0,
  );
  // Telephone and fax that stand before the address do not belong to it.
  const numbers = [...lead.slice(start).matchAll(phoneNumber)].at(-1);
  if (numbers) {
    const behind = start + numbers.index + numbers[0].length;
    return base + behind + /^[\s;,.)|]*(?:(?:or|and) )?/.exec(text.slice(behind))![0].length;
  }
  if (start === 0 && base > from) return base + Math.max(0, lead.lastIndexOf("\n", street - 60) + 1);
  return base + start;
}

/** "Send it to the address above": the first box or street with its postal code in the letterhead. */
function addressAbove(sheet: Sheet, zones: readonly Sentence[]): Reading<string> | null {
  const above =
    /\b(?:the|this) same address\b|\babove address\b|\baddress (?:above|shown above|listed above|(?:shown |printed )?(?:at the top|on the first page|on page 1)|of this letter|in (?:the|our) letterhead)/i;
  if (!zones.some(({ text }) => above.test(text))) return null;
  for (const row of sheet.rows.slice(0, 12)) {
    const line = sheet.flat.slice(row.start, row.end);
    const code = [...line.matchAll(zip)].at(-1);
    const street = code && [...line.slice(0, code.index).matchAll(streetLine)][0];
    if (!code || !street) continue;
    return readingAt(
      sheet,
      sheet.text
        .slice(row.start + street.index, row.start + code.index + code[0].length)
        .replace(/\s+/g, " "),
      row.start + street.index,
      row.start + code.index + code[0].length,
    );
  }
  return null;
}

/** An address whose postal code is not printed. */
function boxWithoutZip(sheet: Sheet, from: number, to: number): Reading<string> | null {
  const match = /(?:to|at|mail)\s*:?\s+(?<address>[A-Z][^\n.]{3,90}?,?\s*P\.?O\.? Box \d+[^.\n]{0,40})/.exec(
    sheet.flat.slice(from, to),
  );
  const words = match?.groups?.["address"];
  if (!match || !words) return null;
  const start = from + match.index + match[0].length - words.length;
  return readingAt(
    sheet,
    sheet.text.slice(start, start + words.length).replace(/\s+/g, " "),
    start,
    start + words.length,
  );
}
