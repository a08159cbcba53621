import type { Harm } from "#finding";
import type { Desk } from "./appeal.ts";
import type { CriterionRow } from "./criteria.ts";
import { criterionName, decidingPage } from "./criteria-table.ts";
import { type PrintedEvidence, printEvidence } from "./evidence.ts";
import { type Draft, fill, formal, joined } from "./passages.ts";
import { preference } from "./prefer.ts";

/** Here the words that hurt, and those that answer them, are quoted and no more; the table has the rest. */
const clauseCharacters = 100;

/** More than this many weak points drown the letter; the rest are open points for the user. */
const most = 5;

/**
 * Rule 12: name it, show it, answer it from the record, mark the limit of the claim. A weak point is never answered
 * by leaving its page out.
 */
export function addWeakPoints(draft: Draft, desk: Desk, rows: CriterionRow[]): void {
  draft.open("Weak points, met openly");
  let printed = 0;
  const told = new Set<string>();
  for (const harm of desk.input.findings?.harms ?? []) {
    if (printed >= most) break;
    const row = rows.find((entry) => entry.criterion.id === harm.criterion);
    const against = printEvidence([harm.evidence], desk.input, desk.cite, 1, clauseCharacters)[0];
    const concept = desk.input.facts.find(({ id }) => id === harm.evidence.fact)?.concept;
    const keys = [
      `${harm.criterion ?? harm.evidence.fact}\n${whyOf(harm)}`,
      `${concept ?? harm.evidence.fact}\n${whyOf(harm)}`,
      against?.said.text ?? "",
    ];
    // A harm of a whole group is told again at the criterion that it comes from.
    if (!against || keys.some((key) => told.has(key)) || (harm.criterion !== null && !row)) continue;
    for (const key of keys) told.add(key);
    const slots = { why: formal(whyOf(harm)), said: against.said, place: against.place };
    const answered = answerTo(row, harm, against, desk);
    if (draft.add("item", joined([fill("{why}: {said} ({place}).", slots), answered]))) printed++;
  }
  for (const row of rows.filter((entry) => entry.status === "not-met" && !entry.group)) {
    if (printed >= most) break;
    const worse = printEvidence(row.against, desk.input, desk.cite, 1, clauseCharacters)[0];
    const slots = { name: criterionName(row), worse: worse?.said, place: worse?.place };
    if (worse && told.has(worse.said.text)) continue;
    const line =
      fill("{name}: I do not claim that it is met. {worse} ({place}).", slots) ??
      fill("{name}: I do not claim that it is met.", slots);
    if (draft.add("item", line)) printed++;
  }
  draft.close();
}

/** What stands against the weak point: the better evidence where the criterion is met, the limit of the claim where not. */
function answerTo(row: CriterionRow | undefined, harm: Harm, against: PrintedEvidence, desk: Desk) {
  if (!row && /\bcost\b/i.test(harm.why)) return formal("I do not claim that it could not be taken.");
  if (!row) return formal("It is shown here so that it is weighed with the rest of the record.");
  const name = criterionName(row);
  const better = decidingPage(row, desk, clauseCharacters);
  if (row.status === "met" && better)
    return fill("{name} rests on another page: {better} ({place}).", {
      name,
      better: better.said,
      place: better.place,
    });
  if (row.status === "conflicting" && better)
    return joined([
      fill("The other page says: {better} ({place}).", { better: better.said, place: better.place }),
      preference(better, against, desk) ?? formal("I show both."),
    ]);
  return fill("On {name} I claim no more than this.", { name });
}

/** Why it hurts, in words without figures: what the page says stands in the quotation. */
function whyOf(harm: Harm): string {
  const words = harm.why
    .replace(/,? (by|of|on|since|from) \d[\d/-]*.*$/, "")
    .replace(/\d.*$/, "")
    .trim();
  return words.includes(" ") ? words[0]!.toUpperCase() + words.slice(1) : "Shown openly";
}
