import { type GroundId, longDate, parseDate } from "#base";
import type { Right } from "#law";
import type { LetterInput } from "./input.ts";
import { lawSupport, type Slot } from "./passages.ts";
import { dateReading } from "./reference-block.ts";

/** The way outside the plan that is open, as the law's answer gives it; `null` when there is none. */
export const externalRight = (input: LetterInput): Right | null =>
  input.rights.rights.find((right) => right.kind === "external-review" && right.status === "open") ?? null;

/** True where a State runs the review: then its own law binds, not the federal process. */
export const isStateReview = (input: LetterInput): boolean =>
  externalRight(input)?.cite[0]?.id.startsWith("state-external-review") ?? false;

/**
 * Who receives the request, in the words of an address. Where the State lets the insurer pass it on, the insurer is written to
 * and the State's office is named after it.
 */
function receiverOf(decidedBy: string, input: LetterInput): string {
  const passedOn = /^(the )?(health plan |health insurance )?(carrier|issuer|insurer)\b/i.test(decidedBy);
  const office = decidedBy.split(/;\s*/).find((part) => !/\b(carrier|issuer|insurer)\b/i.test(part));
  if (!passedOn) return capital((office ?? decidedBy).replace(/\s*\([^)]*\)/g, ""));
  const payer = input.denial?.payer?.value ?? "The insurer";
  return [`${payer}, external review`, office && `copy to ${office}`].filter(Boolean).join("; ");
}

const capital = (words: string) =>
  words.replace(/^(an?|the) /, "").replace(/^./, (first) => first.toUpperCase());

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
    externalBody: right.decidedBy ? { text: receiverOf(right.decidedBy, input), rests } : null,
    externalDay: day ? { text: longDate(day), rests } : null,
  };
}

type RightSlot = "stepLaw" | "keepDay" | "keepLaw" | "appealDay" | "opmDay" | "changeDay" | "matter";

/** The day on which the appeal reached the plan, as a person told it. */
function appealDay(input: LetterInput): Slot | null {
  const told = input.situation?.events["appeal-received-by-plan"] ?? input.situation?.events["appeal-filed"];
  const date = parseDate(told?.slice(0, 10) ?? "");
  const signer = input.answers.signer?.name ?? "the member";
  return date ? { text: longDate(date), rests: [{ person: `${signer}: ${longDate(date)}` }] } : null;
}

/** The law of the steps that a letter of rows may name, and the days by which they are taken or were due. */
export function rightSlots(input: LetterInput): Record<RightSlot, Slot | null> {
  const { rights } = input.rights;
  const openOf = (...kinds: string[]) =>
    rights.find((right) => kinds.includes(right.kind) && right.status === "open");
  const keep = openOf("continuation-of-benefits");
  const opm = openOf("opm-review", "opm-review-after-silence");
  return {
    stepLaw: labelOf(openOf("step-therapy-exception")),
    keepLaw: labelOf(keep),
    keepDay: dayOf(keep, keep?.file?.safeDay ?? keep?.file?.lastDay),
    appealDay: appealDay(input),
    opmDay: dayOf(opm, opm?.file?.safeDay ?? opm?.file?.lastDay),
    changeDay: dateReading(input.denial?.actionDay),
    matter: matterOf(input),
  };
}

/** What a refusal is about, in the words of the States' forms. */
const matters: Partial<Record<GroundId, string>> = {
  "medical-necessity": "medical necessity",
  experimental: "experimental or investigational treatment",
  "off-label": "experimental or investigational treatment",
  "level-of-care": "the setting or level of care",
  "concurrent-stay": "the setting or level of care",
  "site-of-care": "the setting or level of care",
};

/** What the refusal is about by its own grounds; `null` where none of them is a matter of external review. */
export function matterOf(input: Pick<LetterInput, "denial">): Slot | null {
  const grounds = (input.denial?.grounds ?? []).filter(({ id, from }) => matters[id] && from.length > 0);
  const words = [...new Set(grounds.map(({ id }) => matters[id]!))];
  if (words.length === 0) return null;
  return {
    text: words.join(" and "),
    rests: grounds.flatMap(({ from }) => from.map((span) => ({ evidence: span }))),
  };
}

function labelOf(right: Right | undefined): Slot | null {
  const cited = right?.cite[0];
  return cited ? { text: cited.label, rests: [lawSupport(cited)] } : null;
}

function dayOf(right: Right | undefined, day: string | null | undefined): Slot | null {
  const cited = right?.cite[0];
  const date = parseDate(day ?? "");
  return cited && date ? { text: longDate(date), rests: [lawSupport(cited)] } : null;
}
