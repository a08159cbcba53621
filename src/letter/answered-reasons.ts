import type { Span } from "#base";
import type { Desk } from "./appeal.ts";
import type { CriterionRow } from "./criteria.ts";
import { criterionName } from "./criteria-table.ts";
import { printEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { missed } from "./notice-clauses.ts";
import { type Draft, fill, fromPages, joined, type Slot } from "./passages.ts";
import type { ReasonAnswer } from "./reason-evidence.ts";
import { printedQuote, squash } from "./sentences.ts";

/** More of the notice's clauses than these are not answered one by one on page one. */
const most = 5;

/**
 * The notice's own words, each with the pages that answer it; where a page older than the decision has what the notice says
 * is not there, this is named as an error of fact. Errors first, else in the order of the notice.
 */
export function addAnsweredReasons(
  draft: Draft,
  desk: Desk,
  rows: CriterionRow[],
  answers: ReasonAnswer[],
  outside: boolean,
): ReasonAnswer[] {
  const says = outside ? "The decision says" : "Your letter says";
  const inOrder = [...answers.filter(({ wrong }) => wrong), ...answers.filter(({ wrong }) => !wrong)];
  return inOrder.slice(0, most).filter((answer) => draft.add("item", lineOf(answer, rows, desk, says)));
}

function lineOf(answer: ReasonAnswer, rows: CriterionRow[], desk: Desk, says: string): Slot | null {
  const words = {
    clause: fromPages(printedQuote(answer.clause.quote), answer.clause),
    at: desk.cite.place(answer.clause),
  };
  const title = desk.input.policy?.title;
  const beyond = joined(
    (answer.beyond ?? []).map((word) => fromPages(`“${word}”`, answer.clause)),
    " or ",
  );
  if (beyond)
    return fill(
      `${says} “{clause}” ({at}). Nowhere in {policy} stands {beyond}; please show where it asks for this.`,
      {
        ...words,
        beyond,
        policy: title?.from.length ? fromPages(squash(title.value), ...title.from) : null,
      },
    );
  const verdict = answer.wrong
    ? "That is an error of fact."
    : answer.now
      ? "It is enclosed now:"
      : "The record says:";
  const shown = joined(
    answer.said.map(({ said, place }) => fill("{said} ({place})", { said, place })),
    "; ",
  );
  return joined([
    fill(`${says} “{clause}” ({at}). ${verdict} {shown}.`, { ...words, shown }),
    metBy(answer, rows, desk),
  ]);
}

/** "Criterion 4a is met." where the answer is what the criterion rests on. */
function metBy(answer: ReasonAnswer, rows: CriterionRow[], desk: Desk): Slot | null {
  const shown = answer.said.map(({ span }) => span);
  const names = rows
    .filter((row) => !row.group && row.contested && row.status === "met")
    .filter((row) => printEvidence(row.for, desk.input, desk.cite, 6).some(({ span }) => meet([span], shown)))
    .map(criterionName);
  const name = joined(names, " and ");
  return names.length > 1 ? fill("{name} are met.", { name }) : fill("{name} is met.", { name });
}

/** What of a sentence of the notice is still to be quoted: nothing where its clauses are answered one by one, else those that are not. */
export function stillToQuote(sentence: Span, clauses: Span[], answers: ReasonAnswer[]): Span[] {
  const inside = (span: Span) =>
    span.document === sentence.document &&
    span.page === sentence.page &&
    span.start >= sentence.start &&
    span.end <= sentence.end;
  const own = answers.map(({ clause }) => clause).filter(inside);
  if (own.length === 0) return [sentence];
  const covered = own.reduce((sum, { start, end }) => sum + end - start, 0);
  if (covered >= (sentence.end - sentence.start) * 0.8) return [];
  return clauses.filter((clause) => inside(clause) && !meet(own, [clause]) && missed.test(clause.quote));
}
