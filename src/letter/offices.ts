import type { Citation, Issue, Span } from "#base";
import type { Office } from "#knowledge";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { plansOf } from "./law-sentences.ts";
import { type Draft, fill, formal, fromPages, lawSupport, type Slot } from "./passages.ts";
import { inOneLine } from "./printed-address.ts";
import { squash } from "./sentences.ts";

const blank = "______________________________";

/** Pages of a kind of paper; for offices the notice alone may tell where to write. */
function pagesOf(desk: Desk, kinds: string[]) {
  return desk.cite.exhibits
    .filter((exhibit) => kinds.includes(exhibit.kind))
    .flatMap((exhibit) =>
      (desk.cite.sources.get(exhibit.document)?.pages ?? [])
        .filter((page) => exhibit.pages.includes(page.page))
        .map((page) => ({ document: exhibit.document, page })),
    );
}

const noticePages = (desk: Desk) => pagesOf(desk, ["denial"]);

/** A name as a notice may break it over lines. */
const spelled = (name: string) =>
  new RegExp(
    `(?<!\\w)${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+")}(?!\\w)`,
    /^[A-Z]{2,5}$/.test(name) ? "g" : "gi",
  );

const isNamed = (desk: Desk, office: Office): boolean =>
  [office.name, ...office.named].some((name) =>
    noticePages(desk).some(({ page }) => spelled(name).test(page.text)),
  );

/**
 * The office that answers these kinds of right for this plan in this State: one that the notice names first, then the row
 * that names the plan, then the row that names the State. What is not verified is never used.
 */
export function officeFor(desk: Desk, kinds: readonly string[]): Office | null {
  const plans = plansOf(desk.input);
  const state = desk.input.situation?.state ?? desk.input.plan.state?.value;
  const fitting = desk.knowledge.offices.filter(
    (office) =>
      office.confidence !== "D" &&
      office.decides.some((kind) => kinds.includes(kind)) &&
      (office.plans === null || (plans.length > 0 && plans.every((plan) => office.plans?.includes(plan)))) &&
      (office.states === null || office.states.some((one) => one === state)) &&
      (!office.onlyNamed || isNamed(desk, office)),
  );
  return fitting.sort((a, b) => weight(b) - weight(a))[0] ?? null;
}

/** The insurance department that the law's answer names as the receiver of a request. */
export function departmentNamed(desk: Desk, body: string): Office | null {
  const department = officeFor(desk, ["regulator-complaint"]);
  return department?.states && body.includes(department.name) ? department : null;
}

const weight = (office: Office) =>
  (office.onlyNamed ? 4 : 0) + (office.plans ? 2 : 0) + (office.states ? 1 : 0);

/** Where we read the address of an office. */
const sourceOf = (office: Office): Citation => ({
  id: `office#${office.id}`,
  label: office.name,
  quote: [office.address, office.phone, office.fax].filter(Boolean).join("; "),
  ...(office.source.startsWith("http") ? { url: office.source } : {}),
  verifiedOn: office.checked,
});

export const officeName = (office: Office): Slot => ({
  text: office.name,
  rests: [lawSupport(sourceOf(office))],
});

const states =
  "A[KLRSZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]";
/** A postal address that begins soon after a name. */
const postal = new RegExp(
  `^[\\s\\S]{0,120}?((?:P\\.?\\s?O\\.?\\s?Box\\s+[\\w-]+|\\b\\d{1,6}\\s+[A-Z][\\w.]*\\s)[\\s\\S]{0,110}?\\b(?:${states})\\.?\\s+\\d{5}(?:-\\d{4})?)`,
);
/** A postal address that begins right after a name. */
const letterhead = new RegExp(postal.source.replace("[\\s\\S]{0,120}?", "[,\\s]{0,4}"));
const telephone = /^[^.]{0,90}?((?:1[-. ])?\(?\d{3}\)?[-. ]\s?\d{3}[-. ]\s?\d{4})/;

/** What the notice itself prints after the name of the office. */
const printed = (desk: Desk, office: Office, what: RegExp): Slot | null =>
  printedAfter([office.name, ...office.named], noticePages(desk), what);

/** The address of the provider as its letterhead or the notice prints it right after the name. */
export const providerAddress = (desk: Desk): Slot | null =>
  desk.slots.provider &&
  printedAfter([desk.slots.provider.text], pagesOf(desk, ["record", "denial"]), letterhead);

/** What stands soon after one of these names; the span is the words taken. */
function printedAfter(names: string[], pages: ReturnType<typeof pagesOf>, what: RegExp): Slot | null {
  for (const name of names)
    for (const { document, page } of pages)
      for (const match of page.text.matchAll(spelled(name))) {
        const end = match.index + match[0].length;
        const found = what.exec(page.text.slice(end, end + 300));
        if (!found) continue;
        const start = end + found[0].length - found[1]!.length;
        const span: Span = spanAt(document, page, start, end + found[0].length);
        return fromPages(squash(inOneLine(page.text, span)), span);
      }
  return null;
}

/**
 * The lines below the addressee: what the notice prints for this office, else what our table of offices holds, else a blank
 * line. Says to the user which of the three it was.
 */
export function addDelivery(draft: Draft, desk: Desk, office: Office | null, issues: Issue[]): void {
  const own = (text: string | null): Slot | null =>
    office && text ? { text, rests: [lawSupport(sourceOf(office))] } : null;
  const ofNotice = office ? printed(desk, office, postal) : null;
  const call = office ? printed(desk, office, telephone) : null;
  const address = ofNotice ?? own(office?.address ?? null);
  const line = address ? fill("Address: {address}", { address }) : formal(`Address: ${blank}`);
  draft.add("delivery", line);
  const phone = call ?? (address ? null : own(office?.phone ?? null));
  if (phone) draft.add("delivery", fill("Telephone: {phone}", { phone }));
  const fax = ofNotice ? null : own(office?.fax ?? null);
  if (fax) draft.add("delivery", fill("By fax: {fax}", { fax }));
  if (office && !ofNotice) issues.push(whereFrom(office, address !== null));
}

/** Tells the user what rests on our table, and where to look for what it does not hold. */
function whereFrom(office: Office, addressed: boolean): Issue {
  const reach = [
    office.phone ? `telephone ${office.phone}` : "",
    office.portal ? `online ${office.portal}` : "",
  ].filter(Boolean);
  const also = reach.length > 0 ? ` It is also reached by ${reach.join(", ")}.` : "";
  if (!addressed)
    return {
      severity: "information",
      code: "office-address-wanted",
      text: `Fill in the address of ${office.name}. Where to look: ${office.look ?? "the notice, or the last decision"}.${also}`,
    };
  return {
    severity: "information",
    code: "office-address",
    text: `The address of ${office.name} is not in your papers. It comes from our table of offices (read ${office.checked}; ${office.confidence === "C" ? "from a list, not from the office itself" : "official page"}): compare it before sending.${also}`,
    cite: sourceOf(office),
  };
}
