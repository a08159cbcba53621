import type { Issue, Reading } from "#base";
import type { Page, SourceDocument } from "#source";
import { identitiesOn, nameParts, type PageIdentity, sameName } from "./identity.ts";
import type { ForeignPage, Identity } from "./types.ts";

/**
 * The patient of the papers and the pages that belong to somebody else. `notices` are the denial letters: the person they
 * are about is whose case it is, so their word counts for several pages of records.
 */
export function findPatient(
  documents: readonly SourceDocument[],
  notices: ReadonlySet<string> = new Set(),
): {
  patient: Identity;
  foreign: ForeignPage[];
  issues: Issue[];
} {
  const pages = documents.flatMap((source) =>
    source.pages.map((page) => ({ source, page, stated: stated(source, page) })),
  );
  const all = pages.flatMap(({ stated: found }) => found);
  const patient = majority(all, notices);
  const foreign: ForeignPage[] = [];
  const issues: Issue[] = [];
  for (const { source, page, stated: found } of pages) {
    const stranger = strangerOn(found, patient, page.text);
    if (!stranger) continue;
    const why = `The page names ${words(stranger)}, not ${patient.name?.value ?? "the patient of the other papers"}.`;
    foreign.push({
      document: source.document,
      page: page.page,
      identity: {
        name: stranger.name,
        birthDate: stranger.birthDate,
        numbers: stranger.number ? [stranger.number] : [],
      },
      why,
    });
    const at = stranger.name?.from[0] ?? stranger.birthDate?.from[0];
    issues.push({
      severity: "warning",
      code: "other-patient",
      text: `Page ${page.page} of ${source.document} seems to belong to another patient${stranger.name ? ` (${stranger.name.value})` : ""}. It was set aside and will not be used. Look at it and remove it from the papers.`,
      ...(at ? { at } : {}),
    });
  }
  return { patient, foreign, issues };
}

function stated(source: SourceDocument, page: Page): PageIdentity[] {
  return source.structured === undefined ? identitiesOn(source, page) : structuredIdentity(source, page);
}

/** The Patient of a FHIR export, or the record target of a C-CDA document. */
function structuredIdentity(source: SourceDocument, page: Page): PageIdentity[] {
  const text = page.text;
  const from =
    source.structured === "fhir"
      ? text.search(/"resourceType"\s*:\s*"Patient"/)
      : text.indexOf("<recordTarget");
  if (from < 0) return [];
  const block = text.slice(from, from + 6000);
  const get = (pattern: RegExp): { value: string; start: number; end: number } | null => {
    const match = pattern.exec(block);
    if (!match?.[1]) return null;
    const start = from + match.index + match[0].lastIndexOf(match[1]);
    return { value: match[1], start, end: start + match[1].length };
  };
  const fhir = source.structured === "fhir";
  const family = get(fhir ? /"family"\s*:\s*"([^"]+)"/ : /<family[^>]*>([^<]+)/);
  const first = get(fhir ? /"given"\s*:\s*\[\s*"([^"]+)"/ : /<given[^>]*>([^<]+)/);
  const born = get(fhir ? /"birthDate"\s*:\s*"(\d{4}-\d{2}-\d{2})"/ : /<birthTime[^>]*value="(\d{8})/);
  const span = (at: { start: number; end: number }) => ({
    document: source.document,
    page: page.page,
    ...at,
    quote: text.slice(at.start, at.end),
  });
  const reading = (value: string, ...at: { start: number; end: number }[]): Reading<string> => ({
    value,
    from: at.map(({ start, end }) => span({ start, end })),
    by: "rule",
  });
  const date =
    born &&
    (fhir ? born.value : `${born.value.slice(0, 4)}-${born.value.slice(4, 6)}-${born.value.slice(6, 8)}`);
  return [
    {
      document: source.document,
      page: page.page,
      ocr: false,
      name: family && first ? reading(`${first.value} ${family.value}`, first, family) : null,
      birthDate: born && date ? reading(date, born) : null,
      number: null,
      labelled: true,
    },
  ];
}

