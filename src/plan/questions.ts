/** The questions that would narrow the set of plans, most telling first. */
import type { PlanKind } from "#base";

const asks: { between: (kinds: ReadonlySet<PlanKind>) => boolean; question: string }[] = [
  {
    between: (kinds) =>
      [
        kinds.has("individual"),
        kinds.has("erisa-insured") || kinds.has("erisa-self-funded"),
        kinds.has("governmental-insured") || kinds.has("governmental-self-funded"),
      ].filter(Boolean).length > 1,
    question:
      "Where does the coverage come from: a job with a private employer or union, a public employer, or a policy bought for yourself?",
  },
  {
    between: (kinds) =>
      [...kinds].some((kind) => kind.endsWith("self-funded")) &&
      [...kinds].some((kind) => kind.endsWith("insured")),
    question:
      "Does the employer pay the claims itself (self-funded), or does an insurance company? The employer's benefits office knows, and so does the summary plan description.",
  },
  {
    between: (kinds) => kinds.has("church") && kinds.size > 1,
    question: "Is the employer a church or a body of a church?",
  },
  {
    between: (kinds) => kinds.has("medicaid-managed-care") && kinds.has("medicaid-fee-for-service"),
    question: "Is a health plan named on the Medicaid card, or only the State?",
  },
  {
    between: (kinds) =>
      kinds.has("medicare-original") && (kinds.has("medicare-advantage") || kinds.has("medicare-part-d")),
    question:
      "Which card is shown for this care: the red, white and blue one of Medicare itself, or the card of a Medicare plan with the plan's name on it?",
  },
  {
    between: (kinds) => kinds.has("chip") && [...kinds].some((kind) => kind.startsWith("medicaid")),
    question:
      "Is the child enrolled in Medicaid, or in the State's children's health insurance program (CHIP)?",
  },
  {
    between: (kinds) =>
      ["fehb", "pshb", "tricare", "va"].some((kind) => kinds.has(kind as PlanKind)) &&
      [...kinds].some((kind) => kind.startsWith("erisa") || kind === "individual"),
    question:
      "Is the coverage a federal one (federal employee or postal plan, TRICARE, VA), or that of a private employer or a policy of one's own?",
  },
  {
    between: (kinds) => kinds.has("medicare-advantage") && kinds.has("medicaid-managed-care"),
    question: "Is it one plan for Medicare and Medicaid together (dual-eligible)?",
  },
  {
    between: (kinds) => kinds.has("medicare-advantage") && kinds.has("medicare-part-d"),
    question:
      "Is the drug one that is given by a nurse or doctor (Part B), or one taken home from a pharmacy (Part D)?",
  },
  {
    between: (kinds) => kinds.has("fehb") && kinds.has("pshb"),
    question: "Is the enrollee a postal worker or retiree (PSHB), or another federal one (FEHB)?",
  },
];

export function questionsFor(possible: PlanKind[], stateKnown: boolean): string[] {
  const kinds = new Set(possible);
  const questions = asks.filter(({ between }) => between(kinds)).map(({ question }) => question);
  const insured = possible.some(
    (kind) =>
      kind === "individual" || kind.endsWith("-insured") || kind.startsWith("medicaid") || kind === "chip",
  );
  return insured && !stateKnown ? [...questions, "In which State was the coverage issued?"] : questions;
}
