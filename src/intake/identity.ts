import { distance } from "fastest-levenshtein";
import type { Reading } from "#base";
import { datesIn, type Page, type SourceDocument, spanAt } from "#source";

/** Whom a page names as its patient: `labelled` when it says so ("Patient:"), else a running head with a birth date. */
export type PageIdentity = {
  document: string;
  page: number;
  ocr: boolean;
  name: Reading<string> | null;
  birthDate: Reading<string> | null;
  number: Reading<string> | null;
  labelled: boolean;
};

const word = "[A-Z][A-Za-z'\\u2019]{1,24}(?:-[A-Za-z'\\u2019]{1,24}){0,2}";
const initial = "(?:[A-Z]\\.?)";
const given = `(?:${word}|${initial})`;
/** "ODEGAARD, WALTER J", "Walter J. Odegaard", "PETTWAY DENISE". */
const person = `(?<![A-Za-z'\\u2019-])(?:${word}(?: ${word})?,[ ]*${given}(?:[ ]${given}){0,2}|${given}(?:[ ]${given}){0,2}[ ]${word})`;
const birth = "(?:DOB|D\\.O\\.B\\.?|Date of [Bb]irth|DATE OF BIRTH|Birth ?date|BIRTH ?DATE|Born|BORN)";
const number =
  "(?:MRN|M\\.R\\.N\\.?|Medical Record (?:Number|No\\.?|#)|MEDICAL RECORD (?:NUMBER|NO\\.?)|Patient ID|PATIENT ID|Chart (?:No\\.?|#)|Member ID|MEMBER ID)";
const label =
  "(?:Patient(?: [Nn]ame)?|PATIENT(?: NAME)?|Pt(?:\\.| Name)?|Member(?: [Nn]ame)?|MEMBER(?: NAME)?|Name|NAME|Beneficiary|Enrollee(?:'s Name)?|Subject|RE|Re|FL 8 PATIENT)";

const labelledName = new RegExp(`(?<![A-Za-z])${label}\\s*[:#|\\t ]\\s*(?<name>${person})`, "g");
const headName = new RegExp(
  `(?<name>${person})\\s*[|,;\\u00b7\\t ()-]{0,6}\\s*(?:${birth}\\s*[:#.]?\\s*)?(?=\\(?\\d{1,2}[/-]\\d{1,2}[/-](?:19|20)?\\d{2}|\\(?(?:19|20)\\d{2}-\\d{2}-\\d{2})`,
  "g",
);
const labelledBirth = new RegExp(`(?<![A-Za-z])${birth}\\s*[:#.]?[\\s\\t]*`, "g");
const labelledNumber = new RegExp(
  `(?<![A-Za-z])${number}\\s*[:#.]?[\\s\\t]*(?<id>[A-Z]{0,4}[-]?\\d[\\dA-Z-]{3,})`,
  "g",
);
const notPerson =
  /\b(?:Appeals?|Box|Unit|Grievances?|Claims?|P\.?O|Attn|Policy|Medicare|Medicaid|Clinical|Urgent|Standard|Expedited|Prior|Authorization|Denial|Coverage|Date|Birth|Report|Name|Number|Center|Clinic|Hospital|Health|Medical|Insurance|Plan|Institute|Pharmacy|Laborator\w*|Page|Printed|Signed|Study|Visit|Service|Final|Collected|Reported|Group|Account|Department|Notice|Blue|Cross|Shield|Information|Provider|Physician|Doctor|Member|Patient|Request|Request\w*|Street|Drive|Road|Avenue|Suite|Box|Received|Associates|Imaging|Review\w*|Ordering|Status|Education|Instructions|Portal|History|Identification|Services|Care|Copay|Reading|Male|Female|Normal|Exam|Note|Results?|Test|Not|Known|Allergies|Mail|Stop|MD|DO|NP|PA|RN|Dr)\b/i;