/** Name, birth date and numbers that most pages agree on; a page counts once for each name. */
function majority(all: readonly PageIdentity[], notices: ReadonlySet<string>): Identity {
  const groups: { name: Reading<string>; weight: number; members: PageIdentity[] }[] = [];
  for (const one of all) {
    if (!one.name) continue;
    const group = groups.find(({ name }) => sameName(name.value, one.name!.value, one.ocr));
    const weight = (one.birthDate ? 2 : 1) + (one.labelled ? 0.5 : 0) + (notices.has(one.document) ? 5 : 0);
    if (!group) groups.push({ name: one.name, weight, members: [one] });
    else {
      group.weight += weight;
      group.members.push(one);
    }
  }
  const top = groups.sort((a, b) => b.weight - a.weight)[0];
  const members = top?.members ?? all;
  const numbers = new Map<string, Reading<string>>();
  for (const { number } of members)
    if (number && !numbers.has(number.value)) numbers.set(number.value, number);
  return {
    name: top?.name ?? null,
    birthDate: commonest(members.map(({ birthDate }) => birthDate)),
    numbers: [...numbers.values()],
  };
}

function commonest(readings: (Reading<string> | null)[]): Reading<string> | null {
  const counts = new Map<string, { reading: Reading<string>; count: number }>();
  for (const reading of readings)
    if (reading) counts.set(reading.value, { reading, count: (counts.get(reading.value)?.count ?? 0) + 1 });
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.reading ?? null;
}

/**
 * Somebody else on the page. A page is only set aside when it says whose it is: another birth date with another name
 * or number; another name under "Patient" without a birth date that fits; a birth date that is plainly another.
 */
function strangerOn(found: readonly PageIdentity[], patient: Identity, text: string): PageIdentity | null {
  if (!patient.name) return null;
  if (found.some((one) => isPatient(one, patient))) return null;
  const strangers = found.filter((one) => isStranger(one, patient));
  const sure = strangers.find((one) => one.labelled && one.name && one.birthDate);
  if (sure) return sure;
  const own = found.some((one) => one.name && sameName(one.name.value, patient.name!.value, one.ocr));
  return own || speaksOf(text, patient.name.value) ? null : (strangers[0] ?? null);
}

/** The patient by name and birth date: a claim form also names the insured, with another birth date. */
function isPatient(one: PageIdentity, patient: Identity): boolean {
  return (
    one.labelled &&
    one.name !== null &&
    one.birthDate !== null &&
    patient.birthDate !== null &&
    sameName(one.name.value, patient.name!.value, one.ocr) &&
    sameDay(one.birthDate.value, patient.birthDate.value, one.ocr)
  );
}

/** The patient's own name stands somewhere on the page, family and given name close together. */
function speaksOf(text: string, name: string): boolean {
  const parts = nameParts(name).filter((part) => part.length > 2);
  const lower = text.toLowerCase();
  return parts.length > 1 && parts.every((part) => lower.includes(part));
}

function isStranger(one: PageIdentity, patient: Identity): boolean {
  const name = one.name ? sameName(one.name.value, patient.name!.value, one.ocr) : null;
  const born =
    one.birthDate && patient.birthDate
      ? sameDay(one.birthDate.value, patient.birthDate.value, one.ocr)
      : null;
  const number = one.number
    ? patient.numbers.some(({ value }) => sameNumber(value, one.number!.value)) ||
      // A figure mistyped tells nobody apart; nor does it make a relative the patient.
      (patient.numbers.some(({ value }) => mistyped(value, one.number!.value)) ? null : false)
    : null;
  if (name === false && born === false) return true;
  if (name === false && born === null)
    return number !== true && (one.labelled || number === false) && (one.name?.value.length ?? 0) > 6;
  if (born === false) return number === false || (name === null && number === null && one.labelled);
  return false;
}

/** Equal, or on a scan different in one figure. */
function sameDay(a: string, b: string, ocr: boolean): boolean {
  const different = [...a].filter((figure, index) => figure !== b[index]).length;
  return different === 0 || (ocr && different === 1);
}

const sameNumber = (a: string, b: string): boolean =>
  a.replace(/\W/g, "").replace(/^0+/, "") === b.replace(/\W/g, "").replace(/^0+/, "");

/** Long numbers that differ in one figure, or in two that changed places. */
function mistyped(a: string, b: string): boolean {
  const [one, other] = [a, b].map((number) => number.replace(/\W/g, "").toUpperCase()) as [string, string];
  if (one.length < 7 || one.length !== other.length) return false;
  const apart = [...one].flatMap((figure, index) => (figure === other[index] ? [] : [index]));
  const [first, second] = apart;
  return (
    apart.length === 1 ||
    (apart.length === 2 &&
      second === first! + 1 &&
      one[first!] === other[second] &&
      one[second] === other[first!])
  );
}

function words({ name, birthDate, number }: PageIdentity): string {
  const parts = [
    name?.value,
    birthDate && `born ${birthDate.value}`,
    number && `number ${number.value}`,
  ].filter(Boolean);
  return parts.join(", ") || "somebody else";
}
