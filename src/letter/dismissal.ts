import { type Issue, longDate, parseDate, type Span } from "#base";
import type { AppealKind, DismissalCause } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { cueExpression } from "./cue.ts";
import { meet } from "./exhibits.ts";
import { leadOnce, strongestHits } from "./grounds.ts";
import type { LetterInput } from "./input.ts";
import { type Draft, fill, fromPages, fromPerson } from "./passages.ts";
import { reasonSpans } from "./reasons.ts";
import type { Hit } from "./search.ts";
import { spelledDates } from "./spelled-dates.ts";

/** True where the decision in hand refused the appeal unread: nobody looked at the care. */
export const isDismissal = ({ denial }: Pick<LetterInput, "denial">): boolean =>
  denial !== null && denial.grounds.length > 0 && denial.grounds.every(({ id }) => id === "appeal-dismissed");

/** A body that is asked about a dismissal can hear the case or send it back; it is not asked to cover anything yet. */
export function forDismissal(kind: AppealKind, input: LetterInput): AppealKind {
  if (!isDismissal(input) || !kind.dismissal) return kind;
  return {
    ...kind,
    ...kind.dismissal,
    names: { ...kind.names, notice: "Dismissal" },
    urgent: undefined,
    attested: false,
  };
}

/** The causes that the reason of the notice names. */
export function causesOf(desk: Desk): DismissalCause[] {
  const reason = desk.slots.reason?.text ?? "";
  return desk.knowledge.dismissals.filter(({ notice }) => cueExpression(notice).test(reason));
}

/** What the papers say of the filing, and of the days that the reason names: the answers of page one. */
export function addDismissalAnswers(draft: Draft, desk: Desk, said: readonly Span[]): Span[] {
  const days = onThoseDays(desk);
  for (const { day, hit } of days)
    draft.add("item", fill("On {day} the record has, {source}: {quote} ({place}).", { day, ...hit.slots }));
  const told = [...said, ...days.map(({ hit }) => hit.span)];
  const lead = leadOnce();
  const hits = strongestHits(desk).filter(({ hit }) => !meet(told, [hit.span]));
  for (const { pattern, hit } of hits)
    draft.add("item", fill(lead(pattern), { ...desk.slots, ...hit.slots }));
  return [...told, ...hits.map(({ hit }) => hit.span)];
}

/** Sentences of one day that are quoted. */
const mostOfDay = 2;

/** What a paper of the record says that bears the date of a day on which, by the reason, nobody appeared. */
function onThoseDays(desk: Desk): { day: ReturnType<typeof fromPages>; hit: Hit }[] {
  if (!causesOf(desk).some(({ id }) => id === "absence")) return [];
  const cue = desk.knowledge.cues.find(({ id }) => id === "kept-away")?.cue;
  const named = reasonSpans(desk.input, desk.cite).flatMap((span) =>
    spelledDates(span.quote).map(({ date }) => ({ date, span })),
  );
  if (!cue) return [];
  const hits = desk.search.find({ find: "record", cue, most: 8 });
  return named.flatMap(({ date, span }) =>
    hits
      .filter(({ exhibit }) => parseDate(exhibit.date?.value ?? "") === date)
      .slice(0, mostOfDay)
      .map((hit) => ({ day: fromPages(longDate(date), span), hit })),
  );
}

/** What only the member can say of the cause, and what else the user may do about a dismissal. */
export function addDismissed(draft: Draft, desk: Desk, kind: AppealKind, issues: Issue[]): void {
  if (!isDismissal(desk.input) || !kind.reverse) return;
  const signer = desk.input.answers.signer?.name ?? "the member";
  draft.open("What only I can say of it");
  for (const { blank } of causesOf(desk))
    if (blank) draft.add("attestation", fromPerson(blank, `${signer}, to be written`));
  draft.close();
  issues.push({
    severity: "warning",
    code: "dismissal-two-ways",
    text: "This is a dismissal: nobody looked at the care. The letter asks that the dismissal be set aside and the case heard. The one who dismissed it can also take the dismissal back for a good reason; where the notice offers that, ask for it in a separate letter within the time it prints. Send proof with both: fax receipt, postmark, signed form, hospital papers. The argument on the care itself comes after.",
  });
}
