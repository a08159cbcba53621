import type { Span } from "#base";
import type { Desk } from "./appeal.ts";
import { namesACriterion } from "./contested.ts";
import { type CriterionRow, criterionWords } from "./criteria.ts";
import { criterionName, mostNear, mostTrials, nearPages, oneOfEach, tellingMost } from "./criteria-table.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { type Draft, fill, formal, joined, type Slot } from "./passages.ts";
import { preference } from "./prefer.ts";
import { briefCharacters } from "./sentences.ts";

/** What is disputed is quoted with the sentences that belong to it ("Stopped for …"). */
const fullCharacters = 260;
/** With as many criteria met, page one needs no other argument where the notice names none. */
const enough = 3;

/**
 * One answer per contested criterion, at most five; where the notice names none, one sentence on the whole. False
 * where the table does not settle what is contested: then the arguments of the ground stand in the summary too.
 */
export function addSummaryAnswers(
  draft: Draft,
  desk: Desk,
  rows: CriterionRow[],
  told: Span[],
  outside = false,
): boolean {
  if (rows.length === 0) return false;
  const contested = needed(partsInPlace(rows.filter((row) => row.contested)), told, desk).slice(0, 5);
  if (contested.length === 0) {
    draft.add(
      "text",
      formal(
        namesACriterion(desk.input)
          ? "The table answers each criterion of the policy, with the page."
          : `${outside ? "The plan's" : "Your"} letter names no criterion by its number. The table answers each of them, with the page.`,
      ),
    );
    const strong = rows
      .filter((row) => row.status === "met" && !row.group && row.for.length > 0 && !isPlain(row))
      .slice(0, enough);
    for (const row of strong) draft.add("item", answer(row, desk));
    return strong.length >= enough;
  }
  // What the notice's own words were answered with is not said again.
  const isTold = (row: CriterionRow) =>
    row.status === "met"
      ? printEvidence(row.for, desk.input, desk.cite, 4).some(({ span }) => meet(told, [span]))
      : row.status === "unknown" && nearPages(row, desk, mostNear).some(({ span }) => meet(told, [span]));
  // Where only its words tell that a criterion is disputed, and no page bears on it, the table says so.
  const isSilent = (row: CriterionRow) =>
    row.status === "unknown" && !namesACriterion(desk.input) && nearPages(row, desk, 1).length === 0;
  for (const row of contested) if (!isTold(row) && !isSilent(row)) draft.add("item", answer(row, desk));
  return contested.every((row) => row.status === "met" || row.status === "not-applicable");
}

/** A criterion whose parts have rows of their own is answered by its parts. */
function partsInPlace(rows: CriterionRow[]): CriterionRow[] {
  return rows.filter((row, index) => !row.group || (rows[index + 1]?.depth ?? 0) <= row.depth);
}

/** Of alternatives of which enough are met the open ones need no answer on page one; of open ones the nearest stands there. */
function needed(rows: CriterionRow[], told: Span[], desk: Desk): CriterionRow[] {
  const isNear = (row: CriterionRow) => row.for.length > 0 || nearPages(row, desk, 1).length > 0;
  const best = (row: CriterionRow) => {
    const open = rows.filter(({ among }) => among === row.among);
    const answered = open.find((one) => nearPages(one, desk, 1).some(({ span }) => meet(told, [span])));
    return (answered ?? open.find(isNear) ?? open[0]) === row;
  };
  return rows.filter((row) => row.status === "met" || (!row.spare && (row.among === null || best(row))));
}

/** True where the papers show no criterion as met: then the letter claims none and says so. */
export const showsNone = (rows: CriterionRow[]): boolean =>
  rows.length > 0 && !rows.some((row) => !row.group && row.status === "met");

/** One sentence on what the notice does not dispute. */
export function othersAnswered(rows: CriterionRow[]): Slot | null {
  const others = rows.filter((row) => row.depth === 0 && !row.contested);
  if (others.length === 0 || others.length === rows.filter((row) => row.depth === 0).length) return null;
  return others.every((row) => row.status === "met" || row.status === "not-applicable")
    ? formal("The other criteria are answered from the record in the table.")
    : null;
}

/** Age and the like: true, in the table, and no argument. */
const isPlain = (row: CriterionRow): boolean =>
  "test" in row.criterion && ["age", "status", "team"].includes(row.criterion.test.kind);

/** Rules 3 to 6: met with its deciding words, not met said, unknown named, conflict shown both ways. */
function answer(row: CriterionRow, desk: Desk): Slot | null {
  const { input, cite } = desk;
  const name = criterionName(row);
  const best = tellingMost(
    row,
    printEvidence(row.for, input, cite, 4, row.contested ? fullCharacters : briefCharacters),
  );
  const worse = printEvidence(row.against, input, cite, 1, briefCharacters)[0];
  const slots = { name, best: best?.said, place: best?.place, worse: worse?.said, worsePlace: worse?.place };
  if (row.status === "met") {
    const branch = row.branch ? formal(" (by the alternative that the table shows)") : formal("");
    const trials = trialsOf(row, desk);
    const figures = best ? figuresBeside(row, best, desk) : null;
    return (
      (trials ? fill("{name} is met. {trials}.", { name, trials }) : null) ??
      joined([fill("{name} is met. {best} ({place}).", slots), figures]) ??
      fill("{name} is met; see the table.", { name: joined([name, branch], "") })
    );
  }
  if (row.status === "not-met")
    return (
      fill("{name}: I do not claim that it is met. {worse} ({worsePlace}).", slots) ??
      fill("{name}: I do not claim that it is met.", slots)
    );
  if (row.status === "conflicting")
    return (
      joined([
        fill("{name}: the records differ. {best} ({place}). {worse} ({worsePlace}).", slots),
        best && worse ? preference(best, worse, desk) : null,
      ]) ?? fill("{name}: the records differ, and the table shows both.", slots)
    );
  if (row.status === "not-applicable") return fill("{name} does not apply; see the table.", slots);
  const near = nearPages(row, desk, 1)[0];
  if (!near && !row.group && row.missing)
    return fill("{name}: the enclosed records do not show it yet; I do not claim it.", slots);
  return (
    fill("{name}: I ask you to weigh {near} ({place}), with the table.", {
      name,
      near: near?.said,
      place: near?.place,
    }) ?? fill("{name}: I ask you to weigh the words of the record quoted here and in the table.", { name })
  );
}

/** Where a criterion counts and its best page does not: the page that holds the figures. */
function figuresBeside(row: CriterionRow, best: PrintedEvidence, desk: Desk): Slot | null {
  if (!row.contested || !/\d/.test(criterionWords(row.criterion)) || /\d/.test(best.span.quote)) return null;
  const others = printEvidence(row.for, desk.input, desk.cite, 4, briefCharacters);
  const counted = others.find(({ span }) => /\d/.test(span.quote) && !meet([span], [best.span]));
  return fill("{said} ({place}).", { said: counted?.said, place: counted?.place });
}

/** Where several drugs together meet a criterion, one page of each; `null` where it rests on one. */
function trialsOf(row: CriterionRow, desk: Desk): Slot | null {
  const each = printEvidence(oneOfEach(row, desk), desk.input, desk.cite, mostTrials, briefCharacters);
  if (each.length < 2) return null;
  return joined(
    each.map(({ said, place }) => fill("{said} ({place})", { said, place })),
    "; ",
  );
}
