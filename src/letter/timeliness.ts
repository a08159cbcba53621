import { type Issue, longDate, type PlainDate, parseDate } from "#base";
import type { AppealKind } from "#knowledge";
import type { Right } from "#law";
import type { Desk } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import { type Draft, fill, formal, fromPages, fromPerson, joined, lawSupport } from "./passages.ts";
import { printedQuote, widen } from "./sentences.ts";

/** Kinds of right by which a first request to the plan is made, in every regime. */
const planSteps = new Set([
  "internal-appeal",
  "internal-appeal-2",
  "reconsideration",
  "redetermination",
  "tricare-reconsideration",
]);

/**
 * The next step of the kinds asked for, else of the plan: the open one, else the one that comes. With several possible plans
 * the earliest safe day.
 */
export function nextStep(rights: Right[], kinds: readonly string[] = []): Right | null {
  const asked = rights.filter((right) => kinds.includes(right.kind));
  const steps = asked.length > 0 ? asked : rights.filter((right) => planSteps.has(right.kind));
  const open = steps.filter((right) => right.status === "open");
  return [...open, ...steps].sort((a, b) => rank(a) - rank(b) || day(a).localeCompare(day(b)))[0] ?? null;
}
const rank = (right: Right) =>
  right.status === "open" ? 0 : right.status === "unknown" ? 1 : right.status === "not-yet" ? 2 : 3;
const day = (right: Right) => right.file?.safeDay ?? right.file?.lastDay ?? "9999";

/** In time even on the shortest count; a last day only where the receipt is known. Rule 14. */
export function addTimeliness(draft: Draft, desk: Desk, kind: AppealKind, issues: Issue[]): void {
  const right = nextStep(desk.input.rights.rights, kind.step);
  const date = parseDate(right?.file?.safeDay ?? "");
  const cited = right?.cite[0];
  if (right?.status === "expired") addLate(draft, desk, right, issues);
  if (right?.status === "unknown" && date && date < desk.input.asOf) issues.push(safeDayPassed(date, right));
  if (!right || !date || !cited || right.status !== "open") return;
  draft.open("Timeliness");
  addPrintedPeriod(draft, desk, right, issues);
  draft.add(
    "text",
    fill(
      `This ${isOutside(kind) ? "request" : "appeal"} is sent on or before {day}, which is in time even on the shortest count ({law}).`,
      {
        day: { text: longDate(date), rests: [lawSupport(cited)] },
        law: { text: cited.label, rests: [lawSupport(cited)] },
      },
    ),
  );
}

/**
 * After the last day: it is said, and late filing is asked for with the reason that only the member can give. Where the
 * law knows good cause its paragraph stands with it.
 */
function addLate(draft: Draft, desk: Desk, right: Right, issues: Issue[]): void {
  const last = parseDate(right.file?.lastDay ?? right.file?.safeDay ?? "");
  const cited = right.cite[0];
  draft.open("Why this comes after the last day");
  if (last && cited)
    draft.add(
      "text",
      fill("By the papers at hand the last day for this request was {day} ({law}).", {
        day: { text: longDate(last), rests: [lawSupport(cited)] },
        law: { text: cited.label, rests: [lawSupport(cited)] },
      }),
    );
  draft.add(
    "text",
    joined([
      formal("I ask that it be accepted late, for the reason below."),
      desk.law.sentences("good-cause")[0],
    ]),
  );
  const signer = desk.input.answers.signer?.name ?? "the member";
  draft.add(
    "attestation",
    fromPerson(
      "What kept me from filing in time (illness, a notice that came late or went to a wrong address, wrong information from the plan, a record that could not be had): ______________________________",
      `${signer}, to be written`,
    ),
  );
  draft.close();
  issues.push({
    severity: "error",
    code: "deadline-passed",
    text: "By the papers the last day for this step is over. If the notice came later than its date, enter the day of receipt: the count may change. Otherwise write the reason for the delay into the letter and send it at once with proof of the reason; ask the plan in the same letter which later step is open, and have the prescriber make a new request, which starts new time.",
    ...(cited ? { cite: cited } : {}),
  });
}

/** Late when counted from the notice; whether it is late by law, only the day of receipt can tell. */
const safeDayPassed = (day: PlainDate, { cite: [cited] }: Right): Issue => ({
  severity: "warning",
  code: "safe-day-passed",
  text: `The safe day, ${longDate(day)}, is over. Whether the last day is over too depends on the day on which the notice reached you: enter it (envelope, portal, mail log). Send the appeal at once all the same; if it is late, write the reason for the delay into it and have the prescriber make a new request, which starts new time.`,
  ...(cited ? { cite: cited } : {}),
});

/** The time of an appeal to the plan, and not of a review by somebody else. */
const isOfPlan =
  /^(?!.*\b(?:external|independent|outside)\b).*\b(?:appeals?|second[- ]level|level (?:2|two)|reconsideration|redetermination|grievance)\b/is;

/** A notice that prints less time than the law gives: both are shown, and the law's minimum is claimed. */
function addPrintedPeriod(draft: Draft, desk: Desk, right: Right, issues: Issue[]): void {
  const printed = desk.input.denial?.rightsStated.appealWithin;
  const span = printed?.from[0];
  const cited = right.cite[0];
  const shorter = desk.input.rights.issues.some((issue) => issue.code === "printed-shorter-than-law");
  const source = span ? desk.cite.sources.get(span.document) : undefined;
  if (!printed || !span || !source || !cited?.quote || !shorter) return;
  const sentence = widen(source, span);
  // The time that a notice prints for its own next appeal says nothing of the time for another step.
  if (isOfPlan.test(sentence.quote) !== planSteps.has(right.kind)) return;
  draft.add(
    "text",
    fill(
      "Your letter says {said} ({place}). The law gives {law} ({label}); a shorter printed time does not bind.",
      {
        said: fromPages(`“${printedQuote(sentence.quote)}”`, sentence),
        place: desk.cite.place(sentence),
        law: { text: `“${printedQuote(cited.quote)}”`, rests: [lawSupport(cited)] },
        label: { text: cited.label, rests: [lawSupport(cited)] },
      },
    ),
  );
  issues.push({
    severity: "warning",
    code: "printed-time-shorter",
    text: `The notice prints ${printed.value.n} ${printed.value.unit}, which is shorter than the time of ${cited.label}. File within the printed time all the same; the letter claims the law's time.`,
    at: span,
    cite: cited,
  });
}
