import { longDate, parseDate } from "#base";
import type { Right } from "#law";
import type { LetterInput } from "./input.ts";
import { lawSupport, type Slot } from "./passages.ts";

/** The way outside the plan that is open, as the law's answer gives it; `null` when there is none. */
export const externalRight = (input: LetterInput): Right | null =>
  input.rights.rights.find((right) => right.kind === "external-review" && right.status === "open") ?? null;

/** True where a State runs the review: then its own law binds, not the federal process. */
export const isStateReview = (input: LetterInput): boolean =>
  externalRight(input)?.cite[0]?.id.startsWith("state-external-review") ?? false;

/** The law of the review, the body that decides and the day by which it is asked for. */
export function externalSlots(
  input: LetterInput,
): Record<"externalLaw" | "externalBody" | "externalDay", Slot | null> {
  const right = externalRight(input);
  const cited = right?.cite[0];
  if (!right || !cited) return { externalLaw: null, externalBody: null, externalDay: null };
  const rests = [lawSupport(cited)];
  const day = parseDate(right.file?.safeDay ?? right.file?.lastDay ?? "");
  return {
    externalLaw: { text: cited.label, rests },
    externalBody: right.decidedBy ? { text: right.decidedBy, rests } : null,
    externalDay: day ? { text: longDate(day), rests } : null,
  };
}
