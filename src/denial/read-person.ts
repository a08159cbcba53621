import type { Reading } from "#base";
import type { Fact } from "./facts.ts";
import type { Range } from "./printed-number.ts";
import { readingAt, type Sheet } from "./sheet.ts";

const nameWord =
  "(?:\\p{Lu}[\\p{L}'-]*\\.?|[A-Z]\\.|(?:de|del|la|van|von|der|den|di|da|dos|bin|al|el|y)(?![\\p{L}]))";
const suffix = "(?:,?\\s+(?:Jr|Sr|II|III|IV)\\b\\.?)?";
const title =
  "(?:(?:Mr|Mrs|Ms|Miss|Mx|The Rev|Rev|Hon|Brother|Sister|Pastor|Father|Sra?|SSgt|Sgt|Capt|Lt|Maj|Col)\\.?\\s+)";
const fullName = new RegExp(
  `^[\\s:]*(?:(?:Patient|Enrollee|Insured|Beneficiary)\\s+)?(?:The )?${title}?(?!(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Prof|Brother|Sister|Pastor|Member|Friend|Colleague|Fellow)\\b)(?<name>${nameWord}(?:\\s+${nameWord}){1,4}${suffix})`,
  "u",
);
const lastFirst = new RegExp(
  `^[\\s:]*(?<name>${nameWord}(?:\\s+${nameWord}){0,2},\\s*${nameWord}(?:\\s+${nameWord}){0,2})`,
  "u",
);
const notName =
  /\b(?:Member|Number|Plan|Health|Insurance|Provider|Claim|Group|Services?|Department|Information|Appeals?|Center|Hospital|Clinic|Care|Street|Box|Policy|Notice|Date|Denial|Medical|Benefits?|Doctor|Physician|Guardian|Parent|Customer|Company|Road|Avenue|Suite|Request|Name|ID|Reconsideration|Decision|Redetermination|Determination|Approval|Authorization|Prescription|Reference|Coverage|Continued|Stay|Review|Expedited|Standard|Urgent|Online|Medicare|Medicaid|Pharmacy|Operations|Clinical|Attn|Attention|Dear|Explanation|Unit|Correspondence|Team|Office|Division|Management|Enrollment|Relations|Experience|Liability|Responsibility|Handbook|Rights|Reviewer|Portal|Website|Final|Internal|External|Adverse|Contractor|Agency|Administration|Administrators|Solutions|Associates|Sponsor|Organization|Entity|Foundation|Project|Bureau|Commission|University|Network|Laboratory)\b/i;
const clinician =
  /^\W*(?:Dr\.?|Doctor|Provider|Prescriber|Sir|Madam)\b|,?\s+(?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|ARNP|R\.?N|DDS|DPM|PhD|PharmD)\b/;

/** The patient whose care it is: labels first, then "(for …)", then the addressee, then the salutation. */
export function readMemberName(sheet: Sheet, facts: readonly Fact[]): Reading<string> | null {
  const labelled = facts
    .filter(({ field }) => field === "member-name")
    .sort((a, b) => b.rank - a.rank || Number(b.marked) - Number(a.marked) || a.start - b.start);
  for (const fact of labelled) {
    const at = nameAt(sheet, fact.start, fact.end);
    if (at) return named(sheet, at);
  }
  const found =
    careOf(sheet) ??
    aboutPerson(sheet) ??
    salutation(sheet) ??
    greeted(sheet) ??
    besideId(sheet, facts) ??
    addressee(sheet) ??
    addressLine(sheet);
  if (found) return named(sheet, found);
  // "To: Thornton Quick" on a letter without a salutation.
  for (const fact of facts.filter(({ label }) => /^to$/i.test(label))) {
    const at = nameAt(sheet, fact.start, fact.end);
    if (at) return named(sheet, at);
  }
  for (const fact of facts.filter(({ field }) => field === "subscriber-name")) {
    const at = nameAt(sheet, fact.start, fact.end);
    if (at) return named(sheet, at);
  }
  return null;
}

function named(sheet: Sheet, { start, end }: Range): Reading<string> {
  return readingAt(sheet, sheet.text.slice(start, end).replace(/\s+/g, " ").replace(/,$/, ""), start, end);
}

/** A person's name at the beginning of `[start, end)`. */
export function nameAt(sheet: Sheet, start: number, end: number): Range | null {
  const words = sheet.flat.slice(start, end);
  if (clinician.test(words.slice(0, 60).split(/\t|\s{3,}/)[0]!)) return null;
  const match = lastFirst.exec(words) ?? fullName.exec(words);
  const name = match?.groups?.["name"];
  if (!match || !name) return null;
  const cut = name.search(notName);
  const kept = (cut > 0 ? name.slice(0, cut) : cut === 0 ? "" : name).replace(/[\s,]+$/, "");
  if (kept.split(/[\s,]+/).length < 2) return null;
  const at = start + match.index + match[0].indexOf(name);
  return { start: at, end: at + kept.length };
}

