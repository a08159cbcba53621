import { longDate, parseDate, type Reading } from "#base";
import type { DeniedService } from "#denial";
import type { AppealKind } from "#knowledge";
import { findQuote } from "#source";
import type { Citer } from "./exhibits.ts";
import { externalSlots } from "./external-route.ts";
import type { LetterInput } from "./input.ts";
import { type Draft, formal, fromPages, joined, type Slot } from "./passages.ts";
import { reasonSpans } from "./reasons.ts";
import { printedQuote, squash } from "./sentences.ts";
import { spelledDates } from "./spelled-dates.ts";

/** A reading as a slot; `null` when there is none. */
export function reading(value: Reading<string> | null | undefined): Slot | null {
  return value && value.from.length > 0 ? fromPages(squash(value.value), ...value.from) : null;
}

/** A date reading in words; in the page's own spelling where that is an unusual one. */
export function dateReading(value: Reading<string> | null | undefined): Slot | null {
  const day = value ? parseDate(value.value) : null;
  if (!value || !day || value.from.length === 0) return null;
  const usual = value.from.some((span) => spelledDates(span.quote).some((found) => found.date === day));
  return fromPages(usual ? longDate(day) : squash(value.from[0]!.quote), ...value.from);
}

/** "Formulary exception request for …": what was asked, before the service that it was asked for. */
const asking =
  /^(?:(?:formulary|tier(?:ing)?|step[- ]therapy|quantity[- ]limit|prior authorization|coverage|medical|expedited|standard)\s+)*(?:exception|authorization|determination|precertification)?\s*requests?\s+(?:for|of)\s+(?:the\s+)?/i;

/** "deny a …", "reduce your …": what was done to the service, before it. */
const refusing =
  /^(?:to )?(?:deny|deny coverage (?:of|for)|refuse|reduce|end|stop|terminate|suspend)\s+(?:(?:an?|the|your)\s+)?/i;

/** "… Billed $1,980.00. Paid $0.00": what was charged is no part of a service's name. */
const amounts = /[.,;:]?\s+(?:amount\s+)?(?:billed|charged?|paid|allowed|total)\b:?\s*\$.*$/i;

/** Words that a label's capital begins and a sentence's does not. */
const plainWord =
  /^(?:Acute|Admission|Air|Applied|Continuous|Emergency|Genetic|Home|Hospital|Inpatient|Intensive|Long|Nursing|Occupational|Manual|Outpatient|Partial|Portable|Powered|Personal|Physical|Power|Private|Residential|Skilled|Speech|Surgery)\b(?=\s[a-z])/;

/** A form names the care in its blank in capitals: "SKILLED NURSING FACILITY". In a letter it is spoken of. */
const inCapitals = (words: string): string =>
  !/^[A-Z]{4}/.test(words)
    ? words
    : /\bservices?$/i.test(words)
      ? words.toLowerCase()
      : `${words.toLowerCase()} services`;

