import { longDate, parseDate, type Span } from "#base";
import type { AppealKind } from "#knowledge";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { type Draft, formal, fromPages, fromPerson, joined, type Slot } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote, squash } from "./sentences.ts";
import { physicianName } from "./signatures.ts";
import { spelledDates } from "./spelled-dates.ts";

/**
 * What the rules of the body that decides want stated and the notice's numbers do not hold: 42 CFR 405.1014(a), 405.1112(a),
 * 423.2014(a) and their like. A line that no page fills is left for the member.
 */
export function addParticulars(draft: Draft, desk: Desk, kind: AppealKind): void {
  const signer = desk.input.answers.signer?.name ?? "the member";
  for (const { label, slot, blank } of kind.particulars) {
    const said = slot ? found[slot](desk) : null;
    if (slot && stands(desk, slot)) continue;
    const value = said ?? (blank ? fromPerson(blank, `${signer}, to be filled in: ${label}`) : null);
    if (value) draft.row([formal(label), value]);
  }
}

/** True for what the notice itself gives: then the reference block has its line already. */
const stands = (desk: Desk, slot: string): boolean =>
  (slot === "provider" && desk.slots.provider !== null) ||
  (slot === "medicareNumber" && isMedicareNumber(desk.input.denial?.memberId?.value ?? ""));

/** What this body calls the numbers of the notice; a plan's own number is not called a Medicare number. */
export const namesFor = (desk: Desk, { names }: AppealKind): AppealKind["names"] =>
  names.member && !isMedicareNumber(desk.input.denial?.memberId?.value ?? "")
    ? { ...names, member: undefined }
    : names;

const found: Record<NonNullable<AppealKind["particulars"][number]["slot"]>, (desk: Desk) => Slot | null> = {
  payer,
  medicareNumber,
  serviceDates,
  amountInDispute,
  provider: physicianName,
  sponsor: (desk) => labelled(desk, sponsorLine),
  brochure: (desk) => labelled(desk, brochureWords),
};

/** Bodies whose letters carry the case on; they are not the plan whose decision it was. */
export const isReviewer = (name: string): boolean =>
  /\b(maximus|c2c|qualified independent|independent review|health and human services|medicare hearings|appeals council|department of (insurance|health|human|managed)|livanta|acentra|kepro)\b|^medicare$/i.test(
    name,
  );

/** A line by which a decision from outside names the plan that it reviewed. */
const planLine =
  /\b(?:part [cd] (?:drug )?plan|health plan|ma organization|medicare advantage (?:plan|organization)|plan name|name of plan|carrier|contractor)\s*:\s*([^\n]{3,70})/i;

/** The letterhead of a Medicare contractor: its name, and below it what it is. */
const contractorHead =
  /^\s*([A-Z][^\n]{2,60}?)\s*(?:\n\s*(?:[Aa] )?(?:CMS )?Medicare Administrative Contractor\b|(?<=Medicare Administrative Contractor)(?=\s*\n))/;

/** The member of the service through whom a family has TRICARE. */
const sponsorLine =
  /\bSponsor(?:['’]s)?(?: name)?\s*:\s*([A-Z][A-Za-z.,'’ -]{3,40}?)(?=\s{2,}|\s+(?:DBN|SSN|ID|DoD)\b|\s*\n)/;

/** The provision of the brochure that the carrier itself names. */
const brochureWords =
  /((?:\bSection\s+\d+(?:\([a-z]\))?[^.\n]{0,60}\bbrochure\b(?:\s+\(?RI\s?\d[\d-]+\)?)?)|(?:\b[Bb]rochure\s+(?:\(?RI\s?\d[\d-]+\)?,?\s+)?Section\s+\d+(?:\([a-z]\))?))/;

/** The plan by its own name, or the employer beside the number of the group: whose administrator is written to. */
const planName =
  /\b(?:for|of) the ([A-Z][A-Za-z0-9.,&'-]*(?: [A-Z&][A-Za-z0-9.,&'-]*){0,6} (?:Plan|Trust|Fund))(?![\w-])/;
