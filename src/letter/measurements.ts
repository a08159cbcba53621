import type { Fact } from "#record";
import type { Desk } from "./appeal.ts";
import { meet } from "./exhibits.ts";
import { type Draft, formal, fromPages, type Slot } from "./passages.ts";
import { printedQuote } from "./sentences.ts";
import { entryDay } from "./source-line.ts";

/** A table longer than this is not read. */
const most = 12;

/**
 * The figures of the pages that the findings rest on, as those pages print them: the newest of each kind that the table does
 * not quote already. A reviewer who looks for a value of the study finds it with its page.
 */
export function addMeasurements(draft: Draft, desk: Desk): void {
  const printed = draft.passages.flatMap((passage) =>
    passage.rests.flatMap((rest) => ("evidence" in rest ? [rest.evidence] : [])),
  );
  const chosen = newestOfEach(desk)
    .filter((fact) => !meet(fact.from.slice(0, 1), printed))
    .slice(0, most);
  draft.open("Other figures on the same pages");
  const rows = chosen.flatMap((fact) => rowOf(fact, desk));
  if (rows.length > 0) draft.row([formal("As the page prints it"), formal("Date"), formal("Exhibit")]);
  for (const row of rows) draft.row(row);
  draft.close();
}

function rowOf(fact: Fact, desk: Desk): Slot[][] {
  const span = fact.from[0]!;
  const place = desk.cite.place(span);
  if (!place) return [];
  const day = entryDay(span, desk.cite) ?? desk.cite.day(fact.when.latest, span);
  return [[fromPages(`“${printedQuote(span.quote)}”`, span), day ?? formal(""), place]];
}

/** Measured values with their unit on pages that a met criterion rests on; of each kind the newest. */
function newestOfEach(desk: Desk): Fact[] {
  const pages = new Set(
    (desk.input.findings?.findings ?? [])
      .filter((finding) => finding.status === "met")
      .flatMap((finding) => finding.for.flatMap((entry) => entry.from.map(pageOf))),
  );
  const newest = new Map<string, Fact>();
  for (const fact of desk.input.facts) {
    const span = fact.from[0];
    if (fact.type !== "observation" || fact.assertion !== "present" || !span || !fact.value?.unit) continue;
    if (fact.value.low === undefined || !span.quote.includes(String(fact.value.low))) continue;
    if (!/[a-z]{2}/i.test(span.quote) || !pages.has(pageOf(span)) || !desk.cite.exhibitOf(span)) continue;
    const known = newest.get(fact.concept);
    if (!known || (known.when.latest ?? "") < (fact.when.latest ?? "")) newest.set(fact.concept, fact);
  }
  return [...newest.values()];
}

const pageOf = (span: { document: string; page: number }) => `${span.document}\n${span.page}`;