/** One denied line: its description, then codes that the description does not already hold. */
export function serviceSlot(service: DeniedService): Slot {
  const description = squash(service.description.value)
    .replace(asking, "")
    .replace(amounts, "")
    .replace(refusing, "")
    .replace(/,?\s+(?:as\s+)?(?:requested|ordered|prescribed)(?:\s+by)?$/i, "")
    .replace(/[\s(,;:-]+$/, "")
    .replace(plainWord, (word) => word.toLowerCase())
    .replace(/^[A-Z]{4,}(?:[ /&-]+[A-Z]{2,})*(?: services?)?$/i, inCapitals);
  // "service shown above" points at the notice's own page; in a letter it would point at nothing.
  const pointing =
    /\b(shown|listed|described|requested|identified|named|stated|referenced) (above|below)\b/i.test(
      description,
    );
  const codeAlone = /^(?:[A-Z]?\d{4,5}[A-Z]?)$/.test(description);
  const name = pointing
    ? formal("the requested service")
    : codeAlone
      ? fromPages(`the service with code ${description}`, ...service.description.from)
      : fromPages(description, ...service.description.from);
  const codes = service.codes
    .filter((code) => !description.includes(code.value))
    .map((code) => fromPages(code.value, ...code.from));
  const list = joined(codes, ", ");
  return list ? { ...joined([name, list], " (")!, text: `${name.text} (${list.text})` } : name;
}

/** The lines that were refused; a notice may also list lines that were paid. */
export function refusedServices(input: LetterInput): DeniedService[] {
  const services = input.denial?.services ?? [];
  const refused = services.filter((service) => !wasPaid(service, input));
  return refused.length > 0 ? refused : services;
}

/**
 * True when the notice's line of a service ends in "paid", or shows amounts and neither a zero nor a code of refusal while
 * the line of another service does.
 */
function wasPaid(service: DeniedService, input: LetterInput): boolean {
  const own = linesOf(service, input);
  if (own.some((line) => /\b(paid|allowed in full)\s*$/i.test(line.trim()))) return true;
  const others = (input.denial?.services ?? []).filter((other) => other !== service);
  return (
    own.some((line) => hasAmounts(line) && !refusal.test(line)) &&
    others.some((other) => linesOf(other, input).some((line) => hasAmounts(line) && refusal.test(line)))
  );
}

const hasAmounts = (line: string): boolean => (line.match(/\$\s?[\d,]+\.\d{2}/g)?.length ?? 0) > 1;
const refusal = /\$\s?0\.00|\b(?:C[OR]|PR|OA|PI)\s?-?\s?\d{1,3}\b|\b(?:denied|not covered)\b/i;

/** The lines of the notice that name a service, from its name on. */
const linesOf = (service: DeniedService, input: LetterInput): string[] =>
  service.description.from.flatMap((span) => {
    const page = input.documents
      .find((source) => source.document === span.document)
      ?.pages.find((entry) => entry.page === span.page);
    return /^[^\n]*/.exec(page?.text.slice(span.start) ?? "")?.[0] ?? [];
  });

/** The slots that every pattern may use: who, what, when, which policy, which reason. */
export type CommonSlots = Record<
  | "payer"
  | "member"
  | "noticeDate"
  | "service"
  | "provider"
  | "policy"
  | "reason"
  | "reasonPlace"
  | "externalLaw"
  | "externalBody"
  | "externalDay",
  Slot | null
>;

/** For what is asked: the service in the notice's words, else in ours. */
export const withCare = (slots: CommonSlots): CommonSlots => ({
  ...slots,
  service: slots.service ?? formal("the care that was refused"),
});

/** Fills the common slots from the notice and the sorted papers. */
export function commonSlots(input: LetterInput, cite: Citer, reasonCue?: string): CommonSlots {
  const denial = input.denial;
  const reasons = reasonSpans(input, cite, reasonCue);
  const services = refusedServices(input).map(serviceSlot);
  return {
    payer: reading(denial?.payer),
    member: signerAsMember(input) ?? personReading(denial?.memberName) ?? reading(input.sorted.patient.name),
    noticeDate: dateReading(denial?.noticeDate),
    service: joined(services.slice(0, 3), "; ") ?? null,
    provider: reading(denial?.provider),
    policy: policySlot(input),
    reason: joined(reasons.map((span) => fromPages(`“${printedQuote(span.quote)}”`, span))),
    ...externalSlots(input),
    reasonPlace: reasons[0] ? cite.place(reasons[0]) : null,
  };
}

/** A name without the label that follows it on its line. */
function personReading(name: Reading<string> | null | undefined): Slot | null {
  const slot = reading(name);
  const own = slot?.text.replace(
    /[,;]?\s+\b(?:DOB|date of birth|sponsor|subscriber|member|patient|ID|DBN)\b.*$/i,
    "",
  );
  return slot && own ? { ...slot, text: own } : slot;
}

/** A member who signs knows their own name best; it is taken as the notice spells it. */
function signerAsMember(input: LetterInput): Slot | null {
  const signer = input.answers.signer;
  if (!signer || !/^(member|patient|self)$/i.test(signer.role)) return null;
  const { denial } = input;
  const read = [...(denial?.grounds ?? []), denial?.noticeDate, denial?.memberId];
  const notices = new Set(read.flatMap((reading) => reading?.from.map((span) => span.document) ?? []));
  for (const source of input.documents) {
    const span = notices.has(source.document) ? findQuote(source, signer.name) : null;
    if (span) return fromPages(squash(span.quote), span);
  }
  return null;
}

/** "Medical Policy 555, Anti-CD20 …": the policy at hand, else the one that the notice names. */
export function policySlot(input: LetterInput): Slot | null {
  const { policy, denial } = input;
  const named = policy
    ? numbered(reading(policy.number), reading(policy.title))
    : numbered(reading(denial?.criteriaCited[0]?.number), reading(denial?.criteriaCited[0]?.title));
  return named;
}

/** Number and title; the title alone where it holds the number. */
const numbered = (number: Slot | null, title: Slot | null): Slot | null =>
  number && title?.text.includes(number.text) ? title : joined([number, title], ", ");

/** The RE block: the notice's own numbers first, because a letter that is not filed to the case is not read. */
export function addReferenceBlock(
  draft: Draft,
  input: LetterInput,
  slots: CommonSlots,
  called: AppealKind["names"] = {},
): void {
  const { denial } = input;
  const line = (label: string, value: Slot | null | undefined) => {
    if (value) draft.row([formal(label), value]);
  };
  line("Patient and member", joined([slots.member, bornSlot(input)], ", born "));
  line(called.member ?? "Member ID", reading(denial?.memberId));
  line("Group", reading(denial?.groupNumber));
  const own = called.case;
  const names = {
    claim: "Claim",
    authorization: "Authorization",
    case: own ?? "Case",
    reference: own ?? "Reference",
  };
  for (const reference of denial?.references ?? [])
    line(names[reference.kind], fromPages(reference.value, ...reference.from));
  line(called.notice ?? "Notice appealed", slots.noticeDate && joined([formal("dated"), slots.noticeDate]));
  for (const service of refusedServices(input)) line("Service", serviceSlot(service));
  line("Amount", amountSlot(input));
  line("Diagnosis", joined((denial?.diagnoses ?? []).map(diagnosisSlot), ", "));
  line("Provider", slots.provider);
  const rule =
    /\b(?:CFR|USC|Admin(?:istrative)?\.? Code|ARM|OAC|WAC|OAR|COMAR|IDAPA|NYCRR|CCR|KAR|NJAC)\b\s*[\d§]|^\d+ (?:CFR|USC)\b/.test(
      slots.policy?.text ?? "",
    );
  line(rule ? "Rule cited" : "Policy applied", joined([slots.policy, effectiveSlot(input)], ", effective "));
}

/** "this left breast cancer" points at a sentence that does not stand here. */
const diagnosisSlot = (value: Reading<string>): Slot | null => {
  const slot = reading(value);
  return slot && { ...slot, text: slot.text.replace(/^(?:this|that|the|your|his|her|a|an)\s+/i, "") };
};

const bornSlot = (input: LetterInput) => dateReading(input.sorted.patient.birthDate);
const effectiveSlot = (input: LetterInput) => dateReading(input.policy?.effective);

/** The amount in dispute as the notice prints it. */
function amountSlot(input: LetterInput): Slot | null {
  const amounts = refusedServices(input).flatMap((service) =>
    service.amount?.from.length ? [service.amount] : [],
  );
  const first = amounts[0];
  return first ? fromPages(squash(first.from[0]!.quote), first.from[0]!) : null;
}

/** The number that runs in the page heads: the first reference of the notice, else the member number. */
export function caseNumber(input: LetterInput): string {
  return input.denial?.references[0]?.value ?? input.denial?.memberId?.value ?? "";
}