/** Every identity that a page states; usually one. */
export function identitiesOn(source: SourceDocument, page: Page): PageIdentity[] {
  const text = page.text;
  const births = birthDates(source, page);
  const numbers = [...text.matchAll(labelledNumber)].map((match) => {
    const start = match.index + match[0].length - match.groups!["id"]!.length;
    return {
      start,
      reading: readingOf(source, page, match.groups!["id"]!, start, match.index + match[0].length),
    };
  });
  const names = [...namesBy(labelledName, text, true), ...namesBy(headName, text, false)].filter(
    (one, index, all) => all.findIndex((other) => other.start === one.start) === index,
  );
  if (names.length === 0 && (births.length > 0 || numbers.length > 0))
    return [
      {
        ...where(source, page),
        name: null,
        birthDate: births[0]?.reading ?? null,
        number: numbers[0]?.reading ?? null,
        labelled: births.length > 0,
      },
    ];
  return names.map(({ start, end, name, labelled }) => ({
    ...where(source, page),
    name: readingOf(source, page, name, start, end),
    birthDate: near(births, end, 90),
    number: near(numbers, end, 130),
    labelled,
  }));
}

function where(source: SourceDocument, page: Page): Pick<PageIdentity, "document" | "page" | "ocr"> {
  return { document: source.document, page: page.page, ocr: page.ocr };
}

function namesBy(
  pattern: RegExp,
  text: string,
  labelled: boolean,
): { start: number; end: number; name: string; labelled: boolean }[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = match.groups!["name"]!.replace(/[\s,]+(?:DOB|D\.?O\.?B|MRN|M|F|SEX|AGE|ID)\.?$/, "");
    const start = match.index + match[0].lastIndexOf(name);
    if (notPerson.test(name) || name.replace(/[^A-Za-z]/g, "").length < 5) return [];
    return [{ start, end: start + name.length, name: name.trim(), labelled }];
  });
}

function birthDates(source: SourceDocument, page: Page): { start: number; reading: Reading<string> }[] {
  const found = [...page.text.matchAll(labelledBirth)].flatMap((match) => {
    const from = match.index + match[0].length;
    const date = datesIn(page.text.slice(from, from + 24))[0];
    if (!date || date.start > 3) return [];
    return [
      { start: from, reading: readingOf(source, page, date.value, from + date.start, from + date.end) },
    ];
  });
  const heads = [...page.text.matchAll(headName)].flatMap((match) => {
    const from = match.index + match[0].length;
    const date = datesIn(page.text.slice(from, from + 24))[0];
    return date &&
      date.start < 2 &&
      Number(date.value.slice(0, 4)) < 2024 &&
      !notPerson.test(match.groups!["name"]!)
      ? [{ start: from, reading: readingOf(source, page, date.value, from + date.start, from + date.end) }]
      : [];
  });
  return [...found, ...heads];
}

function near(
  found: { start: number; reading: Reading<string> }[],
  end: number,
  reach: number,
): Reading<string> | null {
  return found.find(({ start }) => start >= end && start - end < reach)?.reading ?? null;
}

function readingOf(
  source: SourceDocument,
  page: Page,
  value: string,
  start: number,
  end: number,
): Reading<string> {
  return { value: value.replace(/\s+/g, " "), from: [spanAt(source.document, page, start, end)], by: "rule" };
}

/** Family and given name in lower case; a name without comma may be written either way round. */
export function nameParts(name: string): string[] {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f.'\u2019]/g, "")
    .replace(/\b(?:mr|mrs|ms|miss|dr|jr|sr|ii|iii|iv)\b/g, "")
    .split(/[\s,]+/)
    .filter(Boolean);
}

/** True when two written names can be the same person: every longer part of the shorter name is in the other. */
export function sameName(a: string, b: string, ocr: boolean): boolean {
  const [left, right] = [nameParts(a), nameParts(b)].sort((x, y) => x.length - y.length) as [
    string[],
    string[],
  ];
  const alike = (x: string, y: string): boolean =>
    x === y ||
    (x.length === 1 && y.startsWith(x)) ||
    (y.length === 1 && x.startsWith(y)) ||
    (Math.min(x.length, y.length) >= 4 && distance(x, y) <= (ocr ? 2 : 1)) ||
    y.split("-").includes(x) ||
    x.split("-").includes(y);
  const long = left.filter((part) => part.length > 1);
  if (long.length === 0) return true;
  if (!long.every((part) => right.some((other) => alike(part, other)))) return false;
  const initials = left.filter((part) => part.length === 1);
  return initials.every(
    (one) =>
      right.some((other) => other.startsWith(one)) || right.filter((part) => part.length === 1).length === 0,
  );
}