const employer =
  /\bGroup(?: (?:no\.?|number|ID|#))?:?\s*#?[A-Z0-9-]{3,12}\s*[,:]?\s+([A-Z][A-Za-z.,&' -]{3,60}?)(?=\s{2,}|\s*\n|\s*$|\s+(?:Member|ID|Claim|Patient)\b)/;

/** "Tallgrass Freight Employee Benefit Plan", or "group health plan of Elmore Timber Products LLC". */
export function groupPlan(desk: Desk): Slot | null {
  const named = labelled(desk, planName);
  if (named) return named;
  const of = labelled(desk, employer);
  return of && joined([formal("group health plan of"), of]);
}

/** What the notice says of services until a hearing is decided. */
const keeping =
  /((?:If|To|When|Your|Services|Benefits)\b[^.]{0,160}\b(?:services?|benefits?|hours|assistance|care)\b[^.]{0,60}\b(?:continues?|continued|stay the same|not be (?:reduced|changed|stopped)|go on)\b[^.]{0,90}\b(?:hearing|decision|decided)\b[^.]{0,40}\.)/;

export function keptUntil(desk: Desk): Record<"quote" | "place", Slot | null>[] {
  const words = labelled(desk, keeping);
  const rest = words?.rests[0];
  if (!words || !rest || !("evidence" in rest)) return [];
  const quote = { ...words, text: `“${printedQuote(rest.evidence.quote)}”` };
  return [{ quote, place: desk.cite.place(rest.evidence) }];
}

/** What an expression takes on the notice, as its first group. */
function labelled(desk: Desk, line: RegExp): Slot | null {
  for (const { document, page } of noticePages(desk)) {
    const match = line.exec(page.text);
    if (!match) continue;
    const start = match.index + match[0].indexOf(match[1]!);
    const span = spanAt(document, page, start, start + match[1]!.length);
    return fromPages(squash(match[1]!).replace(/[.,;]$/, ""), span);
  }
  return null;
}

/** Whose decision it was first: who wrote the notice, else whom a reviewer's letter names as the plan. */
function payer(desk: Desk): Slot | null {
  const { payer: named } = desk.slots;
  return named && !isReviewer(named.text)
    ? named
    : (labelled(desk, planLine) ?? labelled(desk, contractorHead));
}

/** A Medicare number: eleven signs, of which the first is a figure from 1 to 9. */
const medicarePattern = /(?<![\w-])[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}(?![\w-])/g;

const isMedicareNumber = (value: string): boolean =>
  new RegExp(`^${medicarePattern.source}$`).test(value.trim());

/** The patient's Medicare number where a page prints one, and no other. */
function medicareNumber(desk: Desk): Slot | null {
  const numbers = new Map<string, Span>();
  for (const exhibit of desk.cite.exhibits)
    for (const page of desk.cite.sources.get(exhibit.document)?.pages ?? [])
      if (exhibit.pages.includes(page.page))
        for (const match of page.text.matchAll(medicarePattern)) {
          const span = spanAt(exhibit.document, page, match.index, match.index + match[0].length);
          numbers.set(match[0].replaceAll("-", ""), span);
        }
  const [only, ...more] = numbers.values();
  return only && more.length === 0 ? fromPages(only.quote, only) : null;
}

/** The days of the services refused, as the notice spells them. */
function serviceDates(desk: Desk): Slot | null {
  const days = refusedServices(desk.input).flatMap(({ from, to }) => {
    const first = daySlot(desk, from);
    const last = to === from ? null : daySlot(desk, to);
    return first ? [joined([first, last], " to ")!] : [];
  });
  const distinct = days.filter((one, at) => days.findIndex(({ text }) => text === one.text) === at);
  return joined(distinct.slice(0, 3), "; ");
}

/** A day with its place on the notice; `null` where the notice does not spell it. */
function daySlot(desk: Desk, value: string | undefined): Slot | null {
  const day = parseDate(value ?? "");
  if (!day) return null;
  for (const { document, page } of noticePages(desk)) {
    const spelled = spelledDates(page.text).find(({ date }) => date === day);
    if (spelled) return fromPages(longDate(day), spanAt(document, page, spelled.start, spelled.end));
  }
  return null;
}

const noticePages = (desk: Desk) =>
  desk.cite.exhibits
    .filter(({ kind }) => kind === "denial")
    .flatMap(({ document }) =>
      (desk.cite.sources.get(document)?.pages ?? []).map((page) => ({ document, page })),
    );

/** The amount that the notice itself says is in dispute. */
function amountInDispute(desk: Desk): Slot | null {
  const cue =
    /\b(?:amount|value|sum)\b[^.$\n]{0,60}\b(?:dispute|controversy|issue|refused|denied)\b[^.$\n]{0,20}(\$\s?[\d,]+(?:\.\d\d)?(?:\s+(?:per|a|each)\s+(?:month|year|fill|unit|day|visit))?)/i;
  for (const { document, page } of noticePages(desk)) {
    const match = cue.exec(page.text);
    if (!match || /\bat least\b/i.test(match[0])) continue;
    const end = match.index + match[0].length;
    return fromPages(squash(match[1]!), spanAt(document, page, end - match[1]!.length, end));
  }
  return null;
}
