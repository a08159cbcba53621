import { daysBetween, parseDate, type Span } from "#base";
import type { Fact } from "#record";
import type { Desk } from "./appeal.ts";
import { meet } from "./exhibits.ts";
import { type Draft, formal, fromPages, type Slot } from "./passages.ts";
import { printedQuote } from "./sentences.ts";
import { entryDay } from "./source-line.ts";

/** Days within which studies belong together; an older figure beside a new one misleads. */
const sameRound = 180;
/** A table longer than this is not read. */
const most = 12;

/** Figures of a study or laboratory speak for themselves; those of a visit are read with its words. */
export const study =
  /\b(echo\w*|tte|tee|mri|ct|pet|imaging|radiolog\w+|ultrasound|laborator\w+|labs?|panel|patholog\w+|spirometry|dexa|sleep study|eeg|emg)\b/i;
const vitals = /^\W*(BP|HR|pulse|heart rate|wt|weight|ht|height|BMI|BSA|temp\w*|RR|SpO2|resp\w*)\b/i;

/** A value that the study only remembers. */
const earlier = /\b(up|down|increased|decreased|from|was|prior|previous(ly)?|compared)\b/i;

/**
 * The figures of the studies that the findings rest on, as their pages print them: the newest of each kind that the table does
 * not quote already. A reviewer who looks for a value of the study finds it with its page.
 */
export function addMeasurements(draft: Draft, desk: Desk): void {
  const printed = draft.passages.flatMap((passage) =>
    passage.rests.flatMap((rest) => ("evidence" in rest ? [rest.evidence] : [])),
  );
  const chosen = newestOfEach(desk)
    .filter((fact) => !meet(fact.from.slice(0, 1), printed))
    .slice(0, most);
  draft.open("Other figures of the same studies");
  const rows = chosen.flatMap((fact) => rowOf(fact, desk));
  if (rows.length > 0) draft.row([formal("As the page prints it"), formal("Date"), formal("Exhibit")]);
  for (const row of rows) draft.row(row);
  draft.close();
}

function rowOf(fact: Fact, desk: Desk): Slot[][] {
  const span = fact.from[0]!;
  const place = desk.cite.place(span);
  const printed = printedFigure(fact);
  if (!place || !printed) return [];
  const day = entryDay(span, desk.cite) ?? desk.cite.day(fact.when.latest, span);
  return [[printed, day ?? formal(""), place]];
}

/** Name and value as the page prints them; in a table they stand in two cells. */
function printedFigure(fact: Fact): Slot | null {
  const [first, ...others] = fact.from;
  if (!first || fact.value?.low === undefined) return null;
  const value = String(fact.value.low);
  const holds = (span: Span) => span.quote.includes(value);
  if (holds(first)) return fromPages(`“${printedQuote(first.quote)}”`, first);
  const cell = others.find(
    (span) => span.document === first.document && span.page === first.page && holds(span),
  );
  return cell ? fromPages(`“${printedQuote(first.quote)}” “${printedQuote(cell.quote)}”`, first, cell) : null;
}

/**
 * Measured values with their unit in the studies that a met criterion rests on. Of each kind the newest that any paper gives
 * decides: where that one stands elsewhere, an older one of a study is not shown.
 */
function newestOfEach(desk: Desk): Fact[] {
  const relied = new Set(
    (desk.input.findings?.findings ?? [])
      .filter((finding) => finding.status === "met")
      .flatMap((finding) => finding.for.flatMap((entry) => entry.from.map((span) => span.document))),
  );
  const newest = new Map<string, Fact>();
  for (const fact of desk.input.facts) {
    if (fact.type !== "observation" || fact.assertion !== "present" || !fact.value?.unit) continue;
    const known = newest.get(fact.concept);
    if (!known || (known.when.latest ?? "") < (fact.when.latest ?? "")) newest.set(fact.concept, fact);
  }
  const fitting = [...newest.values()].filter((fact) => {
    const span = fact.from[0];
    if (!span || !printedFigure(fact) || !relied.has(span.document)) return false;
    return (
      /[a-z]{2}/i.test(span.quote) &&
      !vitals.test(span.quote) &&
      !earlier.test(span.quote) &&
      isStudy(span, desk)
    );
  });
  const last = parseDate(
    fitting
      .map((fact) => fact.when.latest?.slice(0, 10) ?? "")
      .sort()
      .at(-1) ?? "",
  );
  return fitting.filter((fact) => {
    const day = parseDate(fact.when.latest?.slice(0, 10) ?? "");
    return last && day && daysBetween(day, last) <= sameRound;
  });
}

function isStudy(span: Span, desk: Desk): boolean {
  const exhibit = desk.cite.exhibitOf(span);
  return exhibit !== null && study.test(`${exhibit.title.text} ${exhibit.recordKind ?? ""}`);
}