/** "(for Amos Pettibone)", "on behalf of", "To the parent of" in the head. */
function careOf(sheet: Sheet): Range | null {
  const head = sheet.flat.slice(0, 2500);
  const match =
    /\(for ([A-Z][^)\n]{3,50})\)|(?:parents?(?: or |\/)guardian|parents?|guardian|family|estate|representative) of:?\s+/i.exec(
      head,
    );
  if (!match) return null;
  const start = match[1] ? match.index + match[0].indexOf(match[1]) : match.index + match[0].length;
  const end = match[1] ? start + match[1].length : start + 80;
  return nameAt(sheet, start, end);
}

/** "Re: Appeal of Theophilus Grange, ID 7108…", "your claim for patient Ada Byron". */
function aboutPerson(sheet: Sheet): Range | null {
  const relative = relativeInSubject(sheet);
  if (relative) return relative;
  const lines =
    /(?:^|\n|\t)\s*(?:re|regarding|subject)\s*:[^\n]{0,60}?\b(?:of|for|by|member|patient)\s+(?=[A-Z])/gi;
  // "(Anders Osterberg, member BLM 5520 118 03, visit of May 4)".
  const beside = /(?<=[(:]\s?)(?=[^,;()]{5,40},? (?:member|ID|member ID)[ #:]+[A-Z]{0,5}[- ]?\d)/g;
  for (const match of sheet.flat.slice(0, 2500).matchAll(beside)) {
    const at = nameAt(sheet, match.index, match.index + 45);
    if (at) return at;
  }
  const kin = /\b(?:dependent|spouse|child|son|daughter|minor),? (?=[A-Z][a-z]+ [A-Z][a-z])/.exec(
    sheet.flat.slice(0, 1500),
  );
  const dependent = kin && nameAt(sheet, kin.index + kin[0].length, kin.index + kin[0].length + 45);
  if (dependent) return dependent;
  for (const match of sheet.flat.slice(0, 2500).matchAll(lines)) {
    const start = match.index + match[0].length;
    const at = nameAt(sheet, start, start + 60);
    if (at && /^\s*(?:[,;(\n\t-]|$)/.test(sheet.flat.slice(at.end, at.end + 3))) return at;
  }
  return null;
}

/** "Subject: Speech therapy for Basil Okoro" in a letter to Tamsin Okoro: the care is that of the one named like the reader. */
function relativeInSubject(sheet: Sheet): Range | null {
  const greeting = /(?:^|\n)\s*dear\s+([^\n,:]{4,50})/i.exec(sheet.flat);
  const family = greeting?.[1]?.trim().split(/\s+/).at(-1);
  const subject =
    /(?:^|\n)\s*(?:re|regarding|subject|about)\s*:[^\n]{4,120}?\bfor (?=[A-Z][^\n]{3,40}$)/im.exec(
      sheet.flat.slice(0, 3000),
    );
  if (!family || !subject) return null;
  const start = subject.index + subject[0].length;
  const at = nameAt(sheet, start, start + sheet.flat.slice(start).search(/\n|$/));
  return at && sheet.flat.slice(at.start, at.end).endsWith(` ${family}`) ? at : null;
}

/** A row of the head that is nothing but a name, next to the row with the member's number. */
function besideId(sheet: Sheet, facts: readonly Fact[]): Range | null {
  const fact = facts.find(({ field, row }) => field === "member-id" && row < 30);
  if (!fact) return null;
  for (const row of [sheet.rows[fact.row - 1], sheet.rows[fact.row + 1]]) {
    const words = row && row.cells.length === 1 ? sheet.flat.slice(row.start, row.end).trim() : "";
    if (!row || words.length > 40 || /[\d:,]/.test(words) || notName.test(words) || clinician.test(words))
      continue;
    const at = nameAt(sheet, row.start, row.end);
    if (at && at.end - at.start === words.length) return at;
  }
  return null;
}

/** The line above a street or box line in the head: the person to whom the letter goes. */
function addressee(sheet: Sheet): Range | null {
  for (let index = 1; index < Math.min(sheet.rows.length, 30); index++) {
    const row = sheet.rows[index]!;
    const line = sheet.flat.slice(row.start, row.end).trim();
    if (/^\s*(?:dear|hello|hi)\b/i.test(line)) return null;
    if (!/^(?:\d[\w-]*\s+\S|[NSEW]\d+\s|p\.?\s?o\.? box|psc \d|rr \d|apt)/i.test(line) || line.length > 70)
      continue;
    const above = sheet.rows[index - 1]!;
    const cell = above.cells[0]!;
    const words = sheet.flat.slice(cell.start, cell.end).trim();
    const tail = /\d\s+([A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]*){1,3})$/.exec(words)?.[1];
    if (tail && !notName.test(tail)) return nameAt(sheet, cell.end - tail.length, cell.end);
    if (words.length > 45 || notName.test(words) || clinician.test(words) || /\d/.test(words)) continue;
    const at = nameAt(sheet, cell.start, cell.end);
    if (at && at.end - at.start > words.length - 12) return at;
  }
  return null;
}

/** "Anselm Birk, 7 Gull Way, Norfolk, VA 23503": name, street and town on one line of the head. */
function addressLine(sheet: Sheet): Range | null {
  for (const row of sheet.rows.slice(0, 20)) {
    const words = sheet.flat.slice(row.start, row.end);
    const line =
      /^\s*(?<name>[^,\d]{5,45}), (?:\d[\w-]*\s+[^\n]{3,60}|P\.?\s?O\.? Box [^\n]{1,40})[, ]+[A-Z]{2}\.? \d{5}(?:-\d{4})?\s*$/.exec(
        words,
      );
    const name = line?.groups?.["name"];
    if (!name || notName.test(name) || clinician.test(name)) continue;
    const at = nameAt(sheet, row.start, row.start + words.indexOf(name) + name.length);
    if (at) return at;
  }
  return null;
}

/** "Dear Rosalind Abernathy:" with first and last name. */
function salutation(sheet: Sheet): Range | null {
  const match = /(?:^|\n)\s*(?:dear|hello|hi|greetings)[,]?\s+/i.exec(sheet.flat);
  if (!match) return null;
  const start = match.index + match[0].length;
  const line = sheet.flat.slice(start, start + 60).split(/[\n\t]/)[0]!;
  const greeted = nameAt(sheet, start, start + line.length);
  return greeted && (inFull(sheet, greeted, match.index) ?? greeted);
}

/** "Sister Mary Agnes Tolliver" above "Dear Sister Mary Agnes": the longer name of the same person. */
function inFull(sheet: Sheet, { start, end }: Range, before: number): Range | null {
  const name = sheet.flat.slice(start, end);
  const row = sheet.rows.find(
    (one) => one.start < before && sheet.flat.slice(one.start, one.end).includes(`${name} `),
  );
  const at = row && nameAt(sheet, row.start, row.end);
  return at && sheet.flat.slice(at.start, at.end).startsWith(`${name} `) ? at : null;
}

/** "Dear Rev. Achterberg": the line of the head that ends with the family name. */
function greeted(sheet: Sheet): Range | null {
  const match =
    /(?:^|\n)\s*(?:dear|hello|hi|aloha|estimad[oa])\s+(?!dr\b|doctor)(?:[a-z]+\.?\s+)?(?<family>[A-Z][\p{L}'-]+)\s*[,:\n]/iu.exec(
      sheet.flat,
    );
  const family = match?.groups?.["family"];
  if (!match || !family) return null;
  const first = sheet.flat.slice(0, match.index).search(new RegExp(`\\b${family} [A-Z][\\p{L}'-]+`, "u"));
  for (const row of sheet.rows) {
    if (row.start >= match.index) break;
    for (const cell of row.cells) {
      const words = sheet.flat.slice(cell.start, cell.end);
      const plain = words.trim().toLowerCase();
      const called = family.toLowerCase();
      const lined = new RegExp(`^[^,\\d]{1,40}\\s${called}, (?=\\d|p\\.?\\s?o\\.? box|apt|unit)`).test(plain);
      if (lined || ((plain.endsWith(called) || plain.startsWith(`${called} `)) && words.length < 60)) {
        const at = nameAt(sheet, cell.start, cell.end);
        if (at) return at;
      }
    }
  }
  return (
    withFamily(sheet, match.index, family) ??
    (first < 0
      ? null
      : nameAt(sheet, first, Math.min(match.index, first + sheet.flat.slice(first).search(/[\n\t<,]|$/))))
  );
}

/** "To: Honora Beckwith, Teacher": first names before the family name of the salutation, further up. */
function withFamily(sheet: Sheet, end: number, family: string): Range | null {
  const lead = new RegExp(`(?<![\\p{L}.])(?:${nameWord}\\s){1,3}${family}(?![\\p{L}'-])`, "u");
  const match = lead.exec(sheet.flat.slice(0, end));
  const titled = match && new RegExp(`^${title}`, "u").exec(match[0]);
  if (!match) return null;
  const start = match.index + (titled?.[0].length ?? 0);
  const words = sheet.flat.slice(start, match.index + match[0].length);
  return words.includes(" ") && !notName.test(words) ? { start, end: start + words.length } : null;
}
