import { type Citation, type PlanKind, parseDate } from "#base";
import type { LawFamily, LawSentence } from "#knowledge";
import { isStateReview } from "./external-route.ts";
import type { LetterInput } from "./input.ts";
import { fill, formal, lawSupport, type Slot } from "./passages.ts";

const families: Record<PlanKind, LawFamily> = {
  "erisa-self-funded": "erisa",
  "erisa-insured": "erisa",
  individual: "aca",
  "governmental-self-funded": "aca",
  "governmental-insured": "aca",
  church: "aca",
  fehb: "fehb",
  pshb: "fehb",
  "medicare-original": "medicare-original",
  "medicare-advantage": "medicare-advantage",
  "medicare-part-d": "medicare-part-d",
  "medicaid-managed-care": "medicaid",
  "medicaid-fee-for-service": "medicaid",
  chip: "chip",
  tricare: "tricare",
  va: "other",
  "short-term": "other",
  "excepted-benefit": "other",
  "retiree-only": "erisa",
  "grandfathered-erisa-insured": "erisa",
  "grandfathered-erisa-self-funded": "erisa",
  "grandfathered-individual": "other",
};
/** Plans outside the Affordable Care Act's appeal rules: the rules of 45 CFR 147.136 do not bind them. */
const outsideAca = new Set<PlanKind>([
  "retiree-only",
  "grandfathered-erisa-insured",
  "grandfathered-erisa-self-funded",
]);

/** Where the State agency decides itself the rules for plans do not bind, and those for its own decisions do. */
const feeForService: PlanKind = "medicaid-fee-for-service";
const ofAgency = /^42-cfr-431\.2(?:00|30)#/;

/** The kinds of plan still possible; a person's answer first. */
export function plansOf(input: LetterInput): PlanKind[] {
  const told = input.situation?.plan;
  if (told) return Array.isArray(told) ? told : [told];
  return input.plan.possible;
}

/** The families of law that may bind; one when the plan is settled enough for letters. */
export function familiesOf(input: LetterInput): LawFamily[] {
  return [...new Set(plansOf(input).map((plan) => families[plan]))];
}

/** True only where the papers give the birth date and it says so. */
export function isUnder(years: number, input: LetterInput): boolean {
  const born = parseDate(input.sorted.patient.birthDate?.value ?? "");
  if (!born) return false;
  const birthday = `${Number(born.slice(0, 4)) + years}${born.slice(4)}`;
  return input.asOf < birthday;
}

/** Until when Medicaid's duty towards the young binds, and until when somebody else signs, in years. */
const epsdtAge = 21;
const fullAge = 18;
export const isMinor = (input: LetterInput): boolean => isUnder(fullAge, input);

const asCitation = (row: LawSentence): Citation => ({
  id: row.id,
  label: row.label,
  ...(row.quote ? { quote: row.quote } : {}),
  url: row.url,
  verifiedOn: row.verified,
});

/** Sentences of law that bind every plan still possible. */
export function lawBook(input: LetterInput, rows: LawSentence[]) {
  const plans = plansOf(input);
  const wanted = familiesOf(input);
  const binding = rows.filter(
    (row) =>
      wanted.length > 0 &&
      wanted.every((family) => row.for.includes(family)) &&
      !(row.id.startsWith("45-cfr-147.136") && plans.some((plan) => outsideAca.has(plan))) &&
      !(row.id.startsWith("45-cfr-149") && plans.includes("retiree-only")) &&
      !(row.id.startsWith("42-cfr-438") && plans.includes(feeForService)) &&
      !(ofAgency.test(row.id) && !plans.every((plan) => plan === feeForService)),
  );
  const timing = input.denial?.timing?.value ?? input.situation?.timing ?? null;
  const decision =
    timing === "post-service" ? "decision-post-service" : timing ? "decision-pre-service" : null;

  /** The sentences that serve a purpose; `decision` is the clock of this request, unless levels make it unsure. */
  function sentences(purpose: string): Slot[] {
    if (purpose === "epsdt" && !isUnder(epsdtAge, input)) return [];
    if (purpose.startsWith("external") && isStateReview(input)) return [];
    const role = purpose === "decision" ? decision : purpose;
    if (role === null || (purpose === "decision" && input.situation?.levels === 2)) return [];
    return binding
      .filter((row) => row.role === role)
      .flatMap((row) => {
        const slot = fill(
          row.says,
          {
            quote: row.quote ? formal(row.quote) : null,
            label: formal(row.label),
          },
          [lawSupport(asCitation(row))],
        );
        return slot ? [slot] : [];
      });
  }
  /** "(29 CFR …)" alone, for a request that says the duty in its own words. */
  function cited(purpose: string): Slot | null {
    const row = binding.find((entry) => entry.role === purpose);
    return row ? { text: `(${row.label})`, rests: [lawSupport(asCitation(row))] } : null;
  }
  return { sentences, cited, has: (purpose: string) => sentences(purpose).length > 0 };
}
export type LawBook = ReturnType<typeof lawBook>;
